"""Link workers (welfare coaches): room for people in a month, and the needs of those whom they have taken on."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.modifiers import Resolved

__all__ = ["link_month"]

type Ints = npt.NDArray[np.int64]

_KEPT = 3.0
"""Months' places that a link worker who was not sent anybody has at most."""


class _Care(Protocol):
    """What is written of care here."""

    link_left: Ints
    link_months: int


def link_month(people: People, care: _Care, resolved: Resolved, lists: Ints, month: int) -> None:
    """Begin a month: places with link workers, and lower rates of needs for people who met one.

    The effect lies on a person's rate, not on the number of visits: people are sent when they come often, and come
    less often afterwards by themselves.

    Args:
        people: their rates of the month are set, and lowered here.
        care: places of each practice.
        resolved: the parameters of the month.
        lists: registered people by practice (P,).
        month: month index.
    """
    variants = resolved.variants
    if any(one.number("care.link_places") > 0.0 for one in variants):
        care.link_months = round(max(one.number("care.link_months") for one in variants))
        known = resolved.practice_variant[: lists.size]
        a_year = np.zeros(lists.size)
        a_year[: known.size] = np.array([one.number("care.link_places") for one in variants])[known]
        a_year *= lists / 1000.0
        k = month % 12
        new = (np.floor(a_year * (k + 1) / 12.0) - np.floor(a_year * k / 12.0)).astype(np.int64)
        most = np.ceil(a_year * _KEPT / 12.0).astype(np.int64)
        care.link_left = np.minimum(care.link_left + new, most)
    elif care.link_left.any():
        care.link_left = np.zeros_like(care.link_left)
    n = people.n
    rows = np.flatnonzero((people.linked[:n] >= month) & people.alive[:n])
    if rows.size:
        factor = np.array([one.number("needs.linked_rate") for one in variants])
        place = people.practice[rows].astype(np.int64)
        known = np.append(resolved.practice_variant, 0)
        at = np.where((place >= 0) & (place < known.size - 1), place, known.size - 1)
        people.rate_day[rows] *= factor[known[at]]
