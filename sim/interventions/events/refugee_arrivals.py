"""Refugees come to live in a municipality."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event


@event(
    "refugee_arrivals",
    name=("Arrival of refugees", "Komst van vluchtelingen"),
    about=(
        "A number of refugees come to live in a municipality; they have no GP there.",
        "Een aantal vluchtelingen komt in een gemeente wonen; zij hebben daar geen huisarts.",
    ),
    settings=(
        Name("municipality", "municipality", "Municipality where they come to live", "Gemeente waar zij gaan wonen"),
        Setting(
            "people", 500, 1, 20_000, "people", "C", "Assumption: the scenario says how many",
            "Aanname: het scenario zegt hoeveel",
            "People who arrive", "Mensen die aankomen", effect=True, neutral=0, whole=True,
        ),
        Setting(
            "months", 3, 1, 60, "months", "C", "Assumption: the scenario says in how many",
            "Aanname: het scenario zegt in hoeveel",
            "Months in which they arrive", "Maanden waarin zij aankomen", whole=True,
        ),
        Setting(
            "needs", 1.2, 0.8, 2.0, "times the needs of others of their age and group", "C",
            "Assumption: no Dutch contact rate found; poor health and arrears of care raise it, a lack of language and "
            "youth lower it; the deprived group has 1.2 times the contacts already",
            "Aanname: geen Nederlands contactcijfer gevonden; slechte gezondheid en achterstallige zorg verhogen het, "
            "taalbarrières en een jonge leeftijd verlagen het; de achterstandsgroep heeft al 1,2 maal de contacten",
            "Need for care", "Zorgvraag",
        ),
        Setting(
            "helped", 0.7, 0.0, 1.0, "share of the households", "C",
            "Assumption: municipality, reception and volunteers see to registration for most; no count found",
            "Aanname: gemeente, opvang en vrijwilligers regelen voor de meesten de inschrijving; geen telling gevonden",
            "Households who have help in their search for a GP", "Huishoudens die hulp krijgen bij het zoeken",
        ),
    ),
)  # fmt: skip
def refugee_arrivals(it: Instance) -> Iterator[Act]:
    """Households arrive over some months: single people and families, a third of them children and few old. They are
    in the most deprived group, which asks for more care, and a factor for their health comes on top. Nobody has
    registered them. Those who have help ask practices within reach as often as people who have just moved in; the
    others ask as seldom as people who have been without a GP for long. Until a list takes them they are seen as
    passant, go to the post or the emergency department, or go without.

    So the load falls first on whoever sees passants and on the posts, and then on the lists that still take people,
    which are the same ones that others without a GP look for. Longer consults for want of a common language are left
    out, and so is care that a reception centre or a digital practice arranges for its own people. Who leaves is not
    replaced.
    """
    months, total = int(it.number("months")), it.number("people")
    town = [one.name for one in it.region.municipalities].index(it.text("municipality"))
    for part in range(months if total else 0):
        yield it.act(
            "refugees arrive",
            after=part,
            town=town,
            total=total,
            months=months,
            part=part,
            needs=it.number("needs"),
            helped=it.number("helped"),
        )
