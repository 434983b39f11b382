"""Levers are all that can act, each with a start that the scenario check accepts."""

from __future__ import annotations

import datetime
from typing import Literal

import pytest

from sim.interventions.base import Name, Setting
from sim.interventions.registry import declared
from tests.viz.tiny import small
from viz.plan.file import MOST_YEARS, prepared
from viz.plan.levers import levers, round_step
from viz.plan.plan import Plan

LEVERS = {one.kind: one for one in small().levers}


def plan(**values: dict[str, object]) -> Plan:
    """A plan with every lever on, some with other values than they begin with."""
    made = Plan("", "twente", MOST_YEARS)
    for kind, one in LEVERS.items():
        sort: Literal["events", "interventions"] = "events" if one.event else "interventions"
        made = made.with_table(sort, kind, {**one.start, **values.get(kind, {})})
    return made


def test_there_is_a_lever_for_all_that_can_act_but_what_needs_a_number_of_a_practice_or_gp() -> None:
    region = small().base.region
    for one in declared().values():
        needs = any(isinstance(key, Name) and key.needed and key.of in {"practice", "gp"} for key in one.settings)
        assert (one.id in LEVERS) == (one.can_act(region) is None and not needs), one.id
    assert sum(not one.event for one in LEVERS.values()) > 20 and sum(one.event for one in LEVERS.values()) > 10


def test_levers_begin_with_what_the_scenario_check_accepts() -> None:
    scenario = prepared(plan()).scenario
    data = scenario.model_dump(mode="json")
    found = {str(one["id"]): one for one in (*data["interventions"], *data["events"])}
    assert set(found) == set(LEVERS)
    for kind, lever in LEVERS.items():
        for key, value in lever.start.items():
            assert found[kind][key] == value or (value == "" and found[kind][key] is None), (kind, key)


@pytest.mark.parametrize("end", ["low", "high"])
def test_sliders_can_be_run_at_both_ends(end: str) -> None:
    ends: dict[str, dict[str, object]] = {}
    for kind, lever in LEVERS.items():
        for one in (lever.main, *lever.controls):
            if one is not None and one.sort == "number":
                value = getattr(one, end)
                ends.setdefault(kind, {})[one.key] = int(value) if isinstance(one.default, int) else value
    assert len(ends) == len(LEVERS) - sum(one.main is None for one in LEVERS.values())
    scenario = prepared(plan(**ends)).scenario
    assert len(scenario.interventions) + len(scenario.events) == len(LEVERS)


@pytest.mark.parametrize("kind", LEVERS)
def test_controls_are_named_once_and_lie_in_their_range(kind: str) -> None:
    lever = LEVERS[kind]
    own = [lever.main, *lever.controls] if lever.main is not None else list(lever.controls)
    assert len({one.key for one in own}) == len(own)
    for one in own:
        assert one.label.nl and one.label.en
        if one.sort == "number":
            assert one.low <= one.default <= one.high and 0 < one.step <= one.high - one.low
        elif one.sort == "date":
            assert one.low <= datetime.date.fromisoformat(one.default).year <= one.high
        else:
            assert one.default in {value for value, _ in one.options}
    settings = {key.key for key in declared()[kind].settings if isinstance(key, Setting)}
    assert settings <= {one.key for one in own}
    assert {cost.key for cost in declared()[kind].costs} == {one.key for one in own if one.cost}


def test_no_year_can_be_slid_to_beyond_the_longest_run() -> None:
    region = small().base.region
    for one in levers(region, 2025, 10):
        dates = [control for control in (one.main, *one.controls) if control is not None and control.sort == "date"]
        assert [(date.low, date.high) for date in dates] == [(2025.0, 2034.0)]


@pytest.mark.parametrize(
    ("low", "high", "whole", "step"),
    [(0.0, 1.0, False, 0.05), (0.0, 10.0, False, 0.2), (0.0, 200_000.0, False, 5_000.0), (0.9, 1.1, False, 0.005),
     (0.0, 12.0, True, 1.0), (0.0, 400.0, True, 10.0), (3.0, 3.0, False, 1.0)],
)  # fmt: skip
def test_steps_are_round(low: float, high: float, whole: bool, step: float) -> None:
    assert round_step(low, high, whole) == step


def test_steps_go_twenty_to_fifty_times_into_a_range() -> None:
    for k in range(1, 400):
        high = 0.01 * 1.07**k
        assert 19.9 <= high / round_step(0.0, high) <= 50.1


def test_a_lever_says_its_delay() -> None:
    for kind, lever in LEVERS.items():
        assert lever.delay == declared()[kind].adoption_months
