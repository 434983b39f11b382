"""What may vary in a question: parameters and settings of interventions, each over the range of its evidence."""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared
from experiments.texts import Language, number
from sim.interventions.base import Declaration, Setting
from sim.interventions.registry import declared
from sim.parameters import Parameter

__all__ = ["Factor", "FactorError", "factors_of", "select", "values_at"]

type Value = float | list[float]
INTERVENTIONS = "interventions"


class FactorError(ValueError):
    """Nothing that may vary is called so; the message names what comes near."""


@dataclass(frozen=True)
class Factor:
    """One thing that varies, from ``low`` to ``high``.

    A list whose places each have a range of their own is one factor: its places move together from their lows to their
    highs.

    Attributes:
        name: ``care.no_show``, or ``interventions.link_workers.places``.
        value, low, high: numbers, or lists of one length.
        unit, grade, source, source_nl: passport.
        en, nl: label.
        places: of a list, what its places stand for.
        idle: stands at zero until an intervention sets its use, or is a cost: varied only when it is named.
        whole: takes whole numbers only.
    """

    name: str
    value: Value
    low: Value
    high: Value
    unit: str
    grade: str
    source: str
    source_nl: str
    en: str
    nl: str
    places: tuple[str, ...] = ()
    idle: bool = False
    whole: bool = False

    @property
    def group(self) -> str:
        """The topic of a parameter, or the intervention of a setting."""
        parts = self.name.split(".")
        return ".".join(parts[:2]) if parts[0] == INTERVENTIONS else parts[0]

    def label(self, lang: Language) -> str:
        """What it is."""
        return self.nl if lang == "nl" else self.en

    def at(self, position: float) -> dict[str, float]:
        """What a draw says at a position from 0 (low) to 1 (high): one name, or one for each place of a list."""
        low, high = np.atleast_1d(np.asarray(self.low, float)), np.atleast_1d(np.asarray(self.high, float))
        value = np.clip(low + position * (high - low), low, high)
        if self.whole:
            value = np.round(value)
        if not self.places:
            return {self.name: float(value[0])}
        # places whose own range is a point stay as they are
        return {
            f"{self.name}[{place}]": float(one)
            for place, one, moves in zip(self.places, value, low < high, strict=True)
            if moves
        }

    def span(self, lang: Language) -> str:
        """Its range in words."""
        if not isinstance(self.low, list) or not isinstance(self.high, list):
            return f"{number(float(np.max(self.low)), lang)} - {number(float(np.max(self.high)), lang)}"
        pairs = [f"{number(a, lang)} - {number(b, lang)}" for a, b in zip(self.low, self.high, strict=True)]
        return "; ".join(pairs[:2]) + ("; ..." if len(pairs) > 2 else "")


def _of_parameter(name: str, row: Parameter) -> Factor | None:
    """None where the range is a point, or a list has one range for all of its places (shares that add up, mostly)."""
    low, high = row.low, row.high
    if isinstance(row.value, list):
        if not (isinstance(low, list) and isinstance(high, list) and len(low) == len(high) == len(row.value)):
            return None
    elif isinstance(low, list) or isinstance(high, list):
        return None
    if low == high:
        return None
    idle = row.combine == "add" and not np.any(row.value)
    return Factor(
        name, row.value, low, high, row.unit, row.grade, row.source, row.source_nl, row.en, row.nl,
        tuple(row.index or ()), idle,
    )  # fmt: skip


def _of_setting(id: str, one: Setting, value: float, cost: bool) -> Factor | None:
    if one.low == one.high:
        return None
    name = f"{INTERVENTIONS}.{id}.{one.key}"
    return Factor(
        name, value, one.low, one.high, one.unit, one.grade, one.source, one.source_nl, one.en, one.nl,
        idle=cost, whole=one.whole,
    )  # fmt: skip


def factors_of(prepared: Prepared) -> dict[str, Factor]:
    """All that may vary in a prepared run, by name: parameters first, then settings of its interventions."""
    found: list[Factor | None] = [_of_parameter(name, row) for name, row in sorted(prepared.parameters.items())]
    kinds = declared()
    for table in prepared.scenario.interventions:
        kind: Declaration = kinds[str(table["kind"])]
        costs = {cost.key for cost in kind.costs}
        for one in kind.numbers:
            value = float(table.get(one.key, one.default))
            found.append(_of_setting(str(table["id"]), one, value, one.key in costs))
    return {one.name: one for one in found if one is not None}


def select(factors: dict[str, Factor], patterns: Sequence[str] = (), *, grades: Iterable[str] = "C") -> list[Factor]:
    """Those to vary, in the order of ``factors``.

    Without patterns: those of these grades that are not idle. With patterns, whatever their grade: full names, idle or
    not; or globs and beginnings of names, which leave out the idle.

    Raises:
        FactorError: a pattern names nothing that may vary.
    """
    if not patterns:
        wanted = set(grades)
        return [one for one in factors.values() if one.grade in wanted and not one.idle]
    chosen: set[str] = set()
    for pattern in patterns:
        chosen.update(_matching(factors, pattern))
    return [one for name, one in factors.items() if name in chosen]


def _matching(factors: dict[str, Factor], pattern: str) -> Iterator[str]:
    if pattern in factors:
        yield pattern
        return
    named = fnmatch.filter(factors, pattern) or [name for name in factors if name.startswith(pattern)]
    found = [name for name in named if not factors[name].idle]
    if not found:
        if named:
            raise FactorError(f"{pattern!r} names only what stands at zero or is a cost; give full names: {named[0]}")
        keys = {name.rpartition(".")[2]: name for name in factors}
        near = difflib.get_close_matches(pattern, [*factors, *keys], n=1)
        hint = f"did you mean {keys.get(near[0], near[0])!r}?" if near else "`deltaplan evidence` lists parameters"
        raise FactorError(f"nothing that may vary is called or begins with {pattern!r}; {hint}")
    yield from found


def values_at(factors: Sequence[Factor], point: npt.NDArray[np.float64]) -> dict[str, float]:
    """Values by the names of a draw, at a point of the unit cube (one position for each factor)."""
    found: dict[str, float] = {}
    for one, position in zip(factors, point, strict=True):
        found |= one.at(float(position))
    return found
