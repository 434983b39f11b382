"""Which code of ``sim`` this is, and where its compiled kernels lie; loads no compiler.

Numba's disk cache looks only at the file of the kernel itself, so a constant or a kernel that is imported from
elsewhere would stay frozen in it. The cache therefore lies in the user's cache folder under a name made from the
text of all code of ``sim``, numba's version and the processor: change anything and the kernels are compiled anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import platform
from pathlib import Path

import platformdirs

__all__ = ["COMPILED", "cache_folder", "is_warm", "remember_warm", "source_hash"]

_SIM = Path(__file__).resolve().parent
_MARK = "has-run"

COMPILED: bool = os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"} and importlib.util.find_spec("numba") is not None
"""True when kernels are compiled; False when they run interpreted (no numba, or NUMBA_DISABLE_JIT=1)."""


def source_hash(suffixes: tuple[str, ...] = (".py", ".toml")) -> str:
    """Hexadecimal hash (16 digits) over the text of every file of ``sim`` with these suffixes, names included."""
    digest = hashlib.sha256()
    for path in sorted(_SIM.rglob("*")):
        if path.suffix in suffixes:
            digest.update(path.relative_to(_SIM).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Folder that holds the compiled kernels of exactly this code on exactly this processor."""
    machine = f"{importlib.metadata.version('numba')}-{platform.machine()}-{platform.processor()}"
    name = hashlib.sha256(f"{source_hash(('.py',))}-{machine}".encode()).hexdigest()[:16]
    return Path(platformdirs.user_cache_dir("deltaplan", appauthor=False)) / "kernels" / name


def is_warm() -> bool:
    """True when a run of this code was far enough to have its kernels in the cache, or nothing needs compiling."""
    return not COMPILED or (cache_folder() / _MARK).exists()


@functools.cache
def remember_warm() -> None:
    """Note that this code has run; some kernels may lie in the cache already before that, of a run that was ended."""
    if COMPILED:
        with contextlib.suppress(OSError):  # a cache that cannot be written keeps no kernels either
            cache_folder().mkdir(parents=True, exist_ok=True)
            (cache_folder() / _MARK).touch()
