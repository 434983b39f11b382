"""Nursing homes and home care fall short."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "nursing_home_shortage",
    name=("Shortage of nursing homes and home care", "Tekort aan verpleeghuizen en thuiszorg"),
    about=(
        "Old people who need a nursing home stay at home with too little home care, and the GP visits them.",
        "Ouderen die een verpleeghuis nodig hebben, blijven thuis met te weinig wijkverpleging, en de huisarts komt "
        "langs.",
    ),
    lasting=True,
    settings=(
        Setting(
            "waiting", 0.03, 0.01, 0.1, "share of people of 85 and over", "C",
            "Assumption: beyond today's waiting lists, which are in the contact rates; no regional count found",
            "Aanname: boven de huidige wachtlijsten, die al in de contactcijfers zitten; geen regionaal aantal "
            "gevonden",
            "People who stay at home instead", "Mensen die thuis blijven", effect=True, neutral=0.0,
        ),
        Setting(
            "needs", 3.0, 1.5, 5.0, "times the contacts of others of 85 and over", "C",
            "Assumption: in a nursing home another doctor would see them; no rate of people who wait found",
            "Aanname: in een verpleeghuis zou een andere arts hen zien; geen cijfer voor wachtenden gevonden",
            "Contacts of who waits", "Contacten van wie wacht", effect=True, neutral=1.0,
        ),
        Setting(
            "visits", 0.7, 0.4, 1.0, "share of their contacts that are home visits", "C",
            "Assumption: hardly any of them can come to the practice",
            "Aanname: vrijwel niemand van hen kan naar de praktijk komen",
            "Home visits among them", "Huisbezoeken daaronder",
        ),
        Setting(
            "home_care", 1.1, 1.0, 1.4, "times the home visits to people of 75 and over", "C",
            "Assumption: what a district nurse would have seen to or reported comes to the GP; no count found",
            "Aanname: wat een wijkverpleegkundige had opgelost of gemeld komt bij de huisarts; geen telling gevonden",
            "Home visits for want of home care", "Huisbezoeken door gebrek aan wijkverpleging",
            effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def nursing_home_shortage(it: Instance) -> Iterator[Modifier]:
    """A part of the very old who would live in a nursing home stay at home. They ask several times as much as others
    of their age, by day and out of hours, and most of it is a home visit, the longest contact there is; so the mean
    rate and the share of visits among people of 85 and over rise by what they add. People of 75 and over whom home
    care does not reach are visited more often as well.

    A visit of 26 minutes takes the place of two consults of others, and at the posts the visiting car is busy with
    it. Today's waiting lists are in the rates already. That some go to hospital instead, or die sooner, is left out.
    """
    share, times = it.number("waiting"), it.number("needs")
    more = 1.0 + share * (times - 1.0)
    usual = float(it.parameters.column("care.visit_share")[-1])
    # visits among all contacts of the band, when who waits makes `times` the contacts with `visits` of them at home
    mixed = ((1.0 - share) * usual + share * times * it.number("visits")) / more
    acts = share > 0.0 and times != 1.0
    yield it.modify("needs.contact_rate[85+]", more)
    yield it.modify("needs.post_rate[85+]", more)
    yield it.modify("care.visit_share[85+]", mixed / usual if acts else 1.0)
    for band in ("75-84", "85+"):
        yield it.modify(f"care.visit_share[{band}]", it.number("home_care"))
