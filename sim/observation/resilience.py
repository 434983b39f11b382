"""Risk and benefit of each practice: who loses access if it closes, and how many displaced people it can absorb.

The idea of two scores, one for the harm of a provider's loss and one for what it takes over from others, was published
for Austria (Nature Communications 13:4259, 2022, doi:10.1038/s41467-022-31897-6); here both follow from lists, room and
travel at one moment. The development after a real closing is the model's, not these scores'.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["practice_benefit", "practice_risk"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_ROUNDS = 50


def practice_risk(people: Ints, near: npt.NDArray[np.bool_], room: Floats) -> Floats:
    """People of each practice (P,) for whom no list within reach has room, if that practice alone closed.

    Its people ask at all practices within reach in proportion to their room; who is turned away asks again where room
    is left, until nobody can be placed.

    Args:
        people: people on each list by node (N, P).
        near: practices within reach of each node (N, P).
        room: people that each practice can still take (P,).
    """
    risk = np.zeros(room.size)
    for p in range(room.size):
        nodes = np.flatnonzero(people[:, p])
        reach = near[nodes] & (room > 0.0)
        reach[:, p] = False
        others = np.flatnonzero(reach.any(axis=0))
        risk[p] = _without_place(people[nodes, p].astype(np.float64), reach[:, others], room[others].copy())
    return risk


def _without_place(waiting: Floats, reach: npt.NDArray[np.bool_], room: Floats) -> float:
    for _ in range(_ROUNDS):
        weight = reach * room
        total = weight.sum(axis=1)
        asks = weight * (waiting / np.maximum(total, 1e-12))[:, None]
        asked = asks.sum(axis=0)
        if asked.sum() < 0.5:
            break
        taken = asks * np.minimum(1.0, room / np.maximum(asked, 1e-12))
        waiting = waiting - taken.sum(axis=1)
        room = np.maximum(0.0, room - taken.sum(axis=0))
    return float(max(0.0, waiting.sum()))


def practice_benefit(people: Ints, near: npt.NDArray[np.bool_], room: Floats) -> Floats:
    """Displaced people each practice (P,) can absorb: its room, at most the people of other lists within its reach."""
    own = np.where(near, people, 0).sum(axis=0)
    others = (near * people.sum(axis=1)[:, None]).sum(axis=0) - own
    return np.asarray(np.minimum(np.maximum(room, 0.0), others), np.float64)
