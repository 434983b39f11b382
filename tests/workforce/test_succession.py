"""From an owner's stop to a hand-over, or to the end of a search; and the published levels of searches."""

from __future__ import annotations

import pytest

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice, PracticeState
from sim.agents.staffing import gps_of, practices_of
from sim.workforce.parties import parties_of
from sim.workforce.succession import sign, succession_month
from sim.workforce.takeover import spread_week
from sim.workforce.vacancies import Month, Succession, Vacancy, VacancyStatus
from tests.workforce.loose_region import START, Changes, Loose, go, leave, run, settle, share_filled, solo_of


@pytest.fixture
def quiet() -> tuple[Loose, Succession]:
    """A small region in which nobody stops, nobody wants to own and no search is open."""
    model = Loose(3, "small")
    for gp in gps_of(model):
        gp.wants_to_own, gp.stop_month = False, None
    state = model.start()
    model.without[:] = 0  # no new practices
    return model, state


def announce(model: Loose, state: Succession, practice: Practice, stop: int) -> tuple[GP, Vacancy]:
    gp = practice.owners[0]
    gp.announce_stop(stop, "retires")
    go(model, state, START, Changes(announced=[gp]))
    vacancy = state.by_leaver(gp.uid)
    assert vacancy is not None
    return gp, vacancy


def kinds(model: Loose, practice: int) -> list[str]:
    return [event.kind for event in model.ledger.events if event.practice == practice]


def test_successor_begins_on_the_day_of_the_hand_over(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = solo_of(model)
    before = len(practice.owners)
    leaver, vacancy = announce(model, state, practice, START + 5)
    assert practice.searching and (vacancy.cause, vacancy.stop) == ("announced", START + 5)
    locum = next(gp for gp in gps_of(model) if gp.role == GPRole.CHANGING_LOCUM)
    month = Month(model, state, model.outlook(START + 2), model.seed, model.p)
    sign(month, vacancy, locum, None)
    assert locum.signed == (practice.number, START + 5)
    assert (month.outcome.filled, month.outcome.vacancy_months) == (1, 2)
    for step in (3, 4):
        go(model, state, START + step)
        assert len(practice.owners) == before and locum.role == GPRole.CHANGING_LOCUM
        assert not any(practice.vacant_week_seconds)
    out = leave(model, state, leaver, START + 5)
    assert practice.owners == [locum] and locum.signed is None
    assert out.hand_overs[0].gp is locum and out.new_owners == [locum]
    assert locum.direct_seconds == round(locum.fte * practice.direct_per_fte)
    assert practice.vacant_week_seconds == (0, 0, 0, 0, 0)
    assert vacancy.status == VacancyStatus.FILLED
    assert [k for k in kinds(model, practice.number) if k != "temporary management begins"] == [
        "vacancy opens",
        "successor signs",
        "practice handed over",
    ]


def test_practice_without_an_owner_is_carried_for_a_time_then_ends(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = solo_of(model)
    seconds = practice.owners[0].week_seconds
    leave(model, state, practice.owners[0], START)
    (vacancy,) = state.of(practice.number)
    assert (vacancy.cause, practice.vacant_week_seconds) == ("sudden", seconds)
    assert practice.state == PracticeState.RUNNING
    lead = round(model.p.number("parties.takeover_lead"))
    window = round(model.p.number("succession.window"))
    for step in range(1, window + 1):
        out = go(model, state, START + step)
        assert not out.closings and not out.merges
        assert practice.state == (PracticeState.TEMPORARY if step >= lead else PracticeState.RUNNING)
        assert practice.searching
    out = go(model, state, START + window + 1)
    assert out.failed == 1
    assert out.closings == [practice.number] or out.merges[0][0] == practice.number
    assert practice.registered == model.lists[practice.number] > 0, "people are moved elsewhere"
    assert vacancy.status == VacancyStatus.FAILED
    assert not practice.searching
    practice.registered = 0
    practice.close_for_good(START + window + 1)
    assert practice.state == PracticeState.CLOSED
    assert not go(model, state, START + window + 2).closings


def test_without_management_the_end_comes_sooner(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    parties_of(model).organisation.places = 0
    practice = solo_of(model)
    leave(model, state, practice.owners[0], START)
    ended = next(
        step for step in range(1, 40) if (out := go(model, state, START + step)).closings or out.merges
    )  # fmt: skip
    assert ended == model.p.number("succession.unmanaged_window") + 1
    assert practice.state == PracticeState.RUNNING


def test_failed_seat_beside_an_owner_is_for_an_employed_gp(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = next(one for one in practices_of(model) if len(one.owners) >= 2)
    gone = practice.owners[-1]
    leave(model, state, gone, START)
    failed = [go(model, state, START + step).failed for step in range(1, 30)]
    assert sum(failed) == 1
    assert practice.closed_since is None and practice.state == PracticeState.RUNNING
    assert practice.posts_for_employed == 1 and sum(practice.vacant_week_seconds) == gone.direct_seconds
    locum = next(gp for gp in gps_of(model) if gp.role == GPRole.CHANGING_LOCUM)
    locum.become_employed(practice, START + 30)
    assert practice.posts_for_employed == 0 and not any(practice.vacant_week_seconds)


def test_changing_roles_in_a_practice_fills_no_seat(quiet: tuple[Loose, Succession]) -> None:
    model, _ = quiet
    practice = next(one for one in practices_of(model) if len(one.owners) >= 2)
    practice.leave_seat(11, 0.8, (3600,) * 5)
    practice.open_to_employed(11)
    practice.owners[0].step_back(START)
    assert practice.posts_for_employed == 1
    with pytest.raises(ValueError, match="already"):
        practice.leave_seat(11, 0.8, (3600,) * 5)


def test_sudden_end_of_an_announced_stop_opens_no_second_search(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = solo_of(model)
    leaver, vacancy = announce(model, state, practice, START + 12)
    out = leave(model, state, leaver, START + 3)
    assert out.opened == 0 and list(state.of(practice.number)) == [vacancy]
    assert (vacancy.stop, vacancy.left) == (START + 3, True)


def test_search_begins_again_when_the_successor_withdraws(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = solo_of(model)
    _, vacancy = announce(model, state, practice, START + 8)
    locum = next(gp for gp in gps_of(model) if gp.role == GPRole.CHANGING_LOCUM)
    sign(Month(model, state, model.outlook(START + 1), model.seed, model.p), vacancy, locum, None)
    go(model, state, START + 2)
    assert vacancy.status == VacancyStatus.SIGNED and not practice.searching
    locum.leave()
    go(model, state, START + 3)
    assert vacancy.status == VacancyStatus.OPEN and practice.searching


def test_colleague_who_takes_over_leaves_a_place(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = next(one for one in practices_of(model) if any(gp.role == GPRole.EMPLOYED for gp in one.gps))
    colleague = next(gp for gp in practice.gps if gp.role == GPRole.EMPLOYED)
    leaver, vacancy = announce(model, state, practice, START + 2)
    sign(Month(model, state, model.outlook(START), model.seed, model.p), vacancy, colleague, None)
    leave(model, state, leaver, START + 2)
    assert colleague in practice.owners and practice.posts_for_employed == 1


def test_who_steps_back_stays_and_a_partner_is_sought(quiet: tuple[Loose, Succession]) -> None:
    model, state = quiet
    practice = next(one for one in practices_of(model) if len(one.owners) >= 2)
    gp = practice.owners[0]
    gp.step_back(START)
    out = go(model, state, START, Changes(stepped_back=[(gp, practice)]))
    (vacancy,) = state.of(practice.number)
    assert out.opened == 1 and vacancy.cause == "steps back"
    assert not any(practice.vacant_week_seconds) and gp in practice.gps


def test_week_of_a_successor_adds_up_and_avoids_colleagues(quiet: tuple[Loose, Succession]) -> None:
    model, _ = quiet
    gp, other = gps_of(model)[:2]
    gp.fte, other.week_seconds = 0.4, (20000, 20000, 20000, 0, 0)
    week = spread_week(30_001, gp, [other], model.seed, model.p)
    assert sum(week) == 30_001
    assert week[3] > 0 and week[4] > 0 and sum(day > 0 for day in week) == 2


def test_start_keeps_heads_and_has_searches_of_all_ages() -> None:
    model = Loose(1)
    heads, owners = len(gps_of(model)), sum(gp.is_owner for gp in gps_of(model))
    hours = sum(gp.direct_seconds for gp in gps_of(model))
    state = model.start()
    assert len(gps_of(model)) == heads and sum(gp.direct_seconds for gp in gps_of(model)) == hours
    assert 0 <= owners - sum(gp.is_owner for gp in gps_of(model)) <= 7
    open_now = [one for one in state.searching() if one.counts]
    assert 8 <= len(open_now) <= 24
    assert len(state.waiting()) >= 3
    expired = [one for one in open_now if one.stop < START]
    assert len(expired) == round(model.p.number("succession.start_expired") * len(practices_of(model)))
    assert len({one.stop for one in expired}) > 3
    assert all(one.stop >= START and one.opened < START for one in state.waiting() if one.cause == "announced")
    temporary = [one for one in practices_of(model) if one.state == PracticeState.TEMPORARY]
    assert temporary and all(one.ownerless and any(one.vacant_week_seconds) for one in temporary)
    assert state.refusals
    assert not model.ledger.events


def test_levels_of_searches_are_the_published_ones() -> None:
    """About 12 searches a year; 44 % not filled within a year, 20-30 % never; filled ones take some 8 months."""
    opened, ended, filled, year, months, first, later = 0, 0, 0, 0, 0, 0, 0
    for seed in range(3):
        model, state, out = run(seed)
        opened += sum(one.opened for one in out)
        a, b, c, d = share_filled(out)
        ended, filled, year, months = ended + a, filled + b, year + c, months + d
        first += sum(one.filled for one in out[:12])
        later += sum(one.filled for one in out[12:60])
        taken = {(one.successor, one.uid) for one in state.vacancies.values()}
        assert not taken & state.refusals
        for practice in practices_of(model):
            assert practice.closed_since is not None or practice.owners or practice.searching
    assert 10.0 < opened / 30 < 14.5
    assert 0.30 < 1 - year / ended < 0.55
    assert 0.15 < 1 - filled / ended < 0.33
    assert 5.5 < months / filled < 10.5
    assert 0.5 < (first / 3) / (later / 12) < 1.6, "no artefact of the first year"


def test_course_is_of_no_order_of_gps() -> None:
    """GPs stored and numbered the other way round, the same events."""

    def events(turn: bool) -> list[tuple[object, ...]]:
        model = Loose(5)
        gps = gps_of(model)
        numbers = [gp.number for gp in gps]
        if turn:
            for gp, number in zip(gps, reversed(numbers), strict=True):
                model.deregister_agent(gp)
                gp.number = number
            for gp in reversed(gps):
                model.register_agent(gp)
        state = model.start()
        for k in range(24):
            succession_month(
                model, state, Changes(), [], model.outlook(START + k), model.seed, model.p, settle
            )  # fmt: skip
        uid = {gp.number: gp.uid for gp in gps}
        return [(e.day, e.kind, e.practice, uid.get(e.gp, 0)) for e in model.ledger.events]

    straight = events(False)
    assert sum(event[1] == "successor signs" for event in straight) >= 3
    assert straight == events(True)
