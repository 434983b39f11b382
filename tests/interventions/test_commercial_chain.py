"""A commercial chain: whom it takes on, what it leaves to others, and what its failure does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.acts.chain import chain_enrols
from sim.agents.people import WITH_CHAIN
from sim.agents.staffing import practices_of
from sim.interventions.registry import declared
from sim.ledger import counts as C
from sim.model import RegionModel
from tests.care.clinic import asks as ask_all
from tests.care.clinic import make_clinic
from tests.interventions.tables import model_of, table

PEOPLE = 60


def members(model: RegionModel) -> int:
    people = model.people
    return int(np.count_nonzero(people.alive[: people.n] & (people.usual[: people.n] == WITH_CHAIN)))


def lived(days: int, event: dict[str, Any] | None = None, **keys: Any) -> RegionModel:
    tables = [table(declared()["commercial_chain"], **{"uptake": 0.2, "most": 5000, "failure": 0.0, **keys})]
    if event is not None:
        tables.append(table(declared()["chain_fails"], **event))
    model = model_of(tables)
    model.check = True
    model.advance(days)
    return model


def without(model: RegionModel) -> int:
    people = model.people
    return int(np.count_nonzero(people.alive[: people.n] & (people.practice[: people.n] == -1)))


def test_it_takes_on_people_without_a_gp_up_to_its_most() -> None:
    some = lived(2)
    assert members(some) > 0
    assert without(some) < without(lived(2, uptake=0.0))
    assert members(lived(2, most=50)) <= 50 * len(some.people) / 100_000 < members(some)


def test_when_it_fails_its_people_are_without_a_gp_at_once_and_nobody_joins_any_more() -> None:
    event = {"start": "2025-02-01", "closing": 0, "fallback": 0.0}
    before, after = lived(31), lived(62, event)
    assert members(before) > 0
    assert members(after) == 0
    (failed,) = [one for one in after.ledger.events if one.kind == "chain fails"]
    assert failed.value == members(before)
    partly = lived(33, event | {"fallback": 0.5})
    assert 0 < members(partly) < members(before)


def test_it_may_fail_of_its_own() -> None:
    model = lived(40)
    assert members(model) > 0
    act = model.package.acts[0]
    doomed = replace(act, data={**act.data, "failure": 12.0})
    chain_enrols(model, doomed, model.run_in + model.day)
    assert members(model) == 0


def test_practices_of_the_chain_close_and_their_lists_are_divided() -> None:
    model = model_of([table(declared()["chain_fails"], start="2025-02-01", closing=1)])
    model.check = True
    open_before = sum(one.closed_since is None for one in practices_of(model))
    model.advance(33)
    assert sum(one.closed_since is None for one in practices_of(model)) == open_before - 1
    assert [one.kind for one in model.ledger.events].count("people move to practice") > 0


@pytest.mark.parametrize("handles", [0.0, 0.7, 1.0])
def test_what_the_chain_does_not_handle_is_seen_near_by(handles: float) -> None:
    clinic = make_clinic(patients=[(-2, WITH_CHAIN)] * PEOPLE, slots=50, chain=handles, passant=np.zeros(2))
    clinic.live(ask_all(0, PEOPLE))
    assert clinic.balance() == 0
    outside = clinic.told(C.HANDLED_OUTSIDE)
    assert outside == pytest.approx(handles * PEOPLE, abs=9)
    assert clinic.told(C.PASSANTS) == min(50, PEOPLE - outside)
    assert clinic.told(C.FORGONE) == PEOPLE - outside - clinic.told(C.PASSANTS)
