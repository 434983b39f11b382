"""From a request to a comparison: pairs, the rule, failures, sets and modes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from experiments.compare.comparison import Comparison, load_comparison, save_comparison
from experiments.compare.drive import compared, run_pairs
from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.executors.processes import Here
from experiments.runs.draw import Draw
from experiments.runs.store import Store, StoreError
from tests.experiments.compare.worlds import World, scenario

WAIT = "wait_mean"


def request(rule: Rule, *, modes: tuple[str, ...] = (), sets: tuple[Draw, ...] = (), window: int = 1) -> Request:
    return Request((scenario("twente"), scenario("twente-deltaplan")), modes, rule, window, sets)


def made(asked: Request, folder: Path, world: World) -> Comparison:
    store = Store.create(folder / "store", "compare")
    pairs, failures = run_pairs(asked, store, Here(), build=world)
    return compared(asked, store, pairs, failures, "deltaplan compare twente twente-deltaplan")


def wait(comparison: Comparison) -> float:
    (one,) = (one for one in comparison.contrasts if one.indicator == WAIT)
    return one.difference.mean / one.base.mean


def test_an_effect_comes_back_as_it_was_put_in(tmp_path: Path) -> None:
    found = made(request(Rule(3, 3)), tmp_path, World(effect=-0.25, shared=0.1))
    (one,) = (one for one in found.contrasts if one.indicator == WAIT)
    assert wait(found) == pytest.approx(-0.25)
    assert (one.verdict, one.pairs_better, one.difference.n) == ("better", 3, 3)
    assert one.chance_better > 0.99 and one.reduction > 10.0
    others = [one for one in found.contrasts if one.indicator in ("inhabitants", "without_gp", "fte_all")]
    assert {one.verdict for one in others} == {"same"}
    assert (found.pairs, found.seeds, found.sets) == (3, (1, 2, 3), 1)
    assert (found.first_year, found.last_year) == (2025, 2025)


def test_it_stops_at_once_when_all_is_precise(tmp_path: Path) -> None:
    assert made(request(Rule(5, 20)), tmp_path, World(effect=-0.25, shared=0.1)).pairs == 5


def test_it_goes_on_for_what_can_become_precise_and_not_for_what_cannot(tmp_path: Path) -> None:
    within_reach = made(request(Rule(5, 20)), tmp_path / "reach", World(own=0.03))
    assert 5 < within_reach.pairs <= 20
    out_of_reach = made(request(Rule(5, 20)), tmp_path / "out", World(own=0.9))
    assert out_of_reach.pairs < 20
    (one,) = (one for one in out_of_reach.contrasts if one.indicator == WAIT)
    assert not one.precise


def test_more_pairs_are_added_to_those_that_are_there(tmp_path: Path) -> None:
    world = World(effect=-0.1, own=0.02)
    made(request(Rule(2, 2)), tmp_path, world)
    more = made(request(Rule(3, 3)), tmp_path, World(effect=-0.1, own=0.02, broken=(1, 2)))  # would fail if run again
    afresh = made(request(Rule(3, 3)), tmp_path / "afresh", world)
    assert more.contrasts == afresh.contrasts or repr(more.contrasts) == repr(afresh.contrasts)


def test_a_pair_with_a_failed_run_is_left_out_and_said(tmp_path: Path) -> None:
    found = made(request(Rule(4, 4)), tmp_path, World(effect=-0.25, shared=0.1, broken=(2,)))
    assert (found.pairs, found.seeds) == (3, (1, 3, 4))
    assert wait(found) == pytest.approx(-0.25)
    assert any("1 runs failed" in text for text in found.warnings_en)
    with pytest.raises(StoreError, match="broken on purpose"):
        made(request(Rule(1, 1)), tmp_path / "all", World(broken=(1,)))


def test_parameter_sets_take_turns_and_their_spread_is_told_apart(tmp_path: Path) -> None:
    sets = (Draw({"care.no_show": 0.03}), Draw({"care.no_show": 0.05}))
    asked = request(Rule(4, 4, per_set=2), sets=sets)
    assert [asked.tasks(pair)[0].draw for pair in range(5)] == [sets[0], sets[0], sets[1], sets[1], sets[0]]
    found = made(asked, tmp_path, World(effect=-0.25, own=0.1))
    assert found.sets == 2
    (spread,) = (one for one in found.spreads if one.indicator == WAIT)
    assert spread.seeds > 0.0 and spread.parameters >= 0.0
    alone = made(request(Rule(3, 3)), tmp_path / "alone", World(effect=-0.25, own=0.1))
    assert math.isnan(next(one.parameters for one in alone.spreads if one.indicator == WAIT))


def test_capacity_modes_stand_beside_it(tmp_path: Path) -> None:
    found = made(request(Rule(2, 2), modes=("elastic", "hard")), tmp_path, World(effect=-0.25))
    assert [one.capacity_mode for one in found.modes] == ["elastic", "hard"]
    assert all(len(one.contrasts) == len(found.contrasts) for one in found.modes)


def test_groups_courses_and_costs_are_there(tmp_path: Path) -> None:
    found = made(request(Rule(2, 2)), tmp_path, World(effect=-0.25))
    assert {one.by for one in found.groups} == {"municipality", "age", "deprivation"}
    almelo = [one for one in found.groups if one.by == "municipality" and one.name_en == "Almelo"]
    assert any(one.contrast.indicator == WAIT for one in almelo)
    (course,) = (one for one in found.courses if (one.indicator, one.arm) == (WAIT, "twente"))
    assert course.years == (2025,) and all(value > 0.0 for value in course.mean)
    (gap,) = (one for one in found.gaps if one.indicator == WAIT)
    last = next(one.difference for one in found.contrasts if one.indicator == WAIT)
    assert (gap.arm, gap.years) == (found.arms[0].name, (2025,))
    assert (gap.mean[0], gap.low[0], gap.high[0]) == pytest.approx((last.mean, last.low, last.high))
    (costs,) = found.costs
    assert (costs.total.mean, costs.by_payer) == (0.0, {})


def test_it_is_read_as_it_was_saved(tmp_path: Path) -> None:
    found = made(request(Rule(2, 2), modes=("hard",)), tmp_path, World(effect=-0.25, own=0.02))
    save_comparison(found, tmp_path)
    assert repr(load_comparison(tmp_path)) == repr(found)
