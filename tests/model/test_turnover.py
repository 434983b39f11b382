"""What decisions of GPs and practices do to lists, appointment books, telephone and all else that care runs on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.gp import GP
from sim.agents.people import NO_PRACTICE, Search
from sim.agents.practice import Practice, PracticeState
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.care.books import RING
from sim.care.division import Division
from sim.dates import date_of_month
from sim.ledger import counts as C
from sim.model import RegionModel
from sim.region.practice_books import Role
from sim.turnover import Turnover
from sim.workforce.outlook import Outlook
from sim.workforce.succession import sign
from sim.workforce.vacancies import Month, Vacancy, vacancy_id
from tests.model.digest import CALM, build

SCALE = 0.05
ENDS = CALM | {"succession.window": 0, "succession.unmanaged_window": 0, "succession.absorb": 1.4}


def calm(force: dict[str, object] | None = None, scale: float = SCALE) -> RegionModel:
    """A region in which nothing happens but what a test lets happen; conservation is asserted every day."""
    return build(scale, check=True, force=CALM | (force or {}))


def to_month(model: RegionModel, month: int, days: int = 0) -> None:
    """Go to the evening of a month's first day, or some days on."""
    model.advance((date_of_month(model.first_month + month) - model.begin).days + 1 + days - model.day)


def practice_of(model: RegionModel, gps: int, owners: int = 1) -> Practice:
    """The first practice of this size."""
    return next(one for one in practices_of(model) if len(one.gps) == gps and len(one.owners) == owners)


def members(model: RegionModel, practice: Practice) -> np.ndarray:
    rows = model.people.rows
    return rows[model.people.practice[rows] == practice.number]


def usual(model: RegionModel, rows: np.ndarray) -> list[int]:
    return sorted(set(model.people.usual[rows].tolist()))


def row_of(model: RegionModel, gp: GP) -> int:
    return model.turnover.shelf.row_of[gp.number]


def announce(model: RegionModel, gp: GP, month: int) -> Vacancy:
    """Let an owner announce a stop, as ``careers`` and ``succession`` do it together."""
    practice, stop = gp.practice, model.first_month + month
    assert isinstance(practice, Practice)
    gp.announce_stop(stop, "retires")
    return model.workforce.succession.add(
        Vacancy(
            uid=vacancy_id(practice.uid, gp.uid, "announced"), practice=practice.number, leaver=gp.uid,
            cause="announced", opened=model.first_month, stop=stop, fte=gp.fte, week_seconds=gp.week_seconds,
        )
    )  # fmt: skip


def kinds(model: RegionModel, practice: Practice) -> list[tuple[int, str]]:
    return [(one.day, one.kind) for one in model.ledger.events if one.practice == practice.number]


# An owner stops -------------------------------------------------------------------------------------------------------


def test_a_successor_begins_on_the_day_on_which_the_owner_stops() -> None:
    model = calm()
    practice = practice_of(model, gps=1)
    leaver, locum = practice.gps[0], next(gp for gp in gps_of(model) if gp.practice is None)
    seat, locums = row_of(model, leaver), model.numbered.locum_day_seconds.copy()
    vacancy = announce(model, leaver, 2)
    outlook = Outlook(
        model.first_month, 0, model.lists, np.ones(model.lists.size), 1.0, np.zeros(model.lists.size), model.minutes,
        np.ones(1), np.zeros(1), 2095.0,
    )  # fmt: skip
    sign(Month(model, model.workforce.succession, outlook, 1, model.parameters), vacancy, locum, None)
    stop = (date_of_month(model.first_month + 2) - model.begin).days
    model.advance(stop)
    assert practice.owners == [leaver] and locum.practice is None and row_of(model, leaver) == seat
    booked, moved = int(model.care.books.bookings[seat].sum()), model.ledger.flow((C.MOVED,))
    assert booked > 20
    carried = float(model.room.carries[practice.number])
    model.advance(1)
    assert practice.owners == [locum] and row_of(model, locum) == seat
    assert leaver not in model.agents and leaver.number not in model.turnover.shelf.row_of
    events = dict(zip(*reversed(list(zip(*kinds(model, practice), strict=True))), strict=True))
    assert events["GP leaves"] == events["practice handed over"] == stop
    assert usual(model, members(model, practice)) == [seat] and not practice.vacant_seats
    assert model.ledger.flow((C.MOVED,)) >= moved + booked - model.ledger.flow((C.VOID,))
    assert model.numbered.week_seconds[seat].tolist() == list(locum.week_seconds)
    left = locums - model.numbered.locum_day_seconds
    assert left.sum() > 0 and np.flatnonzero(left.any(axis=1)).tolist() == [practice.group]
    ratio = locum.direct_seconds / leaver.direct_seconds
    memory = model.parameters.number("registration.capacity_memory")
    now = model.turnover._carry[practice.number] * locum.direct_seconds
    assert model.room.carries[practice.number] == pytest.approx(memory * carried + (1.0 - memory) * now, rel=0.01)
    seen = model.ledger.practice[practice.number, C.GP_CONTACTS]
    model.advance(30)
    assert model.ledger.practice[practice.number, C.GP_CONTACTS] > seen and ratio != 1.0


def test_patients_of_a_gp_who_leaves_choose_another() -> None:
    model = calm()
    since = model.people.usual_since
    practice, leaver = next(
        (one, owner)
        for one in practices_of(model)
        for owner in one.owners
        if len(one.owners) > 1 and len(one.gps) > 2
        and np.median(since[model.people.usual == row_of(model, owner)]) < model.first_month - 36
    )  # fmt: skip
    seat = row_of(model, leaver)
    leaver.announce_stop(model.first_month + 1, "retires")
    to_month(model, 1, days=-1)
    own = members(model, practice)
    had = own[model.people.usual[own] == seat]
    uid = set(model.people.uid[had].tolist())
    others = [row_of(model, gp) for gp in practice.gps if gp is not leaver]
    stay = own[model.people.usual[own] == others[0]]
    stay_uid = set(model.people.uid[stay].tolist())
    assert len(uid) > 300
    asked = [model.people.rate_ooh[rows].mean() for rows in (had, stay)]
    model.advance(1)
    own = members(model, practice)
    assert usual(model, own) == sorted(others)
    lost = own[np.isin(model.people.uid[own], list(uid))]
    share = np.array([np.mean(model.people.usual[lost] == row) for row in others])
    hours = model.numbered.week_seconds.sum(axis=1)[others]
    assert share == pytest.approx(hours / hours.sum(), abs=0.08)
    kept = own[np.isin(model.people.uid[own], list(stay_uid))]
    assert usual(model, kept) == [others[0]]
    # a new relation begins for them, at more out-of-hours needs; the others' goes on
    began = model.people.usual_since
    assert (began[lost] == model.first_month + 1).all() and (began[kept] < model.first_month + 1).mean() > 0.98
    now = model.people.rate_ooh
    assert now[np.intersect1d(lost, had)].mean() > 1.1 * asked[0]
    assert now[np.intersect1d(kept, stay)].mean() == pytest.approx(asked[1], rel=0.05)
    assert practice.searching and practice.vacant_fte == leaver.fte
    assert model.care.books.bookings[seat].sum() == 0 and model.turnover.shelf.books.gp[seat] == -1
    # locums cover a part of the vacant seat, in the book of the practice's locums
    locum = int(model.numbered.practice_role_book[practice.number, Role.LOCUM_SEAT])
    ahead = (int(model.care.open_at[model.run_in + model.day]) + np.arange(10)) % RING
    assert model.care.books.capacity[locum, ahead].sum() > 0 and not model.care.books.capacity[seat, ahead].any()


# A practice ends ------------------------------------------------------------------------------------------------------


def ending(force: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> tuple[RegionModel, Practice, list[Division]]:
    """A practice of one whose owner is gone, on the evening before it ends, and the divisions of lists to come."""
    model = calm(ENDS | force)
    practice = practice_of(model, gps=1)
    practice.gps[0].announce_stop(model.first_month + 1, "leaves the profession")
    divisions: list[Division] = []
    plain = Turnover._log

    def remember(self: Turnover, one: Practice, done: Division, day: int) -> None:
        assert one is practice
        divisions.append(replace(done))
        model.at_once = model.people.practice[done.rows].copy()  # type: ignore[attr-defined]
        plain(self, one, done, day)

    monkeypatch.setattr(Turnover, "_log", remember)
    to_month(model, 2, days=-1)
    assert practice.closed_since is None and not practice.gps and practice.searching and not divisions
    assert usual(model, members(model, practice)) == [-1]
    return model, practice, divisions


def books_of(model: RegionModel, practice: Practice) -> np.ndarray:
    return np.flatnonzero(model.care.books.practice == practice.number)


def test_the_list_of_a_practice_that_closes_is_divided_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    model, practice, divisions = ending({"succession.merge_willing": 0.0, "succession.divide_reach": 5.0}, monkeypatch)
    people, reach = model.people, model.parameters.number("succession.divide_reach")
    trainee_hours = model.care.books.capacity[books_of(model, practice)]
    assert trainee_hours.any()
    listed, flow = int(model.lists[practice.number]), model.ledger.flow((C.MOVED, C.VOID))
    waiting = int(model.care.books.bookings[books_of(model, practice)].sum())
    assert waiting > 20
    model.advance(1)
    assert practice.state == PracticeState.CLOSED and model.lists[practice.number] == 0
    assert members(model, practice).size == 0
    (done,) = divisions
    assert done.rows.size == pytest.approx(listed, rel=0.02)  # a month's births, deaths and moves
    placed, left = done.rows[done.to >= 0], done.rows[done.to < 0]
    assert placed.size > 30 and left.size > 30
    assert (model.minutes[people.node[placed], done.to[done.to >= 0]] <= reach).all()
    assert (model.at_once[done.to < 0] == NO_PRACTICE).all()  # type: ignore[attr-defined]
    assert (model.at_once == np.where(done.to >= 0, done.to, NO_PRACTICE)).all()  # type: ignore[attr-defined]
    still = left[people.practice[left] == NO_PRACTICE]
    assert still.size > 0.5 * left.size  # some have found a practice by themselves within the month
    assert np.isin(people.search[still], (Search.LOOKING, Search.WAITING_LIST, Search.MEDIATION)).all()
    assert (people.search_since[left] == model.first_month + 2).all() and (people.usual[still] == -1).all()
    now = people.practice[placed].astype(np.int64)
    assert (model.care.books.practice[people.usual[placed]] == now).all()
    # bookings were asked for again, elsewhere; the balance of requests is asserted every day
    rows = books_of(model, practice)
    assert not model.care.books.bookings[rows].any() and not model.care.books.booked[rows].any()
    assert model.ledger.flow((C.MOVED, C.VOID)) - flow >= waiting
    said = [one for one in model.ledger.events if one.kind == "people move to practice"]
    assert sum(one.value for one in said) == done.rows.size
    assert not model.care.telephone.lines[practice.number].any()
    contacts = model.ledger.practice[practice.number].copy()
    model.advance(60)
    assert (model.ledger.practice[practice.number, : C.MOVED] == contacts[: C.MOVED]).all()
    assert practice.number not in model.people.practice[model.people.rows]


def test_a_neighbour_takes_a_practice_over(monkeypatch: pytest.MonkeyPatch) -> None:
    near = {"succession.merge_willing": 1.0, "succession.merge_reach": 60, "succession.absorb": 9.0}
    model, practice, divisions = ending(near, monkeypatch)
    assistants = {one.number: one.assistant_fte for one in practices_of(model)}
    lists, waiting = model.lists.copy(), int(model.care.books.bookings[books_of(model, practice)].sum())
    staff = practice.staff_posts
    lines = model.care.telephone.lines.copy()
    model.advance(1)
    (event,) = [one for one in model.ledger.events if one.kind == "practice merges"]
    into = practices_of(model)[event.other]
    (done,) = divisions
    assert (done.to == into.number).all() and done.rows.size == pytest.approx(lists[practice.number], rel=0.02)
    assert model.lists[into.number] == pytest.approx(lists[into.number] + lists[practice.number], rel=0.03)
    assert into.registered == model.lists[into.number] and practice.closed_since == model.first_month + 2
    assert into.assistant_fte == pytest.approx(assistants[into.number] + assistants[practice.number], abs=0.9)
    assert sum(practice.staff_posts) == 0.0 < sum(staff)
    phone = model.care.telephone.lines
    assert phone[into.number].sum() >= lines[into.number].sum() and phone[practice.number].sum() == 0
    assert waiting > 20 and not model.care.books.bookings[books_of(model, practice)].any()
    at = model.people.usual[members(model, into)]
    assert set(at.tolist()) == {row_of(model, gp) for gp in into.gps}
    assert practice.vacant_seats == {} and into.posts_for_employed == 1
    model.advance(40)


def test_staff_of_a_practice_that_is_taken_over_keep_their_patients_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """An employed GP goes over too, with hours, and sits at a book of the new practice."""
    model = calm(ENDS | {"succession.merge_willing": 1.0, "succession.merge_reach": 60, "succession.absorb": 9.0})
    practice = next(one for one in practices_of(model) if len(one.owners) == 1 and len(one.gps) > 1)
    stays = next(gp for gp in practice.gps if not gp.is_owner)
    week, seat = stays.week_seconds, row_of(model, stays)
    practice.owners[0].announce_stop(model.first_month + 1, "leaves the profession")
    to_month(model, 2)
    assert practice.closed_since is not None and isinstance(stays.practice, Practice)
    assert stays.practice is not practice and stays.week_seconds == week
    row = row_of(model, stays)
    assert row != seat and model.numbered.practice[row] == stays.practice.number
    assert model.numbered.week_seconds[row].tolist() == list(week) and model.numbered.week_seconds[seat].sum() == 0


def test_practices_can_be_closed_at_once() -> None:
    """From outside, with everybody still there: trainees go, GPs become locums, all bookings move."""
    model = calm({"training.places": 60.0, "training.places_today": 60.0})
    to_month(model, 1, days=-1)
    practice = next(one for one in practices_of(model) if one.number in learners(model) and len(one.gps) > 1)
    gps, rows = list(practice.gps), books_of(model, practice)
    waiting = model.care.books.bookings[rows].sum(axis=1)
    assert (waiting > 0).sum() > len(gps)  # with GPs and with others
    moved = model.ledger.flow((C.MOVED, C.VOID))
    model.turnover.release([practice.number], model.first_month + 1, model.day)
    model.advance(1)
    assert model.ledger.flow((C.MOVED, C.VOID)) - moved >= waiting.sum()
    assert not model.care.books.bookings[rows].any() and not model.numbered.week_seconds[rows].any()
    assert practice.number not in learners(model) and model.workforce.ended == 1
    assert all(gp.practice is None and gp.group == practice.group for gp in gps)
    model.advance(40)


def learners(model: RegionModel) -> list[int]:
    return sorted(one.practice for one in trainees_of(model) if one.practice >= 0)


# A practice opens -----------------------------------------------------------------------------------------------------

FOUND = CALM | {
    "succession.founding_attempts": 120.0,
    "succession.founding_need": 1,
    "succession.new_list_pace": 8,
    "practices.village_minimum": 1,
    "parties.market_premises": 1.0,
    "registration.mediation_rate": 0.3,
}


def test_a_new_practice_gets_books_and_lines_and_fills_at_its_pace() -> None:
    model = calm(FOUND)
    gps = [gp for gp in gps_of(model) if gp.practice is None]
    for gp in gps_of(model):
        gp.wants_to_own = gp is gps[0]
    gps[0].ready_month = model.first_month + 1
    p, begun = len(practices_of(model)), model.numbered.size
    to_month(model, 1, days=-1)
    leave_without_gp(model, 0.15)
    model.advance(1)
    (practice,) = practices_of(model)[p:]
    assert practice.owners == [gps[0]] and practice.founded == model.first_month + 1
    # everything that has a place for each practice has one more
    ledger, care = model.ledger, model.care
    assert ledger.practice.shape[0] == ledger.waits.shape[0] == p + 2
    sizes = {
        model.lists.size, model.minutes.shape[1], model.room.carries.size, model.room.state.size, model.room.busy.size,
        model.room.closed.size, model.turnover.closed.size, care.structure.gp_books.shape[0],
        care.structure.role_book.shape[0], care.structure.group.size, care.telephone.lines.shape[0],
        care.telephone.practice_uid.size, model.numbered.practice_list.size,
    }  # fmt: skip
    assert sizes == {p + 1}
    assert model.numbered.size == care.books.role.size == care.used.size == care.books.capacity.shape[0] >= begun
    assert p in care.structure.near and p in care.structure.group_practices[practice.group]
    assert np.unique(care.structure.near[3]).size == p + 1
    travel = model.region.car_minutes[3, practice.node]
    assert model.minutes[3, p] == pytest.approx(travel, abs=15.0)
    seat = row_of(model, gps[0])
    assert care.books.practice[seat] == p and care.structure.gp_books[p, 0] == seat
    ahead = int(care.open_at[model.run_in + model.day]) + np.arange(RING - 1)
    assert care.books.capacity[seat, ahead % RING].sum() > 0 and care.telephone.lines[p].sum() > 0
    # its list fills at the published pace at most, newborns beside
    most = model.workforce.filling[p].most_people
    sizes_by_month = [int(model.lists[p])]
    for month in range(2, 14):
        to_month(model, month)
        sizes_by_month.append(int(model.lists[p]))
    growth = np.diff([0, *sizes_by_month])
    assert growth.max() <= 8 + 2 and np.median(growth) >= 6
    assert 60 < sizes_by_month[-1] <= most
    assert ledger.practice[p, C.GP_CONTACTS] > 20 and ledger.practice[p, C.CALLS] > 100
    rows = members(model, practice)
    assert usual(model, rows) == [seat] and (model.minutes[model.people.node[rows], p] <= 60).all()
    gps[0].end_month()
    assert gps[0].worked[-2][0] > 0  # hours in a book that was added are booked on the GP
    tables = model.ledger.tables()
    assert tables["practices"]["founded"][-1] == model.first_month + 1
    assert tables["practices"]["practice"].tolist() == list(range(p + 1))
    year = tables["practice_year"]
    assert year["months_open"][year["practice"] == p].tolist()[0] == 11


def leave_without_gp(model: RegionModel, share: float) -> None:
    """On the eve of a month: part of the people lose their practice."""
    people = model.people
    rows = people.rows[np.random.default_rng(3).random(people.rows.size) < share]
    people.practice[rows] = NO_PRACTICE
    people.usual[rows] = -1
    people.search[rows] = Search.LOOKING
    people.search_since[rows] = model.first_month


def test_people_who_join_another_practice_have_their_usual_gp_there() -> None:
    model = calm({"registration.wish_rate": 0.1}, scale=0.03)
    before = {int(uid): int(p) for uid, p in zip(*where(model), strict=True)}
    to_month(model, 3)
    changed = [row for row in model.people.rows.tolist() if moved_practice(model, row, before)]
    assert len(changed) > 20
    own = model.people.practice[changed].astype(np.int64)
    assert (model.care.books.practice[model.people.usual[changed]] == own).all()


def where(model: RegionModel) -> tuple[list[int], list[int]]:
    rows = model.people.rows
    return model.people.uid[rows].tolist(), model.people.practice[rows].tolist()


def moved_practice(model: RegionModel, row: int, before: dict[int, int]) -> bool:
    then, now = before.get(int(model.people.uid[row]), -1), int(model.people.practice[row])
    return then >= 0 and now >= 0 and now != then
