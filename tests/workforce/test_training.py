"""Training: places and who fills them, conservation, training practices, and who stays."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from sim.agents.gp import Origin
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import Trainee, trainees_of
from sim.parameters import Parameters
from sim.workforce.start import start_careers
from sim.workforce.training import begin_training, settling_chance, training_month, training_seconds
from tests.workforce.crowd import SEED, shipped, whole
from tests.workforce.years import START, fresh, live, outlook_of

MARCH = START + 2


def begun(places: float, months: int = 120, assumed: Parameters | None = None) -> dict[int, bool]:
    """Who begins in some years, by id, and whether with family here."""
    region = whole()[0]
    p = (assumed or shipped()).replace({"training.places": places})
    found = {}
    for month in range(START, START + months):
        for one in begin_training(mesa.Model(rng=1), region, month, region.node_population, SEED, p):
            found[one.uid] = one.tie
    return found


def test_trainees_begin_twice_a_year_and_fill_the_places_in_part() -> None:
    region = whole()[0]
    rounds = [
        month % 12 + 1
        for month in range(START, START + 24)
        if begin_training(mesa.Model(rng=1), region, month, region.node_population, SEED, shipped())
    ]
    assert rounds == [3, 9, 3, 9]
    assert len(begun(2.13)) / 10 == pytest.approx(13.5 * 0.8, abs=1.6)


def test_more_places_only_add_trainees_and_fill_less() -> None:
    now, double = begun(2.13), begun(4.26)
    assert now.items() < double.items()
    extra = len(double) - len(now)
    assert extra / 10 == pytest.approx(13.5 * 0.4, abs=1.6)
    assert not any(tie for uid, tie in double.items() if uid not in now)


def test_trainees_are_conserved() -> None:
    model = fresh(whole())
    region = whole()[0]
    start_careers(model, region, SEED, shipped(), START)
    at_first = {one.uid for one in trainees_of(model)}
    after, record = live(120, made=whole())
    began, dropped, graduated, settled = ([uid for month in record.training for uid in month[k]] for k in range(4))
    now = {one.uid for one in trainees_of(after)}
    assert at_first | set(began) == now | set(dropped) | set(graduated)
    assert len(at_first) + len(began) == len(now) + len(dropped) + len(graduated)
    assert set(settled) <= set(graduated)
    assert {gp.uid for gp in gps_of(after) if gp.origin == Origin.TRAINEE} <= set(settled)
    assert len(graduated) / (len(graduated) + len(dropped)) == pytest.approx(0.922, abs=0.05)
    assert record.trainees[0] == pytest.approx(np.mean(record.trainees), abs=8)
    assert len(settled) / len(graduated) == pytest.approx(0.45, abs=0.12)


def test_trainees_train_three_years_and_part_timers_longer() -> None:
    _, record = live(84, made=whole())
    began = {uid: START + k for k, month in enumerate(record.training) for uid in month[0]}
    years = [START + k - began[uid] for k, month in enumerate(record.training) for uid in month[2] if uid in began]
    assert set(years) == {36, 40}
    assert np.mean(years) / 12 == pytest.approx(3.2, abs=0.06)


def test_who_trains_here_settles_half_by_choice() -> None:
    p = shipped()
    free, bound = settling_chance([False, True], 1.0, p)
    share = p.number("training.home_share")
    assert share * bound + (1 - share) * free == pytest.approx(0.45)
    assert free == pytest.approx(0.25)
    assert settling_chance([True], 1.1, p)[0] > bound
    repelled = p.replace({"training.settle_load": -1})
    assert settling_chance([True], 1.1, repelled)[0] < bound


def test_trainees_learn_in_practices_of_their_own_in_the_first_and_third_year() -> None:
    model, _ = live(40, made=whole())
    month = START + 39
    practices = practices_of(model)
    placed = [one for one in trainees_of(model) if one.year(month) != 2]
    assert len(placed) > 10
    assert all(one.practice == -1 for one in trainees_of(model) if one.year(month) == 2)
    assert all(one.practice >= 0 and practices[one.practice].owners for one in placed)
    assert len({one.practice for one in placed}) == len(placed)


def test_trainees_add_minutes_and_cost_some() -> None:
    model = fresh()
    for k, intake in enumerate((START, START - 12, START - 24)):
        one = Trainee(
            model,
            uid=k,
            intake_month=intake,
            months=36,
            share=1.0,
            birth_month=START - 360,
            sex=1,
            home_node=0,
            tie=False,
        )
        if one.year(START) != 2:
            one.join(k)
    seconds = training_seconds(model, len(practices_of(model)), START, shipped())
    assert seconds.sum(axis=1)[:3].tolist() == [3 * 3600, 0, round(13.5 * 3600)]
    assert np.ptp(seconds, axis=1).max() == 0
    assert seconds[3:].sum() == 0


def test_graduates_who_settle_are_gps_trained_here() -> None:
    region = whole()[0]
    model = fresh(whole())
    for uid in range(700, 720):
        Trainee(
            model,
            uid=uid,
            intake_month=START - 36,
            months=36,
            share=1.0,
            birth_month=START - 380,
            sex=0,
            home_node=3,
            tie=True,
        )
    month = training_month(model, region, outlook_of(model, region, region.node_population), SEED, shipped())
    assert len(month.graduated) + len(month.dropped_out) == 20
    assert 8 <= len(month.settled) < len(month.graduated)
    assert not trainees_of(model)
    for gp in month.settled:
        assert gp in gps_of(model)
        assert 700 <= gp.uid < 720
        assert (gp.origin, gp.trained_here, gp.diploma_month, gp.home_node) == (Origin.TRAINEE, True, START, 3)
        assert gp.direct_seconds > 0 and gp.hours > 0
