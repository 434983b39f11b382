"""Scenarios: what is assumed in a run, as TOML files that extend one another.

A scenario names a region, a period, a capacity mode, parameter values that differ from the shipped ones, and
interventions. ``extends`` names a base of which only the differences are listed. ``load_scenario`` follows the chain,
checks every file on its own (so a fault names the file where the mend belongs) and returns the resolved scenario.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.checks import read_toml, validate
from sim.parameters import Parameter, Parameters, load_parameters
from sim.texts.faults import FaultError, nearest, show

__all__ = [
    "BASE_DATE",
    "CapacityMode",
    "Registry",
    "Scenario",
    "ScenarioError",
    "list_regions",
    "list_scenarios",
    "load_scenario",
    "region_folder",
    "scenario_hash",
    "scenario_schema",
]

Folder = Traversable | Path
Value = float | list[float]

CapacityMode = Literal["elastic", "bounded", "hard"]
"""What practices do when more care is asked than there is room for: give all of it, bounded overtime, or none."""

Registry = Mapping[str, type[BaseModel]]
"""Known interventions: the schema of an intervention's own keys by its kind."""

BASE_DATE = date(2025, 1, 1)
"""Day 0 of every run: the date that the data describe."""


class ScenarioError(FaultError):
    """A scenario is wrong; the message is one line that names file, key, fault and mend."""


class Label(BaseModel):
    """Name of a scenario for people, in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    nl: str = Field(min_length=1, description="Naam in het Nederlands")
    en: str = Field(min_length=1, description="Name in English")


class ScenarioFile(BaseModel):
    """One scenario file as written: a scenario, or its differences from the base it extends."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, title="deltaplan scenario")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="Name of the scenario, equal to the file's name")
    label: Label
    extends: str | None = Field(None, description="Scenario (or path of a scenario file) that this one differs from")
    region: str | None = Field(None, description="Folder of the region under regions/")
    start: date | None = Field(None, description="First day; the data describe 1 January 2025")
    years: int | None = Field(None, ge=1, le=30, description="Years to simulate")
    capacity_mode: CapacityMode | None = None
    parameters: dict[str, Any] = Field(default_factory=dict, description="Values that differ, by full parameter name")
    interventions: list[dict[str, Any]] = Field(default_factory=list)


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
        interventions: each with ``kind``, ``id`` (unique) and the keys of its kind, defaults filled in.
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


def list_scenarios(catalogue: Folder) -> list[str]:
    """Names of the scenarios in a catalogue folder, sorted."""
    return sorted(item.name.removesuffix(".toml") for item in catalogue.iterdir() if item.name.endswith(".toml"))


def list_regions(catalogue: Folder) -> list[str]:
    """Ids of the regions under ``regions/`` of a catalogue folder, sorted."""
    folder = catalogue / "regions"
    if not folder.is_dir():
        return []
    return sorted(item.name for item in folder.iterdir() if (item / "region.toml").is_file())


def region_folder(region: str, *catalogues: Folder) -> Folder:
    """Folder of a region: the first catalogue that has it.

    Raises:
        ScenarioError: none has it; names the nearest.
    """
    for catalogue in catalogues:
        if region in list_regions(catalogue):
            return catalogue / "regions" / region
    known = sorted({name for catalogue in catalogues for name in list_regions(catalogue)})
    raise ScenarioError(
        "unknown_region", "regions", value=show(region), hint=nearest(region, known), expected=_listed(known)
    )


def load_scenario(
    scenario: str | Path,
    catalogue: Folder,
    parameters: Parameters | None = None,
    interventions: Registry | None = None,
) -> Scenario:
    """The scenario of that name or path, resolved and checked.

    Args:
        scenario: name of a scenario in the catalogue, or path of a TOML file. Bases and regions are looked for beside a
            file first, then in the catalogue.
        catalogue: folder with scenario files and ``regions/``.
        parameters: those that may be overridden; the shipped ones when None.
        interventions: the interventions that exist; none when None.

    Raises:
        ScenarioError: one line that names file, key, fault and mend.
    """
    known = load_parameters() if parameters is None else parameters
    registry: Registry = {} if interventions is None else interventions
    file, search = _find(scenario, catalogue)
    chain = _chain(file, search)
    merged: dict[str, Any] = {"parameters": {}}
    active: dict[str, dict[str, Any]] = {}
    for name, content in reversed(chain):
        _check_file(content, name, known, search)
        own = content.model_dump(exclude_none=True, exclude={"parameters", "interventions"})
        merged |= own
        merged["parameters"] |= _flatten(content.parameters)
        _merge_interventions(active, content.interventions, name, registry)
    name = chain[0][0]
    if "region" not in merged:
        raise ScenarioError("key_missing", name, "region")
    merged["interventions"] = tuple(
        _check_intervention(identity, entry, name, registry) for identity, entry in active.items()
    )
    return Scenario.model_validate(merged)


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 (hexadecimal) of what is assumed, as canonical JSON; id, label and base do not count.

    Two scenarios with one hash are the same model of the same region, however they were written down.
    """
    content = scenario.model_dump(mode="json", exclude={"id", "label", "extends"})
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def scenario_schema(
    parameters: Parameters | None = None,
    regions: Sequence[str] = (),
    interventions: Registry | None = None,
) -> dict[str, Any]:
    """JSON schema of a scenario file, for editors: with the range of every parameter and the keys of interventions.

    Args:
        regions: ids that may be chosen; any text when empty.
    """
    schema = ScenarioFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    properties = schema["properties"]
    if regions:
        properties["region"] = {**properties["region"], "enum": [*regions, None]}
    known = load_parameters() if parameters is None else parameters
    properties["parameters"] = {
        "type": "object",
        "description": properties["parameters"]["description"],
        "additionalProperties": False,
        "properties": {name: _parameter_schema(passport) for name, passport in known.items()},
    }
    kinds = [
        {
            **model.model_json_schema(),
            "properties": {"kind": {"const": kind}, "id": {"type": "string"}}
            | model.model_json_schema().get("properties", {}),
        }
        for kind, model in (interventions or {}).items()
    ]
    properties["interventions"] = {"type": "array", "items": {"oneOf": kinds} if kinds else False}
    return schema


def _parameter_schema(passport: Parameter) -> dict[str, Any]:
    text = f"{passport.en} ({passport.unit}; grade {passport.grade})"
    if not isinstance(passport.value, list):
        return {"type": "number", "minimum": passport.low, "maximum": passport.high, "description": text}
    size = len(passport.value)
    return {"type": "array", "items": {"type": "number"}, "minItems": size, "maxItems": size, "description": text}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "(there are none)"


def _find(scenario: str | Path, catalogue: Folder) -> tuple[Folder, tuple[Folder, ...]]:
    """File of a scenario given by name or path, and the folders in which its bases and regions are looked for."""
    text = str(scenario)
    if isinstance(scenario, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        path = Path(scenario)
        if path.is_file():
            return path, (path.parent, catalogue)
        there = [item.name for item in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        known = [*there, *list_scenarios(catalogue)]
        hint = nearest(path.name, there)
    else:
        if (catalogue / f"{text}.toml").is_file():
            return catalogue / f"{text}.toml", (catalogue,)
        known = list_scenarios(catalogue)
        hint = nearest(text, known)
    raise ScenarioError("unknown_scenario", "scenario", value=show(text), hint=hint, expected=_listed(known))


def _chain(file: Folder, search: Sequence[Folder]) -> list[tuple[str, ScenarioFile]]:
    """Files from the scenario itself to its last base, each with its name; circles are refused."""
    chain: list[tuple[str, ScenarioFile]] = []
    seen: list[str] = []
    current: Folder | None = file
    while current is not None:
        content = validate(ScenarioFile, read_toml(current, ScenarioError), current.name, ScenarioError)
        chain.append((current.name, content))
        seen.append(str(current))
        current = _base(current, content, search) if content.extends is not None else None
        if current is not None and str(current) in seen:
            first = seen.index(str(current))
            circle = " -> ".join([*(name for name, _ in chain[first:]), current.name])
            raise ScenarioError("extends_cycle", chain[-1][0], "extends", value=circle)
    return chain


def _base(file: Folder, content: ScenarioFile, search: Sequence[Folder]) -> Folder:
    """File that `file` extends: relative to it when written as a path, else looked for in the search folders.

    A file never extends itself by its name alone while another of that name can be meant.
    """
    wanted = str(content.extends)
    candidates: list[Folder]
    if wanted.endswith(".toml"):
        candidates = [file.parent / wanted] if isinstance(file, Path) else [search[-1] / wanted]
    else:
        candidates = [folder / f"{wanted}.toml" for folder in search]
    there = [candidate for candidate in candidates if candidate.is_file()]
    for candidate in there:
        if str(candidate) != str(file):
            return candidate
    if there:
        return there[0]
    known = sorted({name for folder in search for name in list_scenarios(folder)} - {content.id})
    raise ScenarioError(
        "unknown_base", file.name, "extends", value=show(wanted), hint=nearest(wanted, known), expected=_listed(known)
    )


def _check_file(content: ScenarioFile, name: str, parameters: Parameters, search: Sequence[Folder]) -> None:
    stem = name.removesuffix(".toml")
    if content.id != stem:
        raise ScenarioError("id_file", name, "id", value=show(content.id), expected=stem)
    if content.start is not None and content.start != BASE_DATE:
        raise ScenarioError("start_fixed", name, "start", value=content.start.isoformat())
    if content.region is not None:
        try:
            region_folder(content.region, *search)
        except ScenarioError as error:
            raise ScenarioError(error.key, name, "region", **error.values) from None
    for key, value in _flatten(content.parameters).items():
        _check_parameter(key, value, name, parameters)


def _flatten(parameters: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Parameters by full name, whether written as ``"topic.key" = 1`` or as a table ``[parameters.topic]``."""
    flat: dict[str, Any] = {}
    for key, value in parameters.items():
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = [_number(item) for item in value] if isinstance(value, list) else _number(value)
    return flat


def _number(value: Any) -> Any:
    """A whole number as a float, so that 1 and 1.0 are the same scenario; anything else as it is."""
    return float(value) if _is_number(value) else value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_parameter(key: str, value: Any, name: str, parameters: Parameters) -> None:
    place = f"parameters.{key}"
    if key not in parameters.entries:
        raise ScenarioError("unknown_parameter", name, place, hint=nearest(key, parameters))
    passport = parameters[key]
    size = len(passport.value) if isinstance(passport.value, list) else None
    values = value if isinstance(value, list) else [value]
    if (size is None) == isinstance(value, list) or not all(map(_is_number, values)) or len(values) != (size or 1):
        expected = "one number" if size is None else f"a list of {size} numbers"
        raise ScenarioError("parameter_shape", name, place, value=show(value), expected=expected)
    for k, number in enumerate(values):
        low = passport.low[k] if isinstance(passport.low, list) else passport.low
        high = passport.high[k] if isinstance(passport.high, list) else passport.high
        if not low <= number <= high:
            spot = place if size is None else f"{place}[{k + 1}]"
            raise ScenarioError(
                "parameter_range", name, spot, value=f"{number:g}", low=f"{low:g}", high=f"{high:g}", unit=passport.unit
            )


def _merge_interventions(
    active: dict[str, dict[str, Any]], entries: Sequence[dict[str, Any]], name: str, registry: Registry
) -> None:
    """Lay a file's interventions over those of its base: same id changes keys, ``remove = true`` takes it away."""
    here: set[str] = set()
    for number, entry in enumerate(entries):
        place = f"interventions[{number + 1}]"
        if not registry:
            raise ScenarioError("no_interventions", name, place, value=show(entry.get("kind", entry)))
        identity = str(entry.get("id", entry.get("kind", "")))
        known_kinds = _listed(registry)
        if "kind" not in entry and identity not in active:
            raise ScenarioError("intervention_kind", name, place, hint=f"; choose one of: {known_kinds}")
        if "kind" in entry and entry["kind"] not in registry:
            kind = entry["kind"]
            raise ScenarioError(
                "unknown_intervention", name, f"{place}.kind", value=show(kind), hint=nearest(kind, registry),
                expected=known_kinds,
            )  # fmt: skip
        if identity in here:
            raise ScenarioError("intervention_twice", name, f"{place}.id", value=show(identity))
        here.add(identity)
        if entry.get("remove") is True:
            if identity not in active:
                raise ScenarioError("intervention_remove", name, place, value=show(identity))
            del active[identity]
        else:
            active[identity] = {**active.get(identity, {}), **entry, "id": identity}


def _check_intervention(identity: str, entry: dict[str, Any], name: str, registry: Registry) -> dict[str, Any]:
    own = {key: value for key, value in entry.items() if key not in {"kind", "id"}}
    checked = validate(registry[entry["kind"]], own, name, ScenarioError, at=f"interventions.{identity}")
    return {"kind": entry["kind"], "id": identity, **checked.model_dump(mode="json")}
