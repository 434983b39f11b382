"""A shock for the stress test: many GPs gone at once, and nobody sought in their place."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.workforce.vacancies import Succession, VacancyStatus

__all__ = ["Order", "end_searches", "remove_gps", "who_goes"]

Order = Literal["random", "age"]


def who_goes(gps: list[GP], share: float, order: Order, seed: int) -> list[GP]:
    """The GPs whom a shock takes: a larger share takes the same ones and more.

    Args:
        gps: all GPs.
        share: share of them, 0 to 1, rounded to whole GPs.
        order: ``random``, keyed by GP, or ``age``, the oldest first.
        seed: seed of the run.

    Raises:
        ValueError: the share is no share, or the order is unknown.
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a shock takes a share of the GPs between 0 and 1, not {share}")
    if order not in ("random", "age"):
        raise ValueError(f"a shock takes GPs in the order 'random' or 'age', not {order!r}")
    uid = np.array([gp.uid for gp in gps], np.uint64)
    luck = uniforms(seed, Stream.SHOCK, uid)[:, 0]
    first = luck if order == "random" else np.array([gp.birth_month for gp in gps], np.float64)
    rows = np.lexsort((uid, luck, first))[: round(share * len(gps))]
    return [gps[row] for row in rows.tolist()]


def remove_gps(
    model: Any, succession: Succession, share: float, order: Order, seed: int, day: int
) -> tuple[list[GP], list[int]]:
    """Take GPs out of the region, and end the searches for them and in the practices that they leave without an owner.

    Returns:
        The GPs, and the numbers of the practices without an owner whose lists are to be released.
    """
    gone = who_goes(gps_of(model), share, order, seed)
    uids = {gp.uid for gp in gone}
    for gp in gone:
        practice = gp.practice
        number = -1 if practice is None else practice.number
        model.ledger.log(day, "GP leaves", number, gp=gp.number, cause="shock")
        gp.leave()
    ownerless = [one for one in practices_of(model) if one.ownerless]
    numbers = {one.number for one in ownerless}
    for vacancy in succession.having(VacancyStatus.OPEN, VacancyStatus.SIGNED):
        if vacancy.leaver in uids or vacancy.successor in uids or vacancy.practice in numbers:
            _lapse(model, vacancy.practice, vacancy)
    return gone, sorted(numbers)


def end_searches(model: Any, succession: Succession, numbers: set[int]) -> None:
    """End all searches of practices (by number) that are about to close at once."""
    for vacancy in succession.having(VacancyStatus.OPEN, VacancyStatus.SIGNED):
        if vacancy.practice in numbers:
            _lapse(model, vacancy.practice, vacancy)


def _lapse(model: Any, number: int, vacancy: Any) -> None:
    practice: Practice = practices_of(model)[number]
    practice.vacant_seats.pop(vacancy.uid, None)
    for gp in gps_of(model):
        if gp.uid == vacancy.successor:
            gp.signed = None
    vacancy.status = VacancyStatus.LAPSED
