"""What a scenario file may say, and what it comes to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from sim.dates import month_of
from sim.region.region import USUAL_DAY, Region
from sim.texts.faults import FaultError, Language

__all__ = [
    "BASE_DATE",
    "NAME",
    "CapacityMode",
    "Folder",
    "Kind",
    "Kinds",
    "Label",
    "Scenario",
    "ScenarioError",
    "ScenarioFile",
    "first_month",
    "scenario_hash",
]

Folder = Traversable | Path
Value = float | list[float]

NAME = r"^[a-z0-9][a-z0-9_-]*$"
"""Pattern of the names of scenarios and of the tables of interventions and events."""

CapacityMode = Literal["elastic", "bounded", "hard"]
"""What practices do when more care is asked than there is room for: give all of it, bounded overtime, or none."""

BASE_DATE = USUAL_DAY
"""Day 0 of a run whose region says nothing else: the day that the data describe."""

_MORE = {
    "en": " ({others} more; `deltaplan check` shows all)",
    "nl": " (nog {others}; `deltaplan check` toont alles)",
}


class ScenarioError(FaultError):
    """A scenario is wrong; the message is one line that names file, key, fault and mend.

    Attributes:
        others: how many faults there are besides.
    """

    others = 0

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: Language = "en") -> str:
        """The whole message on one line, with how many others there are."""
        return super().text(language) + (_MORE[language].format(others=self.others) if self.others else "")


class Misfit(Protocol):
    """Why a table cannot be used in a region: key at fault (None for the table), sentence and its values."""

    @property
    def key(self) -> str | None:
        """The key at fault."""

    @property
    def sentence(self) -> str:
        """Key of the sentence that says so."""

    @property
    def values(self) -> dict[str, object]:
        """What fills it."""


class Kind(Protocol):
    """A kind of intervention or event, as far as scenario files need to know."""

    @property
    def model(self) -> type[BaseModel]:
        """The keys of its table, ``kind`` and ``id`` aside."""

    def misfits(self, values: Mapping[str, Any], region: Region) -> Iterable[Misfit]:
        """Why a table with these values cannot be used in a region."""


@dataclass(frozen=True)
class Kinds:
    """The interventions and events that exist, by kind."""

    interventions: Mapping[str, Kind] = field(default_factory=dict)
    events: Mapping[str, Kind] = field(default_factory=dict)


class Label(BaseModel):
    """Name of a scenario for people, in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    nl: str = Field(min_length=1, description="Naam in het Nederlands")
    en: str = Field(min_length=1, description="Name in English")


class ScenarioFile(BaseModel):
    """One scenario file as written: a scenario, or its differences from the base it extends."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, title="deltaplan scenario")

    id: str = Field(pattern=NAME, description="Name of the scenario, equal to the file's name")
    label: Label
    extends: str | None = Field(None, description="Scenario (or path of a scenario file) that this one differs from")
    region: str | None = Field(None, description="Folder of the region under regions/")
    start: date | None = Field(None, description="First day: that which the region describes, 2025-01-01 for most")
    years: int | None = Field(None, ge=1, le=30, description="Years to simulate")
    capacity_mode: CapacityMode | None = Field(None, description="What practices do when the day is full")
    parameters: dict[str, Any] = Field(default_factory=dict, description="Values that differ, by full parameter name")
    interventions: dict[str, Any] = Field(default_factory=dict, description="A table each, by id")
    events: dict[str, Any] = Field(default_factory=dict, description="A table each, by id")


class Scenario(BaseModel):
    """A resolved scenario: nothing left to look up in a base.

    Attributes:
        id, label: of the scenario itself, never inherited.
        extends: the base it was resolved from, for the record.
        region: id of the region.
        start: first day.
        years: years to simulate, 1 to 30.
        capacity_mode: elastic, bounded (default) or hard.
        parameters: overrides by full parameter name, each known and within its range.
        interventions, events: each with ``id`` (unique among both), ``kind`` and the keys of its kind, defaults filled
            in, as plain data, sorted by id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: Label
    extends: str | None = None
    region: str
    start: date = BASE_DATE
    years: int = Field(10, ge=1, le=30)
    capacity_mode: CapacityMode = "bounded"
    parameters: dict[str, Value] = Field(default_factory=dict)
    interventions: tuple[dict[str, Any], ...] = ()
    events: tuple[dict[str, Any], ...] = ()


def first_month(day: date) -> int:
    """Month index from which something dated acts: its own when the day is the first, else the next."""
    return month_of(day) + (day.day > 1)


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 (hexadecimal) of what is assumed, as canonical JSON; id, label and base do not count.

    Two scenarios with one hash are the same model of the same region, however they were written down.
    """
    aside = {"id", "label", "extends"} | (set() if scenario.events else {"events"})
    content = scenario.model_dump(mode="json", exclude=aside)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
