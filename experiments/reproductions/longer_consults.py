"""Longer consults: how many people a GP can serve."""

from __future__ import annotations

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import Table, counted
from sim.ledger import counts as C

_DAYS = 120
_LONGER: tuple[Table, ...] = (("more_time", ()),)


@reproduction(
    "Consults of 15 instead of 10 minutes: people per GP at equal demand",
    ["more_time"],
    Published(
        -22.0, -33.0, -10.0, "percent of the list",
        "Derived: 56 % of a GP's hours are direct care (Huisarts en Wetenschap 2016), half as long again", ("I24.11",),
    ),
)  # fmt: skip
def longer_consults() -> Answer:
    """A part of Twente for four months in which every practice takes more time and all care is given, against the same
    people with the usual consults, for two seeds: GP time used, and by how much a list must be smaller for the same
    hours. Length of the consult is put in; what share of GP time consults are, and what follow-ups, double consults
    and referrals do to it, is the model's. Hours without patients stay as they are.
    """
    changes = []
    for seed in (1, 2):
        usual, longer = (counted(tables, _DAYS, seed).practice[C.GP_USED] for tables in ((), _LONGER))
        changes.append(100.0 * float(usual / longer - 1.0))
    return Answer.of(changes)
