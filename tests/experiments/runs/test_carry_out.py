"""Carrying tasks out: skipped when there, done once, failures kept, resumed, the full disk."""

from __future__ import annotations

import dataclasses
import errno
import time
from pathlib import Path

import pytest

from experiments.executors.processes import Here, Processes
from experiments.runs.carry_out import Failed, Finished, Tally, carry_out
from experiments.runs.perform import simulate
from experiments.runs.store import Store, StoreError
from experiments.runs.task import STANDARD, Task
from tests.experiments.runs.toy import Breaks, Kills, ToyModel, base, content, toy

SEEDS = range(1, 5)


def tasks(tables: tuple[str, ...] = ("region_week", "indicators")) -> list[Task]:
    return [Task.of(base(seed), tables=tables) for seed in SEEDS]


def test_the_second_time_everything_is_there(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    tallies: list[Tally] = []
    first = list(carry_out(store, tasks() + tasks()[:1], Here(), tallies.append, build=toy))
    assert [type(one) for one in first] == [Finished] * 4 and all(one.seconds is not None for one in first)  # type: ignore[union-attr]
    assert (tallies[0].total, tallies[0].left, tallies[-1].done, tallies[-1].left) == (4, 4, 4, 0)
    assert tallies[-1].rate > 0.0 and tallies[-1].seconds_left == 0.0 and tallies[0].seconds_left is None
    before = content(store.folder)
    again = list(carry_out(store, tasks(), Here(), tallies.append, build=Breaks(*SEEDS)))
    assert [one.record for one in again] == [one.record for one in first]  # type: ignore[union-attr]
    assert all(one.seconds is None for one in again) and tallies[-1].there == 4  # type: ignore[union-attr]
    assert content(store.folder) == before


def test_a_failed_run_is_a_record_and_can_be_retried(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    outcomes = list(carry_out(store, tasks(), Here(), build=Breaks(2)))
    assert [type(one) for one in outcomes] == [Finished, Failed, Finished, Finished]
    (failed,) = store.failures().values()
    assert (failed.seed, failed.scenario, failed.draw, failed.attempts) == (2, "twente", "plain", 1)
    assert "broken on purpose, seed 2" in failed.text and "Traceback" in failed.text
    kept = [one for one in carry_out(store, tasks(), Here(), build=toy) if isinstance(one, Failed)]
    assert [one.task.prepared.seed for one in kept] == [2] and kept[0].text == failed.text
    list(carry_out(store, tasks(), Here(), retry_failed=True, build=toy))
    assert store.failures() == {} and len(store.finished()) == 4 and not list((store.folder / "failed").iterdir())


def test_more_tables_are_made_when_asked_for(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    list(carry_out(store, tasks(), Here(), build=toy))
    done = list(carry_out(store, tasks(("events", "region_week", "indicators")), Here(), build=toy))
    assert all(one.seconds is not None for one in done) and "events" in store.tables  # type: ignore[union-attr]
    fewer = list(carry_out(store, tasks(("events",)), Here(), build=Breaks(*SEEDS)))
    assert all(isinstance(one, Finished) for one in fewer)


def test_unknown_and_empty_tables(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    (one,) = carry_out(store, [Task.of(base(), tables=["weeks"])], Here(), build=toy)
    assert isinstance(one, Failed) and "no table 'weeks'; it has costs, events, groups, indicators" in one.text
    parts = simulate(Task.of(base(), tables=["intervention_cost"]), toy)
    assert list(parts)[-1].startswith("runs/") and len(parts) == 2


def test_a_full_disk_ends_it_with_one_line_and_keeps_what_is_done(tmp_path: Path) -> None:
    def full(prepared: object) -> ToyModel:
        if getattr(prepared, "seed", 0) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return ToyModel(prepared)  # type: ignore[arg-type]

    store = Store.create(tmp_path / "store", "batch")
    with pytest.raises(StoreError, match=r"No space left.*what is finished is safe"):
        list(carry_out(store, tasks(), Here(), build=full))
    assert len(store.finished()) == 2 and store.failures() == {}


def test_a_run_that_kills_its_process_twice_is_given_up_and_takes_no_other_along(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    with Processes(2) as executor:
        outcomes = list(carry_out(store, tasks(), executor, build=Kills(tmp_path, seed=2, times=9)))
    assert sorted(type(one).__name__ for one in outcomes) == ["Failed", "Finished", "Finished", "Finished"]
    (failed,) = store.failures().values()
    assert failed.killed and failed.attempts == 2 and failed.seed == 2 and "ended 2 times" in failed.text
    assert len(list(tmp_path.glob("kill*"))) == 2


def test_what_a_run_costs_beside_itself(tmp_path: Path) -> None:
    """Processor time here per run that another process does: under 50 ms, most of it handing over the region."""
    store = Store.create(tmp_path / "store", "batch")
    many = [Task.of(base(seed), tables=STANDARD) for seed in range(40)]
    with Processes(1) as executor:
        coming = carry_out(store, many, executor, build=toy)
        next(coming)
        begin = time.process_time()
        assert sum(1 for _ in coming) == 39
        assert (time.process_time() - begin) / 39 < 0.05


def test_a_share_is_simulated_and_recorded(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", "batch")
    small = dataclasses.replace(base(), share=0.01)
    (done,) = carry_out(store, [Task.of(small)], Here())
    assert isinstance(done, Finished) and done.record["share"] == 0.01
    ids = store.query("select distinct id from indicators")["id"].to_pylist()
    assert {"third_next_available"} <= set(ids)
    by = store.query("select dimension, count(distinct member) as n from groups group by 1 order by 1").to_pylist()
    assert [row["dimension"] for row in by] == ["age", "deprivation", "municipality"]
    assert store.query("select count(*) as n from region_week")["n"].to_pylist()[0] in {52, 53}
    ratio = store.query("select value, top, bottom from indicators where bottom > 0").to_pylist()
    assert ratio and all(row["value"] == pytest.approx(row["top"] / row["bottom"]) for row in ratio)


def test_a_share_left_without_any_gp_is_simulated(tmp_path: Path) -> None:
    """Seed 2 of a five-hundredth of Twente loses its only GP; should it keep one some day, take another seed."""
    store = Store.create(tmp_path / "store", "batch")
    tables = ("gp_year", "indicators", "groups", "practice_year", "workforce_month")
    (done,) = carry_out(store, [Task.of(dataclasses.replace(base(2), share=0.002), tables=tables)], Here())
    assert isinstance(done, Finished), done
    heads = "select heads_owner + heads_employed + heads_locum as n from workforce_month order by month"
    assert store.query(heads)["n"].to_pylist()[-1] == 0
    assert store.query("select * from gp_year").num_rows == 0
    assert store.query("select * from practice_year").num_rows > 0
