"""New practices: who, where, how many, and how fast the list fills."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.gp import GPRole
from sim.agents.staffing import gps_of, practices_of
from sim.workforce.founding import chance_of_attempt, found, new_list_room, open_practice
from sim.workforce.parties import parties_of
from sim.workforce.premises import new_premises
from sim.workforce.vacancies import Founding, Month, Succession
from tests.workforce.crowd import shipped
from tests.workforce.loose_region import START, Loose, run

P = shipped()


def try_for(model: Loose, state: Succession, months: int) -> list[Founding]:
    out: list[Founding] = []
    for k in range(months):
        month = Month(model, state, model.outlook(START + k), model.seed, model.p)
        found(month)
        out += month.outcome.foundings
    return out


@pytest.fixture(scope="module")
def model() -> Loose:
    """One would-be owner who is ready, people without a GP, and premises in every municipality."""
    made = Loose(2, "small")
    made.start()
    for gp in gps_of(made):
        gp.wants_to_own = False
    founder = next(gp for gp in gps_of(made) if gp.role == GPRole.CHANGING_LOCUM)
    founder.wants_to_own, founder.ready_month = True, START
    return made


def test_attempts_rise_with_load_within_bounds() -> None:
    usual = P.number("succession.founding_attempts") / 12
    assert chance_of_attempt(1.0, P) == pytest.approx(usual)
    assert chance_of_attempt(1.1, P) == pytest.approx(1.4 * usual)
    assert chance_of_attempt(2.0, P) == pytest.approx(2.0 * usual)
    assert chance_of_attempt(0.5, P) == pytest.approx(0.2 * usual)


def test_it_needs_somebody_people_and_premises(model: Loose) -> None:
    state = Succession(np.zeros(14))
    founder = next(gp for gp in gps_of(model) if gp.wants_to_own)
    made = try_for(model, state, 120)
    assert made and all(one.gp is founder for one in made)
    without = model.without
    model.without = np.zeros_like(without)
    assert not try_for(model, state, 120)
    model.without = without
    founder.wants_to_own = False
    assert not try_for(model, state, 120)
    founder.wants_to_own = True
    none = model.p.replace({"parties.market_premises": 0.23})
    some, model.p = model.p, none
    fewer = try_for(model, state, 120)
    assert {one.uid for one in fewer} < {one.uid for one in made}, "the same attempts, fewer with premises"
    model.p = some


def test_it_lies_where_people_lack_a_gp(model: Loose) -> None:
    for one in try_for(model, Succession(np.zeros(14)), 120):
        assert model.region.node_municipality[one.node] == one.municipality
        assert model.region.node_population[one.node] >= P.number("practices.village_minimum")
        away = np.hypot(one.x - model.region.node_x[one.node], one.y - model.region.node_y[one.node])
        assert away <= model.region.node_radius[one.node]


def test_prepared_premises_come_first(model: Loose) -> None:
    towns = parties_of(model).municipalities
    large = new_premises(9000, P)
    for town in towns:
        town.free.append(large)
    made = try_for(model, Succession(np.zeros(14)), 120)
    assert [one.premises == large for one in made] == [True] + [False] * (len(made) - 1)
    assert sum(len(town.free) for town in towns) == len(towns) - 1
    for town in towns:
        town.free.clear()


def test_new_practice_opens_and_fills_at_its_pace(model: Loose) -> None:
    founding = try_for(model, Succession(np.zeros(14)), 120)[0]
    count = len(practices_of(model))
    with pytest.raises(ValueError, match="next practice"):
        open_practice(model, founding, count + 3, 0, model.outlook(START), model.seed, P)
    practice = open_practice(model, founding, count, 0, model.outlook(START), model.seed, P)
    gp = founding.gp
    assert practice.owners == [gp] and practice.founded == START and practice.registered == 0
    assert gp.direct_seconds == round(gp.fte * practice.direct_per_fte) > 0
    assert practice.assistant_fte > 0 and practice.premises is founding.premises
    assert practice.staff_posts[0] == practice.assistant_fte
    months = 0
    while room := new_list_room(practice, founding):
        assert room <= P.number("succession.new_list_pace")
        practice.registered += room
        months += 1
    assert practice.registered == founding.most_people
    assert months == int(np.ceil(founding.most_people / round(P.number("succession.new_list_pace"))))
    assert [e.kind for e in model.ledger.events if e.practice == count] == ["practice opens"]


def test_about_as_many_begin_as_in_the_past() -> None:
    """Somewhat over half a practice a year at load 1."""
    years = np.mean([sum(len(one.foundings) for one in run(seed)[2]) / 10 for seed in (0, 1, 2)])
    assert 0.3 < years < 1.0
