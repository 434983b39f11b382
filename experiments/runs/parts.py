"""Files of a store, written whole: under a temporary name first, then renamed, so that nobody ever sees half a file."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["STALE_SECONDS", "part", "part_of", "sweep", "write_part", "write_parts"]

STALE_SECONDS = 3600
"""Age from which a temporary file is one that a killed process left."""


def part(table: pa.Table, key: str) -> bytes:
    """A table of a run as a Parquet file, with the run's key as its first column."""
    return part_of(table.add_column(0, pa.field("key", pa.string()), pa.array([key] * table.num_rows, pa.string())))


def part_of(table: pa.Table, metadata: Mapping[str, str] | None = None, rows: int | None = None) -> bytes:
    """A table as a Parquet file; equal tables give equal bytes.

    Float columns go without a dictionary and with their bytes split, which makes them smaller.

    Args:
        table: the table.
        metadata: put into the file.
        rows: in a row group.
    """
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    others = [name for name in table.column_names if name not in floats]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata(dict(metadata) if metadata else None),
        sink,
        row_group_size=rows,
        compression="zstd",
        use_dictionary=others if others else False,
        use_byte_stream_split=floats if floats else False,
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


def write_part(path: Path, content: bytes) -> None:
    """Write a file whole; an existing one is replaced.

    Raises:
        OSError: as of writing; nothing is left then, and an older file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.{socket.gethostname()}.{os.getpid()}.tmp"
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_parts(folder: Path, parts: Mapping[str, bytes]) -> None:
    """Write files by their path within a folder, in this order: the last is the one that says that all are there."""
    for path, content in parts.items():
        write_part(folder / path, content)


def sweep(folder: Path) -> None:
    """Remove temporary files that killed processes left, of which there is at most one a process."""
    for path in folder.rglob(".*.tmp"):
        try:
            if time.time() - path.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()  # states are folders
        except FileNotFoundError:
            continue
