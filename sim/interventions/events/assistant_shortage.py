"""A shortage of practice assistants."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "assistant_shortage",
    name=("Shortage of assistants", "Tekort aan assistenten"),
    about=(
        "From a date on, practices look longer for assistants and lose more of them.",
        "Vanaf een datum zoeken praktijken langer naar assistenten en vertrekken er meer.",
    ),
    lasting=True,
    settings=(
        Setting(
            "search", 2.0, 1.0, 4.0, "times the time a post stands vacant", "C",
            "Assumption: as scenario; no forecast of the regional market was used",
            "Time to fill a post", "Tijd om een plek te vullen", effect=True, neutral=1.0,
        ),
        Setting(
            "leaving", 1.2, 1.0, 2.0, "times the rate of leaving", "C",
            "Assumption: as scenario; other employers draw more of them",
            "Assistants who leave", "Vertrek van assistenten", effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def assistant_shortage(it: Instance) -> Iterator[Modifier]:
    """Posts of assistants stand vacant longer and fall vacant more often, in every practice alike. Fewer assistants
    answer the telephone and take simple visits, so callers wait and more of what assistants do lands on GPs; lists
    that practices are ready to carry shrink with the assistants they miss. It builds up over months, since posts
    fall vacant one by one, and lasts some months beyond its end.
    """
    yield it.modify("staff.vacancy_days[assistant]", it.number("search"))
    yield it.modify("staff.leaving[assistant]", it.number("leaving"))
