"""Succession as it stands when the run begins: searches of all ages, signed successors, practices carried for a time.

Would-be owners of today are those who do not like what has long been open: the months before the start are gone
through with the draws that the model itself would have used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.region import Region
from sim.workforce.matching import gumbel, looks_round
from sim.workforce.outlook import Outlook
from sim.workforce.parties import build_parties
from sim.workforce.premises import furnish
from sim.workforce.succession import match, sign
from sim.workforce.vacancies import Month, Seeker, Succession, Vacancy, vacancy_id

__all__ = ["start_succession"]


class _Past(Month):
    """A month before the run: nothing is written down."""

    def log(
        self, kind: str, practice: int, value: float = 0.0, *, gp: int = -1, other: int = -1, cause: str = ""
    ) -> None:
        """Events before the run are not logged."""


def start_succession(
    model: Any,
    region: Region,
    outlook: Outlook,
    seed: int,
    p: Parameters,
    notice: int,
    seekers_of: Callable[[Outlook], Sequence[Seeker]] | None = None,
) -> Succession:
    """Parties, premises and searches as they are when the run begins; call it after the GPs' careers have begun.

    Args:
        model: the model with its practices and GPs; owners who will stop have announced it.
        region: the region.
        outlook: the first month.
        seed: seed of the run.
        p: parameters.
        notice: months ahead of which owners announce a stop.
        seekers_of: owners-to-be from outside who looked in during an earlier month, if they are known.
    """
    base, deprived = p.column("succession.appeal")
    state = Succession(base + deprived * np.array([town.deprived.value for town in region.municipalities]))
    month = _Past(model, state, outlook, seed, p)
    parties = build_parties(model, region, p)
    furnish(month.practices, seed, p)
    for gp in month.gps:
        if gp.stop_month is not None and gp.is_owner and isinstance(gp.practice, Practice):
            state.add(_search(gp, gp.practice, "announced", gp.stop_month - notice, gp.stop_month))
    old = _expired(month, notice)
    _go_through_the_past(month, old, notice, seekers_of)
    for practice in month.practices:
        if practice.ownerless:
            practice.run_by_organisation()
            if len(parties.organisation.running) < parties.organisation.places:
                parties.organisation.begin(practice.number, outlook.month)
    month.count_searches()
    return state


def _search(gp: GP, practice: Practice, cause: str, opened: int, stop: int) -> Vacancy:
    return Vacancy(
        uid=vacancy_id(practice.uid, gp.uid, cause),
        practice=practice.number,
        leaver=gp.uid,
        cause=cause,
        opened=opened,
        stop=stop,
        fte=gp.fte,
        week_seconds=gp.week_seconds,
    )


def _expired(month: Month, notice: int) -> list[Vacancy]:
    """Searches that have run past the stop, mostly where nobody wants to be.

    The seat is vacant; whoever sits in it in the plan works as a changing locum instead, so that hours and heads stay.
    """
    p, now = month.p, month.now
    taken = {vacancy.practice for vacancy in month.state.searching()}
    free = [one for one in month.practices if one.number not in taken and one.gps]
    if not free:
        return []
    luck = uniforms(month.seed, Stream.VACANCY_START, np.array([one.uid for one in free], np.uint64))
    people = month.outlook.lists[[one.number for one in free]]
    over = people / (month.outlook.norm_list * np.maximum([one.list_fte for one in free], 0.3)) - 1.0
    low, high = p.column("succession.over_norm_bounds")
    value = month.state.appeal[[one.municipality for one in free]]
    value = value + p.number("succession.list_over_norm") * np.clip(over, low, high)
    order = np.lexsort((luck[:, 1], value - gumbel(luck[:, 0])))  # the least wanted first
    count = round(p.number("succession.start_expired") * len(month.practices))
    solo = round(p.number("succession.start_solo") * count)
    alone = [k for k in order.tolist() if len(free[k].owners) == 1][:solo]
    beside = [k for k in order.tolist() if len(free[k].gps) > 1 and k not in alone][: count - solo]
    slope = 1.0 - p.number("succession.start_window_slope")
    window = p.number("succession.window")
    out = []
    for k in sorted(alone + beside):
        practice = free[k]
        leaves = max(
            practice.owners if k in alone else [gp for gp in practice.gps if not gp.is_owner] or practice.owners[1:],
            key=lambda gp: (gp.age(now), gp.uid),
        )
        # elapsed share e of the window with density falling by a line from 1 to 1 - slope
        area = luck[k, 2] * (1.0 - slope / 2.0)
        elapsed = area if slope < 1e-9 else (1.0 - np.sqrt(1.0 - 2.0 * slope * area)) / slope
        stop = now - 1 - int(elapsed * (window - 1))
        sudden = luck[k, 3] < p.number("succession.start_sudden")
        vacancy = _search(leaves, practice, "at the start", stop if sudden else stop - notice, stop)
        vacancy.left = True
        practice.release(leaves)
        practice.leave_seat(vacancy.uid, vacancy.fte, vacancy.week_seconds)
        out.append(month.state.add(vacancy))
    return out


def _go_through_the_past(
    month: Month, old: list[Vacancy], notice: int, seekers_of: Callable[[Outlook], Sequence[Seeker]] | None
) -> None:
    """Let today's would-be owners look round in the months before the run.

    What they would have taken among the searches that are still open came to nothing; the seats of owners who have yet
    to stop are signed for.
    """
    expired = {vacancy.uid for vacancy in old}
    first = min([month.now - notice, *(vacancy.opened for vacancy in old)])
    for then in range(first, month.now):
        past = _Past(month.model, month.state, replace(month.outlook, month=then), month.seed, month.p)
        ready = [gp for gp in past.gps if gp.looks_for_practice(then) and gp.stop_month is None]
        looking = looks_round(np.array([gp.uid for gp in ready], np.uint64), month.seed, then, month.p)
        gps = [gp for gp, looks in zip(ready, looking, strict=True) if looks]
        long_open = [vacancy for vacancy in old if vacancy.opened <= then]
        if long_open and gps:
            _, would = match(past, long_open, gps, [])
            for c, v in np.argwhere(would).tolist():
                month.state.refusals.add((gps[c].uid, long_open[v].uid))
        fresh = [one for one in month.state.searching() if one.uid not in expired and one.opened <= then]
        seekers = [] if seekers_of is None else list(seekers_of(past.outlook))
        if fresh and (gps or seekers):
            signed, _ = match(past, fresh, gps, seekers)
            for c, vacancy in sorted(signed.items(), key=lambda item: item[1].uid):
                inside = c < len(gps)
                sign(past, vacancy, gps[c] if inside else None, None if inside else seekers[c - len(gps)])
