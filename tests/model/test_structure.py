"""Who works where, as the kernels see it: every book in its practice, groups whole, practices by nearness."""

from __future__ import annotations

import numpy as np
import pytest

from sim.care.books import GP, LOCUM
from sim.model import RegionModel
from tests.model.digest import build


@pytest.fixture(scope="module")
def model() -> RegionModel:
    return build(0.06)


def test_books_belong_to_their_practice(model: RegionModel) -> None:
    books, structure = model.care.books, model.care.structure
    practices = model.plan.practices
    assert structure.gp_books.shape[0] == structure.role_book.shape[0] == practices > 5
    for p in range(practices):
        row = structure.gp_books[p].tolist()
        own = [book for book in row if book >= 0]
        assert row == own + [-1] * (len(row) - len(own))
        # Its GPs, then the locums' seat; nobody else's and nobody twice.
        assert own == sorted(np.flatnonzero((books.practice == p) & (books.role == GP)).tolist()) + [
            int(np.flatnonzero((books.practice == p) & (books.role == LOCUM))[0])
        ]
        for role, book in enumerate(structure.role_book[p].tolist()):
            if role > LOCUM and book >= 0:
                assert (books.practice[book], books.role[book]) == (p, role)
                assert model.numbered.week_seconds[book].sum() > 0  # who is never there is nobody's handler


def test_groups_hold_every_practice_once(model: RegionModel) -> None:
    structure = model.care.structure
    members = structure.group_practices[structure.group_practices >= 0]
    assert sorted(members.tolist()) == list(range(model.plan.practices))
    for group, row in enumerate(structure.group_practices.tolist()):
        assert all(structure.group[p] == group for p in row if p >= 0)


def test_practices_come_by_nearness(model: RegionModel) -> None:
    near = model.care.structure.near
    assert near.shape == (len(model.region.node_name), min(60, model.plan.practices))
    for node in range(0, near.shape[0], 7):
        order = near[node].tolist()
        assert len(set(order)) == len(order)
        minutes = model.minutes[node, order]
        assert (np.diff(minutes) >= 0).all() and minutes[0] == model.minutes[node].min()


def test_usual_gps_work_in_the_practice_of_their_patients(model: RegionModel) -> None:
    people = model.people
    rows = people.rows
    usual, practice = people.usual[rows].astype(np.int64), people.practice[rows].astype(np.int64)
    has = usual >= 0
    assert has[practice >= 0].all() and not has[practice < 0].any()
    assert (model.care.books.practice[usual[has]] == practice[has]).all()
    assert (model.care.books.role[usual[has]] == GP).all()


def test_so_they_do_after_a_year_of_moving_and_searching(model: RegionModel) -> None:
    model.advance(200)
    people = model.people
    rows = people.rows
    usual, practice = people.usual[rows].astype(np.int64), people.practice[rows].astype(np.int64)
    registered = rows[practice >= 0]
    assert (model.care.books.practice[usual[usual >= 0]] == practice[usual >= 0]).all()
    assert (people.usual[registered] >= 0).mean() > 0.99
