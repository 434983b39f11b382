"""Visitors in the season, every year."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event

_YEARS = 30  # more than any run has


@event(
    "tourist_season",
    name=("Tourist season", "Toeristenseizoen"),
    about=(
        "Visitors stay in a municipality for some months of every year and ask for care there.",
        "Gasten verblijven ieder jaar enkele maanden in een gemeente en vragen daar zorg.",
    ),
    lasting=True,
    settings=(
        Name("municipality", "municipality", "Municipality where they stay", "Gemeente waar zij verblijven"),
        Setting(
            "visitors", 2000, 50, 50_000, "people present at a time", "C",
            "Assumption: the scenario says how many; people present on a day, not arrivals",
            "Aanname: het scenario zegt hoeveel; mensen die op een dag aanwezig zijn, geen aankomsten",
            "Visitors present at a time", "Gasten die tegelijk aanwezig zijn", effect=True, neutral=0, whole=True,
        ),
        Setting(
            "first", 6, 1, 12, "month of the year", "C", "Assumption: the season begins in June",
            "Aanname: het seizoen begint in juni",
            "First month of the season", "Eerste maand van het seizoen", whole=True,
        ),
        Setting(
            "months", 3, 1, 11, "months", "C", "Assumption: June, July and August",
            "Aanname: juni, juli en augustus",
            "Months that the season lasts", "Maanden dat het seizoen duurt", whole=True,
        ),
        Setting(
            "needs", 0.7, 0.3, 1.2, "times the needs of others of their age", "C",
            "Assumption: planned care waits at home and the sick stay there, accidents and infections come on top; no "
            "rate of visitors found",
            "Aanname: planbare zorg wacht tot thuis en wie ziek is blijft thuis, ongevallen en infecties komen erbij; "
            "geen cijfer voor gasten gevonden",
            "Need for care", "Zorgvraag",
        ),
    ),
)  # fmt: skip
def tourist_season(it: Instance) -> Iterator[Act]:
    """Every year visitors come when the season begins and go when it ends. They keep their practice at home and seek
    none here. By day most of what they need waits or is asked of their own practice from afar; the rest, and all
    that is urgent, is seen as passant by a practice near by if it has room that day, and otherwise goes to the post
    or the emergency department. In the evening, at night and at the weekend they call the post like everybody else.

    The posts' shifts are planned for inhabitants, so their queues grow in just the months in which GPs have leave.
    Practices are paid more for a passant than for their own patient, but the visit takes room from these. Those
    present are the same people for the whole season, and count as inhabitants while they are here.
    """
    first, months = int(it.number("first")), int(it.number("months"))
    persons = it.number("visitors")
    town = [one.name for one in it.region.municipalities].index(it.text("municipality"))
    # a month index is 12 times the year, plus the month of the year from 0 on
    ahead = (first - 1 - it.start) % 12
    for year in range(_YEARS if persons else 0):
        come = 12 * year + ahead
        if it.end is not None and it.start + come >= it.end:
            return
        go = come + months if it.end is None else min(come + months, it.end - it.start)
        yield it.act("visitors come", after=come, town=town, persons=persons, needs=it.number("needs"))
        yield it.act("visitors go", after=go)
