"""A comparison as plain data: what was asked, what came of it, and all that is needed to tell it or to repeat it.

``experiments.compare`` makes one; the report, the tables and the view only read it.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

__all__ = [
    "FILE", "FORMAT", "Arm", "Assumption", "Comparison", "ComparisonError", "Contrast", "Costs", "Course", "Difference",
    "Estimate", "GroupContrast", "Mode", "Place", "Spread", "Verdict", "load_comparison", "save_comparison",
]  # fmt: skip

FORMAT = 1
"""Raised when the meaning of a field changes."""
FILE = "comparison.json"

Verdict = Literal["better", "worse", "different", "noise", "same", "unknown"]
"""``different``: certain, but no direction is better; ``same``: no run differs; ``unknown``: too few runs to say."""


class ComparisonError(Exception):
    """A comparison cannot be read or made; the message is one line."""


@dataclass(frozen=True)
class Difference:
    """One key of a scenario that is not as in the base: ``before`` and ``after`` are plain data, None where absent."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Arm:
    """One scenario: ``scenario`` is what it came to, every default filled in."""

    name: str
    label_nl: str
    label_en: str
    scenario_hash: str
    scenario: dict[str, Any]
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval of 95 %; NaN where it cannot be known.

    Attributes:
        n: number of values behind it.
    """

    mean: float
    low: float
    high: float
    n: int

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2.0

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves zero out; False when it is not known."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Contrast:
    """One indicator in one scenario against the base.

    Attributes:
        indicator: id.
        other: name of the scenario.
        base, arm: the indicator in the base and in the scenario.
        difference: scenario less base, over pairs.
        chance_better: probability that the mean difference goes the better way, given the pairs; NaN where neither way
            is better or too little is known.
        pairs_better: pairs in which the scenario does better; -1 where neither way is.
        verdict: in a word.
        reduction: variance of the difference with other seeds over that of the pairs; NaN where not known.
        precise: whether the half-width is under 5 % of the base or a quarter of the difference.
    """

    indicator: str
    other: str
    base: Estimate
    arm: Estimate
    difference: Estimate
    chance_better: float
    pairs_better: int
    verdict: Verdict
    reduction: float
    precise: bool
    sentence_nl: str = ""
    sentence_en: str = ""


@dataclass(frozen=True)
class GroupContrast:
    """A contrast in one group: ``by`` is municipality, age or deprivation."""

    by: str
    key: int
    name_nl: str
    name_en: str
    contrast: Contrast


@dataclass(frozen=True)
class Course:
    """An indicator over the years in one scenario, or its difference from the base: mean and interval of 95 % of the
    mean, by year.
    """

    indicator: str
    arm: str
    years: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Costs:
    """What a scenario's interventions cost over the whole period more than the base's, in euro (prices of 2025).

    Attributes:
        arm: name of the scenario.
        by_payer: by payer, see ``sim.interventions.base.PAYERS``.
        total: of all payers.
        extra_registered: people with a GP more than in the base, mean over the years (person-years a year).
        per_extra_registered: euro for each person-year with a GP more; NaN where the gain is not surely above zero.
        care: cost of GP care to the insurer over the period, more than in the base.
    """

    arm: str
    by_payer: dict[str, Estimate]
    total: Estimate
    extra_registered: Estimate
    per_extra_registered: Estimate
    care: Estimate


@dataclass(frozen=True)
class Spread:
    """Standard deviation of an indicator's difference between worlds: by chance (seeds) and by parameter set.

    ``parameters`` is NaN where one parameter set was used.
    """

    indicator: str
    arm: str
    seeds: float
    parameters: float


@dataclass(frozen=True)
class Mode:
    """Verdicts in one capacity mode: rows of (indicator, scenario, difference, verdict)."""

    capacity_mode: str
    contrasts: tuple[Contrast, ...]


@dataclass(frozen=True)
class Assumption:
    """A number that the comparison rests on: a setting of an intervention, or a parameter of the model.

    Attributes:
        arm: the scenario whose setting it is; empty for a parameter that all share.
        name: full name.
        part: the intervention or event, or empty.
        value: number or numbers in force.
        grade: A read at its source, B well known, C assumption.
        source_nl: empty in what older versions saved.
    """

    arm: str
    part: str
    name: str
    label_nl: str
    label_en: str
    value: Any
    unit: str
    low: float
    high: float
    grade: str
    source: str
    source_nl: str = ""


@dataclass(frozen=True)
class Place:
    """A municipality on the map: kilometres east and north, and inhabitants."""

    number: int
    name: str
    x: float
    y: float
    inhabitants: int


@dataclass(frozen=True)
class Comparison:
    """All of it. ``first_year`` to ``last_year`` are the full years; contrasts are of the last ``window`` of them.

    ``courses`` are of every scenario, ``gaps`` the differences from the base of the others, pair by pair.
    """

    base: Arm
    arms: tuple[Arm, ...]
    region: str
    region_nl: str
    region_en: str
    start: str
    years: int
    first_year: int
    last_year: int
    window: int
    share: float
    capacity_mode: str
    pairs: int
    seeds: tuple[int, ...]
    sets: int
    contrasts: tuple[Contrast, ...]
    groups: tuple[GroupContrast, ...]
    courses: tuple[Course, ...]
    costs: tuple[Costs, ...]
    spreads: tuple[Spread, ...]
    modes: tuple[Mode, ...]
    assumptions: tuple[Assumption, ...]
    places: tuple[Place, ...]
    code: dict[str, Any]
    command: str
    finished: str
    warnings_nl: tuple[str, ...] = ()
    warnings_en: tuple[str, ...] = ()
    format: int = FORMAT
    run_keys: tuple[str, ...] = field(default=())
    gaps: tuple[Course, ...] = ()

    @property
    def all_arms(self) -> tuple[Arm, ...]:
        """The base and the others."""
        return (self.base, *self.arms)

    def contrasts_of(self, arm: str) -> tuple[Contrast, ...]:
        """Contrasts of one scenario."""
        return tuple(one for one in self.contrasts if one.other == arm)

    def to_json(self) -> str:
        """As JSON text; a number that is not finite becomes null."""
        plain = _plain(dataclasses.asdict(self))
        return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Comparison:
        """Read what ``to_json`` wrote.

        Raises:
            ComparisonError: the text is no comparison, or one of another format.
        """
        try:
            content = json.loads(text)
            number = content["format"]
        except (ValueError, TypeError, KeyError) as error:
            raise ComparisonError(f"it holds no comparison ({error})") from None
        if number != FORMAT:
            raise ComparisonError(f"it has format {number}, this version reads {FORMAT}; make it again")
        try:
            made: Comparison = _build(cls, content)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise ComparisonError(f"it is damaged ({error})") from None
        return made


def load_comparison(folder: Path) -> Comparison:
    """The comparison saved in a folder.

    Raises:
        ComparisonError: there is none, or it cannot be read.
    """
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ComparisonError(f"{file}: no comparison ({why}); give a folder made by `deltaplan compare`") from None
    try:
        return Comparison.from_json(text)
    except ComparisonError as error:
        raise ComparisonError(f"{file}: {error}") from None


def save_comparison(comparison: Comparison, folder: Path) -> Path:
    """Write it into a folder, whole or not at all; returns the file."""
    file = folder / FILE
    temporary = folder / f".{FILE}.{os.getpid()}.tmp"
    temporary.write_text(comparison.to_json(), encoding="utf-8")
    temporary.replace(file)
    return file


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _build(kind: Any, value: Any) -> Any:
    """Data of the declared type from plain data."""
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        unknown = set(value) - set(hints)
        if unknown:
            raise ValueError(f"unknown key {min(unknown)!r}")
        assert isinstance(kind, type)
        return kind(**{name: _build(hints[name], one) for name, one in value.items()})
    if kind is float:
        return math.nan if value is None else float(value)
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_build(get_args(kind)[0], one) for one in value)
    if origin is dict:
        return {key: _build(get_args(kind)[1], one) for key, one in value.items()}
    return value
