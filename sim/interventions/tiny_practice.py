"""Tiny practices: a few cheap rooms, a quick start and a low ceiling."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _opened(it: Instance, facts: Facts) -> float:
    """Tiny practices at work."""
    return float(facts.tiny)


@intervention(
    "tiny_practice",
    name=("Tiny practice", "Tiny practice"),
    about=(
        "A practice of about 50 square metres with a low rent, or a GP who comes by car, where no practice could be "
        "kept; it is quickly begun and quickly full.",
        "Een praktijk van zo'n 50 vierkante meter met een lage huur, of een rijdende huisarts, waar geen praktijk te "
        "houden was; snel begonnen en snel vol.",
    ),
    where=("region", "municipalities"),
    settings=(
        Setting(
            "attempts", 1.0, 0.25, 3.0, "attempts a year in the region", "C",
            "Assumption: single cases are published (Barger-Compascuum 2019-20)",
            "Aanname: er zijn losse gevallen gepubliceerd (Barger-Compascuum 2019-20)",
            "Attempts to start one", "Pogingen om er een te beginnen", ("I07.6",), effect=True, neutral=0.0,
        ),
        Setting(
            "premises", 0.8, 0.4, 1.0, "chance a year in a municipality", "C",
            "Assumption: 50 square metres are found more easily than 130; 1 stands for a GP who comes by car",
            "Aanname: 50 vierkante meter is makkelijker te vinden dan 130; 1 staat voor een huisarts die met de auto "
            "komt",
            "Room can be found", "Er is ruimte te vinden", ("I07.1",), effect=True, neutral=0.0,
        ),
        Setting(
            "sooner", 12.0, 0.0, 24.0, "months", "C",
            "Assumption: little to invest and a small list suit who would own another practice only later",
            "Aanname: een kleine investering en weinig patiënten passen bij wie anders pas later praktijkhouder zou "
            "worden",
            "How much sooner would-be owners are ready for it", "Hoeveel eerder praktijkzoekers eraan toe zijn",
            effect=True, neutral=12.0,
        ),
        Setting(
            "list", 1700, 1200, 2000, "people", "A",
            "RTV Drenthe on Barger-Compascuum (Jun 2019); range assumed",
            "RTV Drenthe over Barger-Compascuum (juni 2019); bereik aangenomen",
            "List at which it is full", "Grootte waarbij hij vol is", ("I07.3",), effect=True, neutral=1700,
        ),
    ),
    costs=(
        Cost(
            "fitting", 25_000, 5_000, 50_000, "once", "practice", "municipality", "C",
            "Assumption: half of the largest building grant (50,000 euro, Friesland 2019-20)",
            "Aanname: de helft van de hoogste bouwsubsidie (50.000 euro, Friesland 2019-20)",
            "Fitting out a tiny practice", "Inrichting van een tiny practice", ("C08.7",),
            count=_opened, per_text=Text("tiny practice", "tiny practice"),
        ),
    ),
)  # fmt: skip
def tiny_practice(it: Instance) -> Iterator[Modifier]:
    """Would-be owners, also some who would be ready for a usual practice only a year later, try to start a practice
    in a few rooms at a low rent, where enough people within reach lack a GP and such rooms can be found. It opens the
    next month and fills as other new practices do, up to what fits in. When it has been full for some years, rooms
    beside it are rented for more people, whom it can only take with another GP. Without a municipality's name the
    attempts are spread by need over the region; the number of attempts is the region's in any case.

    It makes no GP: the owner was a locum or an employed GP, whose hours are missing there, and no longer takes over
    one of the larger practices that seek a successor. The ceiling binds: the list closes with hours left, neighbours
    that close cannot be taken in, and to a successor the premises are too small.
    """
    usual = it.parameters
    yield it.modify("succession.tiny_attempts", it.number("attempts"), regional=True)
    yield it.modify("parties.tiny_premises", it.number("premises"))
    yield it.modify("succession.tiny_ready", it.number("sooner") / usual.number("succession.tiny_ready"), regional=True)
    yield it.modify("succession.tiny_list", it.number("list") / usual.number("succession.tiny_list"), regional=True)
