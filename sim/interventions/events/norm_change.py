"""The norm list changes."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "norm_change",
    name=("Change of the norm list", "Wijziging van de normpraktijk"),
    about=(
        "The list size that counts as full-time work of a GP is set higher or lower.",
        "De praktijkomvang die als voltijdswerk van een huisarts geldt, gaat omhoog of omlaag.",
    ),
    lasting=True,
    settings=(
        Setting(
            "norm", 0.9, 0.7, 1.2, "times the norm list", "C",
            "Assumption: the scenario says how much; the norm has been 2,350 and is 2,095 now",
            "Aanname: het scenario zegt hoeveel; de norm was 2.350 en is nu 2.095",
            "Norm list", "Normpraktijk", effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def norm_change(it: Instance) -> Iterator[Modifier]:
    """GPs, successors and the parties hold lists against the norm. With a lower one a list counts as long sooner: its
    GPs feel more strain and leave or cut their hours a little more, candidates think twice about a practice that is
    over the norm, practices with a long list take on an employed GP sooner, neighbours take over less of a list that
    is divided, and new practices begin with a smaller list and smaller premises.

    A norm makes no hours: it changes neither what patients ask nor what a GP can do in a day, so a lower norm alone
    leaves more people to look for a practice and a higher one is felt as relief that nobody gets. Pay by the norm is
    left to a change of tariff.
    """
    yield it.modify("practices.norm_list", it.number("norm"))
