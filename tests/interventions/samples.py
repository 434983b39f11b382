"""Interventions and events that exist only in these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.interventions import registry
from sim.interventions.base import Choice, Cost, Declaration, Name, Setting, Text
from sim.interventions.instance import Act, Facts, Instance
from sim.modifiers import Modifier
from sim.region import Region

ASSUMED = Text("Assumption made for a test", "Aanname voor een test")


def _tiny(it: Instance) -> Iterator[Modifier]:
    yield it.modify("practices.norm_list", it.number("size"))
    yield it.modify("care.no_show", it.number("reminders"), after=6)


TINY = Declaration(
    id="sample_tiny",
    event=False,
    name=Text("Tiny practice", "Kleine praktijk"),
    about=Text("A small practice.", "Een kleine praktijk."),
    mechanism="Practices are smaller.",
    function=_tiny,
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=12,
    reach=0.5,
    settings=(
        Setting("size", 0.8, 0.5, 0.9, "times the norm", "C", *ASSUMED, "Size", "Grootte", effect=True, neutral=1.0),
        Setting("reminders", 0.9, 0.5, 1.0, "times", "C", *ASSUMED, "No-show", "Verzuim", effect=True, neutral=1.0),
        Setting("count", 3, 1, 20, "practices", "C", *ASSUMED, "Number", "Aantal", whole=True),
        Choice("style", "shared", {"shared": Text("shared", "gedeeld"), "own": Text("own", "eigen")}, "Style", "Stijl"),
    ),
    costs=(
        Cost("build", 50_000, 10_000, 90_000, "once", "practice", "municipality", "C", *ASSUMED, "Building", "Bouw"),
        Cost("rent", 8_500, 7_100, 10_000, "yearly", "practice", "insurer", "C", *ASSUMED, "Rent", "Huur"),
    ),
)


def _only_islands(region: Region) -> Text | None:
    return None if any(place.island for place in region.places) else Text("it has no island", "er is geen eiland")


ISLAND = Declaration(
    id="sample_ferry",
    event=False,
    name=Text("Ferry", "Veerboot"),
    about=Text("A ferry for patients.", "Een veerboot voor patienten."),
    mechanism="Patients sail.",
    function=lambda it: (),
    can_act=_only_islands,
)


def _wave(it: Instance) -> Iterator[Modifier | Act]:
    yield it.modify("needs.contact_rate", it.number("rise"))
    yield it.act("test note", people=it.number("people"), town=it.text("town"))


def _hours(it: Instance, facts: Facts) -> float:
    return facts.inhabitants / 1000.0


WAVE = Declaration(
    id="sample_wave",
    event=True,
    name=Text("Wave", "Golf"),
    about=Text("More people fall ill.", "Meer mensen worden ziek."),
    mechanism="More needs.",
    function=_wave,
    where=("region", "municipalities"),
    settings=(
        Setting("rise", 1.2, 1.0, 2.0, "times", "C", *ASSUMED, "Rise", "Toename", effect=True, neutral=1.0),
        Setting(
            "people", 100, 0, 5000, "persons", "C", *ASSUMED, "People", "Mensen", effect=True, neutral=0, whole=True
        ),
        Name("town", "municipality", "Where people come", "Waar mensen komen"),
        Name("post", "post", "Post that closes", "Post die sluit", needed=False),
        Name("place", "place", "Place", "Plaats", needed=False),
        Name("practice", "practice", "Practice", "Praktijk", needed=False),
    ),
    costs=(Cost("care", 10, 5, 20, "yearly", "region", "state", "C", *ASSUMED, "Care", "Zorg", count=_hours),),
)


def _notice(it: Instance) -> Iterator[Modifier]:
    yield it.modify("careers.notice_extra", it.number("months"))


NOTICE = Declaration(
    id="sample_notice",
    event=False,
    name=Text("Asking round", "Rondvraag"),
    about=Text("Owners are asked when they stop.", "Praktijkhouders wordt gevraagd wanneer zij stoppen."),
    mechanism="Stops are known earlier.",
    function=_notice,
    where=("region", "practices"),
    settings=(Setting("months", 12, 0, 24, "months", "C", *ASSUMED, "Earlier", "Eerder", effect=True, neutral=0.0),),
)

SAMPLES = {one.id: one for one in (TINY, ISLAND, WAVE, NOTICE)}


def declare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the samples exist for the time of a test."""
    for id, one in SAMPLES.items():
        monkeypatch.setitem(registry.DECLARED, id, one)
