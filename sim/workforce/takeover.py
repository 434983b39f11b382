"""How a successor begins: hours, weekdays, role, and the seat that is filled."""

from __future__ import annotations

import numpy as np

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import work_days
from sim.workforce.vacancies import Week

__all__ = ["begin_as_owner", "spread_week"]


def begin_as_owner(gp: GP, practice: Practice, vacancy: int, month: int, seed: int, p: Parameters) -> None:
    """Let a GP begin as an owner: patient time is the GP's FTE times what an FTE of this practice does.

    The week's hours become those of an owner of that FTE; the wish keeps its ratio to the hours. ``vacancy`` is the id
    of the seat.
    """
    colleague = gp.practice is practice
    wish = gp.agreed_hours / gp.hours
    gp.become_owner(practice, month)
    gp.hours = float(p.column("practices.week_hours")[GPRole.OWNER]) * gp.fte
    gp.hours /= float(p.column("practices.fte_by_role")[GPRole.OWNER])
    gp.agreed_hours = gp.hours * wish
    if practice.direct_per_fte > 0.0:
        others = [one for one in practice.gps if one is not gp]
        gp.week_seconds = spread_week(round(gp.fte * practice.direct_per_fte), gp, others, seed, p)
    practice.fill_seat(vacancy, by_colleague=colleague)


def spread_week(seconds: int, gp: GP, colleagues: list[GP], seed: int, p: Parameters) -> Week:
    """Patient seconds on Monday to Friday, adding up to ``seconds``: first on the days with the fewest colleagues."""
    days = int(work_days(np.array([gp.fte]), np.array([float(seconds)]))[0])
    cover = np.zeros(5)
    for one in colleagues:
        cover += np.asarray(one.week_seconds) > 0
    luck = np.concatenate([uniforms(seed, Stream.GP, gp.uid, 0, number)[0] for number in (8, 9)])[:5]
    order = np.argsort(cover + p.column("practices.quiet_days") + 0.5 * luck, kind="stable")
    each, rest = divmod(seconds, days)
    week = [0] * 5
    for place, day in enumerate(order[:days].tolist()):
        week[day] = each + (place < rest)
    mon, tue, wed, thu, fri = week
    return mon, tue, wed, thu, fri
