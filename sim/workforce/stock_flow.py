"""Stock-flow arithmetic of workforce planning: who is there, who goes, who comes, and how many to train.

This is the workforce with all behaviour switched off: no strain, no succession, nobody who chooses. Dutch training
places are planned with it (capaciteitsraming), and it is the oracle of the careers in this package. Source: Van
Greuningen, Batenburg and Van der Velden, Ten years of health workforce planning in the Netherlands: a tentative
evaluation of GP planning as an example, Human Resources for Health 10:21 (2012), doi:10.1186/1478-4491-10-21, tables
2 to 6, whose figures for 2009-2019 come out of the four steps here:

1. *Stock.* Heads by sex, times the FTE per head of that sex. A mean over both sexes would not do, since women are two
   fifths of the stock and seven tenths of those in training.
2. *Flows.* Who leaves, who comes from abroad and who comes from training, as heads by sex at work in the target year.
   A training cohort counts with those of its starters who finish in time and are still at work then (return on
   training times labour market return), and FTE per head stays as it is.
3. *Required supply.* Today's supply, raised by the unmet demand of today and then by the growth of demand: a product.
4. *Intake.* Only the years that are still to come and whose starters finish before the target year can be changed:
   five of the ten, with 614 starters a year in the projection. A starter brings the share of starters at work in the
   target year times the FTE of a newcomer, (share of women x FTE per woman + share of men x FTE per man); the
   difference between required and projected FTE, divided by that and by the years, is what the intake must change.

The published figures are rounded at each step, so the steps meet them to about 3 FTE (7,289 against 7,290 and 7,292 in
2009; 8,184 against 8,187 in 2019) and one training place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

__all__ = ["Cohort", "Flow", "Stock", "project", "required_intake", "required_supply"]


@dataclass(frozen=True)
class Flow:
    """Heads by sex who come or go between the base year and the target year."""

    men: float
    women: float

    @classmethod
    def split(cls, heads: float, women_share: float) -> Self:
        """A flow of so many heads, of whom a share (0 to 1) are women."""
        return cls(men=heads * (1.0 - women_share), women=heads * women_share)

    @property
    def heads(self) -> float:
        """Men and women."""
        return self.men + self.women


@dataclass(frozen=True)
class Stock:
    """Professionals at work at one moment.

    Raises:
        ValueError: a number is negative.
    """

    men: float
    """Heads."""
    women: float
    fte_man: float
    """FTE per head."""
    fte_woman: float

    def __post_init__(self) -> None:
        if min(self.men, self.women, self.fte_man, self.fte_woman) < 0.0:
            raise ValueError(f"a stock cannot be negative: {self}")

    @property
    def heads(self) -> float:
        """Men and women."""
        return self.men + self.women

    @property
    def fte(self) -> float:
        """Available supply in FTE."""
        return self.men * self.fte_man + self.women * self.fte_woman

    def fte_of(self, flow: Flow) -> float:
        """FTE of people who work as much as men and women of this stock do."""
        return flow.men * self.fte_man + flow.women * self.fte_woman


@dataclass(frozen=True)
class Cohort:
    """Those who start their training in some years, and what is left of them in the target year.

    Raises:
        ValueError: the share of women lies outside 0 to 1, or more are at work than started.
    """

    starts: float
    """Heads who start (or are in training in the base year)."""
    at_work: float
    """Heads of them who have finished and are at work in the target year."""
    women_share: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.women_share <= 1.0 or not 0.0 <= self.at_work <= self.starts or self.starts <= 0.0:
            raise ValueError(f"a cohort has starters, of whom at most all are at work and 0 to 1 are women: {self}")

    @property
    def inflow(self) -> Flow:
        """Those at work in the target year, by sex."""
        return Flow.split(self.at_work, self.women_share)

    @property
    def from_one_start(self) -> Flow:
        """What one starter adds to the stock of the target year, by sex."""
        return Flow.split(self.at_work / self.starts, self.women_share)


def project(stock: Stock, *, gone: Iterable[Flow], came: Iterable[Flow]) -> Stock:
    """The stock in the target year: heads less who have gone plus who have come, each as long at work as before.

    Raises:
        ValueError: more go than there are.
    """
    out, into = list(gone), list(came)
    return Stock(
        men=stock.men - sum(flow.men for flow in out) + sum(flow.men for flow in into),
        women=stock.women - sum(flow.women for flow in out) + sum(flow.women for flow in into),
        fte_man=stock.fte_man,
        fte_woman=stock.fte_woman,
    )


def required_supply(supply_fte: float, *, unmet: float, growth: float) -> float:
    """FTE required in the target year.

    Args:
        supply_fte: available supply in the base year.
        unmet: demand that this supply leaves unmet, as a share of the supply.
        growth: growth of demand between base and target year, as a share.
    """
    return supply_fte * (1.0 + unmet) * (1.0 + growth)


def required_intake(required_fte: float, *, projected: Stock, future: Cohort, years: float) -> float:
    """Yearly number of starters in training with which supply meets ``required_fte`` in the target year.

    It is zero when supply would be more than enough with nobody starting.

    Args:
        required_fte: any required supply, for instance of ``required_supply``.
        projected: stock of the target year, ``future`` included at its present size.
        future: the cohorts that are still to start and whose size can be chosen, all years together.
        years: number of intake years in ``future``.

    Raises:
        ValueError: no year can be changed, or starters add no FTE.
    """
    per_start = projected.fte_of(future.from_one_start)
    if years <= 0.0 or per_start <= 0.0:
        raise ValueError("an intake closes a difference only in one year or more, with starters who come to work")
    change = (required_fte - projected.fte) / per_start
    return max(0.0, (future.starts + change) / years)
