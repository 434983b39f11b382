"""The register of indicators: one function each, declared with unit, labels, direction, definition and source.

An indicator function takes the tables of one year (``Year``) and returns a ``Ratio``, a ``Count`` or a plain float.
Ratios and counts can be taken by group: the same function then reads the same tables, narrowed to the group, so no
indicator knows how it is broken down.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.indicators.year import GROUPINGS, Tables, Year

__all__ = ["INDICATORS", "UNITS", "Better", "Count", "GroupValue", "Indicator", "Ratio", "indicator"]

Better = Literal["lower", "higher", "none"]

UNITS: dict[str, str] = {
    "%": "%",
    "FTE": "fte",
    "GP hours a week per 1,000": "huisartsuren per week per 1.000",
    "contacts a year": "contacten per jaar",
    "euro a year": "euro per jaar",
    "euro an hour": "euro per uur",
    "hours a week": "uur per week",
    "hours a year": "uur per jaar",
    "km": "km",
    "minutes": "minuten",
    "minutes a year": "minuten per jaar",
    "months": "maanden",
    "per 1,000 a year": "per 1.000 per jaar",
    "persons": "personen",
    "persons a year": "personen per jaar",
    "practices": "praktijken",
    "practices a year": "praktijken per jaar",
    "searches": "zoektochten",
    "strain (norm = 0)": "werkdruk (norm = 0)",
    "years": "jaren",
    "calls a year": "telefoontjes per jaar",
    "supply = 1": "aanbod = 1",
    "working days": "werkdagen",
}
"""Units in English and Dutch; every indicator uses one of these."""


class Ratio(NamedTuple):
    """A ratio that can be added up over groups: numerators and denominators each add up."""

    top: float
    bottom: float
    per: float = 1.0

    @property
    def value(self) -> float:
        """``per * top / bottom``; nan for an empty denominator."""
        return self.per * self.top / self.bottom if self.bottom else math.nan


class Count(NamedTuple):
    """A number that adds up over groups."""

    value: float


Outcome = Ratio | Count | float


class GroupValue(NamedTuple):
    """An indicator in one group; ``outcome`` holds numerator and denominator where it is a ratio."""

    key: int
    value: float
    outcome: Outcome


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        id: name in results and targets.
        unit: key of ``UNITS``.
        nl, en: labels.
        better: direction in which things improve.
        definition_nl, definition_en: what is counted over what.
        source, source_nl: whose definition or measure it follows.
        by: groupings in which it has a meaning (keys of ``GROUPINGS``).
        headline: shown in the summary of a run.
    """

    id: str
    unit: str
    nl: str
    en: str
    better: Better
    definition_nl: str
    definition_en: str
    source: str
    source_nl: str
    by: tuple[str, ...]
    headline: bool
    function: Callable[[Year], Outcome]

    def outcome(self, year: Year) -> Outcome:
        """What the function returns for the tables of a year."""
        return self.function(year)

    def __call__(self, tables: Tables, year: int) -> float:
        """Value in one year.

        Raises:
            TableError: the tables lack what the indicator reads.
        """
        return _value(self.outcome(Year(tables, year)))

    def by_group(self, tables: Tables, year: int, by: str) -> list[GroupValue]:
        """Values by group, in order of the groups' keys.

        Raises:
            ValueError: the indicator has no meaning by that grouping.
            TableError: the tables lack what it reads.
        """
        if by not in self.by:
            raise ValueError(f"{self.id} cannot be shown by {by}; it can by {', '.join(self.by) or 'nothing'}")
        whole = Year(tables, year)
        found = []
        for key in whole.keys(by):
            outcome = self.outcome(whole.only(by, key))
            found.append(GroupValue(key, _value(outcome), outcome))
        return found


INDICATORS: dict[str, Indicator] = {}
"""All indicators by id, in the order in which they are declared; filled by importing ``sim.indicators.catalogue``."""


def _value(outcome: Outcome) -> float:
    return float(outcome.value) if isinstance(outcome, (Ratio, Count)) else float(outcome)


def indicator(
    id: str,
    *,
    unit: str,
    nl: str,
    en: str,
    better: Better,
    definition_nl: str,
    definition_en: str = "",
    source: str = "",
    source_nl: str = "",
    by: tuple[str, ...] = (),
    headline: bool = False,
) -> Callable[[Callable[[Year], Outcome]], Callable[[Year], Outcome]]:
    """Declare the decorated function as an indicator; its docstring is the English definition where none is given.

    A source is the model where none is given, and the same in Dutch where it only names a publication.

    Raises:
        ValueError: the id is taken, the unit or a grouping is unknown, or there is no definition.
    """
    if id in INDICATORS:
        raise ValueError(f"there is an indicator {id!r} already")
    if unit not in UNITS:
        raise ValueError(f"{id}: unknown unit {unit!r}; add it to UNITS with its Dutch name")
    unknown = set(by) - set(GROUPINGS)
    if unknown:
        raise ValueError(f"{id}: unknown grouping {min(unknown)!r}; known are {', '.join(GROUPINGS)}")

    def declare(function: Callable[[Year], Outcome]) -> Callable[[Year], Outcome]:
        meaning = definition_en or " ".join((function.__doc__ or "").split())
        if not meaning:
            raise ValueError(f"{id}: say what it is in a docstring")
        english, dutch = source or "this model", source_nl or source or "dit model"
        INDICATORS[id] = Indicator(
            id, unit, nl, en, better, definition_nl, meaning, english, dutch, by, headline, function
        )
        return function

    return declare
