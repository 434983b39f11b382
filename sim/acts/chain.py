"""A commercial chain of digital GP care takes people on, and fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.acts.dispatch import handler
from sim.agents.people import NO_PRACTICE, NOBODY, OUTSIDE_PRACTICE, WITH_CHAIN, People, Search
from sim.agents.staffing import practices_of
from sim.interventions.instance import Act
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.workforce.shock import end_searches

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["chain_enrols", "chain_fails"]

Ints = npt.NDArray[np.int64]

_FAILS, _TAKES_OVER, _PRACTICE = 1, 2, 3
"""Draw numbers of the stream beside that of taking people on (0)."""


def _members(people: People) -> Ints:
    """Rows of the people who are with a chain; who has found a practice, or has been struck off, is so no more."""
    n = people.n
    marked = np.flatnonzero(people.alive[:n] & (people.usual[:n] == WITH_CHAIN))
    there = people.practice[marked] == OUTSIDE_PRACTICE
    people.usual[marked[~there]] = NOBODY
    return np.asarray(marked[there], np.int64)


def _failed(model: RegionModel, act: Act) -> int | None:
    """First month, up to that of the act, in which the chain failed of its own."""
    hazard, since = float(act.data["failure"]) / 12.0, int(act.data["since"])
    who = np.array([since], np.uint64)
    for month in range(since, act.month + 1):
        if uniforms(model.seed, Stream.CHAIN, who, month, _FAILS)[0, 0] < hazard:
            return month
    return None


def _ended(model: RegionModel, month: int) -> bool:
    """Whether a chain has been made to fail by this month."""
    return any(
        one.kind == "chain fails" and one.month <= month and one.data["members"] > 0.0 for one in model.package.acts
    )


@handler("chain enrols")
def chain_enrols(model: RegionModel, act: Act, day: int) -> None:
    """A month of a chain: it takes on people without a GP up to its most members, or it fails.

    Args:
        act: ``uptake`` (share of people without a GP who join in a month, times their digital ability), ``most``
            (members per 100,000 inhabitants), ``failure`` (hazard a year), ``since`` (its first month).
    """
    people, n = model.people, model.people.n
    members = _members(people)
    if _ended(model, act.month):
        return
    if (failed := _failed(model, act)) is not None:
        if failed == act.month:
            _release(model, members, 0.0, act, day)
        return
    rows = np.flatnonzero(people.alive[:n] & (people.practice[:n] == NO_PRACTICE))
    u = uniforms(model.seed, Stream.CHAIN, people.uid[rows], act.month)[:, 0]
    willing = u < float(act.data["uptake"]) * people.digital[rows]
    rows, u = rows[willing], u[willing]
    room = int(float(act.data["most"]) * len(people) / 100_000.0) - members.size
    joins = rows[np.lexsort((people.uid[rows], u))][: max(0, room)]
    people.practice[joins] = OUTSIDE_PRACTICE
    people.usual[joins] = WITH_CHAIN
    if joins.size:
        model.ledger.log(day - model.run_in, "chain takes people on", value=float(joins.size), cause=act.source)


@handler("chain fails")
def chain_fails(model: RegionModel, act: Act, day: int) -> None:
    """A chain's contracts end: its digital members have no GP at once, and practices that it owns close.

    Args:
        act: ``members`` (share of its people who lose it; 0 none), ``fallback`` (share of these whom another digital
            provider takes over), ``practices`` (number of the region's practices that were the chain's, at most half).
    """
    members = _members(model.people)
    u = uniforms(model.seed, Stream.CHAIN, model.people.uid[members], act.month, _TAKES_OVER)
    _release(model, members[u[:, 0] < act.data["members"]], float(act.data["fallback"]), act, day)
    open_ones = [one for one in practices_of(model) if one.closed_since is None]
    luck = uniforms(model.seed, Stream.CHAIN, np.array([one.uid for one in open_ones], np.uint64), act.month, _PRACTICE)
    most = min(int(act.data["practices"]), len(open_ones) // 2)
    order = np.argsort(luck[:, 0], kind="stable")[:most]
    closing = sorted(open_ones[k].number for k in order.tolist())
    if closing:
        for number in closing:
            people_on_list = float(model.lists[number])
            model.ledger.log(day - model.run_in, "practice closes", number, people_on_list, cause="chain fails")
        end_searches(model, model.workforce.succession, set(closing))
        model.turnover.release(closing, act.month, day - model.run_in)


def _release(model: RegionModel, rows: Ints, fallback: float, act: Act, day: int) -> None:
    people = model.people
    if not rows.size:
        return
    u = uniforms(model.seed, Stream.CHAIN, people.uid[rows], act.month, _TAKES_OVER)[:, 1]
    lost = rows[u >= fallback]
    people.practice[lost] = NO_PRACTICE
    people.usual[lost] = NOBODY
    people.search[lost] = Search.LOOKING
    people.search_since[lost] = act.month
    model.ledger.log(day - model.run_in, "chain fails", value=float(lost.size), cause=act.source)
