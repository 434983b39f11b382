"""Folders that are written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """An empty folder to write into; when the block ends it takes the place of ``target``, older content included.

    On any failure nothing of it is left and what stood at ``target`` stays. It lies beside ``target`` as
    ``.<name>.*.tmp`` meanwhile, where a process that is killed leaves it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        new = folder / "new"
        new.mkdir()
        yield new
        if target.exists():
            target.replace(folder / "old")
            try:
                new.replace(target)
            except BaseException:
                (folder / "old").replace(target)
                raise
        else:
            new.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
