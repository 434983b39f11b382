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
        "Practice assistants leave more often and are harder to replace.",
        "Doktersassistenten vertrekken vaker en zijn moeilijker te vervangen.",
    ),
    lasting=True,
    settings=(
        Setting(
            "leaving", 1.5, 1.0, 3.0, "times the yearly share of assistants who leave", "C",
            "Assumption: hospitals, posts and other sectors draw on the same people; no regional figure found",
            "Aanname: ziekenhuizen, huisartsenposten en andere sectoren putten uit dezelfde mensen; geen regionaal "
            "cijfer gevonden",
            "Assistants who leave", "Assistenten die vertrekken", effect=True, neutral=1.0,
        ),
        Setting(
            "search", 2.5, 1.0, 5.0, "times the days to fill an assistant's post", "C",
            "Assumption: 45 days in 2014, with 2.8 % of posts vacant; the market has been tighter since",
            "Aanname: 45 dagen in 2014, met 2,8 % van de formatie onvervuld; sindsdien is de arbeidsmarkt krapper",
            "Time to fill a post", "Vacatureduur", effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def assistant_shortage(it: Instance) -> Iterator[Modifier]:
    """Each month more assistants go and fewer posts are filled, so that over some months more posts stand vacant:
    which practice is hit is a matter of luck, and small ones are hit hardest, as one person is a large part of them.

    A practice that lacks assistants has fewer telephone lines, so that callers wait, give up, or call the emergency
    line or the post; it has fewer visits that an assistant takes, which go to the GP; and it takes on fewer people.
    GPs lose time to what assistants did. When the shortage ends, posts fill within months.
    """
    yield it.modify("staff.leaving[assistant]", it.number("leaving"))
    yield it.modify("staff.vacancy_days[assistant]", it.number("search"))
