"""Support for practices that fail to bind the GPs whom they employ."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "binding_support",
    name=("Support to bind GPs", "Ondersteuning bij binden van huisartsen"),
    about=(
        "Help for practices that work with employed GPs and see them go: supervision, a say in the practice, a path "
        "to partnership.",
        "Hulp voor praktijken die met huisartsen in dienst werken en hen zien vertrekken: begeleiding, zeggenschap, "
        "een weg naar maatschap.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=12,
    reach=0.5,
    settings=(
        Setting(
            "leaving", 0.75, 0.5, 1.0, "times the hazard of giving up the job", "C",
            "Assumption: no evaluation of such support found",
            "Aanname: geen evaluatie van zulke ondersteuning gevonden",
            "Employed GPs who become locums again", "Huisartsen in dienst die weer gaan waarnemen",
            effect=True, neutral=1.0,
        ),
        Setting(
            "partner", 1.3, 1.0, 2.0, "times the rate of becoming a partner", "C",
            "Assumption: no evaluation of such support found",
            "Aanname: geen evaluatie van zulke ondersteuning gevonden",
            "Employed GPs who become partners", "Huisartsen in dienst die compagnon worden",
            effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "coach", 4_000, 1_000, 10_000, "yearly", "practice", "insurer", "C",
            "Assumption: some days of coaching and help with the organisation a year; no price found",
            "Aanname: enkele dagen coaching en hulp bij de praktijkorganisatie per jaar; geen prijs gevonden",
            "Coaching", "Begeleiding",
        ),
    ),
)  # fmt: skip
def binding_support(it: Instance) -> Iterator[Modifier]:
    """In practices that take part, employed GPs and fixed locums give up their job for work as a changing locum less
    often, and those who are ready to own become partners there more often. Patients keep their usual GP and posts
    stand empty less long.

    It makes no GP hours: who stays is missing among the changing locums, so that leave, sickness and empty seats
    elsewhere find fewer of them, and a partner no longer takes over a practice that seeks a successor. Who leaves the
    profession or the region is not held.
    """
    yield it.modify("careers.employed_to_locum", it.number("leaving"))
    yield it.modify("careers.co_owner", it.number("partner"))
