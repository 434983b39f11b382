"""Shell practice, temporary takeover, inventory: which way they act, and what they cost others."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice, PracticeState
from sim.agents.staffing import gps_of, practices_of
from sim.parameters import Parameters
from sim.workforce.parties import locums_can_carry, parties_of
from sim.workforce.succession import sign
from sim.workforce.vacancies import Month, Succession
from tests.interventions.acting import acting
from tests.workforce.crowd import shipped, whole
from tests.workforce.loose_region import START, Changes, Loose, go, leave, solo_of
from tests.workforce.years import live

P = shipped()


def quiet(p: Parameters) -> tuple[Loose, Succession]:
    """A small region in which nobody stops and nobody wants to own, with money enough."""
    model = Loose(3, "small", p)
    for gp in gps_of(model):
        gp.wants_to_own, gp.stop_month = False, None
    state = model.start()
    model.without[:] = 0
    parties_of(model).organisation.budget = 10**12
    return model, state


def lost(p: Parameters) -> tuple[Loose, Succession, Practice]:
    """The same after the only owner of a practice has fallen out suddenly."""
    model, state = quiet(p)
    practice = solo_of(model)
    leave(model, state, practice.owners[0], START)
    return model, state, practice


def begins(model: Loose, state: Succession, practice: Practice, month: int) -> int:
    """Month in which a locum who signs now would begin."""
    locum = next(gp for gp in gps_of(model) if gp.role == GPRole.CHANGING_LOCUM)
    vacancy = next(state.of(practice.number))
    sign(Month(model, state, model.outlook(month), model.seed, model.p), vacancy, locum, None)
    return vacancy.start


def test_shell_carries_a_sudden_loss_at_once_and_saves_the_set_up() -> None:
    model, state, practice = lost(P)
    assert practice.state == PracticeState.RUNNING, "nobody runs it yet"
    usual, sudden = P.column("succession.setup")
    assert begins(model, state, practice, START) == START + sudden
    with_shell, other_state, same = lost(acting("shell_practice"))
    assert same.state == PracticeState.SHELL
    assert begins(with_shell, other_state, same, START) == START + usual
    assert len(gps_of(model)) == len(gps_of(with_shell)), "no GP more"


def test_shell_stays_empty_without_locums_and_after_an_announced_stop() -> None:
    p = acting("shell_practice")
    model, state = quiet(p)
    practice = solo_of(model)
    for gp in gps_of(model):
        if gp.role == GPRole.CHANGING_LOCUM:
            gp.fall_ill(START + 20)
    leave(model, state, practice.owners[0], START)
    assert not locums_can_carry(Month(model, state, model.outlook(START), 1, p), practice)
    assert practice.state == PracticeState.RUNNING and parties_of(model).organisation.free_shells == 1

    model, state = quiet(p)
    practice = solo_of(model)
    owner = practice.owners[0]
    owner.announce_stop(START + 1, "retires")
    go(model, state, START, Changes(announced=[owner]))
    leave(model, state, owner, START + 1)
    assert practice.ownerless and practice.state == PracticeState.RUNNING


def test_a_shell_in_use_is_not_free_for_the_next_loss() -> None:
    model, state = quiet(acting("shell_practice"))
    first, second = [one for one in practices_of(model) if len(one.owners) == 1 and len(one.gps) == 1][:2]
    leave(model, state, first.owners[0], START)
    leave(model, state, second.owners[0], START + 1)
    assert (first.state, second.state) == (PracticeState.SHELL, PracticeState.RUNNING)


def ends(p: Parameters) -> int:
    """Months until a practice ends for which nobody is found."""
    model, state, practice = lost(p)
    for step in range(1, 60):
        out = go(model, state, START + step)
        if practice.number in [*out.closings, *(one for one, _ in out.merges)]:
            return step
    raise AssertionError("it never ended")


def test_takeover_makes_the_search_longer_and_fails_all_the_same() -> None:
    assert ends(acting("temporary_takeover")) == ends(P) + 6


def test_takeover_runs_more_practices_and_sooner() -> None:
    model, _ = quiet(P)
    more, _ = quiet(acting("temporary_takeover"))
    usual, other = parties_of(model).organisation, parties_of(more).organisation
    assert other.places >= 2 * usual.places and other.lead < usual.lead
    assert len(gps_of(more)) == len(gps_of(model)), "no GP more"


def test_staff_is_lent_where_nobody_owns_the_practice() -> None:
    from sim.workforce.staff import staff_month
    from tests.workforce.test_staff import Place

    def missing(p: Parameters, *, ownerless: bool) -> float:
        places = [
            Place(k, 10_000 + k, staff_posts=(4.0, 0.9, 0.4, 0.0), ownerless=ownerless) for k in range(400)
        ]  # fmt: skip
        return float(staff_month(places, 3, p, 1).vacant[0])

    p = acting("temporary_takeover")
    assert missing(p, ownerless=False) == missing(P, ownerless=False) == missing(P, ownerless=True)
    assert missing(p, ownerless=True) < 0.7 * missing(P, ownerless=True)


def test_inventory_makes_stops_known_earlier_and_changes_none() -> None:
    calm = {"careers.strain_on": 0}  # strain of the month in which one looks ahead
    p = acting("succession_inventory").replace(calm)
    _, usual = live(30, P.replace(calm), seed=4, alone=True, made=whole())
    _, early = live(30, P.replace(calm), seed=4, alone=True, made=whole(), later=(START, p))
    assert {one[:2] for one in early.gone} == {one[:2] for one in usual.gone}
    ahead = [np.mean([stop - month for month, _, stop in one.announced if month > START]) for one in (usual, early)]
    assert ahead[0] == pytest.approx(P.number("careers.notice"), abs=0.5)
    assert ahead[1] == pytest.approx(ahead[0] + 24, abs=0.5)


def test_who_has_signed_for_a_seat_of_years_ahead_takes_none_now() -> None:
    """The unwelcome direction of an early search."""
    model, state = quiet(acting("succession_inventory"))
    later, now = [one for one in practices_of(model) if len(one.owners) == 1 and len(one.gps) == 1][:2]
    owner: GP = later.owners[0]
    owner.announce_stop(START + 36, "retires")
    go(model, state, START, Changes(announced=[owner]))
    locum = next(gp for gp in gps_of(model) if gp.role == GPRole.CHANGING_LOCUM)
    locum.wants_to_own, locum.ready_month = True, START
    assert locum.looks_for_practice(START)
    begins(model, state, later, START)
    assert locum.signed == (later.number, START + 36)
    leave(model, state, now.owners[0], START + 1)
    assert not locum.looks_for_practice(START + 1)
