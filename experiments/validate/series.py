"""Published series for the back-cast: what they hold, which points count, and which series can be scored."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from experiments.texts import Language
from sim.indicators.catalogue import INDICATORS
from sim.ledger.counts import AGE_NAMES

__all__ = ["COVID", "LEAST", "LEAST_SCORED", "Point", "Series", "Unscored", "history", "unscored"]

COVID = (2020, 2021)
"""Years that are simulated but not scored: the model knows no epidemic."""
LEAST = 3
"""Comparable points after the start that a series needs."""
LEAST_SCORED = 2
"""Points outside the covid years among them."""


@dataclass(frozen=True)
class Point:
    """A published figure.

    Attributes:
        year: the calendar year whose value of the indicator it is; of a first of January the year before.
        value: published.
        stock: it is about a first of January.
        low, high: published range, the value itself where there is none.
    """

    year: int
    value: float
    stock: bool
    low: float
    high: float

    @property
    def when(self) -> float:
        """Moment on an axis of years: a first of January is a whole number, a year its middle."""
        return self.year + 1.0 if self.stock else self.year + 0.5

    @property
    def label(self) -> str:
        """The moment in words of no language."""
        return f"{self.year + 1}-01-01" if self.stock else str(self.year)

    @property
    def in_covid(self) -> bool:
        """Whether it lies in the covid years; 1 January 2020 and 2022 do not."""
        first, last = COVID
        return first < self.when < last + 1


@dataclass(frozen=True)
class Series:
    """Published figures of one thing.

    Attributes:
        name: of the series.
        indicator: id.
        ages: age bands whose share of the inhabitants is meant; empty for the indicator itself.
        points: in order of time.
        index: it is another population's, so that only its change is comparable.
        start: where the model's value at the start comes from, for a stock.
        en, nl, source, source_nl, note_en, note_nl: in words.
    """

    name: str
    indicator: str
    points: tuple[Point, ...]
    source: str
    en: str
    nl: str
    ages: tuple[str, ...] = ()
    index: bool = False
    start: Literal["region", "month", ""] = ""
    note_en: str = ""
    note_nl: str = ""
    source_nl: str = ""

    def label(self, lang: Language) -> str:
        """What it is about."""
        return self.nl if lang == "nl" else self.en

    def note(self, lang: Language) -> str:
        """What to know of it."""
        return self.note_nl if lang == "nl" else self.note_en

    def base(self, start: int) -> Point | None:
        """The point at the start: of 1 January of the year ``start``, or of that year."""
        return next((one for one in self.points if one.year == (start - 1 if one.stock else start)), None)

    def before(self, start: int) -> tuple[Point, ...]:
        """Points up to the start, the base among them."""
        return tuple(one for one in self.points if one.when <= (start if one.stock else start + 0.5))

    def after(self, start: int) -> tuple[Point, ...]:
        """Points after the start."""
        return tuple(one for one in self.points if one.when > (start if one.stock else start + 0.5))

    def scored(self, start: int) -> tuple[Point, ...]:
        """Points after the start that count."""
        return tuple(one for one in self.after(start) if not one.in_covid)

    def lacks(self, start: int) -> Literal["few", "few_scored", "no_base", ""]:
        """Why it cannot be scored; empty where it can."""
        if self.index and self.base(start) is None:
            return "no_base"
        if len(self.after(start)) < LEAST:
            return "few"
        return "few_scored" if len(self.scored(start)) < LEAST_SCORED else ""


@dataclass(frozen=True)
class Unscored:
    """Something published that cannot be scored, and why."""

    en: str
    nl: str
    points: str
    why_en: str
    why_nl: str


@cache
def _content() -> dict[str, Any]:
    text = (resources.files("experiments.validate") / "history.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def history() -> tuple[Series, ...]:
    """The series that the project holds, in the order of the file.

    Raises:
        ValueError: a row is malformed; names the series.
    """
    return tuple(_series(name, row) for name, row in _content()["series"].items())


@cache
def unscored() -> tuple[Unscored, ...]:
    """What is published and cannot be scored."""
    return tuple(Unscored(**row) for row in _content()["unscored"])


def _series(name: str, row: dict[str, Any]) -> Series:
    points = tuple(_point(one) for one in row.pop("points"))
    ages = tuple(row.pop("ages", ()))
    found = Series(name=name, points=points, ages=ages, **row)
    if found.indicator not in INDICATORS or not set(ages) <= set(AGE_NAMES):
        raise ValueError(f"history.toml, [{name}]: no such indicator or age band")
    if list(points) != sorted(points, key=lambda one: one.when):
        raise ValueError(f"history.toml, [{name}]: points must stand in order of time")
    if any(one.stock for one in points) and not found.start:
        raise ValueError(f"history.toml, [{name}]: say where its value at the start comes from")
    return found


def _point(row: dict[str, Any]) -> Point:
    date: datetime.date | None = row.get("date")
    value = float(row["value"])
    year = int(row["year"]) if date is None else date.year - 1
    return Point(year, value, date is not None, float(row.get("low", value)), float(row.get("high", value)))
