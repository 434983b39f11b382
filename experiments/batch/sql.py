"""Questions in SQL to a store of runs, or to the tables of one run, answered by DuckDB."""

from __future__ import annotations

import contextlib
import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from experiments.batch.texts import say
from experiments.runs.store import Store, StoreError
from experiments.show import print_table
from experiments.texts import Language, number

if TYPE_CHECKING:
    import duckdb

__all__ = ["ask", "print_answer", "print_views"]

SHOWN = 200


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with a view per table of a store, or of a folder that `deltaplan run` made.

    Raises:
        StoreError: the folder holds neither.
    """
    if not (folder / "manifest.json").exists():
        store = Store.open(folder)
        with contextlib.suppress(OSError):  # a store that cannot be written is answered from all the same
            store.pack()
        return store.connect()
    import duckdb

    connection = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        quoted = str(path).replace("'", "''")
        connection.execute(f"create view \"{path.stem}\" as select * from read_parquet('{quoted}')")
    return connection


def ask(folder: Path, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns and the rows of an answer.

    Raises:
        StoreError: there is no store, or the query is wrong (DuckDB's words, which name what comes near).
    """
    import duckdb

    with connect(folder) as connection:
        try:
            cursor = connection.execute(query)
            return [str(column[0]) for column in cursor.description or ()], cursor.fetchall()
        except duckdb.Error as error:
            raise StoreError(" ".join(str(error).split())) from None


def print_answer(console: Console, folder: Path, query: str, lang: Language, *, as_csv: bool) -> None:
    """Print an answer as a table, of at most 200 rows, or as CSV.

    Raises:
        StoreError: as of ``ask``.
    """
    names, rows = ask(folder, query)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        return
    numeric = [any(isinstance(row[k], int | float | Decimal) for row in rows) for k in range(len(names))]
    heads = [(name, "right" if numeric[k] else "left") for k, name in enumerate(names)]
    print_table(console, heads, [[_cell(value, lang) for value in row] for row in rows[:SHOWN]])
    if len(rows) > SHOWN:
        console.print(say("cut", lang, shown=SHOWN, rows=len(rows)))


def _cell(value: Any, lang: Language) -> str:
    if value is None:
        return "-"
    if isinstance(value, float | Decimal):
        return number(float(value), lang)
    if isinstance(value, list):
        return ", ".join(_cell(one, lang) for one in value)
    return str(value)


def print_views(console: Console, folder: Path, lang: Language) -> None:
    """Print which views there are and their columns.

    Raises:
        StoreError: there is no store.
    """
    names, rows = ask(
        folder,
        "select table_name, string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns "
        "where table_schema = 'main' group by 1 order by 1",
    )
    assert len(names) == 2
    console.print(say("views", lang, folder=folder), style="bold", soft_wrap=True)
    heads = [(say("head_view", lang), "left"), (say("head_columns", lang), "left")]
    print_table(console, heads, [[str(name), str(columns)] for name, columns in rows])
