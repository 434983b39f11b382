"""Money: what practices earn, pay and keep, and what GP care costs the insurer. All years at the prices of 2025."""

from __future__ import annotations

from functools import cache

from sim.indicators.lists import NZA, PRACTICES
from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year
from sim.money.tariffs import Tariffs
from sim.parameters import load_parameters

CENTS = 100.0
PRICES_NL = "prijspeil 2025"
PRICES_EN = "prices of 2025"


@cache
def labour_norm() -> float:
    """The GP labour norm in the tariffs, euro per FTE of an owner a year."""
    return Tariffs.of(load_parameters()).labour_norm / CENTS


def _per_inhabitant(id: str, column: str, nl: str, en: str, what_nl: str, what_en: str, headline: bool = False) -> None:
    """Declare a cost to the insurer per inhabitant."""

    @indicator(
        id,
        unit="euro a year",
        nl=nl,
        en=en,
        better="lower",
        definition_nl=f"{what_nl}, per inwoner ({PRICES_NL}).",
        definition_en=f"{what_en}, per inhabitant ({PRICES_EN}).",
        source="NZa, Kerncijfers huisartsenzorg",
        headline=headline,
    )
    def cost(year: Year) -> Ratio:
        return Ratio(year.total("insurer_year", column) / CENTS, year.inhabitants)


_per_inhabitant(
    "insurer_cost",
    "total",
    "Kosten voor de verzekeraar per inwoner",
    "Cost to the insurer per inhabitant",
    "Alle huisartsenzorg overdag en op de post, met bijdragen voor tijdelijk beheer",
    "All GP care by day and at the posts, support of temporary management included",
    headline=True,
)
_per_inhabitant(
    "insurer_cost_posts",
    "posts",
    "Kosten van de huisartsenpost per inwoner",
    "Cost of the out-of-hours posts per inhabitant",
    "Contacten met de huisartsenpost tegen het posttarief",
    "Contacts with the out-of-hours posts at their fees",
)
_per_inhabitant(
    "insurer_cost_temporary",
    "temporary",
    "Bijdragen voor tijdelijk beheer per inwoner",
    "Support of temporary management per inhabitant",
    "Bijdragen aan tijdelijk beheerde praktijken",
    "Support of practices under temporary management",
)


@indicator(
    "package_cost",
    unit="euro a year",
    nl="Kosten van interventies per inwoner",
    en="Cost of interventions per inhabitant",
    better="lower",
    definition_nl=(
        f"Eigen kosten van alle interventies en gebeurtenissen van het scenario, wie ook betaalt, per inwoner "
        f"({PRICES_NL}); wat zij in de zorg besparen of extra kosten telt hier niet."
    ),
)
def package_cost(year: Year) -> Ratio:
    """Own costs of all interventions and events of the scenario, whoever pays, per inhabitant (prices of 2025); what
    they save or add in care is not counted here.
    """
    spent = year.total("intervention_cost", "cents") if "intervention_cost" in year.tables else 0.0
    return Ratio(spent / CENTS, year.inhabitants)


@indicator(
    "practice_income",
    unit="euro a year",
    nl="Omzet van praktijken per ingeschrevene",
    en="Income of practices per registered person",
    better="none",
    definition_nl=f"Inschrijf- en consulttarieven, modules en overige vergoedingen, per ingeschrevene ({PRICES_NL}).",
    source=NZA,
    by=PRACTICES,
)
def practice_income(year: Year) -> Ratio:
    """Registration and consult fees, modules and other payments, per registered person (prices of 2025)."""
    return Ratio(year.total("practice_year", "income") / CENTS, year.registered)


@indicator(
    "practice_cost",
    unit="euro a year",
    nl="Kosten van praktijken per ingeschrevene",
    en="Costs of practices per registered person",
    better="none",
    definition_nl=(
        f"Personeel, huisartsen in dienst, waarnemers, huisvesting en overige kosten, zonder het eigen werk van "
        f"praktijkhouders, per ingeschrevene ({PRICES_NL})."
    ),
    source=NZA,
    by=PRACTICES,
)
def practice_cost(year: Year) -> Ratio:
    """Staff, employed GPs, locums, housing and other costs, per registered person (prices of 2025); the owners' own
    work aside.
    """
    return Ratio(year.total("practice_year", "cost") / CENTS, year.registered)


def _owners_result(year: Year) -> float:
    """Result in euro of the practices that had an owner in the year."""
    owned = year.column("practice_year", "owner_fte") > 0.0
    return float(year.column("practice_year", "result")[owned].sum()) / CENTS


@indicator(
    "practice_result",
    unit="euro a year",
    nl="Praktijkresultaat per fte praktijkhouder",
    en="Practice result per FTE of owners",
    better="none",
    definition_nl=f"Omzet min kosten van de dagpraktijk per fte praktijkhouder, vóór belasting ({PRICES_NL}).",
    source=NZA,
    by=PRACTICES,
)
def practice_result(year: Year) -> Ratio:
    """Income less costs of the day practice per FTE of its owners, before tax (prices of 2025); practices without an
    owner in the whole year left out.
    """
    return Ratio(_owners_result(year), year.total("practice_year", "owner_fte"))


@indicator(
    "practice_result_norm",
    unit="%",
    nl="Praktijkresultaat ten opzichte van de arbeidsnorm",
    en="Practice result against the labour norm",
    better="none",
    definition_nl="Resultaat per fte praktijkhouder als percentage van de arbeidskosten die de tarieven vergoeden.",
    source=NZA,
    by=PRACTICES,
)
def practice_result_norm(year: Year) -> Ratio:
    """Result per FTE of owners as a percentage of the labour that the tariffs pay for."""
    norm = labour_norm() * year.total("practice_year", "owner_fte")
    return Ratio(_owners_result(year), norm, 100.0)
