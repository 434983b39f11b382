"""Yearly rates as monthly thresholds: what the month's kernel compares its random words with.

A threshold is a chance times 2**32, by age in months (0-1331; whoever is older keeps the last value).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.region.curves import AGES, by_year, smooth_rate
from sim.region.households import home_share
from sim.region.region import Region
from sim.region.traits import prevalence

__all__ = ["AGE_MONTHS", "CHILD_GAP", "MonthTables", "leave_home_rate", "monthly", "move_rates", "natural_increase"]

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint32]

AGE_MONTHS = AGES * 12
"""Ages in months that the tables hold."""

CHILD_GAP = 16 * 12
"""Months by which a child of the household is at least younger than its reference person."""

LEAVE_FROM, LEAVE_UNTIL = 18, 40
"""Ages in years between which people leave their parents' home one by one."""


def monthly(rate: Floats) -> Floats:
    """Chance in a month from a rate a year."""
    return np.asarray(-np.expm1(-np.asarray(rate) / 12.0))


def _words(chance: Floats) -> Words:
    """Chances in [0, 1) as thresholds for 32-bit words."""
    return np.minimum(np.rint(np.asarray(chance) * 2.0**32), 2.0**32 - 1.0).astype(np.uint32)


def _by_month(curve: Floats) -> Floats:
    return np.repeat(curve, 12, axis=-1)


def leave_home_rate(parameters: Parameters) -> Floats:
    """Rate a year (AGES,) at which people who live with their parents leave, so that the share by age stays stable."""
    years = np.arange(AGES)
    share = home_share(parameters, years)
    after = home_share(parameters, years + 1)
    rate = np.log(np.maximum(share, 1e-9) / np.maximum(after, 1e-9))
    rate = rate * by_year(parameters, "demography.leave_home_part")
    return np.where((years >= LEAVE_FROM) & (years < LEAVE_UNTIL), np.maximum(rate, 0.0), 0.0)


def move_rates(parameters: Parameters) -> tuple[Floats, Floats]:
    """Rates a year by the reference person's age (AGES,): moves within the municipality, and to another one.

    The published rates are of persons. Those of young people contain leaving home and the moves of the parents they
    live with; what is left is what young people with a household of their own must do.
    """
    years = np.arange(AGES)
    home = home_share(parameters, years + 0.5)
    leave = leave_home_rate(parameters)
    out = []
    to_other = parameters.number("demography.leave_home_other")
    for name, share in (("move_within", 1.0 - to_other), ("move_other", to_other)):
        rate = by_year(parameters, f"demography.{name}") / 100.0
        with_parents = np.interp(years + 30.0, years, rate)
        own = (rate - home * (leave * share + with_parents)) / np.maximum(1.0 - home, 0.05)
        out.append(np.where(years < LEAVE_UNTIL, np.clip(own, rate, 0.5), rate))
    return out[0], out[1]


def _death_rates(parameters: Parameters) -> Floats:
    """Deaths per person a year by sex and age (2, AGES)."""
    return np.stack([smooth_rate(parameters, f"demography.death_{sex}") for sex in ("men", "women")]) / 1000.0


def natural_increase(parameters: Parameters) -> Floats:
    """Expected births less deaths per person a year by sex and age (2, AGES)."""
    births = np.stack([np.zeros(AGES), smooth_rate(parameters, "demography.birth_rate")])
    return births - _death_rates(parameters)


@dataclass(frozen=True)
class MonthTables:
    """Thresholds of one month.

    Attributes:
        death: (2, AGE_MONTHS) by sex.
        birth: (AGE_MONTHS,) of women who do not live with their parents (who bear all children, so that the mean
            over all women of an age is the published rate).
        leave_home: (AGE_MONTHS,) of people who live with their parents.
        move: (3, AGE_MONTHS) by age of the reference person, cumulative: leaves the region, moves to another
            municipality, moves within the municipality.
        change: (2, 3, AGE_MONTHS) chance that any condition begins or ends, from above.
        most: (5,) the largest threshold of death, birth, leaving home, change and moves.
        onset, recovery: (4, 2, 3, AGES) chance in a month that a condition begins or ends.
    """

    death: Words
    birth: Words
    leave_home: Words
    move: Words
    change: Words
    most: Words
    onset: Floats
    recovery: Floats

    @classmethod
    def of(cls, region: Region, parameters: Parameters) -> MonthTables:
        """Resolve the parameters."""
        home = home_share(parameters, np.arange(AGES) + 0.5)
        birth = smooth_rate(parameters, "demography.birth_rate") / np.maximum(1.0 - home, 0.05)
        within, other = move_rates(parameters)
        leave = parameters.number("demography.leave_region")
        moves = np.cumsum(monthly(np.stack([other * leave, other * (1.0 - leave), within])), axis=0)
        share = prevalence(region, parameters)
        rise = np.diff(share, axis=-1, append=share[..., -1:])
        onset = monthly(np.maximum(rise, 0.0) / (1.0 - share))
        recovery = monthly(np.maximum(-rise, 0.0) / np.maximum(share, 1e-9))
        words = [
            _words(_by_month(chance))
            for chance in (
                monthly(_death_rates(parameters)),
                monthly(birth),
                monthly(leave_home_rate(parameters)),
                np.maximum(onset, recovery).sum(axis=0),
                moves,
            )
        ]
        death, births, leave_home, change, move = words
        return cls(
            death=death,
            birth=births,
            leave_home=leave_home,
            move=move,
            change=change,
            most=np.array([table.max() for table in words], np.uint32),
            onset=onset,
            recovery=recovery,
        )
