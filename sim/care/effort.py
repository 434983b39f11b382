"""How much GP time the same questions take with the measures of a practice, against what they took at the start.

A practice that takes longer for each visit can carry fewer people with the same hours, whatever its neighbours do.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from sim.modifiers import Resolved
from sim.parameters import Parameters

__all__ = ["effort_of", "minutes_per_question"]

_AGES = ("child", "adult", "middle", "old")
_PHONE, _CONSULT, _LONG = 0, 1, 2

_READ = (
    *(f"needs.share_{age}" for age in _AGES),
    "care.gp_minutes",
    "care.mode_phone",
    "care.mode_long",
    "care.follow_up",
    "care.assistant_visit",
    "care.mental_nurse",
    "care.assistant_advice",
    "care.self_booked_share",
    "care.self_booked_minutes",
)
"""What the time of a question is made of."""

_KNOWN: WeakKeyDictionary[Resolved, npt.NDArray[np.float64]] = WeakKeyDictionary()
"""By variant, of the months that somebody still holds: it is asked for three times a month."""


def minutes_per_question(p: Parameters) -> float:
    """GP minutes that a mean question takes, with what follows on it, before anybody adapts; home visits aside."""
    shares = [p.column(f"needs.share_{age}") for age in _AGES]
    mix = np.mean([share / share.sum() for share in shares], axis=0)
    minutes = p.column("care.gp_minutes")
    phone, long, again = p.column("care.mode_phone"), p.column("care.mode_long"), p.column("care.follow_up")
    other_staff = p.column("care.assistant_visit") + p.column("care.mental_nurse")
    by_gp = (1.0 - p.column("care.assistant_advice")) * np.maximum(1.0 - other_staff, 0.0)
    first = phone * minutes[_PHONE] + long * minutes[_LONG] + (1.0 - phone - long) * minutes[_CONSULT]
    next_one = phone * minutes[_PHONE] + (1.0 - phone) * minutes[_CONSULT]
    booked = p.number("care.self_booked_share")
    next_one = (1.0 - booked) * next_one + booked * p.number("care.self_booked_minutes")
    return float(mix @ (by_gp * (first + np.minimum(again, 0.9) / (1.0 - np.minimum(again, 0.9)) * next_one)))


def effort_of(resolved: Resolved, practices: int, base: Parameters) -> npt.NDArray[np.float64] | None:
    """GP time that the same questions take in each practice over what they took at the start (P,); None where nothing
    differs.

    Args:
        resolved: the parameters of the month.
        practices: how many there are; those that have opened since work as the region does.
        base: parameters before anything modified them.
    """
    if resolved.region is base and len(resolved.variants) == 1:
        return None
    if resolved not in _KNOWN:
        _KNOWN[resolved] = _of_variants(resolved.variants, base)
    each = _KNOWN[resolved]
    out = np.full(practices, each[0])
    known = resolved.practice_variant[:practices]
    out[: known.size] = each[known]
    return None if (out == 1.0).all() else out


def _of_variants(variants: Sequence[Parameters], base: Parameters) -> npt.NDArray[np.float64]:
    """The same by variant (V,); variants that share what the time is made of share the sum."""
    usual = minutes_per_question(base)
    passports = itemgetter(*_READ)
    found: dict[tuple[int, ...], float] = {tuple(map(id, passports(base.entries))): 1.0}
    out = np.empty(len(variants))
    for k, one in enumerate(variants):
        key = tuple(map(id, passports(one.entries)))
        if key not in found:
            found[key] = minutes_per_question(one) / usual
        out[k] = found[key]
    return out
