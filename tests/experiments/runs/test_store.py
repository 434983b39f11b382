"""The store: what it refuses, what it shows, and files that are whole or absent."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.executors.processes import Here
from experiments.runs.carry_out import carry_out
from experiments.runs.draw import Draw
from experiments.runs.packs import files, pack
from experiments.runs.parts import part, sweep, write_part
from experiments.runs.store import Store, StoreError
from experiments.runs.task import Task
from tests.experiments.runs.toy import base, toy


def filled(folder: Path) -> Store:
    store = Store.create(folder, "batch")
    tasks = [Task.of(base(seed), Draw({"care.no_show": x}) if x else None) for seed in (1, 2) for x in (0.0, 0.05)]
    assert len(list(carry_out(store, tasks, Here(), build=toy))) == 4
    return store


def test_views_join_runs_draws_and_tables(tmp_path: Path) -> None:
    store = filled(tmp_path / "it's a store")
    assert store.tables == ["costs", "events", "groups", "indicators", "region_week"]
    rows = store.query(
        "select seed, draws.value, max(wait) as most from region_week join runs using (key) "
        "left join draws using (draw) "
        "group by all order by all"
    ).to_pylist()
    assert [(row["seed"], row["value"]) for row in rows] == [(1, 0.05), (1, None), (2, 0.05), (2, None)]
    assert rows[0]["most"] == pytest.approx(rows[1]["most"] + 0.02)
    people = store.query("select value from indicators where id = 'population' order by value")
    assert store.query("select dimension, member from groups").num_rows == 0 and people.num_rows >= 0
    (record,) = (row for row in store.finished().values() if row["seed"] == 2 and row["draw"] == "plain")
    assert record["first_year"] == record["last_year"] == 2025 and record["scenario"] == "twente"
    assert store.record(record["key"]) == record


def test_runs_without_a_record_are_not_seen(tmp_path: Path) -> None:
    store = filled(tmp_path / "store")
    gone = next(iter(store.finished()))
    (store.folder / "runs" / f"{gone}.parquet").unlink()
    assert store.query("select distinct key from region_week").num_rows == 3 and gone not in store.finished()


def test_wrong_query_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        filled(tmp_path / "store").query("select * from nowhere")


def test_create_opens_what_is_there(tmp_path: Path) -> None:
    store = filled(tmp_path / "store")
    again = Store.create(store.folder, "batch")
    assert again == store and len(again.finished()) == 4


def test_refusals(tmp_path: Path) -> None:
    folder = Store.create(tmp_path / "store", "batch").folder
    with pytest.raises(StoreError, match="store of batch, not of compare"):
        Store.create(folder, "compare")
    content = json.loads((folder / "store.json").read_text(encoding="utf-8"))
    for change, said in (({"code": "0" * 16}, "another version of the model"), ({"format": 99}, "format 99")):
        (folder / "store.json").write_text(json.dumps(content | change), encoding="utf-8")
        with pytest.raises(StoreError, match=said):
            Store.create(folder, "batch")
    (folder / "store.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder)
    with pytest.raises(StoreError, match=r"store\.json is missing"):
        Store.open(tmp_path / "nowhere")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(StoreError, match="is no store"):
        Store.create(tmp_path / "full", "batch")


def test_store_of_another_version_can_still_be_read(tmp_path: Path) -> None:
    store = filled(tmp_path / "store")
    file = store.folder / "store.json"
    file.write_text(file.read_text(encoding="utf-8").replace(store.code, "0" * 16), encoding="utf-8")
    assert len(Store.open(store.folder).finished()) == 4


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_part(tmp_path / "a.bin", b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_part(tmp_path / "a.bin", b"new")
    assert (tmp_path / "a.bin").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_only_old_leftovers_are_swept(tmp_path: Path) -> None:
    old, new = tmp_path / ".a.parquet.host.1.tmp", tmp_path / ".b.parquet.host.2.tmp"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    sweep(tmp_path)
    assert not old.exists() and new.exists()


def test_parts_are_deterministic_and_keyed() -> None:
    table = pa.table({"week": [1, 2], "wait": [0.5, None]})
    assert part(table, "k") == part(pa.table({"week": [1, 2], "wait": [0.5, None]}), "k") != part(table, "l")


def test_a_pack_that_overlaps_is_left_aside_and_any_may_go(tmp_path: Path) -> None:
    store = filled(tmp_path / "store")
    question = "select key, id, year, value from indicators order by all"
    before = store.query(question)
    keys = sorted(store.finished())
    pack(store.folder, "tables/indicators", set(keys[:3]), at_least=0)
    (one,) = (store.folder / "packs" / "tables" / "indicators").iterdir()
    kept = one.read_bytes()
    one.unlink()
    pack(store.folder, "tables/indicators", set(keys[1:]), at_least=0)
    one.write_bytes(kept)  # two machines packed at once
    assert store.query(question) == before
    seen = files(store.folder, "tables/indicators", set(keys))
    assert len(seen) == 2 and one.parent in {path.parent for path in seen}  # one pack and the part outside it
    assert store.pack(at_least=0) > 0 and store.query(question) == before
