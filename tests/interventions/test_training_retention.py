"""Keeping those trained here: who is trained, who settles, and how they begin."""

from __future__ import annotations

import mesa
import pytest

from sim.parameters import Parameters
from sim.workforce.training import begin_training, settling_chance
from tests.interventions.force import in_force
from tests.workforce.crowd import SEED, shipped, whole
from tests.workforce.years import START, live


def begun(p: Parameters, months: int = 120) -> dict[int, bool]:
    """Who begins in some years, by id, and whether with family here."""
    region = whole()[0]
    found = {}
    for month in range(START, START + months):
        for one in begin_training(mesa.Model(rng=1), region, month, region.node_population, SEED, p):
            found[one.uid] = one.tie
    return found


def test_places_go_to_others_and_none_is_added() -> None:
    before, after = begun(shipped()), begun(in_force("training_retention", home_first=0.5))
    assert before.keys() == after.keys()
    assert all(after[uid] for uid, tie in before.items() if tie), "nobody with family here is turned away"
    assert sum(after.values()) - sum(before.values()) == pytest.approx(0.25 * len(before), rel=0.35)


def test_extra_places_have_no_applicants_of_the_region() -> None:
    more = {"training.places": 4.26}
    p = in_force("training_retention", home_first=0.5).replace(more)
    usual = begun(in_force("training_retention", home_first=0.5))
    assert not any(tie for uid, tie in begun(p).items() if uid not in usual)


def test_help_for_partners_is_for_those_without_family_here() -> None:
    p = in_force("training_retention", guidance=1.0, partner=1.6)
    free, bound = settling_chance([False, True], 1.0, p)
    before = settling_chance([False, True], 1.0, shipped())
    assert bound == before[1]
    assert free / (1 - free) == pytest.approx(1.6 * before[0] / (1 - before[0]))


def test_guidance_adds_less_where_most_stay_anyway() -> None:
    p = in_force("training_retention", guidance=1.6, partner=1.0)
    gain = settling_chance([False, True], 1.0, p) - settling_chance([False, True], 1.0, shipped())
    assert gain[0] > 0 and gain[1] > 0
    sure = shipped().replace({"training.settle": 0.6, "training.settle_causal": 0.25})
    surely = p.replace({"training.settle": 0.6, "training.settle_causal": 0.25})
    assert settling_chance([True], 1.0, sure)[0] > 0.85
    assert (settling_chance([True], 1.0, surely) - settling_chance([True], 1.0, sure))[0] < min(gain)


def test_more_settle_from_the_first_year_on_and_fewer_of_them_as_locum() -> None:
    """Trainees of 2025 qualify from 2028 on: before that only guidance and partners can have changed anything."""
    months = 30
    plain, record = live(months, made=whole())
    kept, other = live(months, in_force("training_retention", months=24, locum=0.5), made=whole())
    settled, more = ([uid for month in one.training for uid in month[3]] for one in (record, other))
    assert [month[0] for month in record.training] == [month[0] for month in other.training]
    assert set(settled) < set(more)
    locums = [
        sum(
            event.kind == "GP arrives" and event.practice < 0 and event.cause == "trainee"
            for event in run.ledger.events
        )
        for run in (plain, kept)
    ]
    assert locums[1] / len(more) < locums[0] / len(settled)
