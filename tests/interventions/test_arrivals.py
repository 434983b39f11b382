"""People who come by an event: a district, refugees, visitors, older people."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.agents.people import NO_PRACTICE, OUTSIDE_PRACTICE, People, Search
from sim.interventions.registry import events
from sim.ledger import counts as C
from sim.model import RegionModel
from sim.randomness.ids import Kind, kind_of
from sim.world.arrivals import district_node
from sim.world.demography import demography_month
from tests.interventions.tables import model_of, table

TOWN = "Almelo"
NEED = ("birth_month", "sex", "household", "node", "x", "y", "conditions", "frailty", "deprivation")


@cache
def run(kind: str = "", days: int = 62, **keys: Any) -> RegionModel:
    """One hundredth of Twente, so that a hundredth of the people come."""
    model = model_of([table(events()[kind], **keys)] if kind else [])
    model.check = True
    model.advance(days)
    return model


def rows(people: People, newcomers: bool) -> np.ndarray:
    """Rows of the living who came by an event, or of all others, in the order of their ids."""
    found = people.rows
    found = found[(kind_of(people.household[found]) >= Kind.SETTLER) == newcomers]
    return np.asarray(found[np.argsort(people.uid[found])])


CASES: dict[str, dict[str, Any]] = {
    "new_district": {"place": TOWN, "homes": 5000, "months": 2, "from_outside": 1.0},
    "refugee_arrivals": {"municipality": TOWN, "people": 10_000, "months": 2},
    "ageing_beyond_forecast": {"settlers": 2000, "mortality": 1.0},
}


@pytest.mark.parametrize("kind", CASES)
def test_nobody_else_is_touched_by_who_arrives(kind: str) -> None:
    base, other = run(), run(kind, **CASES[kind])
    here, there = rows(base.people, False), rows(other.people, False)
    assert rows(base.people, True).size == 0 < rows(other.people, True).size
    assert (base.people.uid[here] == other.people.uid[there]).all(), "the same people, and among them who moved in"
    for name in NEED:
        before, after = (getattr(one.people, name)[at] for one, at in ((base, here), (other, there)))
        assert before.tobytes() == after.tobytes(), name
    np.testing.assert_array_equal(base.people.rate_day[here], other.people.rate_day[there])
    assert base.demography.owed.tolist() == other.demography.owed.tolist()


def test_a_district_lies_at_the_edge_of_its_place_and_its_people_look_for_a_practice() -> None:
    model = run("new_district", **CASES["new_district"])
    people, new = model.people, rows(model.people, True)
    place = next(k for k, one in enumerate(model.region.places) if one.name == TOWN)
    node = district_node(model.region, place)
    assert (people.node[new] == node).mean() > 0.9, "some have moved on"
    homes = np.unique(people.household[new]).size
    assert 40 <= homes <= 52, "a hundredth of 5000"
    assert (people.practice[new] == OUTSIDE_PRACTICE).any(), "registered where they came from"
    assert (people.search[new][people.practice[new] < 0] != Search.NOT_LOOKING).all()
    age = (model.first_month - people.birth_month) / 12
    everybody = people.rows
    assert age[new].mean() < age[everybody].mean() - 3.0, "young households"


def test_refugees_have_no_gp_and_ask_more() -> None:
    base, model = run(), run("refugee_arrivals", **CASES["refugee_arrivals"])
    people, new = model.people, rows(model.people, True)
    assert 90 <= new.size <= 106
    joined = people.practice[new] >= 0
    assert joined.mean() < 0.9 and (people.practice[new][~joined] == NO_PRACTICE).all()
    assert (people.search[new][~joined] != Search.NOT_LOOKING).all()
    assert (people.deprivation[new] == 2).all()
    town = [one.name for one in model.region.municipalities].index(TOWN)
    assert (model.region.node_municipality[people.node[new]] == town).mean() > 0.9
    assert 0.2 < (people.birth_month[new] > model.first_month - 18 * 12).mean() < 0.45
    others = rows(people, False)
    before = rows(base.people, False)
    without = [int((one.practice[at] == NO_PRACTICE).sum()) for one, at in ((base.people, before), (people, others))]
    assert without[1] >= without[0], "the same few open lists"
    alone = run("refugee_arrivals", **(CASES["refugee_arrivals"] | {"helped": 0.0})).people
    same = rows(alone, True)
    assert (alone.practice[same] >= 0).sum() <= joined.sum(), "help brings them to a list, where there is room"
    assert (alone.search[same] != Search.HELPED).all() and (people.search[new] == Search.HELPED).any()
    low = run("refugee_arrivals", **(CASES["refugee_arrivals"] | {"needs": 0.8}))
    same = rows(low.people, True)
    assert (low.people.uid[same] == people.uid[new]).all()
    assert people.rate_ooh[new].sum() > 1.3 * low.people.rate_ooh[same].sum()


def test_visitors_come_every_year_seek_no_practice_and_go() -> None:
    keys: dict[str, Any] = {"municipality": TOWN, "visitors": 10_000, "first": 1, "months": 1}
    base, during, after = run(days=20), run("tourist_season", days=20, **keys), run("tourist_season", **keys)
    people, new = during.people, rows(during.people, True)
    assert 95 <= new.size <= 104
    assert (people.practice[new] == OUTSIDE_PRACTICE).all() and (people.search[new] == Search.VISITING).all()
    assert rows(after.people, True).size == 0, "gone in February"
    here, there = rows(run().people, False), rows(after.people, False)
    assert (run().people.uid[here] == after.people.uid[there]).all()
    posts = [int(model.ledger.post[:, C.P_ARRIVALS].sum()) for model in (base, during)]
    assert posts[1] > posts[0], "they call the post"
    far = [int(model.ledger.practice[-1, C.HANDLED_OUTSIDE]) for model in (base, during)]
    assert far[1] > far[0], "or their own practice from afar"
    months = [act.month - during.first_month for act in during.package.acts if act.kind == "visitors come"]
    assert months[:3] == [0, 12, 24]


def test_settlers_are_replaced_when_they_go_and_refugees_are_not() -> None:
    ends = {}
    for kind in ("new_district", "refugee_arrivals"):
        model = run(kind, **CASES[kind])
        people, demography = copy.deepcopy(model.people), copy.deepcopy(model.demography)
        before = rows(people, True).size
        for month in range(model.first_month + 3, model.first_month + 39):
            demography_month(people, demography, model.seed, month, 70 + 30 * (month - model.first_month))
        ends[kind] = rows(people, True).size / before
    assert ends["new_district"] > 0.95, "births and those who come instead"
    assert ends["refugee_arrivals"] < ends["new_district"]


def test_older_people_are_old() -> None:
    model = run("ageing_beyond_forecast", **CASES["ageing_beyond_forecast"])
    new = rows(model.people, True)
    age = (model.first_month - model.people.birth_month[new]) / 12
    assert new.size >= 2 and age.min() > 58 and age.max() < 81
