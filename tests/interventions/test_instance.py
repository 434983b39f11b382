"""What a mechanism is given, and the modifiers and acts that it makes of it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.package import instance_of
from sim.interventions.registry import intervention
from sim.modifiers import Adoption, Scope
from sim.parameters import ParameterError
from tests.interventions.samples import TINY, WAVE
from tests.model.digest import prepared

BEGIN = 1500


def tiny(**keys: Any) -> Instance:
    ready = prepared()
    return instance_of(TINY, {"id": "mine", "kind": TINY.id, **keys}, ready.region, ready.parameters, BEGIN)


def test_defaults_are_filled_in() -> None:
    one = tiny()
    assert (one.id, one.start, one.end, one.scope) == ("mine", BEGIN, None, Scope())
    assert one.adoption == Adoption("practice", 12, 0.5)
    assert (one.number("size"), one.number("rent"), one.text("style")) == (0.8, 8500.0, "shared")


def test_dates_act_from_the_first_of_a_month() -> None:
    one = tiny(start="2026-02-01", end="2027-02-02", municipalities=["Borne"], practices=[3])
    assert (one.start, one.end) == (BEGIN + 13, BEGIN + 26)
    town = [town.name for town in prepared().region.municipalities].index("Borne")
    assert one.scope == Scope(frozenset({town}), frozenset({3}))


def test_modifiers_take_place_time_and_adoption_from_the_instance() -> None:
    one = tiny(start="2026-01-01", end="2028-01-01", municipalities=["Borne"])
    plain = one.modify("care.no_show", 0.5)
    assert (plain.source, plain.first, plain.until) == ("mine", BEGIN + 12, BEGIN + 36)
    assert (plain.scope, plain.adoption) == (one.scope, one.adoption)
    later = one.modify("care.no_show", 0.5, after=6, lasts=3, ramp=2)
    assert (later.first, later.until, later.adoption.months) == (BEGIN + 18, BEGIN + 21, 2)
    assert one.modify("care.no_show", 0.5, lasts=300).until == one.end
    regional = one.modify("care.no_show", 0.5, regional=True)
    assert (regional.scope, regional.adoption) == (Scope(), Adoption("region", 12, 0.5))
    with pytest.raises(ParameterError, match=r"care\.no_show"):
        one.modify("care.no_shwo", 0.5)


def test_acts_have_a_month_and_what_they_need() -> None:
    act = tiny(start="2026-01-01").act("test note", after=2, people=3)
    assert (act.kind, act.month, act.source, act.data) == ("test note", BEGIN + 14, "mine", {"people": 3})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"default": 3.0}, "does not lie between"),
        ({"effect": True, "neutral": None}, "neutral value"),
        ({"effect": False}, "neutral value"),
        ({"unit": ""}, "must be given"),
        ({"source_nl": ""}, "must be given"),
    ],
)
def test_a_setting_that_is_not_whole_is_refused(change: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {
        "key": "x", "default": 0.5, "low": 0.2, "high": 0.8, "unit": "share", "grade": "C", "source": "Assumption",
        "source_nl": "Aanname", "en": "x", "nl": "x", "effect": True, "neutral": 0.0,
    }  # fmt: skip
    assert Setting(**good).bounds == (0.0, 0.8)
    with pytest.raises(ValueError, match=message):
        Setting(**{**good, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"when": "monthly"}, "when is 'monthly'; write one of once, yearly"),
        ({"per": "gps"}, r"per is 'gps' \(did you mean 'gp'\?\)"),
        ({"payer": "insurers"}, "did you mean 'insurer'"),
        ({"default": 9.0}, "does not lie between"),
    ],
)
def test_a_cost_that_nobody_could_count_is_refused(change: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {
        "key": "x", "default": 5.0, "low": 2.0, "high": 8.0, "when": "once", "per": "gp", "payer": "insurer",
        "grade": "C", "source": "Assumption", "source_nl": "Aanname", "en": "x", "nl": "x",
    }  # fmt: skip
    assert Cost(**good).unit() == "EUR per GP, once"
    with pytest.raises(ValueError, match=message):
        Cost(**{**good, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"where": "region"}, r"where is 'region'; write one or more in brackets, as in \('region',\)"),
        ({"where": ()}, "one or more in brackets"),
        ({"where": ("region", "municipality")}, "did you mean 'municipalities'"),
        ({"by": "gp"}, "by is 'gp'; write one of region, practice"),
    ],
)
def test_a_declaration_that_acts_nowhere_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(TINY, **change)


@pytest.mark.parametrize("change", [{"name": "Tiny practice"}, {"about": ("English alone",)}])
def test_texts_are_in_two_languages(change: dict[str, Any]) -> None:
    texts: dict[str, Any] = {"name": TINY.name, "about": TINY.about}
    with pytest.raises(ValueError, match=f"{next(iter(change))} is a pair of texts"):
        intervention("sample_texts", **{**texts, **change})


def test_a_setting_that_is_not_declared_is_named() -> None:
    with pytest.raises(KeyError, match=r"no setting 'sise' \(did you mean 'size'\?\); it has size, reminders"):
        tiny().number("sise")
    with pytest.raises(KeyError, match="no setting 'stile'"):
        tiny().text("stile")


def test_with_nothing_that_acts() -> None:
    assert TINY.neutral() == {"size": 1.0, "reminders": 1.0}
    assert WAVE.neutral() == {"rise": 1.0, "people": 0}
