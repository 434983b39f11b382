"""The finite stock of changing locums' hours, and who gets them.

The changing locums of a region have so many hours; shifts that they take on the posts beyond the usual come off their
days, and fewer shifts add to them. A share is kept back for sickness. The rest goes first to vacant seats of practices
under temporary management, then to other vacant seats and GPs on long illness, then to leave, and what is left to all
practices by list size, more of it where books are fuller.

Each local group (HAGRO) has its own locums. Leave and short sickness are covered within the group: its GPs arrange
that among themselves. Vacant seats and long illness last for months and are seen to by the regional organisation, so
for them all groups' locums are one regional stock: a group's own come first, then those of groups with the most hours
left for the people on their lists. Whole seconds throughout; what is handed out and what is left add up to the stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.parameters import Parameters
from sim.region.practice_books import Books, Role
from sim.region.practice_staff import GPRole

__all__ = [
    "Gaps",
    "LocumStock",
    "LocumTally",
    "LocumUse",
    "Purpose",
    "SickCover",
    "duty_above_usual",
    "find_gaps",
    "hand_out",
    "locum_stock",
    "no_gaps",
    "pooled_seconds",
    "share_within",
]

type Seconds = npt.NDArray[np.int64]

_HOUR = 3600
_WEEKS_A_YEAR = 365.25 / 7.0
_LOADS = (0.25, 2.0)  # loads beyond these count as these
_SCALE = 20  # binary places of seconds a person in :func:`_keep`


class Purpose(IntEnum):
    """What locum seconds are for."""

    TEMPORARY = 0
    """Vacant seats of practices under temporary management."""
    VACANT = 1
    """Other vacant seats, and GPs on long illness."""
    LEAVE = 2
    SICKNESS = 3
    """Short sickness, out of the hours kept back."""
    LIST = 4
    """Not needed for any of these; shared by list size. Nobody asks for it."""


_LEAVE, _LIST = int(Purpose.LEAVE), int(Purpose.LIST)


@dataclass(frozen=True)
class LocumStock:
    """Locum seconds of a week by weekday and local group (5, K), after the locums' own leave and their duty."""

    ahead: Seconds
    """Handed out in advance."""
    kept: Seconds
    """Kept back for sickness."""
    duty: Seconds
    """Seconds a week that duty above the usual took off the days (K,); negative where it was less than usual."""


@dataclass(frozen=True)
class Gaps:
    """Seats that nobody fills for months."""

    vacant: Seconds
    """Patient seconds of vacant seats by weekday and practice (5, P)."""
    temporary: npt.NDArray[np.bool_]
    """The practice is under temporary management, in a shell practice or not (P,)."""
    ill: npt.NDArray[np.bool_]
    """The book's GP is on long illness (R,)."""
    cover: npt.NDArray[np.float64]
    """Share of what is missing that locums cover at most (2,): under temporary management, elsewhere."""
    weight: Seconds
    """By what hours that are left are shared: registered people, more where books are full (P,)."""


@dataclass(frozen=True)
class LocumUse:
    """Locum seconds of a day as planned in advance, by purpose and local group (5, K)."""

    asked: Seconds
    """Patient seconds lost."""
    given: Seconds
    """Locum seconds that practices of the group get."""
    unused: Seconds
    """Left by rounding down (K,)."""


@dataclass(frozen=True)
class SickCover:
    """A day's patient seconds after sickness (R,) and the kept-back locum seconds by local group (K,)."""

    capacity: npt.NDArray[np.int32]
    asked: Seconds
    """GPs' patient seconds lost to sickness."""
    covered: Seconds
    """Locum seconds that replaced them."""
    released: Seconds
    """Locum seconds kept back, not needed and shared by list size."""


@dataclass
class LocumTally:
    """Seconds by purpose, asked and given, added up over the days of a month (5,)."""

    asked: Seconds = field(default_factory=lambda: np.zeros(len(Purpose), np.int64))
    given: Seconds = field(default_factory=lambda: np.zeros(len(Purpose), np.int64))

    def plan(self, uses: Iterable[LocumUse]) -> None:
        """Count what was planned for some days."""
        for use in uses:
            self.asked += use.asked.sum(axis=1)
            self.given += use.given.sum(axis=1)

    def cover(self, cover: SickCover) -> None:
        """Count the sick cover of a day."""
        self.asked[Purpose.SICKNESS] += cover.asked.sum()
        self.given[Purpose.SICKNESS] += cover.covered.sum()
        self.given[Purpose.LIST] += cover.released.sum()

    def close(self) -> dict[str, tuple[float, float]]:
        """Hours asked and given by purpose (lower-case names), and begin anew."""
        rows = zip(Purpose, self.asked / _HOUR, self.given / _HOUR, strict=True)
        out = {purpose.name.lower(): (float(asked), float(given)) for purpose, asked, given in rows}
        self.asked[:] = 0
        self.given[:] = 0
        return out


class _Locum(Protocol):
    """What is read of a GP here."""

    uid: int
    role: GPRole
    group: int
    week_seconds: tuple[int, int, int, int, int]
    away_until: int | None


class _State(Protocol):
    @property
    def name(self) -> str: ...


class _Practice(Protocol):
    """What is read of a practice here; its seats are vacant until somebody fills them."""

    number: int

    @property
    def vacant_week_seconds(self) -> Sequence[int]: ...
    @property
    def state(self) -> _State: ...


def pooled_seconds(gps: Iterable[_Locum], groups: int) -> Seconds:
    """Patient seconds by group and weekday (K, 5) of the changing locums who are not on long illness."""
    pooled = np.zeros((groups, 5), np.int64)
    for gp in gps:
        if gp.role == GPRole.CHANGING_LOCUM and gp.away_until is None:
            pooled[gp.group] += gp.week_seconds
    return pooled


def duty_above_usual(
    gps: Sequence[_Locum], duty_seconds: Seconds, days: int, groups: int, parameters: Parameters
) -> Seconds:
    """Seconds a week of duty that each group's changing locums do above the usual amount (K,); below it is negative.

    The usual amount (``practices.duty_hours``) is already out of their patient seconds.

    Args:
        gps, duty_seconds: all GPs, and each one's duty in a month of ``days`` days.

    Raises:
        ValueError: the duty is not of these GPs.
    """
    if len(gps) != duty_seconds.size:
        raise ValueError(f"duty of {duty_seconds.size} GPs, but {len(gps)} GPs")
    done, at_work = np.zeros(groups), np.zeros(groups)
    for gp, seconds in zip(gps, duty_seconds.tolist(), strict=True):
        if gp.role == GPRole.CHANGING_LOCUM and gp.away_until is None:
            done[gp.group] += seconds
            at_work[gp.group] += 1
    usual = parameters.column("practices.duty_hours")[GPRole.CHANGING_LOCUM] * _HOUR / _WEEKS_A_YEAR
    above: Seconds = np.rint(done * 7.0 / days - at_work * usual).astype(np.int64)
    return above


def locum_stock(day_seconds: Seconds, above_usual: Seconds | None, parameters: Parameters) -> LocumStock:
    """The stock of each group.

    Args:
        day_seconds: patient seconds of the locums by group and weekday (K, 5), before leave.
        above_usual: of :func:`duty_above_usual`; None when duty is as usual.
    """
    pool = np.floor(day_seconds * (1.0 - parameters.number("workforce.staff_leave"))).astype(np.int64)
    week = pool.sum(axis=1)
    duty = np.zeros_like(week) if above_usual is None else np.where(week > 0, np.minimum(above_usual, week), 0)
    reach = np.cumsum(pool, axis=1) * duty[:, None] // np.maximum(week, 1)[:, None]
    pool -= np.diff(reach, axis=1, prepend=0)
    if not np.array_equal(pool.sum(axis=1) + duty, week) or pool.min(initial=0) < 0:
        raise AssertionError("locum hours by day and on duty do not add up to the hours that there are")
    kept = np.floor(pool * parameters.number("workforce.locum_kept_back")).astype(np.int64)
    return LocumStock(np.ascontiguousarray((pool - kept).T), np.ascontiguousarray(kept.T), duty)


def no_gaps(books: Books) -> Gaps:
    """All seats are filled and nobody is ill for long."""
    practices = books.practice_group.size
    return Gaps(
        np.zeros((5, practices), np.int64),
        np.zeros(practices, bool),
        np.zeros(books.size, bool),
        np.zeros(2),
        books.practice_list.astype(np.int64),
    )


def find_gaps(
    practices: Sequence[_Practice],
    gps: Iterable[_Locum],
    books: Books,
    parameters: Parameters,
    load: npt.NDArray[np.float64] | None = None,
) -> Gaps:
    """Vacant seats and long illness as practices and GPs stand now.

    Args:
        load: minutes asked over minutes supplied by practice (P,); equal everywhere if left out.

    Raises:
        ValueError: a practice without a locum seat in the books has vacant seats.
    """
    gaps = no_gaps(books)
    for practice in practices:
        gaps.vacant[:, practice.number] = practice.vacant_week_seconds
        gaps.temporary[practice.number] = practice.state.name in ("TEMPORARY", "SHELL")
    lost = np.flatnonzero(gaps.vacant.any(axis=0) & (books.practice_role_book[:, Role.LOCUM_SEAT] < 0))
    if lost.size:
        raise ValueError(f"practice {lost[0]} has vacant seats but no book for locums")
    away = np.array([gp.uid for gp in gps if gp.away_until is not None], np.uint64)
    gaps.ill[:] = (books.role == Role.GP) & np.isin(books.uid, away)
    weight = gaps.weight
    if load is not None:
        busy = np.clip(load, *_LOADS) ** parameters.number("workforce.locum_by_load")
        weight = np.rint(gaps.weight * busy).astype(np.int64)
    return replace(gaps, cover=parameters.column("workforce.locum_cover"), weight=weight)


def hand_out(
    capacity: npt.NDArray[np.int32],
    lost: Seconds,
    gaps: Gaps,
    weekday: int,
    pool: Seconds,
    books: Books,
    group_list: Seconds,
) -> LocumUse:
    """Give a day's locum seconds (K,) to the practices' locum seats in ``capacity`` (R,).

    Args:
        lost: patient seconds lost to long illness and to leave by practice (2, P).
        group_list: the gaps' ``weight``, added up by group (K,).
    """
    use = np.zeros((2, len(Purpose), pool.size), np.int64)
    left = pool.copy()
    group, lists = books.practice_group, gaps.weight
    seat = books.practice_role_book[:, Role.LOCUM_SEAT]
    balance = _hand_out(
        capacity, gaps.vacant[weekday], gaps.temporary, lost, gaps.cover, left, seat, group, lists, group_list, use
    )
    if balance != 0 or left.min(initial=0) < 0:
        raise AssertionError(f"locum seconds handed out and left differ from the stock by {balance}")
    return LocumUse(use[0], use[1], left)


def share_within(
    capacity: npt.NDArray[np.int32],
    lost: Seconds,
    pool: Seconds,
    books: Books,
    lists: Seconds,
    group_list: Seconds,
    asked: Seconds,
    covered: Seconds,
    spread: Seconds,
) -> None:
    """Share each group's seconds (K,) over its practices: for what was lost (P,), the rest by ``lists`` (P,)."""
    seat, group = books.practice_role_book[:, Role.LOCUM_SEAT], books.practice_group
    _share_within(capacity, lost, pool, seat, group, lists, group_list, asked, covered, spread)


@kernel
def _hand_out(capacity, vacant, temporary, lost, cover, left, seat, group, lists, group_list, use):  # type: ignore[no-untyped-def]
    """Hand out the stock ``left`` (K,) by purpose; returns how much of it is neither given nor left."""
    asked, given = use[0], use[1]
    practices = group.shape[0]
    before = 0
    for k in range(left.shape[0]):
        before += left[k]
    wanted = np.zeros(practices, np.int64)
    for stage in range(2):
        total = 0
        for p in range(practices):
            missing = vacant[p] if temporary[p] == (stage == 0) else 0
            if stage == 1:
                missing += lost[0, p]
            asked[stage, int(group[p])] += missing
            wanted[p] = int(missing * cover[stage])
            total += wanted[p]
        if total > 0:
            _fill_gaps(capacity, wanted, total, left, seat, group, group_list, given[stage])
    _share_within(capacity, lost[1], left, seat, group, lists, group_list, asked[_LEAVE], given[_LEAVE], given[_LIST])
    for k in range(left.shape[0]):
        left[k] -= given[_LEAVE, k] + given[_LIST, k]
        before -= left[k]
        for purpose in range(given.shape[0]):
            before -= given[purpose, k]
    return before


@kernel(inner=True)
def _fill_gaps(capacity, wanted, total, left, seat, group, group_list, given):  # type: ignore[no-untyped-def]
    """Cover what is wanted (P,), ``total`` seconds together, from all groups' seconds ``left`` (K,)."""
    have = 0
    for k in range(left.shape[0]):
        have += left[k]
    grant = min(total, have)
    reach, before = 0, 0
    for p in range(wanted.shape[0]):  # in proportion; rounding the running sum gives out exactly the grant
        reach += wanted[p]
        now = reach * grant // total
        if now > before:
            capacity[int(seat[p])] += now - before
            given[int(group[p])] += now - before
        before = now
    short = 0
    for k in range(left.shape[0]):  # own locums first
        own = min(left[k], given[k])
        left[k] -= own
        short += given[k] - own
    if short > 0:
        _keep(left, group_list, have - grant)


@kernel(inner=True)
def _keep(left, weight, total):  # type: ignore[no-untyped-def]
    """Lower ``left`` (K,) to ``total`` seconds such that the groups keep equally many seconds a person.

    Groups keep at most ``level`` seconds a person, the lowest level that keeps the total; the seconds that it keeps
    too many are given up by the last groups that gain at it. More seconds anywhere so never leave a group with fewer.
    """
    groups = left.shape[0]
    low, high = -1, 0
    for k in range(groups):
        high = max(high, -(-(left[k] << _SCALE) // (weight[k] + 1)))
    while high - low > 1:
        middle = (low + high) // 2
        kept = 0
        for k in range(groups):
            kept += _up_to(left[k], weight[k], middle)
        if kept >= total:
            high = middle
        else:
            low = middle
    over = -total
    for k in range(groups):
        over += _up_to(left[k], weight[k], high)
    for k in range(groups - 1, -1, -1):
        kept = _up_to(left[k], weight[k], high)
        back = min(over, kept - _up_to(left[k], weight[k], low)) if low >= 0 else min(over, kept)
        left[k] = kept - back
        over -= back


@kernel(inner=True)
def _up_to(left, weight, level):  # type: ignore[no-untyped-def]
    """Seconds that a group keeps at a level (in 2**-20 seconds a person), at most what it has."""
    if level >= -(-(left << _SCALE) // (weight + 1)):
        return left
    return (weight + 1) * level >> _SCALE


@kernel
def _share_within(capacity, lost, pool, seat, group, lists, group_list, asked, covered, spread):  # type: ignore[no-untyped-def]
    """Share each group's locum seconds; rounding down leaves a few seconds a group unused."""
    for p in range(group.shape[0]):
        asked[int(group[p])] += lost[p]
    for p in range(group.shape[0]):
        k = int(group[p])
        first = min(int(pool[k]), int(asked[k]))
        cover = int(lost[p]) * first // int(asked[k]) if asked[k] > 0 else 0
        spare = (int(pool[k]) - first) * int(lists[p]) // int(group_list[k]) if group_list[k] > 0 else 0
        if cover + spare > 0:
            capacity[int(seat[p])] += cover + spare
        covered[k] += cover
        spread[k] += spare
