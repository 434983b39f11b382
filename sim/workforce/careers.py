"""A month in the careers of GPs: who stops, leaves, moves, falls ill, changes hours or gives up ownership.

Owners announce a stop some months ahead. Whether an owner stops in a month hangs on the draw of *that* month and the
hazard at the age of *that* month; the month is looked at once, as soon as it comes within the notice. A longer notice
makes stops known earlier and changes none. Sudden losses are part of the hazard by age, not on top of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import GPRole
from sim.workforce.crew import NEVER, Crew, Flags, Floats, Ints
from sim.workforce.employment import keeps_post
from sim.workforce.hazards import (
    chance,
    exit_chance,
    hours_chances,
    moving_chance,
    planned_stop_chance,
    sudden_chance,
)
from sim.workforce.local import by_practice
from sim.workforce.outlook import Outlook

__all__ = ["Departure", "Departures", "announced_stops", "careers_month", "months_ill", "notice"]

RETIRES = "retires"
PROFESSION = "leaves the profession"
MOVES = "moves away"
SUDDEN = "sudden loss"


@dataclass(frozen=True)
class Departure:
    """A GP who has gone: no longer in the practice, nor in the model."""

    gp: GP
    practice: Practice | None
    role: GPRole
    cause: str
    sudden: bool
    """Nobody knew: an owner had announced no stop."""
    due_to_strain: bool
    """Would not have gone without strain."""


@dataclass(frozen=True)
class Departures:
    """What the month brought that others act on."""

    gone: list[Departure] = field(default_factory=list)
    announced: list[GP] = field(default_factory=list)
    """Owners whose stop was announced now."""
    stepped_back: list[tuple[GP, Practice]] = field(default_factory=list)
    """Owners who go on as employed GP in their practice, and leave an owner's seat."""


def notice(p: Parameters) -> int:
    """Months ahead of which a stop is known."""
    return round(p.number("careers.notice") + p.number("careers.notice_extra"))


def announced_stops(
    crew: Crew, rows: Ints, first: Ints, last: int | Ints, seed: int, p: Parameters
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """First month in which each of some owners stops by plan, -1 none, and whether strain makes the difference.

    Args:
        rows: rows of the crew (n,).
        first: first month to look at, by row (n,).
        last: last month to look at, for all or by row (n,).
    """
    stop = np.full(rows.size, NEVER)
    due = np.zeros(rows.size, bool)
    end = int(np.max(last, initial=NEVER))
    for month in range(int(first.min(initial=end + 1)), end + 1):
        look = np.flatnonzero((first <= month) & (month <= last) & (stop < 0))
        who = rows[look]
        odds = planned_stop_chance(crew.age(month)[who], crew.strain[who], p)
        draw = uniforms(seed, Stream.CAREER_EXIT, crew.uid[who], month)[:, 0]
        hit = odds.happens(draw)
        stop[look[hit]] = month
        due[look[hit]] = odds.due_to_strain(draw)[hit]
    return stop, due


def careers_month(model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters) -> Departures:
    """Let the month's decisions on leaving, moving, illness, hours and ownership be made and carried out."""
    out = Departures()
    here = np.ones(crew.size, bool)
    _come_back(model, crew, outlook)
    _announce(model, crew, outlook, seed, p, out)
    _leave(model, crew, outlook, seed, p, out, here)
    _move_away(model, crew, outlook, seed, p, out, here)
    _fall_ill(model, crew, outlook, seed, p, here)
    _change_hours(model, crew, outlook, seed, p, here)
    _step_back(model, crew, outlook, seed, p, out, here)
    return out


def _announce(model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, out: Departures) -> None:
    """Owners look at the months that come within the notice."""
    extra = by_practice(model, "careers.notice_extra", crew.practice, p)
    until = outlook.month + np.rint(p.number("careers.notice") + extra).astype(np.int64)
    rows = np.flatnonzero(crew.owner & (crew.scanned_to < until))
    first = np.maximum(crew.scanned_to[rows] + 1, outlook.month)
    silent = crew.stop_month[rows] == NEVER
    stop, due = announced_stops(crew, rows[silent], first[silent], until[rows[silent]], seed, p)
    for row in rows.tolist():
        crew.gps[row].scanned_to = int(until[row])
    hit = stop != NEVER
    for row, when, strained in zip(rows[silent][hit].tolist(), stop[hit].tolist(), due[hit].tolist(), strict=True):
        gp = crew.gps[row]
        gp.announce_stop(when, _why(crew, row, when, p), strained)
        crew.stop_month[row] = when
        out.announced.append(gp)
        _log(model, outlook, "owner announces stop", gp, value=when - outlook.month, cause=gp.stop_cause)


def _why(crew: Crew, row: int, month: int, p: Parameters) -> str:
    return RETIRES if crew.age(month)[row] >= p.number("careers.retiring_age") else PROFESSION


def _leave(model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, out: Departures, here: Flags) -> None:
    """Announced stops come true, others leave the profession, and some owners fall out without notice."""
    month = outlook.month
    age = crew.age(month)
    stops = (crew.stop_month != NEVER) & (crew.stop_month <= month)
    lost = crew.owner & (_draw(seed, Stream.CAREER_SUDDEN, crew, month) < sudden_chance(age, p)) & ~stops
    odds = exit_chance(age, crew.strain, p)
    draw = _draw(seed, Stream.CAREER_EXIT, crew, month)
    leaves = odds.happens(draw) & ~crew.owner & (crew.stop_month == NEVER)
    due = odds.due_to_strain(draw)
    for row in np.flatnonzero(stops).tolist():
        gp = crew.gps[row]
        _go(model, outlook, gp, gp.stop_cause, gp.due_to_strain, False, out, p)
    for row in np.flatnonzero(lost).tolist():
        _go(model, outlook, crew.gps[row], SUDDEN, False, crew.stop_month[row] == NEVER, out, p)
    for row in np.flatnonzero(leaves).tolist():
        _go(model, outlook, crew.gps[row], _why(crew, row, month, p), bool(due[row]), False, out, p)
    here &= ~(stops | lost | leaves)
    rate = p.number("careers.locum_stops")
    if rate > 0.0:
        quits = crew.locum & here & (crew.stop_month == NEVER)
        quits &= uniforms(seed, Stream.CAREER_EXIT, crew.uid, month)[:, 1] < -np.expm1(-rate / 12.0)
        for row in np.flatnonzero(quits).tolist():
            _go(model, outlook, crew.gps[row], PROFESSION, False, False, out, p)
        here &= ~quits


def _move_away(
    model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, out: Departures, here: Flags
) -> None:
    odds = moving_chance(crew, p)
    draw = _draw(seed, Stream.CAREER_MOVE, crew, outlook.month)
    moves = odds.happens(draw) & here
    due = odds.due_to_strain(draw)
    for row in np.flatnonzero(moves).tolist():
        gp = crew.gps[row]
        _go(model, outlook, gp, MOVES, bool(due[row]), gp.is_owner and gp.stop_month is None, out, p)
    here &= ~moves


def _go(
    model: Any,
    outlook: Outlook,
    gp: GP,
    cause: str,
    due_to_strain: bool,
    sudden: bool,
    out: Departures,
    p: Parameters,
) -> None:
    """Let a GP go, and write it down."""
    practice, role = gp.practice, GPRole(gp.role)
    assert practice is None or isinstance(practice, Practice)
    _log(model, outlook, "GP leaves", gp, cause=cause)
    if practice is not None and role != GPRole.OWNER and keeps_post(practice, outlook, p):
        practice.leave_post(gp)
    if due_to_strain:
        _log(model, outlook, "GP leaves due to strain", gp, cause=cause)
    if cause == RETIRES:
        gp.retire()
    else:
        gp.leave()
    out.gone.append(Departure(gp, practice, role, cause, bool(sudden), due_to_strain))


def _come_back(model: Any, crew: Crew, outlook: Outlook) -> None:
    for row in np.flatnonzero(crew.away).tolist():
        gp = crew.gps[row]
        if gp.away_until is not None and gp.away_until <= outlook.month:
            gp.come_back()
            crew.away[row] = False
            _log(model, outlook, "GP comes back", gp)


def months_ill(crew: Crew, month: int, seed: int, p: Parameters) -> Ints:
    """Months that each GP will be ill from this month on if at work now, 0 for who stays well (A,)."""
    effect = p.number("careers.strain_illness")
    draw = uniforms(seed, Stream.CAREER_ILLNESS, crew.uid, month)
    ill = draw[:, 0] < chance(p.number("careers.illness"), crew.strain, effect, p).present
    mean, longest = p.column("careers.illness_months")
    months = np.ceil(-mean * np.log1p(-draw[:, 1])).astype(np.int64)
    return np.where(ill, np.clip(months, 1, int(longest)), 0)


def _fall_ill(model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, here: Flags) -> None:
    months = months_ill(crew, outlook.month, seed, p)
    for row in np.flatnonzero((months > 0) & ~crew.away & here).tolist():
        crew.gps[row].fall_ill(outlook.month + int(months[row]))
        _log(model, outlook, "GP falls ill", crew.gps[row], value=float(months[row]))


def _change_hours(model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, here: Flags) -> None:
    """Half a day less or more; the lowest draws cut hours, the highest add them."""
    fewer, more = hours_chances(crew, p)
    draw = _draw(seed, Stream.CAREER_HOURS, crew, outlook.month)
    step = p.number("careers.hours_step")
    for row in np.flatnonzero((draw < fewer) & here).tolist():
        gp = crew.gps[row]
        gp.reduce_hours(gp.hours * step / gp.fte)
        _log(model, outlook, "GP reduces hours", gp, value=step)
    for row in np.flatnonzero((draw >= 1.0 - more) & here).tolist():
        gp = crew.gps[row]
        gp.add_hours(gp.hours * step / gp.fte)
        _log(model, outlook, "GP adds hours", gp, value=step)


def _step_back(
    model: Any, crew: Crew, outlook: Outlook, seed: int, p: Parameters, out: Departures, here: Flags
) -> None:
    """Owners with partners give up ownership; not shortly before they stop, announced or not."""
    month = outlook.month
    young = crew.age(month) < p.number("careers.step_back_age")
    odds = chance(p.number("careers.step_back"), crew.strain, p.number("careers.strain_exit"), p)
    draw = _draw(seed, Stream.CAREER_ROLE, crew, month)
    rows = np.flatnonzero(crew.owner & young & here & odds.happens(draw))
    horizon = month + round(p.number("careers.step_back_horizon"))
    stop, _ = announced_stops(crew, rows, np.full(rows.size, month), horizon, seed, p)
    for row in rows[stop == NEVER].tolist():
        gp = crew.gps[row]
        practice = gp.practice
        assert isinstance(practice, Practice)
        if len(practice.owners) > 1 and gp.stop_month is None:
            gp.step_back(month)
            out.stepped_back.append((gp, practice))
            _log(model, outlook, "role changes", gp, cause="owner to employed")


def _draw(seed: int, stream: Stream, crew: Crew, month: int) -> Floats:
    return uniforms(seed, stream, crew.uid, month)[:, 0]


def _log(model: Any, outlook: Outlook, kind: str, gp: GP, value: float = 0.0, cause: str = "") -> None:
    number = NEVER if gp.practice is None else gp.practice.number
    model.ledger.log(outlook.day, kind, number, value, gp=gp.number, cause=cause)
