"""The targets of the base year: well formed, and compared as they should be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sim.indicators.catalogue import INDICATORS
from sim.indicators.targets import Target, compare, load_targets, published
from sim.ledger.counts import AGE_NAMES
from tests.indicators.small import group_year, people_month

ROW = {
    "indicator": "contacts_per_person",
    "value": 4.4,
    "low": 4.0,
    "high": 5.0,
    "year": 2017,
    "grade": "A",
    "source": "Nivel",
    "source_nl": "Nivel",
}


def test_targets_load_and_name_what_they_are_about() -> None:
    targets = load_targets()
    about = [(target.indicator, target.age) for target in targets.values()]
    assert len(set(about)) == len(about) >= 50
    assert 25 <= sum(target.headline for target in targets.values()) <= 35
    assert {target.age for target in targets.values() if target.indicator == "contacts_per_person"} == {
        None,
        *AGE_NAMES,
    }


def test_headlines_are_not_mostly_what_the_model_is_given() -> None:
    headline = [target for target in load_targets().values() if target.headline]
    assert sum(not target.input for target in headline) >= len(headline) / 2


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"low": 4.5}, "between low and high"),
        ({"indicator": "happiness"}, "no indicator 'happiness'"),
        ({"age": "40-50"}, "no age band '40-50'"),
        ({"indicator": "list_size", "age": "0-4"}, "no age band '0-4'"),
        ({"note_en": "Only in English"}, "both languages"),
        ({"grade": "D"}, "'A', 'B' or 'C'"),
        ({"sauce": "Nivel"}, "Extra inputs"),
    ],
)
def test_a_bad_target_is_refused(change: dict[str, object], mend: str) -> None:
    Target.model_validate(ROW)
    with pytest.raises(ValidationError, match=mend):
        Target.model_validate({**ROW, **change})


def test_compare_takes_the_first_full_year_and_the_age_band() -> None:
    one = group_year(2025, registered=[100, 50, 100, 50], contacts=[340, 100, 340, 100], referrals=[0, 0, 0, 97])
    other = group_year(2026, registered=[100, 50, 100, 50], contacts=[10, 10, 10, 10])
    months = {name: [*column, *people_month(2026)[name]] for name, column in people_month(2025).items()}
    tables = {"people_month": months, "group_year": {name: [*one[name], *other[name]] for name in one}}
    fits = {fit.name: fit for fit in compare(tables)}  # type: ignore[arg-type]
    assert list(fits) == list(load_targets())
    assert fits["contacts"].simulated == pytest.approx(880 / 300) and fits["contacts"].inside is False
    assert fits["contacts_0_4"].simulated == pytest.approx(3.4) and fits["contacts_0_4"].inside is True
    assert fits["contacts_45_64"].simulated is None and fits["contacts_45_64"].inside is None  # nobody of that age
    assert fits["referrals"].simulated == pytest.approx(1000 * 97 / 300) and fits["referrals"].inside is True
    assert fits["gp_load"].simulated is None  # no such table


def test_nothing_to_compare_without_a_full_year() -> None:
    assert compare({"people_month": {name: column[:5] for name, column in people_month().items()}}) == []


def test_published_is_about_everybody() -> None:
    found = published("contacts_per_person")
    assert found is not None and found.age is None and found.low <= 4.46 <= found.high
    assert published("wait_mean") is None
    assert all(target.measure is INDICATORS[target.indicator] for target in load_targets().values())
