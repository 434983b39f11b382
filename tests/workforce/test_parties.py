"""Regional parties within their means; who takes a practice over; premises."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.practice import Practice, PracticeState, Premises
from sim.agents.staffing import practices_of
from sim.workforce.merging import carries
from sim.workforce.parties import Parties, parties_month, parties_of
from sim.workforce.premises import furnish, new_premises, on_the_market
from tests.workforce.crowd import shipped
from tests.workforce.loose_region import START, Loose, go, leave, solo_of

P = shipped()


@pytest.fixture
def model() -> Loose:
    made = Loose(3, "small")
    made.start()
    made.without[:] = 0
    return made


def means(model: Loose) -> Parties:
    return parties_of(model)


def test_a_model_without_parties_says_so() -> None:
    with pytest.raises(ValueError, match="build_parties"):
        parties_of(Loose(3, "small"))


def test_organisation_runs_what_its_staff_can_run(model: Loose) -> None:
    organisation = means(model).organisation
    organisation.running.clear()
    organisation.places, organisation.lead = 2, 2
    for number in (4, 2, 3):
        organisation.ask(number, START)
    organisation.ask(4, START + 5)
    assert organisation.ready_to_run(START + 1) == []
    assert organisation.ready_to_run(START + 2) == [2, 3]
    organisation.begin(2, START + 2)
    organisation.begin(3, START + 2)
    assert organisation.ready_to_run(START + 9) == []
    with pytest.raises(ValueError, match="cannot take"):
        organisation.begin(4, START + 9)
    assert organisation.end(2)
    assert not organisation.end(2)
    assert organisation.ready_to_run(START + 9) == [4]
    with pytest.raises(ValueError, match="no shell"):
        organisation.move_to_shell(3)


def test_people_are_placed_up_to_the_months_places(model: Loose) -> None:
    organisation = means(model).organisation
    organisation.division_places = 100
    organisation.begin_month()
    assert [organisation.place_people(n) for n in (70, 70, 1)] == [70, 30, 0]
    organisation.begin_month()
    assert organisation.place_people(10) == 10
    with pytest.raises(ValueError, match="-1 people"):
        organisation.place_people(-1)


def test_losses_are_shared_while_the_insurers_budget_lasts(model: Loose) -> None:
    parties = means(model)
    organisation, insurer = parties.organisation, parties.insurer
    organisation.running.clear()
    organisation.running[1] = START
    insurer.budget = round(1.25 * 0.5 * 6000 * 100)
    for step in range(1, 4):
        parties_month(model, model.region, model.outlook(START + step), P)
    loss = 600_000
    assert insurer.spent == insurer.budget
    assert organisation.spent == 3 * loss - insurer.spent
    parties_month(model, model.region, model.outlook(START + 12), P)
    assert (insurer.spent, organisation.spent) == (loss // 2, loss // 2)


def test_no_takeover_beyond_the_money() -> None:
    model = Loose(3, "small")
    state = model.start()
    parties_of(model).organisation.budget = 0
    practice = solo_of(model)
    leave(model, state, practice.owners[0], START)
    for step in range(1, 4):
        go(model, state, START + step)
    assert practice.state == PracticeState.RUNNING and practice.ownerless


def test_shell_practice_carries_on_when_there_is_one() -> None:
    model = Loose(3, "small")
    state = model.start()
    organisation = parties_of(model).organisation
    organisation.shells, organisation.budget = 1, 10**12
    practice = solo_of(model)
    for gp in model.agents:
        if hasattr(gp, "wants_to_own"):
            gp.wants_to_own = False
    leave(model, state, practice.owners[0], START)
    ended = 0
    states = set()
    for step in range(1, 60):
        out = go(model, state, START + step)
        states.add(practice.state)
        if practice.number in out.closings or practice.number in [one for one, _ in out.merges]:
            ended = step
            break
    assert PracticeState.SHELL in states
    assert ended == model.p.number("succession.window") + model.p.number("parties.shell_months") + 1


def test_municipality_prepares_premises_with_lead_time(model: Loose) -> None:
    town = means(model).municipalities[3]
    home = model.region.node_municipality == town.number
    model.without[home] = 1000
    parties_month(model, model.region, model.outlook(START), P)
    lead = round(P.number("parties.premises_lead"))
    assert town.projects == [START + lead] and not town.free
    assert town.spent == P.number("parties.premises_budget") * 100
    assert not any(other.projects for other in means(model).municipalities if other is not town)
    parties_month(model, model.region, model.outlook(START + 1), P)
    assert len(town.projects) == 1, "staff for one project"
    for step in range(2, lead + 1):
        parties_month(model, model.region, model.outlook(START + step), P)
    assert len(town.free) == 1 and not town.projects
    assert [e.cause for e in model.ledger.events if e.kind == "premises ready"] == [town.name]
    assert town.let_premises().square_metres == pytest.approx(130.0, abs=0.5)
    with pytest.raises(ValueError, match="no free premises"):
        town.let_premises()
    with pytest.raises(ValueError, match="no staff or money"):
        town.prepare_premises(START, 10**12)


def test_premises_follow_the_list_and_half_are_short_of_room() -> None:
    model = Loose(1)
    practices = practices_of(model)
    furnish(practices, 4, P)
    dense = P.number("parties.people_per_square_metre")
    short = np.mean([one.premises.short_of_room(one.registered, dense) for one in practices])
    assert 0.38 < short < 0.60
    metres = sum(one.premises.square_metres for one in practices) / sum(one.registered for one in practices)
    assert metres * P.number("practices.norm_list") == pytest.approx(134, abs=8)  # 130 and half the variance on top
    one = practices[0].premises
    assert one.rent_cents == round(one.square_metres * 142 * 100)
    assert new_premises(2095, P) == Premises(130.0, 5, 2_600_000)


def test_premises_on_the_market_are_no_monthly_lottery() -> None:
    names = [f"town {k}" for k in range(400)]
    share = np.mean([on_the_market(name, 2025, 1, P) for name in names])
    assert share == pytest.approx(P.number("parties.market_premises"), abs=0.08)
    assert any(on_the_market(n, 2025, 1, P) != on_the_market(n, 2026, 1, P) for n in names)


def test_merging_carries_gps_staff_and_seats_over(model: Loose) -> None:
    one, other = practices_of(model)[:2]
    heads, staff = len(one.gps) + len(other.gps), one.assistant_fte + other.assistant_fte
    seconds = np.sum(one.staff_week_seconds) + np.sum(other.staff_week_seconds)
    one.leave_seat(7, 0.8, (100,) * 5)
    one.merge_into(other)
    assert (len(one.gps), len(other.gps)) == (0, heads)
    assert other.assistant_fte == pytest.approx(staff) and one.assistant_fte == 0.0
    assert np.sum(other.staff_week_seconds) == seconds
    assert other.posts_for_employed == 1 and not one.vacant_seats
    one.registered = 0
    one.close_for_good(START)
    with pytest.raises(ValueError, match="cannot merge"):
        other.merge_into(one)


def test_only_open_practices_with_owners_carry_more(model: Loose) -> None:
    practices = practices_of(model)
    closed: Practice = practices[0]
    carry = carries(practices, 2095.0, P)
    assert carry[1] == pytest.approx(P.number("succession.absorb") * 2095 * practices[1].list_fte)
    closed.registered = 0
    closed.close_for_good(START)
    assert carries(practices, 2095.0, P)[0] == 0.0
