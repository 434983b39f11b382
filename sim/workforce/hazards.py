"""Chances of leaving, moving, falling ill and changing hours in a month, without strain and with it.

Published rates hold for GPs under the strain of the years in which they were observed. The rate at strain S is the
published one times exp(b (S - S0)), with S0 the mean strain of those years: at the norm (S = 0) fewer leave than is
published. What happens with strain and not without is due to strain: its draw lies between the two chances.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.workforce.crew import Crew, Flags, Floats

__all__ = [
    "EXIT_AGES",
    "Chance",
    "chance",
    "exit_chance",
    "exit_hazard",
    "hours_chances",
    "moving_chance",
    "planned_stop_chance",
    "sudden_chance",
]

EXIT_AGES = (55, 60, 65, 66, 67)
"""Ages at which the bands of ``careers.exit_hazard`` change."""

_MONTHS = 12


class Chance(NamedTuple):
    """Chance of something in a month (n,)."""

    without: Floats
    """Without strain."""
    present: Floats
    """With the strain there is."""

    def happens(self, draw: Floats) -> Flags:
        """It happens to whom the draw lies below the chance (n,)."""
        return np.asarray(draw < self.present)

    def due_to_strain(self, draw: Floats) -> Flags:
        """It happens, and would not without strain (n,)."""
        return np.asarray((draw >= self.without) & (draw < self.present))


def exit_hazard(age: npt.ArrayLike, p: Parameters) -> Floats:
    """Share of GPs who leave the profession in a year at an age in years, as published (same shape as ``age``)."""
    hazard = p.column("careers.exit_hazard")
    hazard[0] *= p.number("careers.exit_rise_young")
    return np.asarray(hazard[np.searchsorted(EXIT_AGES, np.asarray(age, np.float64), side="right")])


def _rate(yearly: npt.ArrayLike) -> Floats:
    """Rate a month that gives this share in a year."""
    return np.asarray(-np.log1p(-np.asarray(yearly, np.float64)) / _MONTHS)


def _chance(rate: Floats) -> Floats:
    return np.asarray(-np.expm1(-np.maximum(rate, 0.0)))


def _multipliers(strain: Floats, effect: float, p: Parameters) -> tuple[float, Floats]:
    """Factor on a published rate without strain, and with the strain of each (n,)."""
    none = float(np.exp(-effect * p.number("careers.strain_observed")))
    if p.number("careers.strain_on") < 0.5:
        return none, np.full(strain.size, none)
    return none, np.asarray(none * np.exp(effect * strain))


def chance(yearly: npt.ArrayLike, strain: Floats, effect: float, p: Parameters) -> Chance:
    """Chance a month of what happens to a share ``yearly`` of GPs a year at the strain of the published years.

    Args:
        yearly: one share, or one a GP (n,).
        strain: strain of each GP (n,).
        effect: log hazard ratio per unit of strain.
    """
    none, present = _multipliers(strain, effect, p)
    rate = _rate(yearly) + np.zeros(strain.size)
    return Chance(_chance(rate * none), _chance(rate * present))


def exit_chance(age: Floats, strain: Floats, p: Parameters) -> Chance:
    """Chance a month of leaving the profession for any reason (n,)."""
    return chance(exit_hazard(age, p), strain, p.number("careers.strain_exit"), p)


def planned_stop_chance(age: Floats, strain: Floats, p: Parameters) -> Chance:
    """Chance that an owner of this age stops in a month by plan: leaving for any reason less the sudden losses."""
    none, present = _multipliers(strain, p.number("careers.strain_exit"), p)
    rate = _rate(exit_hazard(age, p))
    sudden = _sudden_rate(rate * none, p)
    return Chance(_chance(rate * none - sudden), _chance(rate * present - sudden))


def sudden_chance(age: Floats, p: Parameters) -> Floats:
    """Chance that an owner of this age falls out in a month without notice; strain does not change it (n,)."""
    none, _ = _multipliers(np.zeros(1), p.number("careers.strain_exit"), p)
    return _chance(_sudden_rate(_rate(exit_hazard(age, p)) * none, p))


def _sudden_rate(rate: Floats, p: Parameters) -> Floats:
    """Part of the strain-free rate of leaving that comes without notice."""
    return np.minimum(rate, _rate(p.number("careers.sudden_loss")))


def moving_chance(crew: Crew, p: Parameters) -> Chance:
    """Chance a month of moving to another region by role and tie (A,)."""
    owner, employed, locum = p.column("careers.moving_away")
    by_role = np.array([owner, employed, employed, locum])
    bound, free = p.column("careers.moving_tie")
    yearly = by_role[crew.role] * np.where(crew.bound, bound, free)
    return chance(yearly, crew.strain, p.number("careers.strain_move"), p)


def hours_chances(crew: Crew, p: Parameters) -> tuple[Floats, Floats]:
    """Chances a month of working half a day less and half a day more (A,), (A,), within the limits of FTE."""
    lowest, highest = p.column("careers.hours_limits")
    effect = p.number("careers.strain_hours")
    fewer = chance(p.number("careers.hours_down"), crew.strain, effect, p).present
    more = chance(p.number("careers.hours_up"), crew.strain, -effect, p).present
    return np.where(crew.fte > lowest, fewer, 0.0), np.where(crew.fte < highest, more, 0.0)
