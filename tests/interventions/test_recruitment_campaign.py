"""A campaign: who looks in, whom the pool outside then lacks, and what pay and partners do."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from sim.interventions.base import Cost
from sim.interventions.registry import declared
from sim.parameters import Parameters
from sim.workforce.matching import Candidates, Openings, utilities
from sim.workforce.outlook import Outlook
from sim.workforce.pool import expected_arrivals, outside_seekers
from tests.interventions.force import in_force
from tests.workforce.crowd import SEED, shipped, whole
from tests.workforce.years import START, fresh, outlook_of

PLAIN = {"partner": 1.0, "pay": 0.0}


@cache
def now() -> Outlook:
    region = whole()[0]
    return outlook_of(fresh(whole()), region, region.node_population)


def arrivals(p: Parameters) -> float:
    return float(expected_arrivals(now(), p).sum())


def look_in(p: Parameters, months: int = 120) -> set[int]:
    """Ids of owners-to-be who look in."""
    found = (outside_seekers(whole()[0], dataclasses.replace(now(), month=START + k), SEED, p) for k in range(months))
    return {one.uid for month in found for one in month}


def test_those_who_come_anyway_come_and_others_with_them() -> None:
    before, after = look_in(shipped()), look_in(in_force("recruitment_campaign", owners=1.0))
    assert before < after
    assert len(after) == pytest.approx(2 * len(before), rel=0.35)


def test_the_pool_outside_is_finite() -> None:
    """Half of those drawn would have come two years later; after the end of the campaign they are missing."""
    end = {"end": "2028-01-01", "pool": 0.4, "earlier": 0.5, "years_earlier": 2}
    usual = arrivals(shipped())
    course = [
        arrivals(in_force("recruitment_campaign", months=months, **end, **PLAIN)) / usual
        for months in (0, 23, 24, 36, 59, 60)
    ]
    assert course == pytest.approx([1.4, 1.4, 1.2, 0.8, 0.8, 1.0])


def test_pay_is_a_weak_lever_paid_to_all() -> None:
    paid = arrivals(in_force("recruitment_campaign", pool=0.0, owners=0.0, partner=1.0, pay=0.1))
    assert 1.0 < paid / arrivals(shipped()) < 1.05
    (rise,) = (cost for cost in declared()["recruitment_campaign"].costs if cost.key == "higher_pay")
    assert isinstance(rise, Cost) and rise.count is not None


def test_a_partners_work_is_for_those_without_family_here() -> None:
    p = in_force("recruitment_campaign", pool=0.0, owners=0.0, partner=1.2)
    people = Candidates(
        uid=np.arange(1, 4, dtype=np.uint64),
        practice=np.full(3, -1),
        tie=np.array([False, True, False]),
        outside=np.array([True, True, False]),
        fte=np.full(3, 0.8),
        support=np.zeros(3),
    )
    seat = Openings(
        uid=np.array([9], np.uint64),
        practice=np.array([0]),
        over_norm=np.zeros(1),
        co_owner=np.ones(1, bool),
        appeal=np.zeros(1),
        fte=np.full(1, 0.8),
        short_of_room=np.zeros(1, bool),
        support=np.zeros(1),
    )
    before, after = (utilities(people, seat, np.full((3, 1), 18.0), SEED, one)[0][:, 0] for one in (shipped(), p))
    assert after - before == pytest.approx([np.log(1.2), 0.0, 0.0])
    by_origin = expected_arrivals(now(), p) / expected_arrivals(now(), shipped())
    assert by_origin[0] == by_origin[1] == pytest.approx(1.14)
    assert by_origin[2] == 1.0, "changing locums keep their home"
