from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import numpy as np
import pytest

from experiments.questions.accepted import load_sets
from experiments.questions.asking import QuestionError, Way
from experiments.questions.calibrate import FREE, execute
from experiments.questions.factors import factors_of, select
from sim.indicators.targets import Target
from tests.experiments.questions.known import NAMES, OUTCOME, base, steep

FACTORS = select(factors_of(base()), NAMES[:2])


def target(low: float, high: float, **more: object) -> Target:
    return Target.model_validate(
        {
            "indicator": OUTCOME, "value": (low + high) / 2, "low": low, "high": high, "year": 2024, "grade": "A",
            "source": "none", "source_nl": "geen", "headline": True, **more,
        }
    )  # fmt: skip


TARGETS = {
    "cost": target(9.5, 10.5),
    "far": target(500.0, 510.0),
    "check": target(9.0, 11.0, headline=False),
    "given": target(0.0, 1.0, input=True),
}


def test_what_is_not_ruled_out_is_written_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = datetime.date(2025, 3, 1)
    wave = execute(base(), FACTORS, 25, Way(tmp_path / "q", (1, 2), build=steep), targets=TARGETS, today=day, misses=0)
    file = tmp_path / "q" / "accepted.toml"
    sets = load_sets(file)
    assert 0 < len(sets) == int(wave.match.accepted.sum()) < 25
    for draw in sets:  # only where the model gives ten
        assert draw.values["care.no_show"] > 0.03
        assert draw.values["care.closure"] < 1.06
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    assert content["date"] == day
    assert content["accepted"] == len(sets)
    assert content["free"] == [one.name for one in FACTORS]
    assert len(content["source"]) == 16
    assert {one["name"]: one["use"] for one in content["targets"]} == {
        "cost": "fitted", "far": "unreachable", "check": "check",
    }  # fmt: skip
    printed = capsys.readouterr().out
    assert f"{len(sets)} of 25 sets are not ruled out" in printed
    assert "out of reach" in printed
    assert "narrowed" in printed


def test_a_second_wave_looks_where_the_first_left_off(tmp_path: Path) -> None:
    wave = execute(
        base(), FACTORS, 20, Way(tmp_path / "b", (1,), quiet=True, build=steep), targets=TARGETS, waves=2, misses=0
    )
    first, second = wave.match.accepted[:20], wave.match.accepted[20:]
    assert second.mean() > first.mean() + 0.5
    assert wave.draws[0].values == pytest.approx({one.name: one.value for one in FACTORS})  # as shipped
    assert len(np.unique(wave.points, axis=0)) == 40


def test_when_nothing_is_left_it_says_what_is_missed(tmp_path: Path) -> None:
    both = {"cost": target(9.5, 10.5), "low": target(0.0, 0.4)}
    way = Way(tmp_path / "q", (1,), quiet=True, build=steep)
    with pytest.raises(QuestionError, match=r"misses 1 of 2 targets within reach \((cost|low)\).*--misses 1"):
        execute(base(), FACTORS, 20, way, targets=both, misses=0)
    assert len(load_sets(execute_file(way, both))) == 19  # the values as shipped miss both
    with pytest.raises(QuestionError, match="--samples 4 is too few"):
        execute(base(), FACTORS, 4, way, targets=both)


def execute_file(way: Way, targets: dict[str, Target]) -> Path:
    execute(base(), FACTORS, 20, way, targets=targets, misses=1)
    return way.out / "accepted.toml"


def test_what_is_free_by_default_is_assumed() -> None:
    chosen = select(factors_of(base()), FREE)
    assert len(chosen) == len(FREE)
    assert {one.grade for one in chosen} == {"C"}
