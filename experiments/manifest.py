"""The manifest of a run: everything that its results follow from."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import subprocess
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sim
from sim.parameters import Parameters
from sim.source import COMPILED, source_hash

if TYPE_CHECKING:
    from experiments.prepare import Prepared

__all__ = ["build_manifest", "code_key", "code_version", "folder_hash", "run_key"]

SCHEMA_VERSION = 1


def folder_hash(folder: Traversable) -> str:
    """SHA-256 (hexadecimal) over the names and bytes of the files of a folder."""
    digest = hashlib.sha256()
    for file in sorted((item for item in folder.iterdir() if item.is_file()), key=lambda item: item.name):
        digest.update(f"{file.name}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@functools.cache
def code_key() -> str:
    """Sixteen hexadecimal digits that name what computes: the model's code and data, the versions of numpy and numba.

    The git commit is left out on purpose: a changed text page does not make another run. Read once a process, which
    goes on with the code that it has loaded.
    """
    versions = _versions()
    content = {"source": source_hash(), "numpy": versions["numpy"], "numba": versions["numba"]}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def run_key(scenario_hash: str, region_hash: str, seed: int, parameters: Parameters, share: float = 1.0) -> str:
    """Sixteen hexadecimal digits that name a run: same key, same results.

    Args:
        scenario_hash: of what is assumed.
        region_hash: of the region's files.
        seed: of the world.
        parameters: with their values in force.
        share: of the region's inhabitants that is simulated.
    """
    content = {
        "scenario": scenario_hash,
        "region": region_hash,
        "seed": seed,
        "parameters": {name: parameters[name].value for name in parameters},
        "share": share,
        "code": code_key(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def code_version() -> dict[str, str | None]:
    """Version of the package, hash of the model's source, and the git commit where the code is a checkout."""
    return {"version": importlib.metadata.version("deltaplan"), "source": source_hash(), "commit": _commit()}


def _commit() -> str | None:
    root = Path(sim.__file__).resolve().parent.parent
    if not (root / ".git").exists():  # installed as a package; a repository further up would be someone else's
        return None

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    try:
        return git("rev-parse", "HEAD") + ("+changes" if git("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("mesa", "numba", "numpy", "pyarrow"):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # numba has no build for every platform
            found[name] = "-"
    return found


def build_manifest(
    prepared: Prepared, *, status: str, days_done: int, days_total: int, last_date: str, checked: bool
) -> dict[str, Any]:
    """The manifest as plain data; nothing in it differs between two runs of the same thing on one machine.

    ``status`` is ``complete`` or ``interrupted``; ``last_date`` is the last simulated day (ISO).
    """
    return {
        "schema": SCHEMA_VERSION,
        "key": prepared.key,
        "scenario_name": prepared.name,
        "scenario": prepared.scenario_data,
        "scenario_hash": prepared.scenario_hash,
        "region": prepared.region.id,
        "region_hash": prepared.region_hash,
        "region_label": prepared.region_label,
        "seed": prepared.seed,
        "share": prepared.share,
        "status": status,
        "days_done": days_done,
        "days_total": days_total,
        "last_date": last_date,
        "checked": checked,
        "code": code_version(),
        "compiled": COMPILED,
        "versions": _versions(),
        "platform": f"{platform.system()} {platform.machine()}",
        "parameters": {name: row.model_dump() for name, row in prepared.parameters.items()},
    }
