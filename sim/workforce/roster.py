"""The out-of-hours roster: shifts of a month by a staffing table, who owes them, who does them, what stays unfilled.

The duty follows the registered list and rests on owners; the duty of a list without an owner goes to the market, as
does that of an owner on long illness. Owners offer a part of their shifts there (``sim.workforce.duty_market``). What
nobody takes at the highest price falls back on the owner. A GP may fall out, and then another GP takes the shift or it
stays unfilled. Whether a shift is offered, taken, falls out or finds cover is keyed by the shift (post, day, kind,
seat), who owes and does it by GP and month, so nothing depends on any order in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.staffing import gps_of, posts_of, practices_of
from sim.dates import Calendar
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import GPRole
from sim.region.practices import PracticePlan
from sim.region.region import Region
from sim.workforce.duty_market import DutyMarket, clear_market, sale_chance, willing_hours
from sim.workforce.patterns import (
    MORNING,
    ON_CLOSED,
    ON_OPEN,
    SHIFT_HOURS,
    ShiftKind,
    servers_by_hour,
    shifts_of_days,
    staffing_table,
)
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

_HOUR = 3600
_ASSIGN, _BUY = 1, 3  # draw numbers by GP and month


@dataclass(frozen=True)
class DutyPool:
    """Who owes and can do duty (A GPs; Q lists without an owner), and for which posts (M) of which organisations."""

    gp_uid: npt.NDArray[np.uint64]
    gp_role: npt.NDArray[np.int8]
    gp_owes: Floats
    """Registered people for whom a GP owes duty (A,); 0 for who is not an owner."""
    gp_organisation: npt.NDArray[np.int16]
    """Organisation for which an owner does duty (A,), -1 for changing locums, who serve any."""
    gp_birth_month: Ints
    gp_strain: Floats
    """0 at the norm (A,)."""
    gp_away: npt.NDArray[np.bool_]
    """On long illness (A,)."""
    list_uid: npt.NDArray[np.uint64]
    """Practice of each list without an owner (Q,)."""
    list_people: Floats
    list_organisation: npt.NDArray[np.int16]
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
    """GP who owes the shift (S,), -1 when its list or the whole organisation has no owner."""
    done_by: npt.NDArray[np.int32]
    """GP who does it (S,), -1 when it stays unfilled."""
    sold: npt.NDArray[np.bool_]
    """Offered to other GPs (S,)."""
    refused: npt.NDArray[np.bool_]
    """Another GP was sought, and nobody took it at the month's price (S,)."""
    fell_out: npt.NDArray[np.bool_]
    """Whoever was to do it fell out (S,)."""
    price: Ints
    """Cents an hour paid to another GP who does the shift (S,); 0 when nobody else does."""
    market: DutyMarket
    duty_seconds: Ints
    """Duty of each GP (A,), booked in the month in which the shift begins."""
    consult_gps: npt.NDArray[np.int16]
    """GPs for consults by post, day and hour (M, D, 24)."""
    car_gps: npt.NDArray[np.int16]
    """GPs for visits by post, day and hour (M, D, 24)."""
    triage_nurses: npt.NDArray[np.int16]
    """Nurses on the telephone by organisation, day and hour (O, D, 24)."""
    scale: float
    """Of the region's GPs: each stands for 1 / scale who take turns at a shift."""

    @property
    def seconds(self) -> Ints:
        """Duty that each shift comes to for who does it (S,)."""
        return np.rint(SHIFT_HOURS[self.kind] * _HOUR * self.scale).astype(np.int64)

    @property
    def unfilled(self) -> npt.NDArray[np.bool_]:
        """Nobody does it (S,)."""
        return self.done_by < 0

    @property
    def shifts_sold(self) -> int:
        """Shifts that another GP than the owner does."""
        return int(np.count_nonzero(self.price))

    @property
    def duty_price(self) -> float:
        """Mean price in cents an hour over the hours that were paid to others, 0 when there are none."""
        hours = SHIFT_HOURS[self.kind[self.price > 0]]
        return float((self.price[self.price > 0] * hours).sum() / hours.sum()) if hours.size else 0.0

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
        gp_birth_month=plan.gp_birth_month.astype(np.int64),
        gp_strain=np.zeros(practice.size),
        gp_away=np.zeros(practice.size, bool),
        list_uid=np.empty(0, np.uint64),
        list_people=np.empty(0),
        list_organisation=np.empty(0, np.int16),
        post_organisation=region.post_organisation,
        post_population=np.bincount(region.node_post, region.node_population, len(region.post_name)),
        post_at_night=np.ones(len(region.post_name), bool),
    )


def duty_pool_from_agents(model: Any, region: Region) -> DutyPool:
    """Duty as lists, owners and posts stand now; GPs in the order of their numbers."""
    gps, posts = gps_of(model), posts_of(model)
    organisation = region.post_organisation[getattr(model, "node_post", region.node_post)]
    lists = [one for one in practices_of(model) if one.registered and not one.owners]
    where = [-1 if gp.practice is None else int(organisation[gp.practice.node]) for gp in gps]
    return DutyPool(
        gp_uid=np.array([gp.uid for gp in gps], np.uint64),
        gp_role=np.array([gp.role for gp in gps], np.int8),
        gp_owes=np.array([gp.duty_share for gp in gps], np.float64),
        gp_organisation=np.array(where, np.int16),
        gp_birth_month=np.array([gp.birth_month for gp in gps], np.int64),
        gp_strain=np.array([gp.strain for gp in gps], np.float64),
        gp_away=np.array([gp.is_away for gp in gps], bool),
        list_uid=np.array([practice.uid for practice in lists], np.uint64),
        list_people=np.array([practice.registered for practice in lists], np.float64),
        list_organisation=np.array([organisation[practice.node] for practice in lists], np.int16),
        post_organisation=np.array([post.organisation for post in posts], np.int16),
        post_population=np.array([post.population for post in posts], np.float64),
        post_at_night=np.array([post.open_at_night for post in posts], bool),
    )


def seats(pool: DutyPool, parameters: Parameters) -> npt.NDArray[np.int64]:
    """The staffing table of the pool's posts: GPs by post, kind of shift and kind of work, shape (M, 4, 2)."""
    return staffing_table(pool.post_population, pool.post_organisation, pool.post_at_night, parameters)


def month_roster(
    pool: DutyPool,
    calendar: Calendar,
    month: int,
    parameters: Parameters,
    seed: int,
    before: Roster | None = None,
    scale: float = 1.0,
) -> Roster:
    """The roster of a month.

    Args:
        month: month index; its days must lie in ``calendar``.
        before: roster of the month before, whose last night reaches into this one; without it that night is staffed
            as far as nobody fell out.
        scale: of the region's GPs. Posts are staffed as in the whole region, and a GP of a part of it stands for
            1 / scale who take turns: so much of a shift is his or hers. Else a tenth of the GPs would do all duty.

    Raises:
        ValueError: the calendar has no day of the month.
    """
    days = np.flatnonzero(calendar.month_index == month)
    if not days.size:
        raise ValueError(f"month {month} does not lie in the calendar")
    table = seats(pool, parameters)
    is_open = calendar.is_open[days]
    shifts = shifts_of_days(table, days, is_open)  # the first ones are the night that reaches into the first morning
    here = shifts.day >= days[0]
    hours = SHIFT_HOURS[shifts.kind]

    u = uniforms(seed, Stream.ROSTER, ((shifts.day + 1) << 32) + shifts.code)
    fell_out = u[:, 0] < parameters.number("workforce.shift_falls_out")
    covered = u[:, 1] >= parameters.number("workforce.shift_not_covered")
    owed_by = _owed(pool, pool.post_organisation[shifts.post], here, month, seed)
    age = (month - pool.gp_birth_month) / 12.0
    chance = np.where(pool.gp_away, 1.0, sale_chance(age, pool.gp_strain, parameters))
    sold = u[:, 2] < np.append(chance, 1.0)[owed_by]  # nobody's duty is always offered
    sought = here & np.where(fell_out, covered, sold)
    willing = willing_hours(pool.gp_role, pool.gp_away, parameters)
    market = clear_market(scale * float(hours[sought].sum()), float(willing.sum()), days.size, parameters)
    refused = sought & (u[:, 3] >= market.accepted)
    taken = sought & ~refused
    keeps = ~fell_out & ~np.append(pool.gp_away, True)[owed_by] & (refused | ~sold)
    done_by = np.where(here & keeps, owed_by, -1)
    done_by[taken] = _deal(int(taken.sum()), willing, pool.gp_uid, -1, month, _BUY, seed)
    staffed = np.where(here, done_by >= 0, (~fell_out | covered) & (before is None))
    on_duty = servers_by_hour(shifts, staffed, int(days[0]), days.size, table.shape[0])
    if before is not None:
        on_duty[:, :, 0, :MORNING] += _last_night(before, int(days[0]) - 1, table.shape[0])[:, :, None]
    population = np.bincount(pool.post_organisation, weights=pool.post_population)
    nurses = plan_triage(population, parameters)[:, np.where(is_open, 0, 1)]
    done = here & (done_by >= 0)
    seconds = np.bincount(done_by[done], weights=hours[done] * _HOUR * scale, minlength=pool.gp_uid.size)
    return Roster(
        day=shifts.day[here],
        post=shifts.post[here].astype(np.int16),
        kind=shifts.kind[here].astype(np.int8),
        car=shifts.car[here],
        owed_by=owed_by[here].astype(np.int32),
        done_by=done_by[here].astype(np.int32),
        sold=sold[here],
        refused=refused[here],
        fell_out=fell_out[here],
        price=np.where(taken, market.price[shifts.kind], 0)[here],
        market=market,
        duty_seconds=np.rint(seconds).astype(np.int64),
        consult_gps=on_duty[0].astype(np.int16),
        car_gps=on_duty[1].astype(np.int16),
        triage_nurses=np.ascontiguousarray(nurses),
        scale=scale,
    )


def _last_night(roster: Roster, day: int, posts: int) -> Ints:
    """GPs by kind of work and post (2, M) in the night that began on a month's last day."""
    mine = (roster.day == day) & (roster.kind == ShiftKind.NIGHT) & ~roster.unfilled
    return np.bincount(roster.car[mine] * posts + roster.post[mine], minlength=2 * posts).reshape(2, posts)


def _owed(
    pool: DutyPool, organisation: npt.NDArray[np.integer], here: npt.NDArray[np.bool_], month: int, seed: int
) -> Ints:
    """GP who owes each shift (S,), in proportion to the lists; -1 for what lists without an owner owe."""
    gps = pool.gp_uid.size
    uid = np.concatenate([pool.gp_uid, pool.list_uid])
    owes = np.concatenate([np.where(pool.gp_role == GPRole.OWNER, pool.gp_owes, 0.0), pool.list_people])
    of = np.concatenate([pool.gp_organisation, pool.list_organisation])
    owed_by = np.full(organisation.size, -1, np.int64)
    for one in range(int(pool.post_organisation.max()) + 1):
        mine = np.flatnonzero(here & (organisation == one))
        owed_by[mine] = _deal(mine.size, np.where(of == one, owes, 0.0), uid, one, month, _ASSIGN, seed)
    owed_by[owed_by >= gps] = -1
    return owed_by


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
    per_kind[list(ON_OPEN)] += open_days
    per_kind[list(ON_CLOSED)] += closed_days
    hours = float((table * per_kind * SHIFT_HOURS).sum()) * 365 / year.size
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
