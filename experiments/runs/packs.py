"""Packs: many small parts brought together in few files, so that a question over a thousand runs is answered at once.

Parts stay where they are and stay the truth; a pack may be thrown away at any time. It holds the keys of its runs, and
one that overlaps with another (two machines packed at once) is left aside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.runs.parts import part_of, write_part

__all__ = ["LOOSE", "files", "pack"]

LOOSE = 64
"""Parts outside packs that are read one by one; with more than these they are packed first."""
LARGEST = 256
"""Runs in a pack."""
ROWS = 100_000
"""Rows that are read together; a pack of indicators is sorted, so that a question about one reads few of them."""


def files(folder: Path, under: str, finished: set[str]) -> list[Path]:
    """The files that together hold a table of finished runs, each run once.

    Args:
        folder: of the store.
        under: ``runs`` or ``tables/<table>``.
        finished: keys of the runs to be seen.
    """
    packs, packed = _packs(folder, under, finished)
    return packs + [path for path in _parts(folder, under, finished) if path.stem not in packed]


def pack(folder: Path, under: str, finished: set[str], at_least: int = LOOSE) -> int:
    """Bring loose parts of finished runs together when there are more than ``at_least``; how many were.

    Raises:
        OSError: the folder cannot be written.
    """
    _, packed = _packs(folder, under, finished)
    loose = [path for path in _parts(folder, under, finished) if path.stem not in packed]
    if len(loose) <= at_least:
        return 0
    for at in range(0, len(loose), LARGEST):
        some = loose[at : at + LARGEST]
        table = _together(some)
        keys = [path.stem for path in some]
        name = hashlib.sha256(json.dumps(keys).encode()).hexdigest()[:16]
        content = part_of(table, {"keys": " ".join(keys)}, ROWS)
        write_part(folder / "packs" / under / f"{name}.parquet", content)
    return len(loose)


def _together(paths: list[Path]) -> pa.Table:
    """The rows of several parts, by indicator where they have one; repeated words are kept once (ten times faster)."""
    words = [field.name for field in pq.read_schema(paths[0]) if pa.types.is_string(field.type)]
    tables = [pq.ParquetFile(path, read_dictionary=words).read() for path in paths]
    table = pa.concat_tables(tables, promote_options="permissive").unify_dictionaries().combine_chunks()
    if "id" not in table.column_names:
        return table
    codes = table["id"].combine_chunks().indices.to_numpy()
    return table.take(pa.array(np.argsort(codes.astype(np.uint16), kind="stable")))


def _parts(folder: Path, under: str, finished: set[str]) -> list[Path]:
    return sorted(path for path in (folder / under).glob("*.parquet") if path.stem in finished)


def _packs(folder: Path, under: str, finished: set[str]) -> tuple[list[Path], set[str]]:
    chosen: list[Path] = []
    packed: set[str] = set()
    for path, keys in sorted(_read_keys(folder / "packs" / under), key=lambda one: (-len(one[1]), one[0])):
        if keys <= finished and not keys & packed:
            chosen.append(path)
            packed |= keys
    return chosen, packed


def _read_keys(folder: Path) -> Iterator[tuple[Path, set[str]]]:
    for path in folder.glob("*.parquet"):
        metadata = pq.read_metadata(path).metadata or {}
        yield path, set(metadata[b"keys"].decode().split())
