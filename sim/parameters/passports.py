"""Parameters with their passports: every number says its unit, range, year, grade and source.

One TOML file a topic lies in ``data/``; a parameter's full name is ``<file>.<key>``. A value is a number or a list of
numbers; a list names what its places stand for in ``index``. Grades: A read at its source, B well known,
C assumption (reports show C rows as assumptions with their range, never as findings).

A passport also says how timed modifiers (``sim.modifiers``) combine on the quantity, where they would do nothing, and
what it can physically be: these limits are not the range of the evidence, which a modified value may leave.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

__all__ = ["Parameter", "ParameterError", "Parameters", "load_parameters"]

_SHARES = ("share", "probability", "chance")
"""How the unit of something between 0 and 1 begins."""


class ParameterError(ValueError):
    """A parameter is unknown, malformed or out of its range; the message says which, where and what would be right."""


class Parameter(BaseModel):
    """One parameter with its passport.

    Attributes:
        value, low, high: figure and range of the evidence; numbers, or lists of one length.
        source, source_nl: where from, or why assumed, in English and Dutch.
        index: what the places of a list stand for.
        combine: how modifiers act, ``multiply`` (neutral 1) or ``add`` (neutral 0); what stands at zero until something
            sets its use, adds.
        least, most: what a modified value is clipped to; None for no limit (see ``limits``).
        read: where a modified value would not be seen: ``start``, read only while the region is made, so that no
            modifier does anything; ``region``, read month by month for the region as a whole, so that one of some
            practices or municipalities does nothing. None where neither holds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float | list[float]
    low: float | list[float]
    high: float | list[float]
    unit: str = Field(min_length=1)
    year: int | Literal["-"]
    grade: Literal["A", "B", "C"]
    source: str = Field(min_length=3)
    source_nl: str = Field(min_length=3)
    en: str = Field(min_length=3)
    nl: str = Field(min_length=3)
    index: list[str] | None = None
    combine: Literal["multiply", "add"] = "multiply"
    least: float | None = None
    most: float | None = None
    read: Literal["start", "region"] | None = None

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Least and most that a modified value may be.

        Where the passport does not say: at least 0 when the range has nothing below, and at most 1 for a share,
        probability or chance whose range has nothing above.
        """
        least, most = self.least, self.most
        if least is None and bool(np.all(np.asarray(self.low) >= 0.0)):
            least = 0.0
        if most is None and self.unit.startswith(_SHARES) and bool(np.all(np.asarray(self.high) <= 1.0)):
            most = 1.0
        return least, most

    @model_validator(mode="after")
    def _range(self) -> Parameter:
        value, low, high = (np.atleast_1d(np.asarray(v, float)) for v in (self.value, self.low, self.high))
        if isinstance(self.value, list) and (self.index is None or len(self.index) != len(self.value)):
            raise ValueError("a list needs an `index` of the same length")
        if low.size not in (1, value.size) or high.size not in (1, value.size):
            raise ValueError("low and high are one number or as many as value")
        if not (np.all(low <= value) and np.all(value <= high) and np.all(np.isfinite(low) & np.isfinite(high))):
            raise ValueError("value must lie between low and high, all of them finite")
        least, most = self.limits
        if (least is not None and np.any(value < least)) or (most is not None and np.any(value > most)):
            raise ValueError("value must lie between least and most")
        return self


@dataclass(frozen=True)
class Parameters(Mapping[str, Parameter]):
    """All parameters by full name. ``p.number(name)`` and ``p.column(name)`` give values, ``p[name]`` the passport."""

    entries: dict[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.entries[name]
        except KeyError:
            import difflib

            near = difflib.get_close_matches(name, self.entries, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ParameterError(f"unknown parameter {name!r}{hint}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def number(self, name: str) -> float:
        """Value of a parameter that is one number."""
        value = self[name].value
        if isinstance(value, list):
            raise ParameterError(f"parameter {name!r} is a list of {len(value)}; a single number is needed")
        return float(value)

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Value of a parameter that is a list, as a float64 array in the order of its ``index``."""
        value = self[name].value
        if not isinstance(value, list):
            raise ParameterError(f"parameter {name!r} is a single number; a list is needed")
        return np.asarray(value, np.float64)

    def differs(self, other: Parameters, *topics: str) -> bool:
        """Whether a parameter of one of these topics is another object in ``other``."""
        return any(
            row is not other.entries.get(name) for name, row in self.entries.items() if name.partition(".")[0] in topics
        )

    def replace(self, changes: Mapping[str, Any]) -> Parameters:
        """A copy with other values; each must be known, of the same shape and within [low, high]."""
        entries = dict(self.entries)
        for name, value in changes.items():
            old = self[name]
            if isinstance(old.value, list) != isinstance(value, list) or (
                isinstance(value, list) and isinstance(old.value, list) and len(value) != len(old.value)
            ):
                shape = f"a list of {len(old.value)} numbers" if isinstance(old.value, list) else "one number"
                raise ParameterError(f"parameter {name!r} takes {shape}")
            try:
                entries[name] = Parameter.model_validate({**old.model_dump(), "value": value})
            except ValidationError:
                raise ParameterError(
                    f"parameter {name!r}: {value!r} is not a number within [{old.low}, {old.high}] {old.unit}"
                ) from None
        return Parameters(entries)


@functools.cache
def load_parameters() -> Parameters:
    """Every parameter that ships with the model; read once a process.

    Raises:
        ParameterError: a row is malformed; names the file, the key and the fault.
    """
    entries: dict[str, Parameter] = {}
    folder = resources.files("sim.parameters") / "data"
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        topic = file.name.removesuffix(".toml")
        for key, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            try:
                entries[f"{topic}.{key}"] = Parameter.model_validate(row)
            except ValidationError as error:
                fault = error.errors()[0]
                where = ".".join(str(part) for part in fault["loc"])
                raise ParameterError(f"{file.name}, [{key}] {where}: {fault['msg']}") from None
    return Parameters(entries)
