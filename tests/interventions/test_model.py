"""Interventions, events, acts and costs in a model."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from sim.acts import dispatch
from sim.agents.staffing import practices_of
from sim.interventions.instance import Act
from sim.interventions.package import Package
from sim.interventions.registry import interventions
from sim.model import RegionModel
from sim.workforce.local import by_practice
from sim.workforce.parties import parties_of
from tests.interventions.samples import NOTICE, TINY, WAVE, declare
from tests.interventions.tables import model_of, outcome, run, table

DONE: list[tuple[int, int, dict[str, object]]] = []


@pytest.fixture(autouse=True)
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    declare(monkeypatch)
    DONE.clear()
    monkeypatch.setitem(dispatch.HANDLERS, "test note", _note)


def _note(model: RegionModel, act: Act, day: int) -> None:
    DONE.append((day, act.month, dict(act.data)))


def test_without_interventions_the_parameters_stay_the_same_object() -> None:
    model = run([], days=40)
    assert model.parameters is model.resolver.base
    assert model.package == Package()
    assert "intervention_cost" not in model.ledger.tables()


def test_the_month_sees_what_acts_in_it() -> None:
    model = model_of([table(WAVE, start="2025-02-01", town="Borne")])
    usual = model.parameters.column("needs.contact_rate")
    rates = model.needs_tables.day_rate.copy()
    model.advance(31)
    assert model.parameters.column("needs.contact_rate").tolist() == usual.tolist()
    model.advance(1)
    assert model.parameters.column("needs.contact_rate").tolist() == (usual * 1.2).tolist()
    assert model.workforce.parameters is model.parameters
    np.testing.assert_allclose(model.needs_tables.day_rate, rates * 1.2)


def test_an_act_is_done_on_the_first_of_its_month() -> None:
    model = run([table(WAVE, start="2025-02-01", town="Borne", people=7)], days=62)
    assert [(model.run_in + 31, model.first_month + 1, {"people": 7.0, "town": "Borne"})] == DONE


def test_an_act_that_nobody_can_do_is_refused_before_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(dispatch.HANDLERS, "test note")
    with pytest.raises(ValueError, match="no handler for 'test note'"):
        model_of([table(WAVE, town="Borne")])


def test_some_practices_take_part() -> None:
    model = run([table(TINY, reach=0.5, size=0.5)], days=2)
    norm = model.resolver.base.number("practices.norm_list")
    found = [model.resolved.practice(one.number).number("practices.norm_list") for one in practices_of(model)]
    assert set(found) <= {norm, norm * 0.5}
    assert model.parameters is model.resolver.base


def test_municipalities_have_their_own_means() -> None:
    model = run([table(interventions()["housing"], municipalities=["Almelo"])], days=2)
    found = {town.name: town.most_projects for town in parties_of(model).municipalities}
    assert found.pop("Almelo") == 3
    assert set(found.values()) == {1}


def test_decisions_about_one_practice_see_its_own_parameters() -> None:
    model = run([table(NOTICE, practices=[0])], days=2)
    numbers = np.array([one.number for one in practices_of(model)])
    found = by_practice(model, "careers.notice_extra", np.append(numbers, -1), model.parameters)
    assert found[0] == 12.0 and not found[1:].any()
    scanned = {
        practice.number: {gp.scanned_to for gp in practice.gps if gp.is_owner} for practice in practices_of(model)
    }
    (usual,) = set.union(*(months for number, months in scanned.items() if number))
    assert scanned[0] == {usual + 12}
    other = model.resolver.base.replace({"careers.notice_extra": 3})
    assert set(by_practice(model, "careers.notice_extra", numbers, other)) == {3.0}


def test_a_copied_or_loaded_model_goes_on_in_the_same_way() -> None:
    tables = [table(TINY, adoption_months=6), table(NOTICE), table(WAVE, start="2025-02-01", town="Borne")]
    model = run(tables, days=20)
    loaded = pickle.loads(pickle.dumps(model))
    copied = copy.deepcopy(model)
    for one in (model, loaded, copied):
        one.advance(40)
    assert outcome(model) == outcome(loaded) == outcome(copied)
    assert loaded.parameters is loaded.resolved.region
    assert len(DONE) == 3


def test_costs_by_year_and_payer() -> None:
    model = model_of([table(TINY, reach=1.0), table(WAVE, start="2025-12-01", town="Borne")])
    practices = len([one for one in practices_of(model) if one.closed_since is None])
    model.advance(365)
    costs = model.ledger.tables()["intervention_cost"]
    rows = {
        (int(year), str(id), str(payer)): int(cents)
        for year, id, payer, cents in zip(*(costs[k] for k in ("year", "intervention", "payer", "cents")), strict=True)
    }
    assert set(rows) == {
        (2025, "sample_tiny", "insurer"),
        (2025, "sample_tiny", "municipality"),
        (2025, "sample_wave", "state"),
    }
    assert rows[2025, "sample_tiny", "municipality"] % 5_000_000 == 0
    assert rows[2025, "sample_tiny", "municipality"] >= practices * 5_000_000
    assert rows[2025, "sample_tiny", "insurer"] == pytest.approx(practices * 850_000, rel=0.2)
    people = len(model.people)
    assert rows[2025, "sample_wave", "state"] == pytest.approx(people / 1000 * 10 / 12 * 100, abs=1)
