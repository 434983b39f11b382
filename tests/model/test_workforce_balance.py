"""GPs, trainees and practices are who began, plus who came, less who went; and the check does see what is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.model import RegionModel
from sim.observation import conservation
from sim.observation.conservation import ConservationError, check_workforce
from tests.model.digest import CALM, STORM, build, run


def ended(model: RegionModel) -> Practice:
    return next(one for one in practices_of(model) if one.closed_since is not None)


def locum(model: RegionModel) -> GP:
    return next(gp for gp in gps_of(model) if not gp.is_regular)


def regular(model: RegionModel) -> list[GP]:
    return [gp for gp in gps_of(model) if gp.is_regular]


def row_of(model: RegionModel, practice: Practice) -> int:
    return int(np.flatnonzero(model.care.books.practice == practice.number)[0])


def somebody(model: RegionModel) -> int:
    rows = model.people.rows
    return int(rows[model.people.practice[rows] >= 0][0])


def lose_a_gp(model: RegionModel) -> None:
    locum(model).remove()


def count_an_arrival_twice(model: RegionModel) -> None:
    model.workforce.came += 1


def forget_a_departure(model: RegionModel) -> None:
    model.workforce.gone -= 1


def lose_a_trainee(model: RegionModel) -> None:
    trainees_of(model)[0].remove()


def forget_a_diploma(model: RegionModel) -> None:
    model.workforce.finished -= 1


def open_on_paper(model: RegionModel) -> None:
    model.workforce.opened += 1


def close_off_the_record(model: RegionModel) -> None:
    model.workforce.ended -= 1


def work_in_two_practices(model: RegionModel) -> None:
    gp = regular(model)[0]
    next(one for one in practices_of(model) if one.closed_since is None and gp not in one.gps).gps.append(gp)


def be_listed_elsewhere(model: RegionModel) -> None:
    one, other = [practice for practice in practices_of(model) if practice.gps][:2]
    one.gps[0], other.gps[0] = other.gps[0], one.gps[0]


def be_listed_twice(model: RegionModel) -> None:
    one, other = [practice for practice in practices_of(model) if practice.gps][:2]
    one.gps[0] = other.gps[0]


def be_locum_with_a_practice(model: RegionModel) -> None:
    one = next(practice for practice in practices_of(model) if practice.gps)
    locum(model).practice = one


def have_no_practice(model: RegionModel) -> None:
    locum(model).role = GPRole.EMPLOYED


def swap_books(model: RegionModel) -> None:
    rows = model.turnover.shelf.row_of
    one, other = (gp.number for gp in regular(model)[:2])
    rows[one], rows[other] = rows[other], rows[one]


def share_a_book(model: RegionModel) -> None:
    rows = model.turnover.shelf.row_of
    one, other = (gp.number for gp in regular(model)[:2])
    rows[one] = rows[other]


def leave_a_book_behind(model: RegionModel) -> None:
    books = model.turnover.shelf.books
    books.role[np.flatnonzero(books.role == -1)[0]] = 0


def sit_at_the_book_of_another(model: RegionModel) -> None:
    books = model.turnover.shelf.books
    books.uid[model.turnover.shelf.row_of[regular(model)[0].number]] += np.uint64(1)


def register_with_a_practice_that_has_ended(model: RegionModel) -> None:
    row = somebody(model)
    model.people.practice[row], model.people.usual[row] = ended(model).number, -1


def keep_the_old_gp(model: RegionModel) -> None:
    row = somebody(model)
    books = model.turnover.shelf.books
    away = (books.role == 0) & (books.practice != model.people.practice[row])
    model.people.usual[row] = int(np.flatnonzero(away)[0])


def have_a_nurse_as_gp(model: RegionModel) -> None:
    row = somebody(model)
    model.people.usual[row] = model.numbered.practice_role_book[model.people.practice[row], 3]


def work_in_a_practice_that_has_ended(model: RegionModel) -> None:
    gp, practice = regular(model)[0], ended(model)
    assert isinstance(gp.practice, Practice)
    gp.practice.gps.remove(gp)
    gp.practice = practice
    practice.gps.append(gp)
    row = model.turnover.shelf.row_of[gp.number]
    model.turnover.shelf.books.practice[row] = practice.number
    model.people.usual[model.people.usual == row] = -1


def keep_a_seat(model: RegionModel) -> None:
    other = next(one for one in practices_of(model) if one.closed_since is None)
    other.leave_seat(77, 0.8, (60,) * 5)
    ended(model).vacant_seats = other.vacant_seats


def search_on(model: RegionModel) -> None:
    ended(model).open_searches = 1


def learn_in_a_practice_that_has_ended(model: RegionModel) -> None:
    trainees_of(model)[0].join(ended(model).number)


def book_with_a_practice_that_has_ended(model: RegionModel) -> None:
    model.care.books.bookings[row_of(model, ended(model)), 7] += 1


def give_time_to_a_practice_that_has_ended(model: RegionModel) -> None:
    model.care.books.capacity[row_of(model, ended(model))] += 60


HARMS: list[tuple[Callable[[RegionModel], None], str]] = [
    (lose_a_gp, "GPs do not balance"),
    (count_an_arrival_twice, "GPs do not balance"),
    (forget_a_departure, "GPs do not balance"),
    (lose_a_trainee, "trainees do not balance"),
    (forget_a_diploma, "trainees do not balance"),
    (open_on_paper, "practices do not balance"),
    (close_off_the_record, "open practices do not balance"),
    (work_in_two_practices, "regular GPs and the practices' GPs"),
    (be_listed_elsewhere, "is not at one book"),
    (be_listed_twice, "GPs of practices and heads"),
    (be_locum_with_a_practice, "is a CHANGING_LOCUM with practice"),
    (have_no_practice, "regular GPs and the practices' GPs"),
    (swap_books, "is not at one book"),
    (share_a_book, "regular GPs and rows of the shelf"),
    (leave_a_book_behind, "regular GPs and their books"),
    (sit_at_the_book_of_another, "is not at one book"),
    (register_with_a_practice_that_has_ended, "people of practices that have ended"),
    (keep_the_old_gp, "usual GPs and those in the own practice"),
    (have_a_nurse_as_gp, "usual GPs and those in the own practice"),
    (work_in_a_practice_that_has_ended, "GPs of practice .*, which has ended"),
    (keep_a_seat, "vacant seats of practice .*, which has ended"),
    (search_on, "searches of practice .*, which has ended"),
    (learn_in_a_practice_that_has_ended, "trainees in practices that have ended"),
    (book_with_a_practice_that_has_ended, "bookings with practices that have ended"),
    (give_time_to_a_practice_that_has_ended, "seconds of practices that have ended"),
]


@pytest.mark.parametrize(("harm", "message"), HARMS, ids=[harm.__name__ for harm, _ in HARMS])
def test_the_check_sees_it(stormy: RegionModel, harm: Callable[[RegionModel], None], message: str) -> None:
    model = copy.deepcopy(stormy)
    day = model.run_in + model.day - 1
    check_workforce(model, day)
    harm(model)
    with pytest.raises(ConservationError, match=f"^day {day}: .*{message}"):
        check_workforce(model, day)


def test_a_locum_has_no_book(stormy: RegionModel) -> None:
    model = copy.deepcopy(stormy)
    model.turnover.shelf.row_of[locum(model).number] = row_of(model, ended(model))
    with pytest.raises(ConservationError, match="rows of the shelf"):
        check_workforce(model, 500)


def test_nobody_is_lost_in_two_years() -> None:
    """Longer than the stocks last: all GPs and many practices are others than at the start."""
    model = run(730, 0.03, force=STORM, check=True, seed=3)
    force = model.workforce
    assert force.gone > 0.8 * force.first_gps and force.opened > 0.5 * force.first_practices
    assert len(gps_of(model)) == force.first_gps + force.came - force.gone > 0
    by_month = model.ledger.tables()["workforce_month"]
    arrived = sum(by_month[f"in_{origin}"].sum() for origin in ("trainee", "graduate", "mover", "locum", "owner"))
    left = sum(by_month[f"out_{cause}"].sum() for cause in ("retired", "profession", "sudden", "moved"))
    assert (arrived, left) == (force.came, force.gone)
    heads = sum(by_month[f"heads_{role}"] for role in ("owner", "employed", "locum"))
    assert heads[-1] == len(gps_of(model))


def test_the_workforce_is_looked_at_as_months_begin_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[int] = []
    monkeypatch.setattr(conservation, "check_workforce", lambda model, day: days.append(day - model.run_in))
    model = build(0.01, check=True, force=CALM)
    model.advance(70)
    assert days == [0, 30, 31, 58, 59]
