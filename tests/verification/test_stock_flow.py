"""The published stock-flow projection of Dutch GPs 2009-2019, by this package's own arithmetic.

Van Greuningen, Batenburg and Van der Velden, Human Resources for Health 10:21 (2012). Inputs are those of tables 2 and
3, what is to come out those of tables 4 to 6. The article says that 46 of 109 GPs from abroad are women and that 93 of
them stay; its heads by sex in 2019 (5,301 and 6,945) ask for 44 men and 49 women, which is what stands here.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.workforce.stock_flow import Cohort, Flow, Stock, project, required_intake, required_supply

WOMEN_IN_TRAINING = 0.71
BASE = Stock(men=6129, women=4086, fte_man=0.822, fte_woman=0.551)
OUTFLOW = Flow(men=2341, women=785)
ABROAD = Flow(men=44, women=49)
IN_TRAINING = Cohort(starts=1507, at_work=1320, women_share=WOMEN_IN_TRAINING)
STARTED_2009_2010 = Cohort(starts=1228, at_work=1054, women_share=WOMEN_IN_TRAINING)
FUTURE = Cohort(starts=3070, at_work=2690, women_share=WOMEN_IN_TRAINING)
INTAKE_YEARS = 5


def supply(future: Cohort = FUTURE) -> Stock:
    """The stock of 2019."""
    came = [ABROAD, IN_TRAINING.inflow, STARTED_2009_2010.inflow, future.inflow]
    return project(BASE, gone=[OUTFLOW], came=came)


def intake(required_fte: float) -> float:
    """Starters a year that give this supply in 2019."""
    return required_intake(required_fte, projected=supply(), future=FUTURE, years=INTAKE_YEARS)


def test_stock_of_the_base_year() -> None:
    assert BASE.heads == 10_215
    assert BASE.fte == pytest.approx(7290, abs=3)


def test_stock_of_2019() -> None:
    assert supply().heads == pytest.approx(12_246, abs=1)
    assert supply().men == pytest.approx(5301, abs=1)
    assert supply().women == pytest.approx(6945, abs=1)
    assert supply().fte == pytest.approx(8187, abs=10)


def test_required_supply_of_2019() -> None:
    assert required_supply(7292, unmet=0.01, growth=0.0) == pytest.approx(7365, abs=1)
    assert required_supply(7292, unmet=0.01, growth=0.06) == pytest.approx(7807, abs=1)


def test_intake_that_the_projection_has() -> None:
    assert FUTURE.starts / INTAKE_YEARS == 614
    assert intake(supply().fte) == pytest.approx(614)


def test_intake_that_closes_the_difference() -> None:
    required = required_supply(7292, unmet=0.01, growth=0.06)
    assert intake(required) == pytest.approx(476, abs=3)


def test_intake_of_the_article_s_other_scenario() -> None:
    """Table 6: more demand, 9,056 FTE, asks for 929 starters a year. Nothing above was chosen to meet this."""
    assert intake(9056) == pytest.approx(929, abs=3)


@pytest.mark.parametrize("required", [6600.0, 7807.0, 8184.0, 9056.0, 12_000.0])
def test_the_intake_gives_the_required_supply(required: float) -> None:
    starts = intake(required) * INTAKE_YEARS
    at_work = starts * FUTURE.at_work / FUTURE.starts
    assert supply(replace(FUTURE, starts=starts, at_work=at_work)).fte == pytest.approx(required)


def test_nobody_need_start_where_supply_is_enough_without() -> None:
    without = supply().fte - BASE.fte_of(FUTURE.inflow)
    assert intake(without + 1.0) > 0.0
    assert intake(without - 100.0) == 0.0


def test_flows_keep_heads() -> None:
    came = sum(cohort.at_work for cohort in (IN_TRAINING, STARTED_2009_2010, FUTURE)) + 93
    assert supply().heads == pytest.approx(BASE.heads - 3126 + came)
    assert Flow.split(100.0, 0.71) == Flow(men=pytest.approx(29.0), women=pytest.approx(71.0))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        project(BASE, gone=[Flow(men=7000, women=0)], came=[])
    for starts, at_work, share in ((100, 101, 0.5), (100, 90, 71), (0, 0, 0.5)):
        with pytest.raises(ValueError, match="a cohort has"):
            Cohort(starts=starts, at_work=at_work, women_share=share)
    for future, years in ((FUTURE, 0), (replace(FUTURE, at_work=0), 5)):
        with pytest.raises(ValueError, match="an intake closes"):
            required_intake(7807, projected=supply(), future=future, years=years)
