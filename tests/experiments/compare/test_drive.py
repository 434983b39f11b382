"""From a request to a comparison: pairs, the rule, failures, sets and modes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from rich.console import Console

from experiments.compare.comparison import Comparison, load_comparison, save_comparison
from experiments.compare.drive import compared, run_pairs
from experiments.compare.request import Request
from experiments.compare.screen import print_comparison
from experiments.compare.stopping import Rule
from experiments.executors.processes import Here
from experiments.questions.accepted import Sets
from experiments.runs.draw import Draw
from experiments.runs.store import Store, StoreError
from experiments.texts import Language
from tests.experiments.compare.worlds import World, scenario

WAIT = "wait_mean"
SETS = tuple(Draw({"care.no_show": value}) for value in (0.02, 0.03, 0.05))


def request(rule: Rule, *, modes: tuple[str, ...] = (), sets: tuple[Draw, ...] = (), window: int = 1) -> Request:
    arms = (scenario("twente"), scenario("twente-deltaplan"))
    return Request(arms, modes, rule, window, Sets(sets, "sets.toml", "2026-11-28") if sets else Sets())


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


def printed(comparison: Comparison, lang: Language) -> str:
    console = Console(width=200)
    with console.capture() as captured:
        print_comparison(console, comparison, lang)
    return captured.get()


def spread(comparison: Comparison) -> tuple[float, float]:
    (one,) = (one for one in comparison.spreads if one.indicator == WAIT)
    return one.seeds, one.parameters


def test_more_pairs_than_sets_tell_chance_from_parameters(tmp_path: Path) -> None:
    found = made(request(Rule(6, 6, sets=3), sets=SETS), tmp_path, World(effect=-0.25, own=0.1))
    assert (found.pairs, found.sets) == (6, 3)
    seeds, parameters = spread(found)
    assert seeds > 0.0 and parameters >= 0.0
    assert any(text.startswith("3 of the 3 accepted parameter sets of 2026-11-28") for text in found.warnings_en)
    assert not any("cannot be told apart" in text for text in found.warnings_en)
    assert "Between worlds, " in printed(found, "en") and "Tussen werelden " in printed(found, "nl")


def test_with_a_set_for_each_pair_chance_and_parameters_are_one(tmp_path: Path) -> None:
    world = World(effect=-0.25, own=0.1)
    found = made(request(Rule(2, 2, sets=3), sets=SETS), tmp_path / "sets", world)
    assert found.sets == 2 and all(math.isnan(one) for one in spread(found))
    english, dutch = printed(found, "en"), printed(found, "nl")
    assert "2 of the 3 accepted parameter sets of 2026-11-28 were used, each pair the next one (sets.toml)" in english
    assert "the two cannot be told apart. With more pairs than sets (--runs 4) they can" in english
    assert "2 van de 3 aanvaarde parametersets van 2026-11-28 zijn gebruikt, elk paar de volgende (sets.toml)" in dutch
    assert "die zijn niet uit elkaar te houden. Met meer paren dan sets (--runs 4) wel" in dutch
    assert all("--sets shipped" in said for said in (english, dutch))
    assert "One parameter set: " not in english and "Eén parameterset: " not in dutch
    alone = made(request(Rule(2, 2)), tmp_path / "alone", world)
    assert "Eén parameterset: " in printed(alone, "nl") and "aanvaarde" not in printed(alone, "nl")
    assert repr([one.difference for one in found.contrasts]) == repr([one.difference for one in alone.contrasts])


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
