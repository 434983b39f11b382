"""Minutes asked and supplied by role, load, and the hours that GPs work."""

from __future__ import annotations

from functools import cache

import numpy as np

from sim.indicators.lists import PRACTICES
from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year
from sim.parameters import load_parameters

OWNER, EMPLOYED, FIXED_LOCUM = 0, 1, 2  # values of gp_year.role; 3 is a changing locum
HOUR = 3600.0
WORK_WEEK = "Nivel, De werkweek van de Nederlandse huisarts in 2024 (2025)"

ROLES: dict[str, tuple[str, str]] = {
    "gp": ("huisartsen", "GPs"),
    "assistant": ("assistenten", "assistants"),
    "poh_somatic": ("POH-somatiek", "somatic practice nurses"),
    "poh_mental": ("POH-GGZ", "mental-health practice nurses"),
    "advanced": ("PA's en verpleegkundig specialisten", "PAs and nurse practitioners"),
}
"""Roles as they are named in the tables, with Dutch and English names."""


@cache
def working_weeks() -> float:
    """Weeks a year that a GP works."""
    return load_parameters().number("practices.working_weeks")


def _declare(role: str, nl: str, en: str) -> None:
    """Declare minutes asked, minutes supplied, load and minutes used of one role."""
    asked, available, used = (f"{role}_{what}_seconds" for what in ("asked", "available", "used"))
    telephone = role == "assistant"
    aside_nl = " (zonder de telefoon)" if telephone else ""
    aside_en = " (the telephone aside)" if telephone else ""

    @indicator(
        f"{role}_minutes_asked",
        unit="minutes a year",
        nl=f"Minuten gevraagd van {nl}",
        en=f"Minutes asked of {en}",
        better="none",
        definition_nl=(
            f"Spreekuurminuten{aside_nl} die vragen zouden kosten voordat iets wordt ingekort, per ingeschrevene."
        ),
        definition_en=(
            f"Patient minutes{aside_en} that requests would take before anything is cut short, per registered person."
        ),
        by=PRACTICES,
    )
    def minutes_asked(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", asked) / 60.0, year.registered)

    @indicator(
        f"{role}_minutes_supplied",
        unit="minutes a year",
        nl=f"Minuten beschikbaar van {nl}",
        en=f"Minutes supplied by {en}",
        better="none",
        definition_nl=f"Spreekuurminuten{aside_nl} na verlof en ziekte, zonder overwerk, per ingeschrevene.",
        definition_en=f"Patient minutes{aside_en} after leave and sickness, without overtime, per registered person.",
        by=PRACTICES,
    )
    def minutes_supplied(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", available) / 60.0, year.registered)

    @indicator(
        f"{role}_load",
        unit="supply = 1",
        nl=f"Belasting van {nl} voor aanpassing",
        en=f"Load of {en} before adaptation",
        better="lower" if role == "gp" else "none",
        definition_nl="Minuten gevraagd gedeeld door minuten beschikbaar.",
        definition_en="Minutes asked over minutes supplied.",
        by=PRACTICES,
        headline=role == "gp",
    )
    def load(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", asked), year.total("practice_month", available))

    @indicator(
        f"{role}_use",
        unit="supply = 1",
        nl=f"Benutting van {nl}",
        en=f"Utilisation of {en}",
        better="none",
        definition_nl="Gewerkte minuten, met overwerk, gedeeld door minuten beschikbaar.",
        definition_en="Minutes worked, overtime included, over minutes supplied.",
        by=PRACTICES,
    )
    def use(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", used), year.total("practice_month", available))


for _role, (_nl, _en) in ROLES.items():
    _declare(_role, _nl, _en)


def _hours(year: Year, *roles: int) -> Ratio:
    """Hours a working week of GPs of some roles (all without any): hours of a normal week, what demand changes in work
    without patients, and overtime, over GPs.
    """
    role = year.column("gp_year", "role")
    rows = np.isin(role, roles) if roles else np.ones(role.size, bool)
    overtime = year.column("gp_year", "overtime_seconds")[rows].sum() / HOUR / working_weeks()
    normal = year.column("gp_year", "hours_week")[rows] + year.column("gp_year", "other_work_hours")[rows]
    return Ratio(float(normal.sum() + overtime), float(np.count_nonzero(rows)))


@indicator(
    "gp_hours_week",
    unit="hours a week",
    nl="Werkuren per huisarts per week",
    en="Hours a week per GP",
    better="lower",
    definition_nl=(
        "Uren in een gewone werkweek (al het werk), wat de vraag daar buiten het spreekuur aan verandert, en overwerk "
        "in de praktijk, gemiddeld over alle huisartsen."
    ),
    source=WORK_WEEK,
    headline=True,
)
def gp_hours_week(year: Year) -> Ratio:
    """Hours of a normal working week (all work), what demand adds outside consultations, and overtime in the practice,
    mean over all GPs.
    """
    return _hours(year)


@indicator(
    "gp_hours_week_owner",
    unit="hours a week",
    nl="Werkuren per praktijkhouder per week",
    en="Hours a week per owner",
    better="lower",
    definition_nl="Als bij alle huisartsen, alleen praktijkhouders.",
    source=WORK_WEEK,
    by=("practice",),
)
def gp_hours_week_owner(year: Year) -> Ratio:
    """As for all GPs, owners only."""
    return _hours(year, OWNER)


@indicator(
    "gp_hours_week_employed",
    unit="hours a week",
    nl="Werkuren per HIDHA en vaste waarnemer per week",
    en="Hours a week per employed GP and fixed locum",
    better="lower",
    definition_nl="Als bij alle huisartsen, alleen huisartsen in dienst en vaste waarnemers.",
    source=WORK_WEEK,
    by=("practice",),
)
def gp_hours_week_employed(year: Year) -> Ratio:
    """As for all GPs, employed GPs and fixed locums only."""
    return _hours(year, EMPLOYED, FIXED_LOCUM)


@indicator(
    "gp_hours_per_fte",
    unit="hours a week",
    nl="Werkuren per fte huisarts per week",
    en="Hours a week per FTE of GPs",
    better="lower",
    definition_nl="Werkuren van alle huisartsen, met overwerk, gedeeld door hun fte.",
    source=WORK_WEEK,
)
def gp_hours_per_fte(year: Year) -> Ratio:
    """Hours worked by all GPs, overtime included, over their FTE."""
    return Ratio(_hours(year).top, year.total("gp_year", "fte"))


@indicator(
    "gp_overtime",
    unit="hours a week",
    nl="Overwerk in de praktijk per huisarts met een eigen spreekuur",
    en="Overtime in the practice per regular GP",
    better="lower",
    definition_nl="Uren spreekuur boven wat gepland was, per werkweek, per praktijkhouder, HIDHA of vaste waarnemer.",
    by=("practice",),
    headline=True,
)
def gp_overtime(year: Year) -> Ratio:
    """Patient hours beyond those planned, a working week, per owner, employed GP or fixed locum."""
    regular = year.column("gp_year", "role") <= FIXED_LOCUM
    overtime = year.column("gp_year", "overtime_seconds")[regular].sum()
    return Ratio(float(overtime) / HOUR / working_weeks(), float(np.count_nonzero(regular)))


@indicator(
    "gp_direct_hours",
    unit="hours a week",
    nl="Directe patiënturen per huisarts per week",
    en="Direct patient hours a week per GP",
    better="none",
    definition_nl="Gewerkte spreekuururen en diensturen van alle huisartsen, per huisarts per werkweek.",
    source=WORK_WEEK,
)
def gp_direct_hours(year: Year) -> Ratio:
    """Patient hours worked in practices and hours on duty of all GPs, per GP a working week."""
    worked = year.total("practice_month", "gp_used_seconds") + year.total("gp_year", "duty_seconds")
    return Ratio(worked / HOUR / working_weeks(), float(year.column("gp_year", "gp").size))


@indicator(
    "gp_sickness",
    unit="%",
    nl="Huisartstijd verloren door ziekte",
    en="GP time lost to sickness",
    better="lower",
    definition_nl="Spreekuurtijd die door ziekte verviel, vóór vervanging, over de geplande spreekuurtijd.",
)
def gp_sickness(year: Year) -> Ratio:
    """Patient time lost to sickness, before cover, over the patient time planned."""
    lost, covered = (year.total("people_month", f"sick_{what}seconds") for what in ("", "covered_"))
    planned = year.total("practice_month", "gp_available_seconds") + lost - covered
    return Ratio(lost, planned, 100.0)


@indicator(
    "gp_sickness_covered",
    unit="%",
    nl="Ziekte van huisartsen die waarnemers opvangen",
    en="Sickness of GPs covered by locums",
    better="higher",
    definition_nl="Deel van de door ziekte vervallen spreekuurtijd dat waarnemers overnemen.",
)
def gp_sickness_covered(year: Year) -> Ratio:
    """Share of the patient time lost to sickness that locums take over."""
    return Ratio(year.total("people_month", "sick_covered_seconds"), year.total("people_month", "sick_seconds"), 100.0)
