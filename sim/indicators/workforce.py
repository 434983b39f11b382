"""The GPs themselves: heads and FTE by role and age, where they come from, why they go, trainees and other staff."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.indicators.registry import Count, Ratio, indicator
from sim.indicators.workload import EMPLOYED, FIXED_LOCUM, HOUR, OWNER, ROLES
from sim.indicators.year import MONTHS, Year

NIVEL = "Nivel, Beroepenregistratie huisartsen"
CAPACITY = "Capaciteitsorgaan, raming huisartsen"
LOCUM = 3
WOMAN = 1
LEAVES = ("out_retired", "out_profession", "out_sudden")
"""Departures from the profession; a move to another region is not one."""

GROUPS: dict[str, tuple[tuple[int, ...], str, str]] = {
    "owner": ((OWNER,), "praktijkhouders", "owners"),
    "employed": ((EMPLOYED, FIXED_LOCUM), "HIDHA's en vaste waarnemers", "employed GPs and fixed locums"),
    "locum": ((LOCUM,), "wisselende waarnemers", "changing locums"),
}
AGES: dict[str, tuple[int, int, str, str]] = {
    "under_40": (0, 40, "jonger dan 40", "younger than 40"),
    "50_plus": (50, 200, "van 50 jaar en ouder", "aged 50 and over"),
    "60_plus": (60, 200, "van 60 jaar en ouder", "aged 60 and over"),
}
ORIGINS: dict[str, tuple[str, str]] = {
    "trainee": ("opgeleid in de regio", "trained in the region"),
    "graduate": ("pas elders opgeleid", "newly trained elsewhere"),
    "mover": ("als gevestigd huisarts van elders", "as settled GPs from elsewhere"),
    "locum": ("als waarnemer van elders", "as locums from elsewhere"),
    "owner": ("als nieuwe praktijkhouder van elders", "as new owners from elsewhere"),
}
OUTFLOWS: dict[str, tuple[str, str]] = {
    "retired": ("met pensioen", "retirement"),
    "profession": ("uit het vak", "leaving the profession"),
    "sudden": ("plotseling uitgevallen", "sudden loss"),
    "moved": ("naar een andere regio", "moving to another region"),
}


def _in_roles(year: Year, roles: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    return np.isin(year.column("gp_year", "role"), roles)


def _by_role(name: str, roles: tuple[int, ...], nl: str, en: str) -> None:
    """Declare heads and FTE of GPs in some roles."""
    by = () if name == "locum" else ("practice",)

    @indicator(
        f"heads_{name}",
        unit="persons",
        nl=f"Aantal {nl}",
        en=f"Number of {en}",
        better="none",
        definition_nl=f"Personen die als {nl} in de regio werken, eind van het jaar.",
        definition_en=f"Persons at work in the region as {en}, at the end of the year.",
        source=NIVEL,
        by=by,
    )
    def heads(year: Year) -> Count:
        return Count(float(np.count_nonzero(_in_roles(year, roles))))

    @indicator(
        f"fte_{name}",
        unit="FTE",
        nl=f"Fte {nl}",
        en=f"FTE of {en}",
        better="none",
        definition_nl=f"Fte van {nl}, eind van het jaar.",
        definition_en=f"FTE of {en}, at the end of the year.",
        source=NIVEL,
        by=by,
    )
    def fte(year: Year) -> Count:
        return Count(float(year.column("gp_year", "fte")[_in_roles(year, roles)].sum()))


for _name, _words in GROUPS.items():
    _by_role(_name, *_words)


@indicator(
    "heads_all",
    unit="persons",
    nl="Aantal huisartsen",
    en="Number of GPs",
    better="higher",
    definition_nl="Huisartsen die in de regio werken, wisselende waarnemers meegeteld, eind van het jaar.",
    source=NIVEL,
)
def heads_all(year: Year) -> Count:
    """GPs at work in the region, changing locums included, at the end of the year."""
    return Count(float(year.column("gp_year", "gp").size))


@indicator(
    "fte_all",
    unit="FTE",
    nl="Fte huisartsen",
    en="FTE of all GPs",
    better="higher",
    definition_nl="Fte van alle huisartsen, wisselende waarnemers meegeteld, eind van het jaar.",
    source=NIVEL,
    headline=True,
)
def fte_all(year: Year) -> Count:
    """FTE of all GPs, changing locums included, at the end of the year."""
    return Count(year.total("gp_year", "fte"))


@indicator(
    "fte_per_gp",
    unit="FTE",
    nl="Fte per huisarts",
    en="FTE per GP",
    better="none",
    definition_nl="Fte van alle huisartsen gedeeld door hun aantal, eind van het jaar.",
    source=CAPACITY,
)
def fte_per_gp(year: Year) -> Ratio:
    """FTE of all GPs over their number, at the end of the year."""
    return Ratio(year.total("gp_year", "fte"), float(year.column("gp_year", "gp").size))


@indicator(
    "owner_share",
    unit="%",
    nl="Aandeel praktijkhouders",
    en="Share of owners",
    better="none",
    definition_nl="Praktijkhouders over alle huisartsen, wisselende waarnemers meegeteld, eind van het jaar.",
    source=NIVEL,
    headline=True,
)
def owner_share(year: Year) -> Ratio:
    """Owners over all GPs, changing locums included, at the end of the year."""
    role = year.column("gp_year", "role")
    return Ratio(float(np.count_nonzero(role == OWNER)), float(role.size), 100.0)


def _by_age(name: str, low: int, high: int, nl: str, en: str) -> None:
    """Declare heads, FTE and share of GPs in an age group."""

    def of_age(year: Year) -> npt.NDArray[np.bool_]:
        age = year.column("gp_year", "age")
        return np.asarray((age >= low) & (age < high))

    @indicator(
        f"heads_{name}",
        unit="persons",
        nl=f"Aantal huisartsen {nl}",
        en=f"Number of GPs {en}",
        better="none",
        definition_nl=f"Huisartsen {nl}, wisselende waarnemers meegeteld, eind van het jaar.",
        definition_en=f"GPs {en}, changing locums included, at the end of the year.",
        source=NIVEL,
    )
    def heads(year: Year) -> Count:
        return Count(float(np.count_nonzero(of_age(year))))

    @indicator(
        f"fte_{name}",
        unit="FTE",
        nl=f"Fte huisartsen {nl}",
        en=f"FTE of GPs {en}",
        better="none",
        definition_nl=f"Fte van huisartsen {nl}, wisselende waarnemers meegeteld, eind van het jaar.",
        definition_en=f"FTE of GPs {en}, changing locums included, at the end of the year.",
        source=NIVEL,
    )
    def fte(year: Year) -> Count:
        return Count(float(year.column("gp_year", "fte")[of_age(year)].sum()))

    @indicator(
        f"share_{name}",
        unit="%",
        nl=f"Aandeel huisartsen {nl}",
        en=f"Share of GPs {en}",
        better="none",
        definition_nl=f"Huisartsen {nl} over alle huisartsen, eind van het jaar.",
        definition_en=f"GPs {en} over all GPs, at the end of the year.",
        source=NIVEL,
    )
    def share(year: Year) -> Ratio:
        found = of_age(year)
        return Ratio(float(np.count_nonzero(found)), float(found.size), 100.0)


for _name, _ages in AGES.items():
    _by_age(_name, *_ages)


def _share_of_regular(id: str, nl: str, en: str, definition_nl: str, definition_en: str) -> None:
    """Declare a share among GPs with a practice of their own work: owners, employed GPs and fixed locums."""

    @indicator(
        id,
        unit="%",
        nl=nl,
        en=en,
        better="none",
        definition_nl=definition_nl,
        definition_en=definition_en,
        source=NIVEL,
    )
    def share(year: Year) -> Ratio:
        regular = year.column("gp_year", "role") <= FIXED_LOCUM
        found = year.column("gp_year", "sex") == WOMAN if id == "women_share" else year.column("gp_year", "age") < 40
        return Ratio(float(np.count_nonzero(found & regular)), float(np.count_nonzero(regular)), 100.0)


_share_of_regular(
    "women_share",
    "Aandeel vrouwen onder vaste huisartsen",
    "Share of women among regular GPs",
    "Vrouwen onder praktijkhouders, HIDHA's en vaste waarnemers, eind van het jaar.",
    "Women among owners, employed GPs and fixed locums, at the end of the year.",
)
_share_of_regular(
    "regular_under_40",
    "Aandeel jonger dan 40 onder vaste huisartsen",
    "Share younger than 40 among regular GPs",
    "Huisartsen jonger dan 40 onder praktijkhouders, HIDHA's en vaste waarnemers, eind van het jaar.",
    "GPs younger than 40 among owners, employed GPs and fixed locums, at the end of the year.",
)


@indicator(
    "gp_inflow",
    unit="persons a year",
    nl="Instroom van huisartsen",
    en="Inflow of GPs",
    better="higher",
    definition_nl="Huisartsen die in het jaar in de regio begonnen, eigen opgeleiden meegeteld.",
    source=CAPACITY,
)
def gp_inflow(year: Year) -> Count:
    """GPs who began in the region during the year, those trained there included."""
    return Count(year.total("workforce_month", *(f"in_{origin}" for origin in ORIGINS)))


def _inflow(origin: str, nl: str, en: str) -> None:
    """Declare the inflow of one origin."""

    @indicator(
        f"gp_inflow_{origin}",
        unit="persons a year",
        nl=f"Instroom: {nl}",
        en=f"Inflow: {en}",
        better="none",
        definition_nl=f"Huisartsen die in het jaar in de regio begonnen, {nl}.",
        definition_en=f"GPs who began in the region during the year, {en}.",
    )
    def inflow(year: Year) -> Count:
        return Count(year.total("workforce_month", f"in_{origin}"))


for _name, _text in ORIGINS.items():
    _inflow(_name, *_text)


@indicator(
    "gp_outflow",
    unit="persons a year",
    nl="Uitstroom van huisartsen",
    en="Outflow of GPs",
    better="lower",
    definition_nl="Huisartsen die in het jaar in de regio stopten of eruit vertrokken.",
    source=CAPACITY,
)
def gp_outflow(year: Year) -> Count:
    """GPs who stopped in the region or left it during the year."""
    return Count(year.total("workforce_month", *(f"out_{cause}" for cause in OUTFLOWS)))


def _outflow(cause: str, nl: str, en: str) -> None:
    """Declare the outflow of one cause."""

    @indicator(
        f"gp_outflow_{cause}",
        unit="persons a year",
        nl=f"Uitstroom: {nl}",
        en=f"Outflow: {en}",
        better="none",
        definition_nl=f"Huisartsen die in het jaar stopten of vertrokken: {nl}.",
        definition_en=f"GPs who stopped or left during the year by {en}.",
    )
    def outflow(year: Year) -> Count:
        return Count(year.total("workforce_month", f"out_{cause}"))


for _name, _text in OUTFLOWS.items():
    _outflow(_name, *_text)


@indicator(
    "exit_rate",
    unit="%",
    nl="Huisartsen die in een jaar het vak verlaten",
    en="GPs who leave the profession in a year",
    better="lower",
    definition_nl=(
        "Pensioen, uit het vak en plotselinge uitval (zonder verhuizing), over het gemiddelde aantal huisartsen."
    ),
    source=CAPACITY,
    headline=True,
)
def exit_rate(year: Year) -> Ratio:
    """Retirement, leaving the profession and sudden loss (moves left out) over the mean number of GPs."""
    heads = year.total("workforce_month", "heads_owner", "heads_employed", "heads_locum") / MONTHS
    return Ratio(year.total("workforce_month", *LEAVES), heads, 100.0)


def _exits(band: str, nl: str, en: str) -> None:
    """Declare the share of an age band among those who leave the profession."""

    @indicator(
        f"exits_{band}",
        unit="%",
        nl=f"Aandeel {nl} onder wie het vak verlaat",
        en=f"Share {en} among those who leave the profession",
        better="none",
        definition_nl=f"Huisartsen {nl} over allen die in het jaar het vak verlieten.",
        definition_en=f"GPs {en} over all who left the profession during the year.",
        source="Nivel, Overzicht uitgeschreven huisartsen 1990-2015",
    )
    def share(year: Year) -> Ratio:
        all_ages = ("out_under_60", "out_60_64", "out_65_plus")
        return Ratio(year.total("workforce_month", f"out_{band}"), year.total("workforce_month", *all_ages), 100.0)


_exits("under_60", "onder de 60", "under 60")
_exits("60_64", "van 60 tot en met 64", "aged 60 to 64")
_exits("65_plus", "van 65 en ouder", "aged 65 and over")


@indicator(
    "trainees",
    unit="persons",
    nl="Huisartsen in opleiding",
    en="GP trainees",
    better="higher",
    definition_nl="Aios huisartsgeneeskunde die in de regio worden opgeleid, eind van het jaar.",
    source="SBOH, Jaarbeeld huisartsgeneeskunde",
)
def trainees(year: Year) -> Count:
    """GPs in training in the region, at the end of the year."""
    return Count(float(year.last_month("workforce_month", "trainees").sum()))


@indicator(
    "duty_per_gp",
    unit="hours a year",
    nl="Diensturen per huisarts",
    en="Duty hours per GP",
    better="lower",
    definition_nl="Alle gewerkte diensturen gedeeld door alle huisartsen, wisselende waarnemers meegeteld.",
    source="Nivel, De werkweek van de Nederlandse huisarts in 2024 (2025)",
)
def duty_per_gp(year: Year) -> Ratio:
    """All duty hours worked over all GPs, changing locums included."""
    return Ratio(year.total("gp_year", "duty_seconds") / HOUR, float(year.column("gp_year", "gp").size))


def _staff(role: str, nl: str, en: str) -> None:
    """Declare vacancies among the staff of one role."""

    @indicator(
        f"staff_vacancies_{role}",
        unit="%",
        nl=f"Openstaande vacatures {nl}",
        en=f"Vacant posts of {en}",
        better="lower",
        definition_nl=f"Fte zonder personeel over de vastgestelde fte van {nl}, gemiddeld over de maanden.",
        definition_en=f"FTE without staff over the established FTE of {en}, mean over the months.",
        source="SSFH/Kiwa Carity, Vacaturemonitor 2014-2015",
    )
    def vacancies(year: Year) -> Ratio:
        empty = year.total("workforce_month", f"staff_vacancies_{role}")
        return Ratio(empty, empty + year.total("workforce_month", f"staff_fte_{role}"), 100.0)


for _name, _text in ROLES.items():
    if _name != "gp":
        _staff(_name, *_text)
