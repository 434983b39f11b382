"""What can be compared, and how scenarios differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.compare.comparison import ComparisonError
from experiments.compare.facts import assumptions, differences, places
from experiments.compare.request import Request, checked, in_mode
from experiments.compare.stopping import Rule
from experiments.prepare import prepare
from experiments.questions.accepted import Sets
from experiments.runs.draw import PLAIN, Draw
from tests.experiments.compare.worlds import scenario


def test_what_cannot_be_compared_is_refused() -> None:
    base, other = scenario("twente"), scenario("twente-deltaplan")
    assert checked([base, other]) == (base, other)
    with pytest.raises(ComparisonError, match="two scenarios or more"):
        checked([base])
    with pytest.raises(ComparisonError, match="given twice"):
        checked([base, other, other])
    with pytest.raises(ComparisonError, match="assume the same"):
        checked([base, replace(base, name="copy")])
    with pytest.raises(ComparisonError, match="give --years"):
        checked([base, prepare("twente-deltaplan", seed=1, years=5)])
    with pytest.raises(ComparisonError, match="give --capacity"):
        checked([base, prepare("twente-deltaplan", seed=1, years=1, capacity_mode="hard")])
    with pytest.raises(ComparisonError, match="of region"):
        checked([base, replace(other, region_hash="elsewhere")])


def test_pairs_share_a_seed_and_the_folder_does_not_hang_on_their_number() -> None:
    scenarios = (scenario("twente"), scenario("twente-deltaplan"))
    asked = Request(scenarios, (), Rule(5, 20), 1)
    assert [task.prepared.seed for task in asked.tasks(3)] == [4, 4]
    assert len({task.key for pair in range(3) for task in asked.tasks(pair)}) == 6
    assert asked.folder == Request(scenarios, (), Rule(7, 7), 1).folder
    assert asked.folder != Request(scenarios[::-1], (), Rule(5, 20), 1).folder


def test_each_pair_takes_the_next_set_and_the_first_again_after_the_last() -> None:
    scenarios = (scenario("twente"), scenario("twente-deltaplan"))
    draws = tuple(Draw({"care.no_show": value}) for value in (0.02, 0.03, 0.05))
    asked = Request(scenarios, (), Rule(5, 20), 1, Sets(draws))
    assert [[task.draw for task in asked.tasks(pair)] for pair in range(5)] == [
        [draws[k], draws[k]] for k in (0, 1, 2, 0, 1)
    ]
    assert [asked.set_of(pair) for pair in range(5)] == [0, 1, 2, 0, 1]
    plain = Request(scenarios, (), Rule(5, 20), 1)
    assert {task.draw.id for task in plain.tasks(1)} == {PLAIN} and plain.set_of(4) == 0
    assert asked.folder != plain.folder


def test_what_a_scenario_says_of_a_parameter_goes_before_the_set() -> None:
    base = scenario("twente")
    own = replace(base, name="own", scenario=base.scenario.model_copy(update={"parameters": {"care.no_show": 0.06}}))
    draw = Draw({"care.no_show": 0.02, "care.drop_rate": 0.01})
    first, second = Request((base, own), (), Rule(2, 2), 1, Sets((draw,))).tasks(0)
    assert first.draw is draw and dict(second.draw.values) == {"care.drop_rate": 0.01}
    assert first.run.parameters.number("care.no_show") == 0.02


def test_another_mode_is_another_run() -> None:
    base = scenario("twente")
    assert in_mode(base, None) is base and in_mode(base, "bounded") is base
    hard = in_mode(base, "hard")
    assert hard.scenario.capacity_mode == "hard" and hard.key != base.key
    assert hard.key == prepare("twente", seed=1, years=1, capacity_mode="hard", share=base.share).key


def test_differences_are_told_by_table_and_key() -> None:
    base = scenario("twente").scenario_data
    other = scenario("twente-deltaplan").scenario_data
    found = differences(base, other)
    assert "interventions.link_workers" in [one.path for one in found]
    assert all(one.before is None for one in found if one.path.startswith("interventions."))
    assert all(one.before is not None for one in differences(other, base))
    changed = {**other, "years": 3, "interventions": [{**table} for table in other["interventions"]]}
    changed["interventions"][0]["reach"] = 0.99
    id = changed["interventions"][0]["id"]
    assert [one.path for one in differences(other, changed)] == [f"interventions.{id}.reach", "years"]
    assert differences(base, {**base, "id": "x", "label": {}, "extends": "y"}) == ()


def test_assumptions_begin_with_the_interventions() -> None:
    found = assumptions((scenario("twente"), scenario("twente-deltaplan")))
    assert found[0].arm == "twente-deltaplan" and found[0].part
    assert {one.grade for one in found if not one.arm} == {"C"}
    assert all(one.low <= one.high for one in found)
    assert len({(one.arm, one.name) for one in found}) == len(found)


def test_places_lie_where_their_people_are() -> None:
    found = places(scenario("twente"))
    assert len(found) == 14 and sum(one.inhabitants for one in found) == scenario("twente").region.population
    by_name = {one.name: one for one in found}
    assert by_name["Almelo"].x < by_name["Enschede"].x and by_name["Almelo"].y > by_name["Enschede"].y
