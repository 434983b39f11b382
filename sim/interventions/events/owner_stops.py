"""A named owner stops, with notice or suddenly."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event


@event(
    "owner_stops",
    name=("An owner stops", "Een praktijkhouder stopt"),
    about=(
        "One or more owners of a practice make known that they stop, or are lost suddenly.",
        "Een of meer praktijkhouders van een praktijk kondigen aan dat zij stoppen, of vallen plotseling uit.",
    ),
    settings=(
        Name("practice", "practice", "Number of the practice", "Nummer van de praktijk"),
        Name("gp", "gp", "Number of the owner, where one is meant", "Nummer van de praktijkhouder", needed=False),
        Setting(
            "owners", 1, 1, 10, "owners", "C", "Assumption: the scenario says how many; the oldest of the practice go",
            "Aanname: het scenario zegt hoeveel; de oudsten van de praktijk stoppen",
            "Owners who stop", "Praktijkhouders die stoppen", effect=True, neutral=0, whole=True,
        ),
        Setting(
            "notice", 14, 0, 48, "months", "C",
            "Assumption: as other owners announce their stop; 0 is a sudden loss",
            "Aanname: zoals andere praktijkhouders hun stoppen aankondigen; 0 is plotselinge uitval",
            "Months between the news and the stop", "Maanden tussen aankondiging en stoppen", whole=True,
        ),
    ),
)  # fmt: skip
def owner_stops(it: Instance) -> Iterator[Act]:
    """On its date the owner makes known that he or she stops in so many months, or goes at once if there is no
    notice. From then on the practice is like any other that seeks a successor: the search begins with the news,
    candidates look at list, premises, co-owners and place, and whoever signs begins when the owner goes. Without
    notice the search begins when the place is empty already, and locums cover what they can of its hours.

    If the search runs out, the regional organisation carries the practice for a time, neighbours merge with it, or
    it closes and its list is divided over practices near by, full ones included; who is left over looks alone. An
    owner who would have stopped earlier by himself keeps to that, and one who has gone by then changes nothing.
    Stopping makes no GP elsewhere: a successor from the region leaves a place there.
    """
    named = it.values["gp"]
    yield it.act(
        "owner stops",
        practice=int(it.number("practice")),
        owners=int(it.number("owners")),
        gp=None if named is None else int(named),
        notice=int(it.number("notice")),
    )
