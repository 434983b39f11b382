"""Prices of the tariff year: what was read stays as it is, what is older is carried forward by a named index."""

from __future__ import annotations

import pytest

from sim.ledger.counts import AGE_NAMES
from sim.money.tariffs import TARIFF_YEAR, Index, Tariffs, price_level
from sim.parameters import Parameters, load_parameters


@pytest.fixture(scope="module")
def p() -> Parameters:
    return load_parameters()


def test_price_levels_are_what_the_published_series_say(p: Parameters) -> None:
    assert all(price_level(p, index, TARIFF_YEAR) == 1.0 for index in Index)
    assert price_level(p, Index.FEE, 2022) == pytest.approx(12.43 / 10.83)
    assert price_level(p, Index.LABOUR, 2024) == pytest.approx(1.0418)
    assert price_level(p, Index.LABOUR, 2022) == pytest.approx(1.0636 * 1.06 * 1.0418)
    assert price_level(p, Index.MATERIAL, 2023) == pytest.approx(1.031 * 1.0182)
    assert price_level(p, Index.HOUSING, 2022) == pytest.approx(1.025**3)


@pytest.mark.parametrize(
    ("index", "year", "mend"),
    [
        (Index.FEE, 2017, "no consult fee is known of 2017"),
        (Index.LABOUR, 2019, "labour costs cannot be carried from 2019"),
        (Index.MATERIAL, 2026, "material costs cannot be carried from 2026"),
    ],
)
def test_an_index_does_not_guess(p: Parameters, index: Index, year: int, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        price_level(p, index, year)


def test_prices_in_whole_cents(p: Parameters) -> None:
    tariffs = Tariffs.of(p)
    fee = dict(zip(AGE_NAMES, tariffs.registration.tolist(), strict=True))
    assert {fee[band] for band in ("0-4", "5-17", "18-44", "45-64")} == {2035}
    assert fee["65-74"] < fee["75-84"] < fee["85+"]
    assert tariffs.consult.tolist() == [621, 1243, 2485, 2485]  # visits: half at 18.64, half at 31.06
    assert tariffs.post.tolist() == [round(100 * fee * 12.43 / 12.21) for fee in (35.0, 150.61, 225.92)]
    assert tariffs.duty.tolist() == [round(100 * pay * 1.0418) for pay in (107.46, 140.53, 124.0)]
    assert tariffs.labour_norm == round(100 * 194352 * 1.0418)
    assert tariffs.locum_patient_hour == round(100 * 85 * 1.5 * 1.0418)


def test_the_age_factors_give_the_fee_that_practices_publish(p: Parameters) -> None:
    """17.20 x 21.59 / 18.25 is the 20.35 that was read for people under 65."""
    assert round(17.20 * 21.59 / 18.25, 2) == p.column("money.registration_fee")[0]


def test_a_price_without_a_year_is_refused(p: Parameters) -> None:
    timeless = p["money.locum_hour"].model_copy(update={"year": "-"})
    with pytest.raises(ValueError, match=r"'money.locum_hour' is a price and needs a year"):
        Tariffs.of(Parameters({**p.entries, "money.locum_hour": timeless}))
