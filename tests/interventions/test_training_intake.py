"""More training places: trainees at once, independent GPs after three years, and fewer than the places."""

from __future__ import annotations

import mesa
import numpy as np

from sim.agents.trainee import Trainee
from sim.workforce.training import begin_training, training_seconds
from tests.interventions.tables import parameters_with
from tests.model.digest import prepared

START, YEARS = 1500, 12


def trainees(places: float, applicants: float = 1.0) -> list[Trainee]:
    """Who begins in some years."""
    region = prepared().region
    p = parameters_with("training_intake", places=places, applicants=applicants)
    months = range(START, START + 12 * YEARS)
    people = region.node_population
    return [one for month in months for one in begin_training(mesa.Model(rng=1), region, month, people, 1, p)]


def test_applicants_and_not_places_are_the_bottleneck() -> None:
    now, double = len(trainees(1.0)), len(trainees(2.0))
    assert 1.3 * now < double < 1.7 * now, "twice the places are not twice the trainees"
    assert len(trainees(2.0, applicants=2.0)) > double
    assert len(trainees(2.0, applicants=0.5)) < double
    assert len(trainees(1.0, applicants=2.0)) == now, "where there is no extra place nobody takes one"


def test_no_independent_gp_before_the_fourth_year_and_the_load_at_once() -> None:
    before = {one.uid for one in trainees(1.0)}
    extra = [one for one in trainees(2.0) if one.uid not in before]
    first = min(one.intake_month for one in extra)
    assert first < START + 12
    assert min(one.diploma_month for one in extra) >= first + 36 >= START + 36
    costs = prepared().parameters.column("training.trainer_hours")
    assert (costs > 0).all()
    model = mesa.Model(rng=1)
    month, p = START + 2, parameters_with("training_intake")
    region = prepared().region
    for one in begin_training(model, region, month, region.node_population, 1, p):
        one.join(0)
    assert np.count_nonzero(training_seconds(model, 1, month, p)) > 0
