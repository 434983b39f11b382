"""Premises: more of them, sooner, where people lack a GP; slowly, and within a budget."""

from __future__ import annotations

import pytest

from sim.workforce.parties import build_parties, parties_month, parties_of
from sim.workforce.premises import on_the_market
from tests.interventions.tables import parameters_with
from tests.workforce.loose_region import START, Loose


def premises(months: int, without: int = 600, **settings: float) -> tuple[int, int]:
    """Premises begun in two years in all municipalities, and ready by then."""
    p = parameters_with("housing", months, **settings)
    model = Loose(3, "small")
    build_parties(model, model.region, p)
    model.without[:] = without
    towns = parties_of(model).municipalities
    for month in range(START, START + 25):
        parties_month(model, model.region, model.outlook(month), p)
    return sum(len(town.projects) for town in towns), sum(len(town.free) for town in towns)


def test_more_premises_are_prepared_and_ready_sooner() -> None:
    before, ready = premises(0, projects=1.0, grant=1.0, lead=1.0, need=1.0)
    more, sooner = premises(0)
    assert sooner > ready
    assert more + sooner > before + ready


def test_without_a_budget_projects_do_not_begin() -> None:
    assert sum(premises(0, grant=1.0)) < sum(premises(0, grant=3.0))


def test_where_nobody_lacks_a_gp_nothing_is_built() -> None:
    assert premises(0, without=0) == (0, 0)


def test_the_team_takes_years() -> None:
    grown = [
        parameters_with("housing", months, adoption_months=48).number("parties.market_premises")
        for months in (0, 12, 24, 48, 60)
    ]
    assert grown == sorted(grown)
    assert grown[0] == pytest.approx(0.5, abs=0.01)
    assert grown[-2] == grown[-1] == 0.625


def test_the_market_offers_premises_more_often() -> None:
    before, after = parameters_with("housing", market=1.0), parameters_with("housing", market=1.6)
    years = range(2025, 2325)
    found = [{year for year in years if on_the_market("Almelo", year, 1, p)} for p in (before, after)]
    assert found[0] < found[1]
