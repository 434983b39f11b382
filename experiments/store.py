"""Results on disk: a folder with one Parquet file a table, a manifest and the timing; written whole or not at all.

``manifest.json`` and the tables depend only on what was run, so the same run gives the same bytes;
whatever differs from one time to the next (wall time, date) lies apart in ``timing.json``.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.folders import written_whole

__all__ = ["Results", "ResultsError", "Tables", "arrow_table", "load_results", "summary_table", "write_results"]

Tables = Mapping[str, Mapping[str, "np.ndarray[Any, Any]"]]
Notes = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Per table and column: ``unit`` and ``description``, where known."""

SUMMARY = pa.schema(
    [("id", pa.string()), ("nl", pa.string()), ("en", pa.string()), ("unit", pa.string())]
    + [(name, pa.float64()) for name in ("first", "last", "low", "high")]
    + [("source", pa.string())]
)
STALE_SECONDS = 3600


class ResultsError(Exception):
    """A results folder is missing, unreadable or in the way; the message says which and what to do."""


@dataclass(frozen=True)
class Results:
    """A saved run: its folder, ``manifest`` and ``timing`` as read; tables are read when asked for."""

    folder: Path
    manifest: dict[str, Any]
    timing: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """Names of the saved tables, in alphabetical order."""
        return sorted(path.stem for path in self.folder.glob("*.parquet"))

    def table(self, name: str) -> pa.Table:
        """One table as Arrow (``.to_pandas()`` and ``.column(name).to_numpy()`` work on it).

        Raises:
            ResultsError: no such table, or its file is damaged.
        """
        if name not in self.names:
            raise ResultsError(f"{self.folder} has no table {name!r}; it has {', '.join(self.names) or 'none'}")
        try:
            return pq.read_table(self.folder / f"{name}.parquet")
        except (OSError, pa.ArrowInvalid) as error:
            raise ResultsError(f"{self.folder / name}.parquet is damaged ({error}); run it again") from None

    def summary(self) -> list[dict[str, Any]]:
        """Headline indicators, one dict a row (see ``SUMMARY`` for the keys)."""
        rows: list[dict[str, Any]] = self.table("summary").to_pylist()
        return rows


def load_results(folder: Path | str) -> Results:
    """Open a results folder.

    Raises:
        ResultsError: the folder does not exist or does not hold results.
    """
    path = Path(folder)
    if not path.is_dir():
        raise ResultsError(f"{path} is not a folder; give the folder that `deltaplan run` printed")
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        timing = json.loads((path / "timing.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        missing = Path(error.filename).name
        raise ResultsError(f"{path} holds no results ({missing} is missing); give a folder made by a run") from None
    except ValueError as error:
        raise ResultsError(f"{path}: manifest.json or timing.json is damaged ({error}); run it again") from None
    return Results(path, manifest, timing)


def arrow_table(
    columns: Mapping[str, np.ndarray[Any, Any]], notes: Mapping[str, Mapping[str, str]] | None = None
) -> pa.Table:
    """One-dimensional numpy columns of equal length as an Arrow table, with unit and description as field metadata."""
    notes = notes or {}
    arrays, fields = [], []
    for name, values in columns.items():
        column = np.asarray(values)
        array = pa.array(column.tolist(), pa.string()) if column.dtype.kind in "OUT" else pa.array(column)
        fields.append(pa.field(name, array.type, metadata={str(k): str(v) for k, v in notes.get(name, {}).items()}))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def summary_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Headline indicators as an Arrow table with the columns of ``SUMMARY``; what is unknown is null."""
    return pa.Table.from_pylist([{name: row.get(name) for name in SUMMARY.names} for row in rows], schema=SUMMARY)


def _write_table(table: pa.Table, path: Path) -> None:
    # float columns hardly repeat: a dictionary would make them larger, splitting their bytes makes them smaller
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    others = [field.name for field in table.schema if not pa.types.is_floating(field.type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        use_dictionary=others if others else False,
        use_byte_stream_split=floats if floats else False,
    )


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def write_results(
    target: Path,
    tables: Mapping[str, pa.Table],
    manifest: Mapping[str, Any],
    timing: Callable[[], Mapping[str, Any]],
    *,
    replace: bool = False,
) -> None:
    """Write a results folder at ``target`` in one step; on any failure nothing is left and an older one stays.

    ``timing`` is called last, so that it can count the writing too.

    Raises:
        ResultsError: ``target`` exists and ``replace`` is false.
    """
    if target.exists() and not replace:
        raise ResultsError(f"{target} exists already; choose another folder with --out")
    _sweep(target)
    with written_whole(target) as new:
        for name, table in tables.items():
            _write_table(table, new / f"{name}.parquet")
        _write_json(manifest, new / "manifest.json")
        _write_json(timing(), new / "timing.json")


def _sweep(target: Path) -> None:
    """Remove what a killed process left of earlier attempts at the same folder."""
    for folder in target.parent.glob(f".{target.name}.*.tmp"):
        if time.time() - folder.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
