"""A store of runs: a folder of Parquet files, one a run and table, and DuckDB over it.

store.json                     format, kind and code
runs/<key>.parquet             the record of a run, one row; written last, so a run with a record is finished
tables/<table>/<key>.parquet   its tables, with the column ``key``
timing/<key>.json              what differs from one time to the next
failed/<key>.json              a run that failed: traceback, attempts, scenario, draw, seed
scenarios/<hash>.json          every scenario, resolved
draws/<draw>.json              every draw
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.bilingual import BilingualError
from experiments.runs.faults import STORE
from experiments.runs.packs import LOOSE, files, pack
from experiments.runs.parts import sweep, write_part
from experiments.runs.task import Task

if TYPE_CHECKING:
    import duckdb

__all__ = ["FORMAT", "FailedRun", "Store", "StoreError"]

FORMAT = 1


class StoreError(BilingualError):
    """A store is missing, damaged, of another version or in the way; the message says which and what to do."""

    SENTENCES = STORE


@dataclass(frozen=True)
class FailedRun:
    """What is kept of a run that failed."""

    key: str
    scenario: str
    draw: str
    seed: int
    attempts: int
    killed: bool
    text: str


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@dataclass(frozen=True)
class Store:
    """An open store; ``code`` names the version of the model that its runs are of."""

    folder: Path
    kind: str
    code: str

    # opening

    @classmethod
    def create(cls, folder: Path | str, kind: str) -> Store:
        """Open the store at ``folder`` to add runs to it, made first where there is none.

        Raises:
            StoreError: the folder holds something else, a store of another kind, format or version of the model, or
                cannot be written.
        """
        from experiments.manifest import code_key, code_version

        path = Path(folder)
        if (path / "store.json").exists():
            store = cls.open(path)
            if store.kind != kind:
                raise StoreError.of("other_kind", path=path, there=store.kind, kind=kind)
            if store.code != code_key():
                raise StoreError.of("other_version", path=path)
            sweep(path)
            return store
        if path.exists() and (not path.is_dir() or any(not one.name.startswith(".") for one in path.iterdir())):
            raise StoreError.of("in_the_way", path=path)
        content = {"format": FORMAT, "kind": kind, "code": code_key(), "version": code_version()}
        try:
            write_part(path / "store.json", _json(content))
        except OSError as error:
            raise StoreError.of("not_written", path=path, error=error.strerror) from None
        return cls(path, kind, code_key())

    @classmethod
    def open(cls, folder: Path | str) -> Store:
        """Open the store at ``folder`` to read it.

        Raises:
            StoreError: there is none, it is damaged, or of another format.
        """
        path = Path(folder)
        try:
            content = json.loads((path / "store.json").read_text(encoding="utf-8"))
            number, kind, code = content["format"], content["kind"], content["code"]
        except (FileNotFoundError, NotADirectoryError):
            raise StoreError.of("no_store", path=path) from None
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError.of("damaged", path=path, error=error) from None
        if number != FORMAT:
            raise StoreError.of("other_format", path=path, there=number, format=FORMAT)
        return cls(path, kind, code)

    # what is in it

    def finished(self) -> dict[str, dict[str, Any]]:
        """Records of finished runs by key, in the order of keys; see ``RECORD`` of ``perform``."""
        rows: list[dict[str, Any]] = []
        for path in files(self.folder, "runs", self.finished_keys()):
            rows += pq.ParquetFile(path).read().to_pylist()
        return {row["key"]: row for row in sorted(rows, key=lambda row: str(row["key"]))}

    def finished_keys(self) -> set[str]:
        """Keys of finished runs; quicker than their records."""
        return {path.stem for path in (self.folder / "runs").glob("*.parquet")}

    def failures(self) -> dict[str, FailedRun]:
        """Runs that failed and have not been done since, by key."""
        found = {}
        for path in sorted((self.folder / "failed").glob("*.json")):
            if not (self.folder / "runs" / f"{path.stem}.parquet").exists():
                found[path.stem] = FailedRun(**json.loads(path.read_text(encoding="utf-8")))
        return found

    def record(self, key: str) -> dict[str, Any]:
        """The record of a finished run.

        Raises:
            StoreError: it is not finished.
        """
        try:
            row: dict[str, Any] = pq.ParquetFile(self.folder / "runs" / f"{key}.parquet").read().to_pylist()[0]
        except FileNotFoundError:
            raise StoreError.of("not_finished", path=self.folder, key=key) from None
        return row

    # writing

    def describe(self, tasks: Iterable[Task]) -> None:
        """Write scenarios and draws of tasks as plain data, those that are not there yet."""
        seen: set[Path] = set()
        for task in tasks:
            scenario = self.folder / "scenarios" / f"{task.prepared.scenario_hash}.json"
            draw = self.folder / "draws" / f"{task.draw.id}.json"
            for path, content in ((scenario, task.prepared.scenario_data), (draw, dict(task.draw.values))):
                if path not in seen:
                    seen.add(path)
                    if not path.exists():
                        write_part(path, _json(content))

    def note_failure(self, task: Task, text: str, attempts: int, killed: bool) -> None:
        """Write down that a run failed."""
        content = {
            "key": task.key,
            "scenario": task.prepared.name,
            "draw": task.draw.id,
            "seed": task.prepared.seed,
            "attempts": attempts,
            "killed": killed,
            "text": text,
        }
        write_part(self.folder / "failed" / f"{task.key}.json", _json(content))

    def forget_failure(self, key: str) -> None:
        """Remove the note that a run failed, once it has been done."""
        (self.folder / "failed" / f"{key}.json").unlink(missing_ok=True)

    # asking

    @property
    def tables(self) -> list[str]:
        """Names of the tables that runs have, in alphabetical order."""
        return sorted(path.name for path in (self.folder / "tables").glob("*") if any(path.glob("*.parquet")))

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory with a view ``runs``, one a table, and ``draws`` (draw, name, value).

        A batch has ``planned`` (key, scenario, draw, seed) and ``design`` (place, draw) besides. Only runs that are
        finished now are seen; a batch may go on meanwhile.
        """
        import duckdb

        connection = duckdb.connect()
        finished = self.finished_keys()
        for under in ("runs", *(f"tables/{name}" for name in self.tables)):
            if found := files(self.folder, under, finished):
                listed = ", ".join(f"'{_quoted(path)}'" for path in found)
                name = under.removeprefix("tables/")
                connection.execute(
                    f'create view "{name}" as select * from read_parquet([{listed}], union_by_name = true)'
                )
        connection.register("draws", self._draws())
        for name in ("planned", "design"):
            if (file := self.folder / f"{name}.parquet").exists():
                connection.execute(f"create view {name} as select * from read_parquet('{_quoted(file)}')")
        return connection

    def pack(self, at_least: int = LOOSE) -> int:
        """Bring parts together for quick answers where more than ``at_least`` are loose; how many files were.

        Raises:
            OSError: the store cannot be written; it can be read as before.
        """
        finished = self.finished_keys()
        return sum(
            pack(self.folder, under, finished, at_least) for under in ("runs", *(f"tables/{n}" for n in self.tables))
        )

    def query(self, sql: str) -> pa.Table:
        """The answer to a question in SQL, as Arrow.

        Raises:
            StoreError: the query is wrong; the message is DuckDB's.
        """
        import duckdb

        with contextlib.suppress(OSError):  # a store that cannot be written is answered from all the same
            self.pack()
        with self.connect() as connection:
            try:
                answer: Any = connection.sql(sql)
                return pa.table({}) if answer is None else answer.to_arrow_table()  # None: no question was asked
            except duckdb.Error as error:
                raise StoreError(str(error)) from None

    def _draws(self) -> pa.Table:
        rows = [
            (path.stem, name, float(value))
            for path in sorted((self.folder / "draws").glob("*.json"))
            for name, value in json.loads(path.read_text(encoding="utf-8")).items()
        ]
        columns = [[row[k] for row in rows] for k in range(3)]
        schema = pa.schema([("draw", pa.string()), ("name", pa.string()), ("value", pa.float64())])
        return pa.table(dict(zip(schema.names, columns, strict=True)), schema=schema)
