"""The market for out-of-hours shifts: what owners offer, what other GPs are willing to take, and at what price.

Owners sell more when they are older or under strain. Other GPs are willing to take more hours the higher the price.
The price of a month is where they take all that is offered, never below the tariff that the shift pays anyway and at
most a limit; at the limit they refuse the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters

__all__ = ["DutyMarket", "clear_market", "sale_chance", "willing_hours"]

type Floats = npt.NDArray[np.float64]

_MIDDLE_AGE = 50.0
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class DutyMarket:
    """The market of one month in one region."""

    offered: float
    """Hours of shifts for which another GP is sought."""
    willing: float
    """Hours that other GPs are willing to take at the usual price."""
    level: float
    """Price over the usual price, before the tariff's floor."""
    accepted: float
    """Share of the offered hours that find a taker, 0 to 1."""
    price: npt.NDArray[np.int64]
    """Cents an hour by kind of shift (4,)."""


def sale_chance(age: Floats, strain: Floats, parameters: Parameters) -> Floats:
    """Chance that an owner of an age (years) and strain offers a shift that he or she owes, element by element."""
    base = parameters.number("workforce.shift_sold")
    by_strain = parameters.number("workforce.shift_sold_strain")
    by_age = parameters.number("workforce.shift_sold_age")
    odds = base / (1.0 - base) * np.exp(by_strain * strain + by_age * (age - _MIDDLE_AGE) / 10.0)
    return np.asarray(odds / (1.0 + odds))


def willing_hours(role: npt.NDArray[np.int8], away: npt.NDArray[np.bool_], parameters: Parameters) -> Floats:
    """Hours a year that each GP is willing to take at the usual price; none while away on illness."""
    return np.asarray(np.where(away, 0.0, parameters.column("workforce.duty_willing")[role]))


def clear_market(offered: float, willing: float, days: int, parameters: Parameters) -> DutyMarket:
    """Price and takers of a month.

    Args:
        offered: hours offered in the month.
        willing: hours a year that others are willing to take at the usual price.
        days: days of the month.
    """
    usual = parameters.column("workforce.duty_price")
    limit = parameters.number("workforce.duty_price_limit")
    elasticity = parameters.number("workforce.duty_price_elasticity")
    takes = willing * days / _DAYS_A_YEAR
    level = limit if takes <= 0.0 else min((offered / takes) ** (1.0 / elasticity), limit)
    most = takes * level**elasticity
    accepted = 1.0 if level < limit or most >= offered else most / offered
    price = np.maximum(usual * level, parameters.column("workforce.duty_tariff"))
    return DutyMarket(offered, takes, level, accepted, np.rint(price).astype(np.int64))
