"""The repository as these tests see it: its root, its files and what pyproject.toml says."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sim", "scenarios", "experiments", "viz")


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def files() -> tuple[Path, ...]:
    """Files that belong to the repository: tracked, or new and not ignored. Sorted, absolute."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def text(path: Path) -> str | None:
    """Content of a text file; None for a binary one."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8")
