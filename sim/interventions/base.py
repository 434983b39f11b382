"""What a declaration is made of: settings, costs, and the declaration itself with the keys of its table in a file.

From a declaration come the scenario check, the JSON schema, the command line's cards, the pages under
``docs/interventions`` and the costs of a run. Nothing is listed twice.
"""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from sim.region.region import Region
from sim.texts.faults import nearest, show

if TYPE_CHECKING:
    from sim.interventions.instance import Act, Facts, Instance
    from sim.modifiers import Modifier

__all__ = [
    "PAYERS",
    "PER",
    "Choice",
    "Cost",
    "Declaration",
    "Keys",
    "Misfit",
    "Name",
    "Payer",
    "Per",
    "Setting",
    "Text",
    "Where",
    "in_brackets",
]

Grade = Literal["A", "B", "C"]
Where = Literal["region", "municipalities", "practices"]
Payer = Literal["insurer", "municipality", "practice", "state", "gp_organisation"]
Per = Literal["region", "municipality", "practice", "inhabitant", "registered", "gp", "owner", "trainee"]

PAYERS: dict[Payer, tuple[str, str]] = {
    "insurer": ("health insurer", "zorgverzekeraar"),
    "municipality": ("municipality", "gemeente"),
    "practice": ("practice", "praktijk"),
    "state": ("state", "rijk"),
    "gp_organisation": ("regional GP organisation", "regionale huisartsenorganisatie"),
}
"""Who pays, in English and Dutch."""

PER: dict[Per, tuple[str, str]] = {
    "region": ("", ""),
    "municipality": ("municipality", "gemeente"),
    "practice": ("practice", "praktijk"),
    "inhabitant": ("inhabitant", "inwoner"),
    "registered": ("registered person", "ingeschrevene"),
    "gp": ("GP", "huisarts"),
    "owner": ("practice owner", "praktijkhouder"),
    "trainee": ("trainee", "aios"),
}
"""What a cost is counted by, in English and Dutch; of practices only those that take part."""

RESERVED = {"id", "kind", "remove", "start", "end", "date", "adoption_months", "reach", "municipalities", "practices"}
"""Keys of every table, which no setting may take."""


class Text(NamedTuple):
    """The same in both languages."""

    en: str
    nl: str


class Misfit(NamedTuple):
    """Why a table cannot be used in this region: the key at fault, and the sentence that says so with its values."""

    key: str | None
    sentence: str
    values: dict[str, object]


@dataclass(frozen=True)
class Setting:
    """A number that a scenario may set.

    Attributes:
        key: its name in the file.
        default, low, high: figure and range of the evidence.
        unit: in words.
        grade: A read at its source, B well known, C an assumption.
        source, source_nl: where from, or why assumed.
        en, nl: label.
        evidence: ids of the rows of evidence it rests on; a reproduction may not be held against these.
        effect: whether something acts through it; then ``neutral`` is the value at which it does nothing.
        neutral: see ``effect``.
        whole: only whole numbers.
    """

    key: str
    default: float
    low: float
    high: float
    unit: str
    grade: Grade
    source: str
    source_nl: str
    en: str
    nl: str
    evidence: tuple[str, ...] = ()
    effect: bool = False
    neutral: float | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ValueError(f"{self.key}: {self.default} does not lie between {self.low} and {self.high}")
        if self.effect != (self.neutral is not None):
            raise ValueError(f"{self.key}: an effect setting says its neutral value, and no other does")
        texts = (self.unit, self.en, self.nl, self.source, self.source_nl)
        if not all(texts) or self.grade not in get_args(Grade):
            raise ValueError(f"{self.key}: unit, labels, source in both languages and grade must be given")

    @property
    def bounds(self) -> tuple[float, float]:
        """Least and most that a file may say: the range, and the neutral value with what lies between."""
        also = self.low if self.neutral is None else self.neutral
        return min(self.low, also), max(self.high, also)

    def field(self) -> tuple[Any, Any]:
        """Its field in a model of the table."""
        least, most = self.bounds
        about = f"{self.en} ({self.unit}; grade {self.grade})"
        value = int(self.default) if self.whole else float(self.default)
        extra: dict[str, Any] = {"unit": self.unit}
        bounds: dict[str, Any] = {"ge": least, "le": most}
        if self.whole:
            bounds = {"ge": int(least), "le": int(most)}
        return int if self.whole else float, Field(
            value, description=about, json_schema_extra=extra, allow_inf_nan=False, **bounds
        )


@dataclass(frozen=True)
class Choice:
    """One of some words that a scenario may choose; ``options`` gives each its label."""

    key: str
    default: str
    options: Mapping[str, Text]
    en: str
    nl: str

    def field(self) -> tuple[Any, Any]:
        """Its field in a model of the table."""
        return Literal[tuple(self.options)], Field(self.default, description=self.en)


@dataclass(frozen=True)
class Name:
    """The name of something of the region, which a scenario must or may give.

    Attributes:
        of: what is named; ``practice`` and ``gp`` by number.
        needed: whether it must be given.
    """

    key: str
    of: Literal["municipality", "post", "place", "practice", "gp"]
    en: str
    nl: str
    needed: bool = True

    def field(self) -> tuple[Any, Any]:
        """Its field in a model of the table."""
        kind: Any = int if self.of in {"practice", "gp"} else str
        extra: dict[str, Any] = {"ge": 0} if kind is int else {"min_length": 1}
        if self.needed:
            return kind, Field(description=self.en, **extra)
        return kind | None, Field(None, description=self.en, **extra)

    def misfit(self, value: object, region: Region) -> Misfit | None:
        """Why the region has nothing of that name; None when it has."""
        if value is None or self.of == "gp":
            return None
        if self.of == "practice":
            return _practice_misfit(self.key, value, region)
        known = {
            "municipality": [town.name for town in region.municipalities],
            "post": list(region.post_name),
            "place": [place.name for place in region.places],
        }[self.of]
        if value in known:
            return None
        return _unknown(self.key, self.of, value, known, region)


@dataclass(frozen=True)
class Cost:
    """An amount of money; a setting of its own, so that a scenario may set it.

    Attributes:
        key: its name in the file.
        default, low, high: euro, with the range of the evidence.
        when: ``once`` for each one that is added, or ``yearly``, paid by the month.
        per: what it is counted by.
        payer: who pays.
        grade, source, source_nl, en, nl, evidence: as of a setting.
        count: instead of ``per``, how many there are in a month, of what is known of the region then.
        per_text: what ``count`` counts, where there is one.
    """

    key: str
    default: float
    low: float
    high: float
    when: Literal["once", "yearly"]
    per: Per
    payer: Payer
    grade: Grade
    source: str
    source_nl: str
    en: str
    nl: str
    evidence: tuple[str, ...] = ()
    count: Callable[[Instance, Facts], float] | None = None
    per_text: Text | None = None

    def __post_init__(self) -> None:
        _one_of(self.key, "when", self.when, ("once", "yearly"))
        _one_of(self.key, "per", self.per, PER)
        _one_of(self.key, "payer", self.payer, PAYERS)
        self.setting()  # refuses the rest: range, grade, labels

    def unit(self, language: Literal["en", "nl"] = "en") -> str:
        """Its unit in words."""
        each = PER[self.per] if self.per_text is None else self.per_text
        word = each[0 if language == "en" else 1]
        if language == "en":
            return "EUR" + (f" per {word}" if word else "") + (" a year" if self.when == "yearly" else ", once")
        return "EUR" + (f" per {word}" if word else "") + (" per jaar" if self.when == "yearly" else ", eenmalig")

    def setting(self) -> Setting:
        """The same as a setting."""
        return Setting(
            self.key, self.default, self.low, self.high, self.unit(), self.grade, self.source, self.source_nl,
            self.en, self.nl, self.evidence,
        )  # fmt: skip

    def field(self) -> tuple[Any, Any]:
        """Its field in a model of the table."""
        return self.setting().field()


Keys = Setting | Choice | Name
"""What a declaration may let a scenario set."""


@dataclass(frozen=True)
class Declaration:
    """An intervention or an event.

    Attributes:
        id: the kind that a table names.
        event: whether it is an event.
        name, about: name, and what it is in a sentence or two.
        mechanism: a paragraph on what acts on what, in English.
        function: gives the modifiers and acts of an instance.
        where: where it may act; the first is the default.
        by: ``practice`` for what practices take up one by one, else ``region``.
        adoption_months, reach: default adoption (see ``sim.modifiers.Adoption``).
        lasting: of an event, whether it may end.
        settings, costs: what a scenario may set.
        can_act: why it cannot act in a region at all; None when it can.
    """

    id: str
    event: bool
    name: Text
    about: Text
    mechanism: str
    function: Callable[[Instance], Iterable[Modifier | Act]]
    where: tuple[Where, ...] = ("region",)
    by: Literal["region", "practice"] = "region"
    adoption_months: int = 0
    reach: float = 1.0
    lasting: bool = True
    settings: tuple[Keys, ...] = ()
    costs: tuple[Cost, ...] = ()
    can_act: Callable[[Region], Text | None] = field(default=lambda _: None)

    def __post_init__(self) -> None:
        if not in_brackets(self.where):
            raise ValueError(f"{self.id}: where is {self.where!r}; write one or more in brackets, as in ('region',)")
        for value in self.where:
            _one_of(self.id, "where", value, get_args(Where))
        _one_of(self.id, "by", self.by, ("region", "practice"))
        keys = [one.key for one in (*self.settings, *self.costs)]
        if twice := sorted({key for key in keys if keys.count(key) > 1} | (RESERVED & set(keys))):
            raise ValueError(f"{self.id}: the key {twice[0]!r} is taken")
        if not self.mechanism:
            raise ValueError(f"{self.id}: say how it works in the docstring of its function")

    def __reduce__(self) -> tuple[Any, ...]:
        return _declared, (self.id,)  # a copied or loaded model goes on with the declaration there is

    @property
    def numbers(self) -> Iterator[Setting]:
        """All numbers that a scenario may set, costs last."""
        yield from (one for one in self.settings if isinstance(one, Setting))
        yield from (cost.setting() for cost in self.costs)

    def neutral(self) -> dict[str, float]:
        """Effect settings at the values at which nothing acts."""
        return {
            one.key: int(one.neutral) if one.whole else one.neutral
            for one in self.settings
            if isinstance(one, Setting) and one.neutral is not None
        }

    @cached_property
    def model(self) -> type[BaseModel]:
        """The keys of its table in a scenario file, ``kind`` and ``id`` aside."""
        fields: dict[str, Any] = {}
        if self.event:
            fields["date"] = (datetime.date, Field(description="Day from which it acts"))
        else:
            fields["start"] = (
                datetime.date | None,
                Field(None, description="Day from which it acts [default: the first of the run]"),
            )
            months = Field(
                self.adoption_months,
                ge=0,
                le=360,
                description="Months from the start until all who will take part do",
                json_schema_extra={"unit": "months"},
            )
            fields["adoption_months"] = (int, months)
        if self.lasting:
            fields["end"] = (datetime.date | None, Field(None, description="Day from which it acts no more"))
        if self.by == "practice":
            reach = Field(
                self.reach,
                ge=0.0,
                le=1.0,
                allow_inf_nan=False,
                description="Share of the practices in scope that ever take part",
                json_schema_extra={"unit": "share of practices"},
            )
            fields["reach"] = (float, reach)
        if "municipalities" in self.where:
            towns = Field(None, min_length=1, description="Names of the municipalities where it acts [default: all]")
            fields["municipalities"] = (list[str] | None, towns)
        if "practices" in self.where:
            rows = Field(None, min_length=1, description="Numbers of the practices where it acts [default: all]")
            fields["practices"] = (list[int] | None, rows)
        for one in (*self.settings, *self.costs):
            fields[one.key] = one.field()
        return create_model(
            self.id, __config__=ConfigDict(extra="forbid", strict=True, frozen=True, title=self.name.en), **fields
        )

    def misfits(self, values: Mapping[str, Any], region: Region) -> Iterator[Misfit]:
        """Why a table with these values cannot be used in a region."""
        if (why := self.can_act(region)) is not None:
            yield Misfit(None, "cannot_act", {"value": show(self.id), "region": region.id, "why": tuple(why)})
        known = [town.name for town in region.municipalities]
        for k, name in enumerate(values.get("municipalities") or ()):
            if name not in known:
                yield _unknown(f"municipalities[{k + 1}]", "municipality", name, known, region)
        for k, number in enumerate(values.get("practices") or ()):
            if (misfit := _practice_misfit(f"practices[{k + 1}]", number, region)) is not None:
                yield misfit
        for one in self.settings:
            if isinstance(one, Name) and (misfit := one.misfit(values.get(one.key), region)) is not None:
                yield misfit


def in_brackets(value: object) -> int:
    """How many stand in a tuple; 0 for what is none, as a single text."""
    return len(value) if isinstance(value, tuple) else 0


def _one_of(whose: str, name: str, value: object, known: Iterable[str]) -> None:
    """Refuse a word of a declaration that is none of those known."""
    words = list(known)
    if value not in words:
        raise ValueError(f"{whose}: {name} is {value!r}{nearest(value, words)}; write one of {', '.join(words)}")


def _declared(id: str) -> Declaration:
    """The declaration of that id; its file is looked for by name, as the register does."""
    found: dict[str, Declaration] = importlib.import_module("sim.interventions.registry").declared()
    return found[id]


def _unknown(key: str, of: str, value: object, known: list[str], region: Region) -> Misfit:
    return Misfit(
        key,
        f"no_such_{of}",
        {"value": show(value), "region": region.id, "hint": nearest(value, known), "expected": ", ".join(known)},
    )


def _practice_misfit(key: str, value: object, region: Region) -> Misfit | None:
    practices = int(region.setting("practices"))
    if isinstance(value, int) and 0 <= value < practices:
        return None
    return Misfit(key, "no_such_practice", {"value": show(value), "region": region.id, "expected": str(practices - 1)})
