"""An epidemic winter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier

_COMPLAINT = "respiratory and infection"
_GROUPS = {"child": ("0-4", "5-17"), "adult": ("18-44",), "middle": ("45-64", "65-74"), "old": ("75-84", "85+")}
"""Bands of contact rates by the age group whose mix of complaints they have."""


@event(
    "epidemic_winter",
    name=("Epidemic winter", "Epidemische winter"),
    about=(
        "For some months many more people have respiratory complaints, staff among them.",
        "Enkele maanden hebben veel meer mensen luchtwegklachten, ook medewerkers.",
    ),
    settings=(
        Setting(
            "respiratory", 1.8, 1.0, 4.0, "times the respiratory complaints of the months", "C",
            "Assumption: on top of a usual winter, which the season has already; no Dutch weekly series was read",
            "Aanname: boven op een gewone winter, die al in het seizoen zit; geen Nederlandse weekreeks gelezen",
            "Respiratory complaints", "Luchtwegklachten", effect=True, neutral=1.0,
        ),
        Setting(
            "sickness", 1.4, 1.0, 2.5, "times the sickness of GPs and staff", "C",
            "Assumption: absence in GP practices was 5.7 % in 2021 and 7.9 % in 2022 (CBS), a rise of four tenths over "
            "a whole year",
            "Aanname: het verzuim in huisartsenpraktijken was 5,7 % in 2021 en 7,9 % in 2022 (CBS), over een heel "
            "jaar vier tiende meer",
            "Sickness of GPs and staff", "Ziekte van huisartsen en medewerkers", effect=True, neutral=1.0,
        ),
        Setting(
            "months", 3, 1, 6, "months", "C", "Assumption: an epidemic of about twelve weeks",
            "Aanname: een epidemie van ongeveer twaalf weken",
            "Months that it lasts", "Maanden dat zij duurt", whole=True,
        ),
    ),
)  # fmt: skip
def epidemic_winter(it: Instance) -> Iterator[Modifier]:
    """People of every age have more respiratory complaints, by day and out of hours: their needs rise by the share
    that such complaints have at their age, so that children gain most, and nothing else rises. Many of these are
    urgent enough to be seen the same day, can be told what to do at the telephone, or are over before a distant
    appointment would come.

    In the same weeks GPs and staff are sick more often. Locum hours that are kept back for sickness run out, and what
    is not covered is missing from the books: routine visits move back, lines are full, and more people end up at the
    posts, whose shifts nobody makes longer. Overtime of these months is felt as strain. What was put off comes
    after; vaccination and immunity are not modelled.
    """
    until = it.start + int(it.number("months"))

    def modify(quantity: str, value: float) -> Modifier:
        return replace(it.modify(quantity, value), until=until)

    times = it.number("respiratory")
    for group, bands in _GROUPS.items():
        passport = it.parameters[f"needs.share_{group}"]
        shares = it.parameters.column(f"needs.share_{group}")
        share = float(shares[(passport.index or []).index(_COMPLAINT)] / shares.sum())
        for band in bands:
            yield modify(f"needs.contact_rate[{band}]", 1.0 + share * (times - 1.0))
            yield modify(f"needs.post_rate[{band}]", 1.0 + share * (times - 1.0))
        yield modify(f"needs.share_{group}[{_COMPLAINT}]", times)
    yield modify("workforce.sick_weeks", it.number("sickness"))
    yield modify("workforce.staff_sick", it.number("sickness"))
