"""Up to when two scenarios are the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.scenario import Label, Scenario, differences, first_difference


def scenario(**changes: Any) -> Scenario:
    values: dict[str, Any] = {"id": "one", "label": Label(nl="Een", en="One"), "region": "twente", "years": 10}
    return Scenario(**{**values, **changes})


def housing(**values: Any) -> dict[str, Any]:
    return {"id": "housing", "kind": "housing", "start": date(2028, 1, 1), "end": None, "projects": 3, **values}


def stop(**values: Any) -> dict[str, Any]:
    return {"id": "stop", "kind": "owner_stops", "date": date(2027, 5, 1), **values}


def branch(before: dict[str, Any], after: dict[str, Any]) -> date | None:
    one, other = scenario(**before), scenario(**after)
    found = first_difference(one, other)
    assert first_difference(other, one) == found
    return found


def test_what_something_is_called_and_how_long_it_runs_do_not_count() -> None:
    assert branch({}, {"id": "two", "label": Label(nl="Twee", en="Two"), "extends": "one"}) == date(2034, 12, 1)
    assert branch({"years": 3}, {"years": 5}) == date(2027, 12, 1)
    assert differences(scenario(), scenario(years=3, id="two")) == []


@pytest.mark.parametrize(
    "change",
    [
        {"region": "elsewhere"},
        {"capacity_mode": "hard"},
        {"start": date(2026, 1, 1)},
        {"parameters": {"care.no_show": 0.05}},
        {"interventions": (housing(start=date(2024, 11, 1)),)},  # acts in the run-in
    ],
)
def test_nothing_is_shared(change: dict[str, Any]) -> None:
    assert branch({}, change) is None


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (date(2028, 1, 1), date(2028, 1, 1)),
        (date(2028, 1, 2), date(2028, 2, 1)),  # acts from the next month on
        (None, date(2025, 1, 1)),  # from the first day: building and run-in are shared
        (date(2040, 1, 1), date(2034, 12, 1)),  # never within the run
    ],
)
def test_an_intervention_more(start: date | None, day: date) -> None:
    assert branch({}, {"interventions": (housing(start=start),)}) == day


def test_dates_as_text_are_dates() -> None:
    one, other = housing(start="2028-01-01"), housing()
    assert branch({"interventions": (one,)}, {"interventions": (other,)}) == date(2034, 12, 1)


def test_the_first_of_several_differences_counts() -> None:
    more = {"interventions": (housing(),), "events": (stop(),)}
    assert branch({}, more) == date(2027, 5, 1)
    found = differences(scenario(), scenario(**more))
    assert [(one.path, one.before, one.after, one.since) for one in found] == [
        ("events.stop", None, "owner_stops", date(2027, 5, 1)),
        ("interventions.housing", None, "housing", date(2028, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ({}, {"projects": 4}, date(2028, 1, 1)),
        ({}, {"start": date(2027, 3, 1)}, date(2027, 3, 1)),
        ({}, {"end": date(2030, 6, 1)}, date(2030, 6, 1)),
        ({"end": date(2031, 1, 1)}, {"end": date(2030, 6, 1)}, date(2030, 6, 1)),
        ({}, {"end": date(2026, 1, 1)}, date(2028, 1, 1)),  # ends before it begins
        ({}, {"end": date(2030, 6, 1), "projects": 4}, date(2028, 1, 1)),
    ],
)
def test_a_setting_acts_from_the_start_and_an_end_from_itself(
    before: dict[str, Any], after: dict[str, Any], day: date
) -> None:
    assert branch({"interventions": (housing(**before),)}, {"interventions": (housing(**after),)}) == day
