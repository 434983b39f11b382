"""Appointment books: one for each regular GP, and one a practice for locums and for each staff role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sim.randomness.ids import Kind, identify

__all__ = ["Books", "Role", "make_books"]


class Role(IntEnum):
    """Whose book it is."""

    GP = 0
    LOCUM_SEAT = 1
    ASSISTANT = 2
    SOMATIC_NURSE = 3
    MENTAL_NURSE = 4
    ADVANCED = 5
    """Physician assistant or nurse practitioner."""


@dataclass(frozen=True)
class Books:
    """Appointment books (R) and the practices (P) and local groups (K) that they belong to.

    At the start the books of the regular GPs come first, ordered by practice; then five books a practice, by practice
    and role. Rows keep their number while GPs and practices come and go (``sim.agents.bookshelf``).
    """

    uid: npt.NDArray[np.uint64]
    """Id of the book (R,): the GP's id, or one made from the practice and the role."""
    practice: npt.NDArray[np.int16]
    """Practice number (R,)."""
    role: npt.NDArray[np.int8]
    """``Role`` (R,)."""
    gp: npt.NDArray[np.int32]
    """Index of the GP (R,), -1 for the other roles."""
    week_seconds: npt.NDArray[np.int32]
    """Patient seconds on each weekday before leave (R, 5); 0 for locum seats, which are filled day by day."""
    practice_gp_books: npt.NDArray[np.int16]
    """Books of a practice's GPs (P, most), padded with -1."""
    practice_role_book: npt.NDArray[np.int16]
    """Book of each role (P, 6); column 0 is the practice's first GP, -1 without one."""
    practice_group: npt.NDArray[np.int16]
    """Local group of each practice (P,)."""
    practice_list: npt.NDArray[np.int32]
    """Registered people (P,)."""
    locum_day_seconds: npt.NDArray[np.int64]
    """Patient seconds of each group's changing locums on each weekday before leave (K, 5)."""

    @property
    def size(self) -> int:
        """Number of books."""
        return self.uid.size

    @property
    def gp_books(self) -> int:
        """Number of regular GPs' books."""
        return int(np.count_nonzero(self.role == Role.GP))


def make_books(
    practice_uid: npt.NDArray[np.uint64],
    practice_group: npt.NDArray[np.int16],
    practice_list: npt.NDArray[np.int32],
    gp_uid: npt.NDArray[np.uint64],
    gp_practice: npt.NDArray[np.int16],
    gp_index: npt.NDArray[np.int32],
    gp_seconds: npt.NDArray[np.int32],
    staff_seconds: npt.NDArray[np.int32],
    locum_day_seconds: npt.NDArray[np.int64],
) -> Books:
    """Number the books.

    Args:
        practice_uid, practice_group, practice_list: one entry a practice (P).
        gp_uid, gp_practice, gp_index: one entry a regular GP (G), ordered by practice.
        gp_seconds: patient seconds by weekday (G, 5).
        staff_seconds: patient seconds by role (assistant, somatic nurse, mental nurse, advanced) and weekday (P, 4, 5).
        locum_day_seconds: (K, 5).

    Raises:
        ValueError: the GPs are not ordered by practice, or a number of seconds is negative.
    """
    gps, practices = gp_uid.size, practice_uid.size
    if np.any(np.diff(gp_practice) < 0):
        raise ValueError("the GPs must be ordered by practice")
    if min(int(a.min(initial=0)) for a in (gp_seconds, staff_seconds, locum_day_seconds)) < 0:
        raise ValueError("patient seconds cannot be negative")
    others = len(Role) - 1
    seats = np.zeros((practices, 1, 5), np.int32)
    week = np.concatenate([gp_seconds, np.concatenate([seats, staff_seconds], axis=1).reshape(-1, 5)])
    roles = np.arange(1, len(Role))
    uid = identify(Kind.PRACTICE, practice_uid[:, None], 0, 1_000_000 + roles[None, :])
    role_book = np.full((practices, len(Role)), -1, np.int16)
    role_book[:, 1:] = gps + np.arange(practices)[:, None] * others + roles - 1
    heads = np.bincount(gp_practice, minlength=practices)
    first = np.cumsum(heads) - heads
    most = int(heads.max(initial=1))
    place = np.arange(most)
    gp_books = np.where(place < heads[:, None], first[:, None] + place, -1).astype(np.int16)
    role_book[:, 0] = gp_books[:, 0]
    return Books(
        uid=np.concatenate([gp_uid, uid.ravel()]),
        practice=np.concatenate([gp_practice, np.repeat(np.arange(practices), others)]).astype(np.int16),
        role=np.concatenate([np.zeros(gps), np.tile(roles, practices)]).astype(np.int8),
        gp=np.concatenate([gp_index, np.full(practices * others, -1)]).astype(np.int32),
        week_seconds=np.ascontiguousarray(week, np.int32),
        practice_gp_books=gp_books,
        practice_role_book=role_book,
        practice_group=practice_group.astype(np.int16),
        practice_list=practice_list.astype(np.int32),
        locum_day_seconds=locum_day_seconds.astype(np.int64),
    )
