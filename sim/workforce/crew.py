"""The GPs of a month as columns, so that decisions are weighed for all at once and carried out one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.region.practice_staff import GPRole

__all__ = ["NEVER", "Crew", "crew_of"]

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

NEVER = -1
"""Stands for no month, no practice."""

_HOUR = 3600
_WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Crew:
    """The GPs in order of their numbers (A); taken once a month, before its decisions."""

    gps: tuple[GP, ...]
    uid: npt.NDArray[np.uint64]
    role: Ints
    """``GPRole`` (A,)."""
    practice: Ints
    """Practice number (A,), -1 for changing locums."""
    birth_month: Ints
    sex: Ints
    fte: Floats
    hours: Floats
    """Hours of a normal week, all work (A,)."""
    agreed_hours: Floats
    direct_hours: Floats
    """Daytime patient hours of a normal week (A,)."""
    overtime: Floats
    """Overtime in the last month, hours a week (A,)."""
    duty_hours: Floats
    """Out-of-hours duty of the last twelve months, hours a year (A,); NaN before the first month has ended."""
    strain: Floats
    bound: Flags
    """Has family in the region or trained there (A,)."""
    stop_month: Ints
    """Announced month of stopping (A,), -1 none."""
    scanned_to: Ints
    away: Flags
    """Ill for a long time (A,)."""

    @property
    def size(self) -> int:
        """Number of GPs."""
        return len(self.gps)

    @property
    def owner(self) -> Flags:
        """Owns (a share of) a practice (A,)."""
        return np.asarray(self.role == GPRole.OWNER)

    @property
    def locum(self) -> Flags:
        """Changing locum (A,)."""
        return np.asarray(self.role == GPRole.CHANGING_LOCUM)

    def age(self, month: int) -> Floats:
        """Age in years and months in a month (index) (A,)."""
        return np.asarray((month - self.birth_month) / 12.0)

    def list_fte(self, practices: int) -> Floats:
        """FTE of owners and employed GPs at work by practice (P,): what lists are held against the norm with."""
        counted = (self.role <= GPRole.EMPLOYED) & ~self.away
        return np.bincount(self.practice[counted], weights=self.fte[counted], minlength=practices)


def crew_of(gps: Sequence[GP]) -> Crew:
    """The GPs as columns, in the order given (``gps_of``: by number)."""
    return Crew(
        gps=tuple(gps),
        uid=np.array([gp.uid for gp in gps], np.uint64),
        role=np.fromiter((gp.role for gp in gps), np.int64, len(gps)),
        practice=np.array([NEVER if gp.practice is None else gp.practice.number for gp in gps], np.int64),
        birth_month=np.array([gp.birth_month for gp in gps], np.int64),
        sex=np.array([gp.sex for gp in gps], np.int64),
        fte=np.array([gp.fte for gp in gps], np.float64),
        hours=np.array([gp.hours for gp in gps], np.float64),
        agreed_hours=np.array([gp.agreed_hours for gp in gps], np.float64),
        direct_hours=np.array([gp.direct_seconds for gp in gps], np.float64) / _HOUR,
        overtime=np.array([gp.worked[-1][1] if gp.worked else 0 for gp in gps], np.float64) / _HOUR / _WEEKS_A_MONTH,
        duty_hours=np.array([_duty_hours(gp) for gp in gps], np.float64),
        strain=np.array([gp.strain for gp in gps], np.float64),
        bound=np.array([gp.tie or gp.trained_here for gp in gps], np.bool_),
        stop_month=np.array([NEVER if gp.stop_month is None else gp.stop_month for gp in gps], np.int64),
        scanned_to=np.array([gp.scanned_to for gp in gps], np.int64),
        away=np.array([gp.is_away for gp in gps], np.bool_),
    )


def _duty_hours(gp: GP) -> float:
    """Duty a year from the months known."""
    return gp.duty_worked * (12 / _HOUR) / len(gp.worked) if gp.worked else np.nan
