"""Appointment books that keep their numbers while GPs and practices come and go.

People's usual GP and every booking name a book by its number, so a number must not change with the staff. Each practice
has seats, a row each; a GP who comes takes the first free seat of the practice, and the row of one who goes is empty
until then. The order of rows within a practice depends on that practice's own history only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.randomness.ids import Kind, identify
from sim.region.practice_books import Books, Role

__all__ = ["EMPTY", "Bookshelf", "Renewal"]

EMPTY = -1
"""Role of a row that nobody uses."""
_SPARE = 2  # seats that a practice has beyond its GPs; more are added when they run out
_RESERVE = 160  # rows kept for seats and practices to come: longer arrays mean copying every booking
_STAFF_ROLES = (Role.ASSISTANT, Role.SOMATIC_NURSE, Role.MENTAL_NURSE, Role.ADVANCED)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Renewal:
    """What changed on the shelf in a month."""

    emptied: Ints
    """Rows whose GP has gone or works elsewhere now."""
    filled: Ints
    """Rows with another GP than before; may be among ``emptied``."""
    rows_added: int
    """Rows that were appended."""
    practices_added: int
    """Practices that were appended."""

    @property
    def changed(self) -> bool:
        """Anybody came or went, or a practice opened."""
        return bool(self.emptied.size or self.filled.size or self.rows_added)


class Bookshelf:
    """The books of all practices and who writes in them.

    Attributes:
        books: the arrays as they stand (see ``Books``); replaced by each :meth:`renew`.
        row_of: row of each regular GP, by GP number.
    """

    def __init__(self, books: Books, practices: Sequence[Practice]) -> None:
        """Take over the books of the start; ``books.gp`` holds GP numbers.

        Args:
            books: as made with the practices, without spare rows.
            practices: all practices by number.
        """
        self.books = books
        self.row_of: dict[int, int] = {int(books.gp[row]): int(row) for row in np.flatnonzero(books.role == Role.GP)}
        self._seats: list[list[int]] = [[int(row) for row in seats if row >= 0] for seats in books.practice_gp_books]
        self._reserve: list[int] = []
        self._append(_SPARE * len(practices) + _RESERVE)
        for practice in practices:
            self._add_seats(practice.number, _SPARE)
        self._number()

    def renew(
        self,
        practices: Sequence[Practice],
        locum_day_seconds: npt.NDArray[np.int64],
        training_seconds: npt.NDArray[np.int64] | None = None,
        patient_time: npt.NDArray[np.float64] | None = None,
    ) -> Renewal:
        """Bring rows, hours and lists up to date with the agents.

        Args:
            practices: all practices by number, closed ones too; those beyond the known ones are new.
            locum_day_seconds: patient seconds of each group's changing locums on each weekday (K, 5).
            training_seconds: patient seconds that trainees add to each practice on each weekday (P, 5); none if left
                out. They see patients in the book that locums use.
            patient_time: factor on the patient seconds of each practice's GPs (P,); one if left out.

        Raises:
            ValueError: practice numbers have gaps, or a practice vanished.
        """
        if [practice.number for practice in practices] != list(range(len(practices))):
            raise ValueError("practice numbers must run from 0 without gaps; keep closed practices as agents")
        before, known = self.books.size, len(self._seats)
        if len(practices) < known:
            raise ValueError(f"{known - len(practices)} practices vanished; a practice that ends stays, closed")
        for practice in practices[known:]:
            self._add_practice(practice)
        emptied = self._empty(practices)
        filled = self._fill(practices)
        self._number()
        self._hours(practices, training_seconds, patient_time)
        lists = np.array([practice.registered for practice in practices], np.int32)
        group = np.array([practice.group for practice in practices], np.int16)
        self.books = replace(
            self.books, practice_list=lists, practice_group=group, locum_day_seconds=locum_day_seconds.astype(np.int64)
        )
        return Renewal(
            np.array(emptied, np.int64),
            np.array(filled, np.int64),
            self.books.size - before,
            len(practices) - known,
        )

    # rows

    def _append(self, count: int) -> None:
        """Rows that nobody uses at the end of the arrays."""
        books = self.books
        self._reserve += range(books.size, books.size + count)
        self.books = replace(
            books,
            uid=np.concatenate((books.uid, np.zeros(count, np.uint64))),
            practice=np.concatenate((books.practice, np.zeros(count, np.int16))),
            role=np.concatenate((books.role, np.full(count, EMPTY, np.int8))),
            gp=np.concatenate((books.gp, np.full(count, -1, np.int32))),
            week_seconds=np.concatenate((books.week_seconds, np.zeros((count, 5), np.int32))),
        )

    def _take(self, count: int, practice: int) -> list[int]:
        """Unused rows for a practice, in their order."""
        if len(self._reserve) < count:
            self._append(max(count, _RESERVE))
        rows, self._reserve = self._reserve[:count], self._reserve[count:]
        self.books.practice[rows] = practice
        return rows

    def _add_seats(self, practice: int, count: int) -> None:
        """Empty seats for a practice."""
        self._seats[practice] += self._take(count, practice)

    def _add_practice(self, practice: Practice) -> None:
        """Seats and the books of the other roles of a new practice."""
        roles = np.arange(1, len(Role))
        uid = identify(Kind.PRACTICE, np.uint64(practice.uid), 0, 1_000_000 + roles)
        rows = self._take(roles.size, practice.number)
        self.books.uid[rows], self.books.role[rows] = uid, roles
        line = np.concatenate(([-1], rows)).astype(np.int16)
        self.books = replace(self.books, practice_role_book=np.concatenate((self.books.practice_role_book, line[None])))
        self._seats.append([])
        self._add_seats(practice.number, len(practice.gps) + _SPARE)

    # who sits where

    def _empty(self, practices: Sequence[Practice]) -> list[int]:
        """Free the rows of GPs who are not where they were."""
        present = {gp.number: practice.number for practice in practices for gp in practice.gps}
        emptied = []
        at = self.books.practice.tolist()
        for number, row in list(self.row_of.items()):
            if present.get(number, -1) != at[row]:
                del self.row_of[number]
                self.books.uid[row], self.books.gp[row], self.books.role[row] = 0, -1, EMPTY
                self.books.week_seconds[row] = 0
                emptied.append(row)
        return sorted(emptied)

    def _fill(self, practices: Sequence[Practice]) -> list[int]:
        """Give a seat to every GP without one, in order of their ids."""
        filled = []
        for practice in practices:
            for gp in sorted((gp for gp in practice.gps if gp.number not in self.row_of), key=_uid):
                row = self._free_seat(practice.number)
                self.books.uid[row], self.books.gp[row], self.books.role[row] = gp.uid, gp.number, Role.GP
                self.row_of[gp.number] = row
                filled.append(row)
        return filled

    def _free_seat(self, practice: int) -> int:
        taken = self.books.role
        free = next((row for row in self._seats[practice] if taken[row] == EMPTY), None)
        if free is None:
            self._add_seats(practice, _SPARE)
            free = self._seats[practice][-_SPARE]
        return free

    def _number(self) -> None:
        """Seats in use by practice (P, most), padded with -1, and the first of them in the table by role."""
        sits = (self.books.role == Role.GP).tolist()
        used = [[row for row in seats if sits[row]] for seats in self._seats]
        most = max(1, *(len(rows) for rows in used))
        table = np.full((len(used), most), -1, np.int16)
        for line, rows in zip(table, used, strict=True):
            line[: len(rows)] = rows
        by_role = self.books.practice_role_book.copy()
        by_role[:, 0] = table[:, 0]
        self.books = replace(self.books, practice_gp_books=table, practice_role_book=by_role)

    def _hours(
        self,
        practices: Sequence[Practice],
        training_seconds: npt.NDArray[np.int64] | None,
        patient_time: npt.NDArray[np.float64] | None,
    ) -> None:
        """Patient seconds of all rows as the agents have them now."""
        gps: list[GP] = [gp for practice in practices for gp in practice.gps]
        week = self.books.week_seconds.copy()
        if gps:
            week[[self.row_of[gp.number] for gp in gps]] = [gp.week_seconds for gp in gps]
            if patient_time is not None:
                rows = [self.row_of[gp.number] for gp in gps]
                week[rows] = np.rint(week[rows] * patient_time[self.books.practice[rows]][:, None])
        staff = np.array([practice.staff_week_seconds for practice in practices], np.int32).reshape(-1, 4, 5)
        by_role = self.books.practice_role_book
        week[by_role[:, list(_STAFF_ROLES)]] = staff
        if training_seconds is not None:
            week[by_role[:, Role.LOCUM_SEAT]] = np.maximum(training_seconds, 0)
        self.books = replace(self.books, week_seconds=week)


def _uid(gp: GP) -> int:
    return gp.uid
