"""Book numbers that stay while GPs and practices come and go."""

from __future__ import annotations

import copy
import pickle

import mesa
import numpy as np
import pytest

from sim.agents.bookshelf import EMPTY, Bookshelf
from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.region.practice_books import Role
from sim.workforce.locums import pooled_seconds
from tests.workforce.test_agents import model, small  # noqa: F401


def pool(shelf: Bookshelf) -> np.ndarray:
    return shelf.books.locum_day_seconds


@pytest.fixture
def shelf(model: mesa.Model) -> Bookshelf:  # noqa: F811
    return Bookshelf(small()[2].books, practices_of(model))


def test_nothing_changes_when_nobody_moves(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    planned = small()[2].books
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert not renewal.changed
    for name in ("uid", "practice", "role", "gp", "week_seconds"):
        assert np.array_equal(getattr(shelf.books, name)[: planned.size], getattr(planned, name)), name
    assert np.array_equal(shelf.books.practice_role_book, planned.practice_role_book)
    assert np.array_equal(shelf.books.practice_gp_books, planned.practice_gp_books)
    assert np.all(shelf.books.role[planned.size :] == EMPTY)


def test_hours_follow_what_agents_do(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practice = next(one for one in practices_of(model) if len(one.gps) > 1)
    stays, goes = practice.gps[0], practice.gps[-1]
    before, rows, seconds = shelf.books.week_seconds.copy(), shelf.books.gp_books, goes.direct_seconds
    pooled = pooled_seconds(gps_of(model), pool(shelf).shape[0])
    assert np.array_equal(pooled, pool(shelf))  # as planned
    stays.reduce_hours(stays.hours / 4)
    practice.release(goes)
    pooled = pooled_seconds(gps_of(model), pool(shelf).shape[0])
    shelf.renew(practices_of(model), pooled)
    books = shelf.books
    assert books.gp_books == rows - 1
    assert books.locum_day_seconds.sum() == small()[2].books.locum_day_seconds.sum() + seconds
    row = shelf.row_of[stays.number]
    assert books.week_seconds[row] == pytest.approx(before[row] * 0.75, abs=1)
    assert np.uint64(goes.uid) not in books.uid
    practice.take_on(goes, GPRole.EMPLOYED)
    shelf.renew(practices_of(model), pooled)
    assert shelf.books.gp_books == rows


def test_lists_follow_the_agents(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practices_of(model)[1].registered = 1234
    shelf.renew(practices_of(model), pool(shelf))
    assert shelf.books.practice_list[1] == 1234


def test_a_practice_that_ends_has_no_hours(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practice = practices_of(model)[0]
    rows = shelf.books.practice == practice.number
    assert shelf.books.week_seconds[rows].any()
    practice.registered = 0
    practice.close_for_good(1510)
    shelf.renew(practices_of(model), pool(shelf))
    assert not shelf.books.week_seconds[: rows.size][rows].any() and not (shelf.books.practice_gp_books[0] >= 0).any()


def test_a_shelf_survives_pickle_and_copy(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    for twin in (pickle.loads(pickle.dumps((model, shelf))), copy.deepcopy((model, shelf))):
        others, other = practices_of(twin[0]), twin[1]
        others[0].gps[0].reduce_hours(10.0)
        assert other.renew(others, pool(other)).changed is False
        row = other.row_of[others[0].gps[0].number]
        assert other.books.week_seconds[row].sum() < shelf.books.week_seconds[row].sum()


def test_a_successor_takes_the_seat_and_other_numbers_stay(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practice = next(one for one in practices_of(model) if len(one.gps) > 1)
    goes = practice.gps[0]
    row = shelf.row_of[goes.number]
    others = {number: at for number, at in shelf.row_of.items() if number != goes.number}
    practice.release(goes)
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert renewal.emptied.tolist() == [row] and not renewal.filled.size
    assert shelf.books.role[row] == EMPTY and not shelf.books.week_seconds[row].any()
    assert shelf.row_of == others and row not in shelf.books.practice_gp_books
    comes = next(gp for gp in model.agents_by_type[GP] if gp.practice is None and gp is not goes)
    practice.take_on(comes, GPRole.OWNER)
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert renewal.filled.tolist() == [row] == [shelf.row_of[comes.number]]
    assert shelf.books.uid[row] == comes.uid and shelf.books.week_seconds[row].tolist() == list(comes.week_seconds)
    assert row in shelf.books.practice_gp_books[practice.number]


def test_seats_are_added_when_they_run_out(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practice = practices_of(model)[0]
    size, heads = shelf.books.size, len(practice.gps)
    locums = [gp for gp in model.agents_by_type[GP] if gp.practice is None][:3]
    for gp in locums:
        practice.take_on(gp, GPRole.EMPLOYED)
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert renewal.rows_added == shelf.books.size - size == 0  # rows are kept for that
    assert np.count_nonzero(shelf.books.practice_gp_books[0] >= 0) == heads + 3


def test_more_rows_are_made_when_the_kept_ones_run_out(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    size, practice = shelf.books.size, practices_of(model)[0]
    while shelf.books.size == size:
        shelf._add_seats(practice.number, 50)
    locum = next(gp for gp in model.agents_by_type[GP] if gp.practice is None)
    practice.take_on(locum, GPRole.EMPLOYED)
    before = shelf.books.size
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert before > size and renewal.filled.size == 1
    assert shelf.books.role[shelf.row_of[locum.number]] == Role.GP


def test_a_new_practice_gets_books_of_every_role(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    practices = practices_of(model)
    old = practices[0]
    new = Practice(
        model, number=len(practices), uid=77, node=old.node, municipality=old.municipality, x=old.x, y=old.y,
        group=old.group, registered=0, staff_fte=(1.0, 0.0, 0.0, 0.0),
        staff_week_seconds=((60, 60, 60, 60, 60), (0,) * 5, (0,) * 5, (0,) * 5), month=1500,
    )  # fmt: skip
    founder = next(gp for gp in model.agents_by_type[GP] if gp.practice is None)
    new.take_on(founder, GPRole.OWNER)
    renewal = shelf.renew(practices_of(model), pool(shelf))
    assert renewal.practices_added == 1
    books = shelf.books
    rows = books.practice_role_book[new.number]
    assert np.array_equal(books.role[rows], np.arange(len(Role))) and np.all(books.practice[rows] == new.number)
    assert books.week_seconds[rows[Role.ASSISTANT]].tolist() == [60] * 5
    assert books.uid[rows[0]] == founder.uid and books.practice_list.size == len(practices) + 1


def test_practices_do_not_vanish(model: mesa.Model, shelf: Bookshelf) -> None:  # noqa: F811
    with pytest.raises(ValueError, match="vanished"):
        shelf.renew(practices_of(model)[:-1], pool(shelf))
    with pytest.raises(ValueError, match="without gaps"):
        shelf.renew(practices_of(model)[1:], pool(shelf))
