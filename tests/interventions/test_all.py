"""What holds for every intervention and event there is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from sim.interventions.base import Declaration, Setting
from sim.interventions.package import instance_of
from sim.interventions.registry import declared, events, interventions
from sim.modifiers import NEUTRAL, Modifier, find_quantity
from tests.interventions.tables import outcome, run, table
from tests.model.digest import prepared
from tests.repository.tree import ROOT

ALL = sorted(declared().values(), key=lambda one: one.id)
each = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)


@cache
def baseline() -> dict[str, bytes]:
    return outcome(run([]))


@each
def test_it_lies_in_a_file_of_its_own_name(one: Declaration) -> None:
    folder = ROOT / "sim" / "interventions" / ("events" if one.event else "")
    assert Path(folder / f"{one.id}.py").is_file()
    assert one.function.__module__.endswith(f".{one.id}")


@each
def test_it_says_all_that_pages_and_reports_need(one: Declaration) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", one.id)
    assert len(one.mechanism) > 150, "a paragraph"
    assert all(len(text) > 3 for text in (*one.name, *one.about))
    for item in one.numbers:
        if item.grade == "C":
            assert re.match(r"Assumption|Derived|Model choice", item.source), f"{item.key}: say why it is assumed"
            assert item.high > item.low, f"{item.key}: an assumption has a range"
        assert all(re.fullmatch(r"[A-Z]\d\d\.\d+", id) for id in item.evidence), item.evidence
    effects = [item for item in one.settings if isinstance(item, Setting) and item.effect]
    assert effects, "something must act"


@each
def test_with_nothing_that_acts_all_is_as_it_was(one: Declaration) -> None:
    ready = prepared()
    begin = 1500
    instance = instance_of(one, table(one, neutral=True), ready.region, ready.parameters, begin)
    parts = list(one.function(instance))
    for part in parts:
        if isinstance(part, Modifier):
            passport = ready.parameters[find_quantity(ready.parameters, part.quantity).parameter]
            assert part.value == NEUTRAL[passport.combine], part.quantity
    if any(not isinstance(part, Modifier) for part in parts):
        assert outcome(run([table(one, neutral=True)])) == baseline()


@each
def test_it_runs_alone(one: Declaration) -> None:
    model = run([table(one)], days=40)
    assert model.day == 40
    (instance,) = model.package.instances
    assert instance.start == model.first_month
    assert model.package.modifiers or model.package.acts


def test_all_of_them_with_nothing_that_acts() -> None:
    assert outcome(run([table(one, neutral=True) for one in ALL])) == baseline()


def test_all_of_them_in_any_order() -> None:
    tables = [table(one) for one in ALL]
    one, other = run(tables), run(tables[::-1])
    assert outcome(one) == outcome(other)
    assert outcome(one) != baseline()
    assert one.ledger.tables().keys() == other.ledger.tables().keys()


def test_interventions_and_events_are_told_apart() -> None:
    assert set(interventions()) | set(events()) == {one.id for one in ALL}
    assert not set(interventions()) & set(events())
