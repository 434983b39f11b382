"""A plan file: scenarios x draws x seeds, as TOML, checked whole with one line a fault."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from experiments.batch.faults import PlanError, RuleError, said_of
from experiments.bilingual import BilingualError
from sim.scenario import CapacityMode

__all__ = ["Design", "Plan", "PlanError", "Range", "load_plan"]

Method = Literal[
    "none", "one at a time", "full factorial", "latin hypercube", "sobol", "morris", "saltelli"
]  # fmt: skip

SEEDS = 2**32


class Range(BaseModel):
    """What a parameter is drawn from: low to high, or the values named; without either the range of its evidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: float | None = Field(None, allow_inf_nan=False)
    high: float | None = Field(None, allow_inf_nan=False)
    values: tuple[float, ...] | None = Field(None, min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if data == "evidence":
            return {}
        return {"values": data} if isinstance(data, list) else data

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if (self.low is None) != (self.high is None):
            raise RuleError.of("both_ends")
        if self.values is not None and self.low is not None:
            raise RuleError.of("range_or_values")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise RuleError.of("order", low=self.low, high=self.high)
        return self


class Design(BaseModel):
    """How draws are chosen from the ranges."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Method = "none"
    size: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    levels: Annotated[int, Field(ge=2, le=1000)] | None = None
    seed: int = Field(1, ge=0, lt=SEEDS)
    second_order: bool = False

    @property
    def steps(self) -> int:
        """Levels a parameter; by default 4 for Morris, else 3."""
        return self.levels if self.levels is not None else 4 if self.method == "morris" else 3

    @model_validator(mode="after")
    def _sized(self) -> Design:
        if self.levels is not None and self.method not in {"one at a time", "full factorial", "morris"}:
            raise RuleError.of("no_levels", method=self.method)
        if self.method == "morris" and self.steps % 2:
            raise RuleError.of("even", levels=self.levels)
        sized = self.method in {"latin hypercube", "sobol", "morris", "saltelli"}
        if sized and self.size is None:
            raise RuleError.of("needs_size", method=self.method)
        if not sized and self.size is not None:
            raise RuleError.of("no_size", method=self.method)
        if self.method in {"sobol", "saltelli"} and self.size is not None and self.size & (self.size - 1):
            raise RuleError.of("power_of_two", method=self.method, near=1 << self.size.bit_length())
        return self


class Plan(BaseModel):
    """A plan as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scenarios: tuple[str, ...] = Field(min_length=1)
    runs: int = Field(1, ge=1, le=1_000_000)
    first_seed: int = Field(1, ge=0, lt=SEEDS)
    years: int | None = Field(None, ge=1, le=30)
    share: float = Field(1.0, ge=0.01, le=1.0, allow_inf_nan=False)
    capacity_mode: CapacityMode | None = None
    tables: tuple[str, ...] = ()
    sets: str | None = Field(None, min_length=1)
    parameters: dict[str, Range] = Field(default_factory=dict)
    design: Design = Field(default_factory=lambda: Design.model_validate({}))

    @model_validator(mode="after")
    def _whole(self) -> Plan:
        if self.first_seed + self.runs > SEEDS:
            raise RuleError.of("no_room", first=self.first_seed, runs=self.runs)
        if len(set(self.scenarios)) < len(self.scenarios):
            raise RuleError.of("scenario_twice")
        if self.sets is not None and (self.parameters or self.design.method != "none"):
            raise RuleError.of("sets_or_design")
        if self.parameters and self.design.method == "none":
            raise RuleError.of("no_design")
        if not self.parameters and self.design.method != "none":
            raise RuleError.of("no_parameters", method=self.design.method)
        return self


UNITS = {
    "runs": ("runs, each a seed", "runs, elk een seed"),
    "years": ("years", "jaren"),
    "share": ("share of the inhabitants", "deel van de inwoners"),
    "size": ("points, or trajectories of Morris", "punten, of trajecten van Morris"),
    "levels": ("levels a parameter", "niveaus per parameter"),
}
"""What the numbers of a plan are, for messages."""


def load_plan(file: Path) -> Plan:
    """Read a plan file.

    Raises:
        PlanError: it cannot be read or is wrong; every fault is named.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlanError.of("no_file", file=file) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError.of("unreadable", file=file, error=error) from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError.of("not_toml", file=file, error=error) from None
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise PlanError.joined([PlanError.of("at", place=file, error=_fault(one)) for one in found]) from None


_MODELS: dict[tuple[str, ...], type[BaseModel]] = {(): Plan, ("design",): Design}


def _fault(error: Any) -> BilingualError:
    place = tuple(str(part) for part in error["loc"])
    name = place[0] if place else ""
    where = f"parameters.{place[1]}" if name == "parameters" and len(place) > 1 else ".".join(place[:2])
    if name == "parameters" and len(place) > 2:
        where += f", {place[2]}"
    if error["type"] == "extra_forbidden":
        model: type[BaseModel] = Range if name == "parameters" else _MODELS[place[:-1]]
        known = list(model.model_fields)
        near = difflib.get_close_matches(place[-1], known, n=1)
        if near:
            return PlanError.of("unknown_key", place=where, near=near[0])
        return PlanError.of("strange_key", place=where, known=", ".join(known))
    if error["type"] == "missing":
        return PlanError.of("missing", place=where)
    said = said_of(error)
    if error["type"] == "value_error":
        return PlanError.of("at", place=where, error=said) if where else said
    values = {"place": where, "error": said, "given": error.get("input")}
    unit = UNITS.get(place[-1])
    return PlanError.of("wrong", **values) if unit is None else PlanError.of("wrong_unit", **values, unit=unit)
