"""A plan file: scenarios x draws x seeds, as TOML, checked whole with one line a fault."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.scenario import CapacityMode

__all__ = ["Design", "Plan", "PlanError", "Range", "load_plan"]

Method = Literal[
    "none", "one at a time", "full factorial", "latin hypercube", "sobol", "morris", "saltelli"
]  # fmt: skip

SEEDS = 2**32


class PlanError(Exception):
    """A plan is wrong; the message has one line a fault, each with the file, the place and what would be right."""


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
            raise ValueError("give low and high, or neither")
        if self.values is not None and self.low is not None:
            raise ValueError("give low and high, or values")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must lie below high ({self.high:g})")
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
            raise ValueError(f"the method {self.method!r} has no levels")
        if self.method == "morris" and self.steps % 2:
            raise ValueError(f"Morris takes an even number of levels, such as 4, not {self.levels}")
        sized = self.method in {"latin hypercube", "sobol", "morris", "saltelli"}
        if sized and self.size is None:
            raise ValueError(f"the method {self.method!r} needs a size")
        if not sized and self.size is not None:
            raise ValueError(f"the method {self.method!r} has no size; it follows from parameters and levels")
        if self.method in {"sobol", "saltelli"} and self.size is not None and self.size & (self.size - 1):
            raise ValueError(f"the size of {self.method!r} must be a power of 2, such as {1 << self.size.bit_length()}")
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
            raise ValueError(f"first_seed {self.first_seed} leaves no room for {self.runs} seeds")
        if len(set(self.scenarios)) < len(self.scenarios):
            raise ValueError("a scenario is named twice")
        if self.sets is not None and (self.parameters or self.design.method != "none"):
            raise ValueError("give sets, or [parameters] with a [design], not both: a set is a draw as it is")
        if self.parameters and self.design.method == "none":
            raise ValueError("parameters are given but no design; add a table [design] with a method")
        if not self.parameters and self.design.method != "none":
            raise ValueError(f"the design {self.design.method!r} needs a table [parameters]")
        return self


UNITS = {
    "runs": "runs, each a seed",
    "years": "years",
    "share": "share of the inhabitants",
    "size": "points, or trajectories of Morris",
    "levels": "levels a parameter",
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
        raise PlanError(f"{file}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{file}: cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{file}: not TOML: {error}") from None
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        faults = [f"{file}: {_fault(one)}" for one in error.errors(include_url=False)]
        raise PlanError("\n".join(faults)) from None


_MODELS: dict[tuple[str, ...], type[BaseModel]] = {(): Plan, ("design",): Design}


def _fault(error: Any) -> str:
    place = tuple(str(part) for part in error["loc"])
    name = place[0] if place else ""
    where = f"parameters.{place[1]}" if name == "parameters" and len(place) > 1 else ".".join(place[:2])
    if name == "parameters" and len(place) > 2:
        where += f", {place[2]}"
    if error["type"] == "extra_forbidden":
        model: type[BaseModel] = Range if name == "parameters" else _MODELS[place[:-1]]
        known = list(model.model_fields)
        near = difflib.get_close_matches(place[-1], known, n=1)
        return f"{where}: unknown key; " + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}")
    if error["type"] == "missing":
        return f"{where}: missing"
    text = str(error["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    text = text[:1].lower() + text[1:]
    if error["type"] == "value_error":
        return f"{where}: {text}" if where else text
    given = error.get("input")
    unit = UNITS.get(place[-1])
    return f"{where}: {text}, not {given!r}" + (f" ({unit})" if unit else "")
