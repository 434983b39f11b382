"""The targets of the base year: what is published about it, and whether a run lies in that range."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.indicators.catalogue import INDICATORS
from sim.indicators.registry import Indicator
from sim.indicators.year import TableError, Tables, full_years
from sim.ledger.counts import AGE_NAMES

__all__ = ["Fit", "Target", "TargetError", "compare", "load_targets", "published"]


class TargetError(ValueError):
    """The file of targets is malformed; the message names the row and the fault."""


class Target(BaseModel):
    """One published figure with its passport.

    Attributes:
        indicator: id of the indicator to hold against it.
        age: the age band it is about, None for everybody.
        value, low, high: published value and range, in the indicator's unit.
        year, grade, source, source_nl: passport.
        region: the region it is about, None for every one: a share or a rate of the country.
        headline: counts for the rule that three quarters of the headline targets lie in their range.
        input: the model is given this figure, or one made from it, so that it fits says little.
        note_en, note_nl: how the definitions differ, if they do.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    indicator: str
    age: str | None = None
    value: float
    low: float
    high: float
    year: int
    grade: Literal["A", "B", "C"]
    source: str = Field(min_length=3)
    source_nl: str = Field(min_length=3)
    region: str | None = None
    headline: bool = False
    input: bool = False
    note_en: str = ""
    note_nl: str = ""

    @model_validator(mode="after")
    def _check(self) -> Target:
        if not self.low <= self.value <= self.high:
            raise ValueError("value must lie between low and high")
        if self.indicator not in INDICATORS:
            raise ValueError(f"there is no indicator {self.indicator!r}")
        if self.age is not None and (self.age not in AGE_NAMES or "age" not in INDICATORS[self.indicator].by):
            raise ValueError(f"{self.indicator!r} has no age band {self.age!r}")
        if bool(self.note_en) != bool(self.note_nl):
            raise ValueError("a note is given in both languages or in none")
        return self

    @property
    def measure(self) -> Indicator:
        """The indicator to hold against it."""
        return INDICATORS[self.indicator]

    def simulated(self, tables: Tables, year: int) -> float | None:
        """What a run gives for it; None when the tables do not hold it or nobody is counted."""
        try:
            if self.age is None:
                value = self.measure(tables, year)
            else:
                key = AGE_NAMES.index(self.age)
                found = [group.value for group in self.measure.by_group(tables, year, "age") if group.key == key]
                value = found[0] if found else math.nan
        except TableError:
            return None
        return value if math.isfinite(value) else None


@dataclass(frozen=True)
class Fit:
    """A target and what a run gives for it; ``inside`` is None where the run gives nothing."""

    name: str
    target: Target
    simulated: float | None
    inside: bool | None


@cache
def load_targets() -> dict[str, Target]:
    """All targets by name, in the order of the file.

    Raises:
        TargetError: a row is malformed.
    """
    text = (resources.files("sim.indicators") / "targets.toml").read_text(encoding="utf-8")
    found = {}
    for name, row in tomllib.loads(text).items():
        try:
            found[name] = Target.model_validate(row)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(str(part) for part in fault["loc"])
            raise TargetError(f"targets.toml, [{name}] {where}: {fault['msg']}") from None
    return found


def published(id: str) -> Target | None:
    """The target of an indicator over everybody, if there is one."""
    return next((t for t in load_targets().values() if t.indicator == id and t.age is None), None)


def compare(tables: Tables, region: str | None = None) -> list[Fit]:
    """Hold the first full year of a run against every target; nothing without a full year.

    Args:
        region: id of the region, to leave out what is about another one; None takes all.
    """
    years = full_years(tables)
    if not years:
        return []
    fits = []
    for name, target in load_targets().items():
        if region is not None and target.region not in (None, region):
            continue
        value = target.simulated(tables, years[0])
        fits.append(Fit(name, target, value, None if value is None else target.low <= value <= target.high))
    return fits
