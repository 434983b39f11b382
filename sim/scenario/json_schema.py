"""The JSON schema of a scenario file, for editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.parameters import Parameter, Parameters, load_parameters
from sim.scenario.schema import Kind, Kinds, ScenarioFile

__all__ = ["scenario_schema"]


def scenario_schema(
    parameters: Parameters | None = None, regions: Sequence[str] = (), kinds: Kinds | None = None
) -> dict[str, Any]:
    """JSON schema of a scenario file: with the range of every parameter and the keys of interventions and events.

    Args:
        parameters: those that may be overridden; the shipped ones when None.
        regions: ids that may be chosen; any text when empty.
        kinds: interventions and events that exist.
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
        "properties": _by_topic(known),
    }
    exist = Kinds() if kinds is None else kinds
    for sort, found in (("interventions", exist.interventions), ("events", exist.events)):
        schema.setdefault("$defs", {}).update({f"{sort}.{id}": _table(id, kind) for id, kind in found.items()})
        properties[sort] = {
            "type": "object",
            "description": properties[sort]["description"],
            "properties": {id: {"$ref": f"#/$defs/{sort}.{id}"} for id in found},
            "additionalProperties": {"anyOf": [{"$ref": f"#/$defs/{sort}.{id}"} for id in found]} if found else False,
        }
    return schema


def _by_topic(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Parameters by full name, and in tables by topic: both ways of writing them."""
    out: dict[str, Any] = {name: _parameter(passport) for name, passport in parameters.items()}
    for name, passport in parameters.items():
        topic, _, key = name.partition(".")
        empty: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}}
        out.setdefault(topic, empty)["properties"][key] = _parameter(passport)
    return out


def _parameter(passport: Parameter) -> dict[str, Any]:
    text = f"{passport.en} ({passport.unit}; grade {passport.grade})"
    if not isinstance(passport.value, list):
        return {"type": "number", "minimum": passport.low, "maximum": passport.high, "description": text}
    size = len(passport.value)
    return {"type": "array", "items": {"type": "number"}, "minItems": size, "maxItems": size, "description": text}


def _table(id: str, kind: Kind) -> dict[str, Any]:
    """A table of one kind; nothing is required, since a base may have said it."""
    own = kind.model.model_json_schema()
    own.pop("required", None)
    own["properties"] = {"kind": {"const": id}, "remove": {"const": True}, **own.get("properties", {})}
    return own
