"""Runs that share a past: the same bytes, and the past simulated once."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.executors.processes import Here
from experiments.prepare import Prepared, prepare
from experiments.runs.past import branching_date, common_past, with_pasts
from experiments.runs.perform import build_model, simulate
from experiments.runs.task import Task

LATE = """
id = "late"
extends = "twente"
label = {nl = "Laat", en = "Late"}
[interventions.housing]
start = 2025-10-15
"""


@pytest.fixture(scope="module")
def arms(tmp_path_factory: pytest.TempPathFactory) -> list[Prepared]:
    file = tmp_path_factory.mktemp("late") / "late.toml"
    file.write_text(LATE, encoding="utf-8")
    return [prepare(name, seed=3, years=1, share=0.01) for name in ("twente", str(file))]


def test_the_branching_date_is_that_of_the_first_thing_that_differs(arms: list[Prepared]) -> None:
    assert branching_date(arms) == datetime.date(2025, 11, 1)
    assert branching_date([arms[0], replace(arms[1], seed=4)]) is None
    early = prepare("twente-deltaplan", seed=3, years=1, share=0.01)
    assert (branching_date([*arms, early]) or datetime.date.max) <= datetime.date(2025, 1, 1)


def test_a_past_is_shared_only_when_it_is_worth_it(arms: list[Prepared], tmp_path: Path) -> None:
    tasks = [Task.of(one) for one in arms]
    past = common_past(tasks, tmp_path)
    assert past is not None and past.date == datetime.date(2025, 11, 1)
    assert common_past(tasks[:1], tmp_path) is None
    early = prepare("twente-deltaplan", seed=3, years=1, share=0.01)
    assert common_past([tasks[0], Task.of(early)], tmp_path) is None


def test_runs_from_a_common_past_give_the_bytes_of_whole_runs(arms: list[Prepared], tmp_path: Path) -> None:
    tasks = [Task.of(one) for one in arms]
    built: list[str] = []

    def counting(prepared: Prepared) -> object:
        built.append(prepared.name)
        return build_model(prepared)

    with with_pasts([tasks], tmp_path / "pasts", Here(), counting) as ready:
        assert [task.key for task in ready] == [task.key for task in tasks]
        assert all(task.past for task in ready) and any((tmp_path / "pasts").iterdir())
        shared = [simulate(task, counting) for task in ready]
    assert built == ["twente"]
    assert not (tmp_path / "pasts").exists()
    assert shared == [simulate(task) for task in tasks]
    assert shared[0] != shared[1]


def test_a_past_that_fails_leaves_its_runs_whole(arms: list[Prepared], tmp_path: Path) -> None:
    tasks = [Task.of(one) for one in arms]

    def broken(prepared: Prepared) -> object:
        raise RuntimeError("broken on purpose")

    with with_pasts([tasks], tmp_path / "pasts", Here(), broken) as ready:
        assert ready == tasks
