"""Practice staff who leave and are recruited: assistants, practice nurses, PA and nurse practitioners.

A practice has established posts by role, in FTE, and people who fill them. The posts of a role are equal seats of at
most one person's FTE; each month every person may leave and every vacant seat may be filled. How many do is drawn by
practice, role and month: the number at the draw's place in the binomial distribution, so that a seat more or a chance
a little higher never changes the luck of another practice, nor its own the other way.

Assistants who are missing take telephone lines and bookings with them, nurses their consultations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import phone_lines, staff_seconds

__all__ = ["StaffMonth", "equilibrium_vacancy", "lines_of", "monthly_chances", "staff_month", "start_staff"]

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

_ROLES = 4  # assistant, somatic nurse, mental nurse, advanced
_DAYS_A_MONTH = 365.25 / 12.0
_KEY = 3_000_000  # ids of a practice's staff by role begin here
_LITTLE = 1e-9
_ROUNDING = 1e-6  # of a seat


class _Practice(Protocol):
    """What is read and written of a practice here."""

    number: int
    uid: int
    closed_since: int | None
    staff_posts: tuple[float, float, float, float]
    assistant_fte: float
    somatic_nurse_fte: float
    mental_nurse_fte: float
    advanced_fte: float
    staff_week_seconds: tuple[tuple[int, ...], ...]

    @property
    def ownerless(self) -> bool: ...


@dataclass(frozen=True)
class StaffMonth:
    """What a month did to the staff; roles are assistant, somatic nurse, mental nurse, advanced."""

    changed: Ints
    """Numbers of the practices whose staff changed."""
    posts: Floats
    """Established FTE by role (4,), as the next three over all open practices."""
    vacant: Floats
    left: Floats
    hired: Floats
    assistants_missing: Floats
    """Share of the assistants' posts that is vacant, by practice number (P,); 0 for closed practices."""


def monthly_chances(parameters: Parameters) -> tuple[Floats, Floats]:
    """Chance by role (4,) that a person leaves in a month, and that a vacant seat is filled in one."""
    leave = 1.0 - np.exp(-parameters.column("staff.leaving") / 12.0)
    return leave, np.minimum(_DAYS_A_MONTH / parameters.column("staff.vacancy_days"), 1.0)


def equilibrium_vacancy(parameters: Parameters) -> Floats:
    """Share of posts vacant in the long run by role (4,)."""
    leave, fill = monthly_chances(parameters)
    return np.asarray(leave / (leave + fill))


def start_staff(practices: Sequence[_Practice], parameters: Parameters, seed: int) -> StaffMonth:
    """Give the practices posts and vacancies as in the long run.

    The FTE that the practices have are the published stock; the region keeps its total by role, while practices with a
    vacancy have less of it and the others somewhat more.
    """
    working = [practice for practice in practices if practice.closed_since is None]
    stock = _filled(working)
    posts = stock / (1.0 - equilibrium_vacancy(parameters))
    seats = _seats(posts, parameters)
    luck = uniforms(seed, Stream.STAFF_MARKET, _keys(working), 0, 1)[:, 0].reshape(posts.shape)
    vacant = _binomial(luck, seats, equilibrium_vacancy(parameters))
    filled = posts * (1.0 - vacant / np.maximum(seats, 1))
    scale = stock.sum(axis=0) / np.maximum(filled.sum(axis=0), _LITTLE)
    scale = np.where(filled.sum(axis=0) > 0.0, scale, 1.0)
    for practice, row in zip(working, (posts * scale).tolist(), strict=True):
        a, b, c, d = row
        practice.staff_posts = (a, b, c, d)
    nothing = np.zeros_like(posts)
    return _apply(practices, working, posts * scale, filled * scale, nothing, nothing, None, parameters, seed)


def staff_month(
    practices: Sequence[_Practice], month: int, parameters: Parameters, seed: int, extra: Floats | None = None
) -> StaffMonth:
    """A month of leaving and recruiting; writes the filled FTE and the booked seconds of practices that change.

    Posts cut below the people who fill them go at once.

    Args:
        practices: all practices by number, closed ones too.
        month: month index.
        extra: posts beside the established ones (P, 4), in FTE; none if left out. They are recruited like all others.
    """
    working = [practice for practice in practices if practice.closed_since is None]
    posts = np.array([practice.staff_posts for practice in working], np.float64).reshape(-1, _ROLES)
    if extra is not None:
        posts += extra[[practice.number for practice in working]]
    before = _filled(working)
    held = np.minimum(before, posts)
    seats = _seats(posts, parameters)
    unit = posts / np.maximum(seats, 1)
    empty = np.ceil((posts - held) / np.maximum(unit, _LITTLE) - _ROUNDING).astype(np.int64)
    leave, fill = monthly_chances(parameters)
    if (lent := parameters.number("staff.lent")) > 0.0:  # where nobody owns the practice
        alone = np.array([practice.ownerless for practice in working], np.bool_)
        fill = np.where(alone[:, None], fill + lent * (1.0 - fill), fill)
    u = uniforms(seed, Stream.STAFF_MARKET, _keys(working), month).reshape(*posts.shape, 4)
    left = _binomial(u[..., 0], np.maximum(seats - empty, 0), leave) * unit
    hired = np.minimum(_binomial(u[..., 1], empty, fill) * unit, posts - held)
    return _apply(practices, working, posts, held - left + hired, left, hired, before, parameters, seed)


def lines_of(practices: Sequence[_Practice], parameters: Parameters) -> npt.NDArray[np.int16]:
    """Telephone lines open by hour of a working day (n, 24) with the assistants that practices have now.

    Nobody answers at a practice that has closed.
    """
    lines = phone_lines(np.array([practice.assistant_fte for practice in practices], np.float64), parameters)
    lines[[practice.closed_since is not None for practice in practices]] = 0
    return lines


def _apply(
    practices: Sequence[_Practice],
    working: Sequence[_Practice],
    posts: Floats,
    filled: Floats,
    left: Floats,
    hired: Floats,
    before: Floats | None,
    parameters: Parameters,
    seed: int,
) -> StaffMonth:
    """Write to the practices what is not as ``before``; everything without it."""
    filled = np.where(filled < _LITTLE, 0.0, filled)
    changed = np.ones(filled.shape, bool) if before is None else np.abs(filled - before) > _LITTLE
    rows = np.flatnonzero(changed.any(axis=1))
    uid = np.array([working[k].uid for k in rows.tolist()], np.uint64)
    seconds = staff_seconds(filled[rows], uid, parameters, seed) if rows.size else np.zeros((0, _ROLES, 5), np.int32)
    for k, fte, week in zip(rows.tolist(), filled[rows].tolist(), seconds.tolist(), strict=True):
        one = working[k]
        one.assistant_fte, one.somatic_nurse_fte, one.mental_nurse_fte, one.advanced_fte = fte
        one.staff_week_seconds = tuple(tuple(day) for day in week)
    missing = np.zeros(1 + max((practice.number for practice in practices), default=-1))
    numbers = np.array([practice.number for practice in working], np.int64)
    missing[numbers] = 1.0 - filled[:, 0] / np.maximum(posts[:, 0], _LITTLE)
    missing[numbers[posts[:, 0] <= 0.0]] = 0.0
    return StaffMonth(
        changed=numbers[rows],
        posts=posts.sum(axis=0),
        vacant=(posts - filled).sum(axis=0),
        left=left.sum(axis=0),
        hired=hired.sum(axis=0),
        assistants_missing=np.clip(missing, 0.0, 1.0),
    )


def _filled(practices: Sequence[_Practice]) -> Floats:
    """FTE by practice and role (n, 4)."""
    rows = [(one.assistant_fte, one.somatic_nurse_fte, one.mental_nurse_fte, one.advanced_fte) for one in practices]
    return np.array(rows, np.float64).reshape(-1, _ROLES)


def _seats(posts: Floats, parameters: Parameters) -> Ints:
    """Equal seats that the posts (n, 4) make, none without posts."""
    return np.ceil(posts / parameters.column("staff.person_fte") - _LITTLE).astype(np.int64)


def _keys(practices: Sequence[_Practice]) -> npt.NDArray[np.uint64]:
    """Id of a practice's staff by role (n * 4,)."""
    uid = np.array([practice.uid for practice in practices], np.uint64)
    return identify(Kind.PRACTICE, uid[:, None], 0, _KEY + np.arange(_ROLES)[None, :]).ravel()


def _binomial(u: Floats, count: Ints, chance: Floats) -> Ints:
    """How many of ``count`` (n, 4) events of a chance (4,) or (n, 4) happen, at place ``u`` of the distribution."""
    sure = chance >= 1.0
    odds = np.where(sure, 0.0, chance / np.maximum(1.0 - chance, _LITTLE))
    term = (1.0 - np.where(sure, 0.0, chance)) ** count
    reach, out = term.copy(), np.zeros(u.shape, np.int64)
    for k in range(int(count.max(initial=0))):
        out += u >= reach
        term = term * (count - k) / (k + 1) * odds
        reach += np.maximum(term, 0.0)
    return np.where(sure, count, np.minimum(out, count))
