"""The out-of-hours roster: shifts of a month by a staffing table, who owes them, who does them, what stays unfilled.

The duty follows the registered list and rests on owners. Owners sell a share of their shifts to other GPs; a GP may
fall out, and then a locum takes the shift or it stays unfilled. Whether a shift is sold, falls out or finds cover is
keyed by the shift (post, day, kind, seat), who does it by GP and month, so nothing depends on any order in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.staffing import gps_of, posts_of
from sim.dates import Calendar
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import GPRole
from sim.region.practices import PracticePlan
from sim.region.region import Region
from sim.workforce.triage import plan_triage

__all__ = [
    "DutyPool",
    "Roster",
    "ShiftKind",
    "book_roster",
    "duty_pool",
    "duty_pool_from_agents",
    "duty_table",
    "month_roster",
    "seats",
]

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]


class ShiftKind(IntEnum):
    """Kinds of shift."""

    WEEKDAY_EVENING = 0
    NIGHT = 1
    WEEKEND_DAY = 2
    """Also on public holidays, as the next."""
    WEEKEND_EVENING = 3


_START = np.array([17, 23, 8, 17])
_HOURS = np.array([6, 9, 9, 6])
_ON_OPEN = (ShiftKind.WEEKDAY_EVENING, ShiftKind.NIGHT)
_ON_CLOSED = (ShiftKind.WEEKEND_DAY, ShiftKind.WEEKEND_EVENING, ShiftKind.NIGHT)
_HOUR = 3600
_MORNING = 8  # hour at which a night shift ends on the next day
_MOST_SEATS = 64
_ASSIGN, _BUY = 1, 3  # draw numbers by GP and month


@dataclass(frozen=True)
class DutyPool:
    """Who owes and can do duty (A GPs), and for which posts (M) of which organisations."""

    gp_uid: npt.NDArray[np.uint64]
    gp_role: npt.NDArray[np.int8]
    gp_owes: Floats
    """Registered people for whom a GP owes duty (A,); 0 for who is not an owner."""
    gp_organisation: npt.NDArray[np.int16]
    """Organisation for which an owner does duty (A,), -1 for changing locums, who serve any."""
    post_organisation: npt.NDArray[np.int16]
    post_population: Floats
    """Inhabitants for whom it is the nearest post (M,)."""
    post_at_night: npt.NDArray[np.bool_]
    """Has GPs of its own from 23 to 8 h (M,); otherwise the organisation's other posts take its nights."""


@dataclass(frozen=True)
class Roster:
    """The shifts of a month (S) in order of time, and the servers by day of the month (D) and hour."""

    day: Ints
    """Day on which the shift begins (S,)."""
    post: npt.NDArray[np.int16]
    kind: npt.NDArray[np.int8]
    """``ShiftKind`` (S,)."""
    car: npt.NDArray[np.bool_]
    """For visits; otherwise for consults (S,)."""
    owed_by: npt.NDArray[np.int32]
    """GP who owes the shift (S,), -1 when the organisation has no owner."""
    done_by: npt.NDArray[np.int32]
    """GP who does it (S,), -1 when it stays unfilled."""
    sold: npt.NDArray[np.bool_]
    fell_out: npt.NDArray[np.bool_]
    duty_seconds: Ints
    """Duty of each GP (A,), booked in the month in which the shift begins."""
    consult_gps: npt.NDArray[np.int16]
    """GPs for consults by post, day and hour (M, D, 24)."""
    car_gps: npt.NDArray[np.int16]
    """GPs for visits by post, day and hour (M, D, 24)."""
    triage_nurses: npt.NDArray[np.int16]
    """Nurses on the telephone by organisation, day and hour (O, D, 24)."""

    @property
    def seconds(self) -> Ints:
        """Length of each shift (S,)."""
        return _HOURS[self.kind] * _HOUR

    @property
    def unfilled(self) -> npt.NDArray[np.bool_]:
        """Nobody does it (S,)."""
        return self.done_by < 0

    def counts(self) -> tuple[Ints, Ints]:
        """Shifts asked and unfilled by post (M,), (M,)."""
        posts = self.consult_gps.shape[0]
        return np.bincount(self.post, minlength=posts), np.bincount(self.post[self.unfilled], minlength=posts)


def duty_pool(plan: PracticePlan, region: Region) -> DutyPool:
    """Duty as planned at the start."""
    organisation = region.post_organisation[region.node_post]
    practice = plan.gp_practice
    return DutyPool(
        gp_uid=plan.gp_uid,
        gp_role=plan.gp_role,
        gp_owes=plan.gp_duty_share * float(plan.list_size.sum()),
        gp_organisation=np.where(practice >= 0, organisation[plan.sites.node[practice]], -1).astype(np.int16),
        post_organisation=region.post_organisation,
        post_population=np.bincount(region.node_post, region.node_population, len(region.post_name)),
        post_at_night=np.ones(len(region.post_name), bool),
    )


def duty_pool_from_agents(model: Any, region: Region) -> DutyPool:
    """Duty as lists, owners and posts stand now; GPs in the order of their numbers."""
    gps, posts = gps_of(model), posts_of(model)
    organisation = region.post_organisation[region.node_post]
    where = [-1 if gp.practice is None else int(organisation[gp.practice.node]) for gp in gps]
    return DutyPool(
        gp_uid=np.array([gp.uid for gp in gps], np.uint64),
        gp_role=np.array([gp.role for gp in gps], np.int8),
        gp_owes=np.array([gp.duty_share for gp in gps], np.float64),
        gp_organisation=np.array(where, np.int16),
        post_organisation=np.array([post.organisation for post in posts], np.int16),
        post_population=np.array([post.population for post in posts], np.float64),
        post_at_night=np.array([post.open_at_night for post in posts], bool),
    )


def seats(pool: DutyPool, parameters: Parameters) -> npt.NDArray[np.int64]:
    """The staffing table: GPs by post, kind of shift and kind of work (0 consults, 1 visits), shape (M, 4, 2).

    At least one of each on every shift; none at night at a post that is closed then, whose people count with the
    organisation's other posts.
    """
    posts = pool.post_population.size
    people = np.tile(pool.post_population[:, None], (1, len(ShiftKind)))
    night = pool.post_at_night.astype(np.float64) * pool.post_population
    organisations = int(pool.post_organisation.max()) + 1
    whole = np.bincount(pool.post_organisation, weights=pool.post_population, minlength=organisations)
    awake = np.bincount(pool.post_organisation, weights=night, minlength=organisations)
    people[:, ShiftKind.NIGHT] = night * (whole / np.maximum(awake, 1e-9))[pool.post_organisation]
    rate = np.stack(
        [parameters.column("workforce.shift_seats_consult"), parameters.column("workforce.shift_seats_car")], axis=1
    )
    table = np.maximum(np.floor(people[:, :, None] / 1e5 * rate[None] + 0.5), 1).astype(np.int64)
    table[~pool.post_at_night, ShiftKind.NIGHT] = 0
    if table.max(initial=0) > _MOST_SEATS or posts == 0:
        raise ValueError(f"a shift needs 1 to {_MOST_SEATS} GPs and a region at least one post")
    return table


def month_roster(pool: DutyPool, calendar: Calendar, month: int, parameters: Parameters, seed: int) -> Roster:
    """The roster of a month.

    Args:
        month: month index; its days must lie in ``calendar``.

    Raises:
        ValueError: the calendar has no day of the month.
    """
    days = np.flatnonzero(calendar.month_index == month)
    if not days.size:
        raise ValueError(f"month {month} does not lie in the calendar")
    table = seats(pool, parameters)
    is_open = calendar.is_open[days]
    before = int(days[0]) - 1  # its night reaches into the first morning
    parts = [_template(table, _ON_OPEN, days[is_open]), _template(table, _ON_CLOSED, days[~is_open])]
    parts.append(_template(table, (ShiftKind.NIGHT,), np.array([before])))
    day, post, kind, car, seat = (np.concatenate(column) for column in zip(*parts, strict=True))
    code = ((post * len(ShiftKind) + kind) * 2 + car) * _MOST_SEATS + seat
    order = np.lexsort((code, _START[kind], day))
    day, post, kind, car, code = day[order], post[order], kind[order], car[order].astype(bool), code[order]

    u = uniforms(seed, Stream.ROSTER, ((day + 1) << 32) + code)
    fell_out = u[:, 0] < parameters.number("workforce.shift_falls_out")
    covered = u[:, 1] >= parameters.number("workforce.shift_not_covered")
    sold = u[:, 2] < parameters.number("workforce.shift_sold")
    here = day > before
    owed_by = np.full(day.size, -1, np.int64)
    owner = pool.gp_role == GPRole.OWNER
    for organisation in range(int(pool.post_organisation.max()) + 1):
        mine = np.flatnonzero(here & (pool.post_organisation[post] == organisation))
        owes = np.where(owner & (pool.gp_organisation == organisation), pool.gp_owes, 0.0)
        owed_by[mine] = _deal(mine.size, owes, pool.gp_uid, organisation, month, _ASSIGN, seed)
    sold |= owed_by < 0
    wanted = here & np.where(fell_out, covered, sold)
    done_by = np.where(fell_out | sold, -1, owed_by)
    buyer = parameters.column("workforce.shift_buyers")[pool.gp_role]
    done_by[wanted] = _deal(int(wanted.sum()), buyer, pool.gp_uid, -1, month, _BUY, seed)
    staffed = np.where(here, done_by >= 0, ~fell_out | covered)  # last month's night, as that month left it

    posts, length = table.shape[0], days.size
    grid = np.zeros((2, posts, length + 2, 24), np.int64)
    for hour in range(int(_HOURS.max())):
        on = staffed & (hour < _HOURS[kind])
        at = _START[kind[on]] + hour
        np.add.at(grid, (car[on].astype(int), post[on], day[on] - before + at // 24, at % 24), 1)
    on_duty = grid[:, :, 1 : length + 1].astype(np.int16)
    population = np.bincount(pool.post_organisation, weights=pool.post_population)
    nurses = plan_triage(population, parameters)[:, np.where(is_open, 0, 1)]
    done = here & (done_by >= 0)
    seconds = np.bincount(done_by[done], weights=_HOURS[kind[done]] * _HOUR, minlength=pool.gp_uid.size)
    return Roster(
        day=day[here],
        post=post[here].astype(np.int16),
        kind=kind[here].astype(np.int8),
        car=car[here],
        owed_by=owed_by[here].astype(np.int32),
        done_by=done_by[here].astype(np.int32),
        sold=sold[here],
        fell_out=fell_out[here],
        duty_seconds=seconds.astype(np.int64),
        consult_gps=on_duty[0],
        car_gps=on_duty[1],
        triage_nurses=np.ascontiguousarray(nurses),
    )


def _template(table: Ints, kinds: tuple[ShiftKind, ...], days: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Day, post, kind, work and seat of every shift of these kinds on these days."""
    rows = [
        (post, int(kind), car, seat)
        for kind in kinds
        for post in range(table.shape[0])
        for car in range(2)
        for seat in range(int(table[post, kind, car]))
    ]
    one = np.array(rows, np.int64).reshape(-1, 4)
    post, kind, car, seat = np.tile(one, (days.size, 1)).T
    return np.repeat(days.astype(np.int64), one.shape[0]), post, kind, car, seat


def _deal(
    count: int, weight: Floats, uid: npt.NDArray[np.uint64], organisation: int, month: int, number: int, seed: int
) -> Ints:
    """GP of each of ``count`` shifts in order of time, in proportion to ``weight`` (A,); -1 when all weights are zero.

    Systematic in both directions: a GP gets the whole part of his or her quota or one more, and shifts of one GP are
    spread evenly over the month.
    """
    who = np.flatnonzero(weight > 0.0)
    if not who.size:
        return np.full(count, -1, np.int64)
    u = uniforms(seed, Stream.ROSTER, uid[who], month, number)
    order = np.lexsort((uid[who], u[:, 0]))
    quota = np.cumsum(weight[who][order])
    quota *= count / quota[-1]
    quota[-1] = count
    key = np.array([organisation + 2], np.uint64)
    offset = float(uniforms(seed, Stream.ROSTER, key, month, number + 1)[0, 0])
    shifts = np.diff(np.floor(quota + offset), prepend=0.0).astype(np.int64)
    gp = np.repeat(who[order], shifts)
    turn = np.arange(gp.size) - np.repeat(np.cumsum(shifts) - shifts, shifts)
    place = (turn + np.repeat(u[order, 1], shifts)) / np.repeat(shifts, shifts)
    return np.asarray(gp[np.lexsort((uid[gp], place))])


def book_roster(model: Any, roster: Roster) -> None:
    """Book a month's duty hours on the GPs and its shifts on the posts."""
    for gp, seconds in zip(gps_of(model), roster.duty_seconds, strict=True):
        gp.book_duty(int(seconds))
    for post, asked, unfilled in zip(posts_of(model), *roster.counts(), strict=True):
        post.book_shifts(int(asked), int(unfilled))


def duty_table(pool: DutyPool, calendar: Calendar, parameters: Parameters) -> dict[str, float]:
    """Duty hours a year that the staffing table asks, over each base in use.

    Published: 189 h a year per GP, taken as per norm practice of 2,095 people because 8,353 of those nationally give
    the 2.7 contacts an hour that posts report (InEen 2021; range 120-189); owners themselves 2.6 h a week (Nivel 2024).
    """
    table = seats(pool, parameters).sum(axis=(0, 2))
    year = calendar.is_open[:365]
    open_days, closed_days = int(year.sum()), int((~year).sum())
    per_kind = np.zeros(len(ShiftKind))
    per_kind[list(_ON_OPEN)] += open_days
    per_kind[list(_ON_CLOSED)] += closed_days
    hours = float((table * per_kind * _HOURS).sum()) * 365 / year.size
    owners = int(np.count_nonzero(pool.gp_role == GPRole.OWNER))
    kept = hours * (1.0 - parameters.number("workforce.shift_sold"))
    return {
        "hours a year": hours,
        "per norm practice": hours / (float(pool.gp_owes.sum()) / parameters.number("practices.norm_list")),
        "per owner": hours / max(owners, 1),
        "per owner, not sold": kept / max(owners, 1),
        "per regular GP": hours / max(int(np.count_nonzero(pool.gp_role != GPRole.CHANGING_LOCUM)), 1),
        "per GP": hours / max(pool.gp_role.size, 1),
    }
