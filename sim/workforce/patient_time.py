"""Patient time of a practice's GPs beside that of their normal weeks, and staff posts beside those they began with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.practice import Practice
from sim.parameters import Parameters
from sim.workforce.local import by_practice

__all__ = ["extra_posts", "patient_time"]

type Floats = npt.NDArray[np.float64]

_ADVANCED = 3
_LEAST = 0.1  # of a normal week that supervision leaves
_ROLES = 4


def _variants(model: Any, p: Parameters) -> Sequence[Parameters]:
    resolved = getattr(model, "resolved", None)
    found: Sequence[Parameters] = (p,) if resolved is None or resolved.region is not p else resolved.variants
    return found


def patient_time(model: Any, practices: Sequence[Practice], p: Parameters) -> Floats | None:
    """Factor on the patient seconds of each practice's GPs (P,); None while it is one everywhere.

    Supervision of PAs and nurse practitioners beyond those of the start takes time that patients do not get.
    """
    variants = _variants(model, p)
    if all(one.number("practices.patient_time") == 1.0 and one.number("staff.supervision") == 0.0 for one in variants):
        return None
    out = by_practice(model, "practices.patient_time", np.arange(len(practices)), p)
    supervision = by_practice(model, "staff.supervision", np.arange(len(practices)), p)
    for k in np.flatnonzero(supervision).tolist():
        practice = practices[k]
        own = sum(gp.direct_seconds for gp in practice.gps)
        if practice.advanced_fte > 0.0 and own > 0:
            posts = max(practice.advanced_fte, practice.staff_posts[_ADVANCED])
            new = max(0.0, practice.advanced_fte - practice.staff_posts[_ADVANCED]) / posts
            out[k] *= max(_LEAST, 1.0 - supervision[k] * new * sum(practice.staff_week_seconds[_ADVANCED]) / own)
    return out


def extra_posts(model: Any, practices: Sequence[Practice], p: Parameters) -> Floats | None:
    """Posts by practice and role (P, 4) beside the established ones, in FTE; None while there are none."""
    if not any(one.column("staff.extra_posts").any() for one in _variants(model, p)):
        return None
    each = [by_practice(model, "staff.extra_posts", np.arange(len(practices)), p, role) for role in range(_ROLES)]
    registered = np.array([one.registered for one in practices], np.float64)
    return np.stack(each, axis=1) * registered[:, None] / 1000.0
