from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.questions.asking import QuestionError, Way
from experiments.questions.factors import select
from experiments.questions.packages import costs_of, tables_of, with_package
from experiments.questions.portfolio import candidate_factors, execute, futures_of, standings
from experiments.runs.draw import apply
from tests.experiments.questions.known import NAMES, OUTCOME, base, helped

CANDIDATES = ["link_workers", "housing"]


def test_packages_are_scenarios_with_and_without_the_candidates() -> None:
    tables = tables_of(base(), CANDIDATES)
    with_both = with_package(base(), tables, CANDIDATES)
    assert [one["id"] for one in with_both.scenario.interventions] == ["housing", "link_workers"]
    assert with_both.name == "twente+link_workers+housing"
    assert with_both.scenario_hash != base().scenario_hash
    without = with_package(with_both, tables, [])
    assert without.scenario_hash == base().scenario_hash
    one = with_package(with_both, tables, ["housing"])
    draw = futures_of([next(iter(candidate_factors(base(), CANDIDATES).values()))], 2)[1]
    apply(draw, one)


def test_candidates_that_cannot_be_are_refused() -> None:
    with pytest.raises(QuestionError, match="no intervention 'link_worker'"):
        tables_of(base(), ["link_worker"])
    with pytest.raises(QuestionError, match="housing is named twice"):
        tables_of(base(), ["housing", "housing"])


def test_costs_are_means_of_full_years_by_intervention(tmp_path: Path) -> None:
    world = base(2)
    way = Way(tmp_path / "q", (1, 2), quiet=True, build=helped)
    tables = tables_of(world, [*CANDIDATES, "digital_triage"])
    costs = costs_of("test", world, tables, way)
    assert costs == {"link_workers": 100_000.0, "housing": 300_000.0, "digital_triage": 0.0}


def test_standings_are_paired_and_regret_is_by_future() -> None:
    values = np.zeros((3, 4, 1, 1))
    values[0, :, 0, 0] = [10.0, 20.0, 30.0, 40.0]
    values[1, :, 0, 0] = values[0, :, 0, 0] - [1.0, 2.0, 1.0, 2.0]
    values[2, :, 0, 0] = values[0, :, 0, 0] + [-5.0, 5.0, -5.0, 5.0]
    empty, steady, swinging = (row[0] for row in standings(values, np.array([1.0])))
    assert steady.difference == pytest.approx(-1.5)
    assert (steady.better, swinging.better, empty.better) == (4, 2, 0)
    assert not steady.noise
    assert swinging.noise
    assert steady.most_regret == pytest.approx(4.0)
    assert swinging.most_regret == pytest.approx(7.0)
    assert steady.regret == pytest.approx((4.0 + 0.0 + 4.0 + 0.0) / 4)
    (higher, _, _) = standings(-values, np.array([-1.0]))
    assert higher[0].most_regret == pytest.approx(empty.most_regret)


def run(tmp_path: Path, budget: float, **options: int) -> list[dict[str, str]]:
    factors = select(candidate_factors(base(), CANDIDATES), [NAMES[0], NAMES[1]])
    way = Way(tmp_path / "q", (1,), build=helped)
    execute(base(), CANDIDATES, budget, futures_of(factors, 4), [OUTCOME], way, **options)
    with (tmp_path / "q" / "portfolio.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_best_and_the_robust_package_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["package"]: row for row in run(tmp_path, 350_000.0)}
    assert rows.keys() == {"", "link_workers", "housing"}  # both together cost more
    assert float(rows["housing"]["difference"]) == pytest.approx(-1.0)
    assert float(rows["housing"]["euro_a_year"]) == 300_000.0
    assert float(rows["housing"]["regret_most"]) == pytest.approx(2.0)  # where link workers do three
    assert rows["housing"]["better_in"] == "4"
    assert int(rows["link_workers"]["better_in"]) < 4
    printed = capsys.readouterr().out
    assert "Looked at: 3 of 4 packages (all within the budget), in 4 futures x 1 seeds" in printed
    assert "Euro a year: link_workers 100,000, housing 300,000." in printed
    asked = json.loads((tmp_path / "q" / "portfolio.json").read_text(encoding="utf-8"))
    assert asked["futures"][0]["values"] == {}
    assert len(asked["futures"]) == 4


def test_many_candidates_are_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(tmp_path, 350_000.0, exhaustive=1)
    assert {row["package"] for row in rows} <= {"", "link_workers", "housing"}
    assert rows[0]["package"] == ""
    assert "those that NSGA-II came to" in capsys.readouterr().out


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    way = Way(tmp_path / "q", (1,), quiet=True, build=helped)
    with pytest.raises(QuestionError, match="the cheapest is link_workers with 100,000 euro a year"):
        execute(base(), CANDIDATES, 5_000.0, futures_of([], 1), [OUTCOME], way)
    with pytest.raises(QuestionError, match="inhabitants has no better direction"):
        execute(base(), CANDIDATES, 1e9, futures_of([], 1), ["inhabitants"], way)
    assert replace(way, quiet=False).out == way.out
