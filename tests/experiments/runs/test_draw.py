"""Draws: what may be set, within which bounds, and what that makes of a scenario."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from experiments.prepare import Prepared, prepare
from experiments.runs.draw import PLAIN, Draw, DrawError, apply, bounds
from experiments.runs.task import Task
from tests.experiments.runs.toy import base


@pytest.fixture(scope="module")
def plan() -> Prepared:
    return prepare("twente-deltaplan", seed=1, years=1)


def test_parameter_place_of_a_list_and_setting(plan: Prepared) -> None:
    draw = Draw({"care.no_show": 0.05, "care.follow_up[mental]": 0.5, "interventions.link_workers.reach": 0.25})
    made = apply(draw, plan)
    assert made.parameters.number("care.no_show") == 0.05
    before, after = (one.parameters.column("care.follow_up") for one in (plan, made))
    place = plan.parameters["care.follow_up"].index.index("mental")  # type: ignore[union-attr]
    assert after[place] == 0.5 and [k for k in range(len(before)) if before[k] != after[k]] == [place]
    (entry,) = (one for one in made.scenario.interventions if one["id"] == "link_workers")
    assert entry["reach"] == 0.25
    assert made.key != plan.key and made.scenario_hash != plan.scenario_hash
    assert made.scenario_data["parameters"]["care.no_show"] == 0.05


def test_two_places_of_one_list() -> None:
    made = apply(Draw({"care.follow_up[mental]": 0.5, "care.follow_up[social]": 0.4}), base())
    values = dict(
        zip(made.parameters["care.follow_up"].index or (), made.parameters.column("care.follow_up"), strict=True)
    )
    assert (values["mental"], values["social"]) == (0.5, 0.4)


def test_setting_of_an_absent_intervention_changes_nothing() -> None:
    made = apply(Draw({"interventions.link_workers.reach": 0.25}), base())
    assert made.scenario.interventions == () and made.scenario_hash == base().scenario_hash


def test_road_network_is_read_anew() -> None:
    low, high = (apply(Draw({"region.detour": value}), base()).region for value in (1.1, 1.3))
    assert pickle.dumps(low) != pickle.dumps(high) and pickle.dumps(low) == pickle.dumps(low)


def test_bounds_say_what_is_known(plan: Prepared) -> None:
    known = bounds("care.no_show", plan)
    assert (known.low, known.value, known.high) == (0.01, 0.03, 0.06) and known.grade in "ABC" and known.evidenced
    reach = bounds("interventions.link_workers.reach", plan)
    assert (reach.least, reach.most, reach.evidenced) == (0.0, 1.0, False) and 0.0 < reach.value <= 1.0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("care.no_shw", 0.03, "did you mean 'care.no_show'"),
        ("care.no_show", 0.5, "0.5 lies outside the range 0.01 to 0.06 (share"),
        ("care.follow_up", 0.1, "is a list; name one place, such as care.follow_up[minor ailment]"),
        ("care.follow_up[mentl]", 0.1, "did you mean 'mental'"),
        ("care.no_show[mental]", 0.1, "has no places; write care.no_show"),
        ("interventions.link_worker.reach", 0.1, "did you mean 'link_workers'"),
        ("interventions.link_workers.reech", 0.1, "did you mean 'reach'"),
        ("interventions.link_workers.reach", 1.1, "outside the range 0 to 1 (share of practices)"),
        ("interventions.reach", 0.1, "write interventions.id.setting"),
        ("care.[", 0.1, "is no name"),
        ("care.no_show", float("nan"), "outside the range"),
    ],
)
def test_nonsense_is_one_line_that_says_what_is_right(name: str, value: float, said: str, plan: Prepared) -> None:
    with pytest.raises(DrawError) as caught:
        apply(Draw({name: value}), plan)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_ids_follow_values() -> None:
    assert Draw().id == PLAIN
    assert Draw({"a": 1, "b": 2}).id == Draw({"b": 2.0, "a": 1.0}).id != Draw({"a": 1, "b": 3}).id
    assert Draw({"a": 1}, id="mine").id == "mine"


def test_keys_follow_all_that_results_follow_from() -> None:
    one = base()
    keys = {
        Task.of(one).key,
        Task.of(base(seed=2)).key,
        Task.of(one, Draw({"care.no_show": 0.04})).key,
        Task.of(one, Draw({"care.no_show": 0.04}, id="named")).key,
        Task.of(dataclasses.replace(one, share=0.5)).key,
        Task.of(dataclasses.replace(one, name="other")).key,
    }
    assert len(keys) == 6
    assert Task.of(base()).key in keys and Task.of(one, tables=["events"]).key == Task.of(one).key
