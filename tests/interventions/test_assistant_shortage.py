"""A shortage of assistants: posts stand vacant, in every practice alike."""

from __future__ import annotations

from sim.workforce.staff import equilibrium_vacancy, monthly_chances
from tests.interventions.tables import parameters_with


def test_posts_of_assistants_and_no_others_stand_vacant() -> None:
    now = parameters_with("assistant_shortage", search=1.0, leaving=1.0)
    short = parameters_with("assistant_shortage")
    before, after = equilibrium_vacancy(now), equilibrium_vacancy(short)
    assert after[0] > 1.5 * before[0]
    assert (after[1:] == before[1:]).all()
    assert monthly_chances(short)[0][0] > monthly_chances(now)[0][0]
