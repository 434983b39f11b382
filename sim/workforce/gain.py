"""Gain of the loop from load over strain to fewer hours and departures, and so to more load: arithmetic, no run.

The gain is the share of a disturbance that comes back: how many percent of FTE the region has lost in the long run when
load stays one percent higher. At 0 nothing comes back, at .5 a lost GP costs half another one, and so on; from 1 on the
region runs away, until the bounds of strain stop it. Negative parts dampen. It is a mean-field estimate for small
disturbances around the norm, in a stock that is stationary; time constants are ten years and more.

With b the log hazard ratios per unit of strain and w the strain per unit log load:

- *exits*: b x e x w, where e is the elasticity of the stock to the hazard of leaving. Hazards are steep at 60 to 67, so
  that leaving earlier costs few years; e follows from ``careers.exit_hazard`` as the change of the length of a career.
- *hours*: b x (steps down + steps up a year) x FTE of a step / FTE per GP x years at work so far x
  ``loop.hours_room`` x w.
- *moves*: b x share who move away in a year x years at work so far x w. A hazard that is the same at all ages shortens
  a stationary stock by the mean years that those at work have been there.
- *inflow*: -pull x share of the inflow that comes from elsewhere. Nothing published identifies ``careers.pool_pull``.

Illness, owners who step back, and trainees who settle by load are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

import numpy as np

from sim.parameters import Parameters
from sim.workforce.crew import Floats
from sim.workforce.hazards import exit_hazard

__all__ = [
    "LEVELS",
    "Career",
    "Coefficients",
    "Gain",
    "StrainPerLoad",
    "career",
    "coefficients",
    "exit_elasticity",
    "gain_table",
    "loop_gain",
    "pulls",
    "strain_per_load",
]

type Level = Literal["low", "central", "high"]

LEVELS: tuple[Level, ...] = ("low", "central", "high")
"""Ends and middle of the range of the coefficients of strain."""

_FIELD = {"low": "low", "central": "value", "high": "high"}
_MONTHS = 12
_OLDEST = 85.0  # nobody is left at work by then
_NUDGE = 0.05  # change of the hazard for its elasticity
_ROLE_OF_SHARE = [0, 1, 3]  # owner, employed or fixed locum, changing locum among the four roles
_PER_MILLION = 10.0  # of what is given per 100,000


class Coefficients(NamedTuple):
    """Log hazard ratios per unit of strain."""

    exits: float
    hours: float
    moves: float


@dataclass(frozen=True)
class StrainPerLoad:
    """Strain that a unit of log load adds to the mean GP, by part; the sum is w.

    Non-owners feel ``careers.strain_non_owner`` of everything, changing locums ``careers.strain_locum_list`` of the
    lists.
    """

    hours: float
    """Work without patients that follows the load (``careers.other_work``). Overtime is left out: it is bounded."""
    lists: float
    """Lists over the norm, at today's demand per person."""
    duty: float
    """Duty over the usual: shifts are set by the population, so GPs who go leave theirs to the others one for one."""

    @property
    def total(self) -> float:
        """All parts (w)."""
        return self.hours + self.lists + self.duty


@dataclass(frozen=True)
class Career:
    """A stationary cohort in years."""

    length: float
    """Years at work from the diploma on, mean of those who begin."""
    so_far: float
    """Years since the diploma, mean of those at work."""


@dataclass(frozen=True)
class Gain:
    """Gain of the loop by path, for one strength of strain and one response of newcomers.

    All parts are percent of FTE lost for good per percent of load.
    """

    level: Level
    """Which end of the range the coefficients of strain have."""
    pull: float
    """Log inflow per unit of load (``careers.pool_pull``)."""
    exits: float
    hours: float
    moves: float
    inflow: float
    """Negative where load attracts newcomers."""

    @property
    def strain(self) -> float:
        """The paths through strain: exits, hours and moves."""
        return self.exits + self.hours + self.moves

    @property
    def total(self) -> float:
        """All paths; from 1 on the region runs away."""
        return self.strain + self.inflow


def coefficients(p: Parameters, level: Level) -> Coefficients:
    """Coefficients of strain at one end of their ranges, or as they are."""
    exits, hours, moves = (
        float(cast("float", getattr(p[name], _FIELD[level])))
        for name in ("careers.strain_exit", "careers.strain_hours", "careers.strain_move")
    )
    return Coefficients(exits, hours, moves)


def strain_per_load(p: Parameters) -> StrainPerLoad:
    """Strain that a unit of log load adds to the mean GP."""
    hours, lists, duty = p.column("careers.strain_weight") / p.column("careers.strain_scale")
    share = p.column("practices.role_share") / p.column("practices.role_share").sum()
    feels = share * np.array([1.0, *2 * [p.number("careers.strain_non_owner")]])
    patients = p.column("practices.direct_hours") / p.column("practices.week_hours")
    without_patients = 1.0 - patients[_ROLE_OF_SHARE]
    of_lists = np.array([1.0, 1.0, p.number("careers.strain_locum_list")])
    return StrainPerLoad(
        hours=float(hours * p.number("careers.other_work") * (feels @ without_patients)),
        lists=float(lists * (feels @ of_lists)),
        duty=float(duty * feels.sum()),
    )


def career(p: Parameters, *, hazard: float = 1.0, moving: float = 0.0) -> Career:
    """How long GPs are at work, from the mean age at the diploma on, in months.

    Args:
        p: parameters.
        hazard: factor on the rate of leaving the profession.
        moving: rate a year of moving away, the same at all ages.
    """
    first = float(p.column("careers.diploma_age").mean())
    years = np.arange(0.0, _OLDEST - first, 1.0 / _MONTHS) + 0.5 / _MONTHS
    rate = -np.log1p(-exit_hazard(first + years, p)) * hazard + moving
    at_end = np.cumsum(rate) / _MONTHS
    at_work = np.exp(-(at_end - rate / (2 * _MONTHS)))
    return Career(float(at_work.sum() / _MONTHS), float(at_work @ years / at_work.sum()))


def exit_elasticity(p: Parameters) -> float:
    """Percent of the stationary stock gained per percent of the hazard of leaving the profession; negative."""
    more, fewer = (np.log(career(p, hazard=1.0 + change).length) for change in (_NUDGE, -_NUDGE))
    return float((more - fewer) / (np.log1p(_NUDGE) - np.log1p(-_NUDGE)))


def _inflow(p: Parameters) -> tuple[float, float]:
    """GPs a year and million inhabitants: from elsewhere, and trained here."""
    elsewhere = p.column("careers.pool_stock") @ p.column("careers.pool_share")
    places = p.number("training.places") * p.number("training.fill") * _PER_MILLION
    return float(elsewhere), places * p.number("training.finish") * p.number("training.settle")


def _moving(p: Parameters) -> float:
    """Rate a year of moving away of the mean GP, ties as among those who come."""
    elsewhere, here = _inflow(p)
    tied = (elsewhere * p.number("careers.family_tie") + here) / (elsewhere + here)
    bound, free = p.column("careers.moving_tie")
    share = p.column("practices.role_share") / p.column("practices.role_share").sum()
    yearly = float(share @ p.column("careers.moving_away")) * (tied * bound + (1.0 - tied) * free)
    return float(-np.log1p(-yearly))


def _fte(p: Parameters) -> float:
    """FTE per GP."""
    fte: Floats = p.column("practices.fte_by_role")[_ROLE_OF_SHARE]
    share = p.column("practices.role_share")
    return float(share @ fte / share.sum())


def loop_gain(
    p: Parameters, strength: Coefficients, pull: float, *, level: Level = "central", per_load: float | None = None
) -> Gain:
    """Gain for one strength of strain and one response of newcomers.

    Args:
        p: parameters.
        strength: log hazard ratios per unit of strain.
        pull: log inflow per unit of load.
        level: how the strength is called.
        per_load: strain per unit log load; that of :func:`strain_per_load` if left out.
    """
    w = strain_per_load(p).total if per_load is None else per_load
    moving = _moving(p)
    years = career(p, moving=moving).so_far
    steps = (p.number("careers.hours_down") + p.number("careers.hours_up")) * p.number("careers.hours_step")
    elsewhere, here = _inflow(p)
    return Gain(
        level=level,
        pull=pull,
        exits=strength.exits * -exit_elasticity(p) * w,
        hours=strength.hours * steps / _fte(p) * years * p.number("loop.hours_room") * w,
        moves=strength.moves * moving * years * w,
        inflow=0.0 - pull * elsewhere / (elsewhere + here),
    )


def pulls(p: Parameters) -> tuple[float, ...]:
    """Responses of newcomers to look at: both ends of the range, none, and the value, in order."""
    row = p["careers.pool_pull"]
    return tuple(sorted({float(cast("float", each)) for each in (row.low, 0.0, row.value, row.high)}))


def gain_table(p: Parameters, responses: tuple[float, ...] | None = None) -> list[Gain]:
    """Gain for low, central and high strain and each response of newcomers (:func:`pulls` if left out)."""
    return [
        loop_gain(p, coefficients(p, level), pull, level=level)
        for level in LEVELS
        for pull in (pulls(p) if responses is None else responses)
    ]
