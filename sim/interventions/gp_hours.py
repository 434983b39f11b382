"""Hours of the mean GP and people per GP, for interventions that give or take hours."""

from __future__ import annotations

import numpy as np

from sim.parameters import Parameters

__all__ = ["PATIENTS", "mean_of_roles"]

PATIENTS = 1.625
"""Thousand registered people per FTE of all GPs, changing locums too."""


def mean_of_roles(p: Parameters, name: str) -> float:
    """Mean over all GPs of a parameter by role (owner, employed, fixed locum, changing locum)."""
    owner, employed, changing = p.column("practices.role_share")
    fixed = employed * (1.0 - p.number("practices.employed_share"))
    return float(np.average(p.column(name), weights=[owner, employed - fixed, fixed, changing]))
