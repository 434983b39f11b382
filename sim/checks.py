"""Reading the user's TOML files: every fault becomes one line that names the file, the key and the mend."""

from __future__ import annotations

import difflib
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.texts.faults import FaultError, nearest, show

__all__ = ["decode", "examine", "read_toml", "validate"]

_EXPECTED = {
    "int": "a whole number",
    "float": "a number",
    "string": "text between quotation marks",
    "bool": "true or false",
    "date": "a date such as 2025-01-01",
    "list": "a list in square brackets",
    "tuple": "a list in square brackets",
    "dict": "a table of keys",
    "model": "a table of keys",
    "mapping": "a table of keys",
}


def decode(data: bytes, file: str, fault: type[FaultError]) -> str:
    """UTF-8 text of a file, byte order mark removed; a fault names the row of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise fault("not_utf8", file, row, value=f"0x{data[error.start]:02x}") from None


def read_toml(path: Traversable | Path, fault: type[FaultError]) -> dict[str, Any]:
    """Content of a TOML file that exists.

    Raises:
        fault: not UTF-8, or not TOML (names line and column).
    """
    text = decode(path.read_bytes(), path.name, fault)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise fault("bad_toml", path.name, value=str(error)) from None
    except (RecursionError, ValueError) as error:  # nested without end, or a number of thousands of digits
        raise fault("bad_toml", path.name, value=show(str(error))) from None


def validate[M: BaseModel](model: type[M], data: dict[str, Any], file: str, fault: type[FaultError], at: str = "") -> M:
    """`data` as an instance of `model`; the first thing wrong becomes one fault whose place is the dotted key.

    Args:
        at: key under which `data` stands in the file, put before the key of the fault.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors()
        # A misspelt key also leaves the right one missing: the misspelling is the better news.
        first = next((item for item in details if item["type"] == "extra_forbidden"), details[0])
        raise _fault(model, first, file, fault, at) from None


def examine[F: FaultError](
    model: type[BaseModel], data: dict[str, Any], file: str, fault: type[F], at: str = ""
) -> list[tuple[int | str, F]]:
    """All that is wrong with `data` as an instance of `model`: top-level key and fault each; arguments as of
    `validate`.

    A key that seems misspelt is not said to be missing too.
    """
    try:
        model.model_validate(data)
    except ValidationError as error:
        details = error.errors()
    else:
        return []
    meant = {
        near
        for item in details
        if item["type"] == "extra_forbidden"
        for near in difflib.get_close_matches(str(item["loc"][-1]).lower(), _fields(model, item["loc"][:-1]), n=1)
    }
    found: list[tuple[int | str, F]] = []
    seen: set[str] = set()
    for item in details:
        if item["type"] == "missing" and item["loc"][-1] in meant:
            continue
        one = _fault(model, item, file, fault, at)
        if str(one.place) not in seen:  # the branches of a union each have their say
            seen.add(str(one.place))
            found.append((item["loc"][0] if item["loc"] else "", one))
    return found


def _fault[F: FaultError](model: type[BaseModel], detail: ErrorDetails, file: str, fault: type[F], at: str) -> F:
    place = _dotted(at, detail["loc"])
    kind, value, context = detail["type"], show(detail["input"]), detail.get("ctx", {})
    if kind == "missing":
        return fault("key_missing", file, place)
    if kind == "extra_forbidden":
        known = _fields(model, detail["loc"][:-1])
        return fault(
            "key_unknown", file, place, hint=nearest(detail["loc"][-1], known), expected=", ".join(sorted(known))
        )
    if kind in {"literal_error", "enum"}:
        known = [item.strip().strip("'") for item in str(context["expected"]).replace(" or ", ", ").split(",")]
        return fault(
            "key_choice", file, place, value=value, hint=nearest(detail["input"], known), expected=", ".join(known)
        )
    if (kind == "finite_number" or context.keys() & {"ge", "le"}) and (limits := _limits(model, detail["loc"])):
        low, high, unit = limits
        return fault("setting_range", file, place, value=value, low=low, high=high, unit=unit)
    bounds = {"ge": "of at least", "gt": "above", "le": "of at most", "lt": "below"}
    for name, words in bounds.items():
        if name in context:
            return fault("key_range", file, place, value=value, expected=f"{words} {context[name]}")
    for prefix, expected in _EXPECTED.items():
        if kind.startswith(prefix + "_") and kind.split("_")[-1] in {"type", "parsing", "float", "datetime"}:
            return fault("key_type", file, place, value=value, expected=expected)
    return fault("key_other", file, place, value=value, expected=detail["msg"].removeprefix("Value error, "))


def _limits(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[str, str, str] | None:
    """Least, most and unit of a field that says its unit."""
    field = model.model_fields.get(str(location[0])) if len(location) == 1 else None
    if field is None or not isinstance(field.json_schema_extra, dict) or "unit" not in field.json_schema_extra:
        return None
    low = next(mark.ge for mark in field.metadata if hasattr(mark, "ge"))
    high = next(mark.le for mark in field.metadata if hasattr(mark, "le"))
    return f"{low:g}", f"{high:g}", str(field.json_schema_extra["unit"])


def _dotted(at: str, location: tuple[int | str, ...]) -> str:
    text = at
    if location and (location[-1] == "float" or str(location[-1]).startswith("list[")):
        location = location[:-1]  # pydantic's name for one branch of "a number or a list of numbers", not a key
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _fields(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Field names of the model that stands at `location` within `model`."""
    current: Any = model
    for part in location:
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = current.model_fields.get(str(part))
            current = field.annotation if field is not None else None
        else:
            current = next(iter(get_args(current)[-1:]), None)
        current = _model_in(current)
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _model_in(annotation: Any) -> Any:
    """The annotation itself, or for ``X | None`` the model X."""
    for part in get_args(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel) and type(None) in get_args(annotation):
            return part
    return annotation
