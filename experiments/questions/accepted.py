"""Accepted parameter sets: what ``deltaplan calibrate`` leaves, in a file that other commands read."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar

from experiments.bilingual import BilingualError, Sentences
from experiments.catalogue import packaged
from experiments.manifest import folder_hash
from experiments.prepare import Prepared
from experiments.runs.draw import PLAIN, Draw
from experiments.units import unit_in
from sim.parameters import Parameters, load_parameters

__all__ = ["ACCEPTED", "FORMAT", "SHIPPED", "AcceptedError", "Sets", "load_sets", "read_sets", "sets_of", "sets_text"]

FORMAT = 1
ACCEPTED = "accepted"
"""Stands for the file of the region that ships with the model, and is the name of the folder of such files."""
SHIPPED = "shipped"
"""Stands for the values of the parameters as shipped."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)  # it names a file in a store


class AcceptedError(BilingualError, ValueError):
    """A file of parameter sets cannot be used; the message is one line that says where and what would be right."""

    SENTENCES: ClassVar[Sentences] = {
        "unreadable": ("{file} cannot be read ({error})", "{file} kan niet gelezen worden ({error})"),
        "not_toml": ("{file} is no TOML file ({error})", "{file} is geen TOML-bestand ({error})"),
        "format": (
            "{file}: format {there!r}; a file of parameter sets made by `deltaplan calibrate` has format {format}",
            "{file}: format {there!r}; een bestand met parametersets van `deltaplan calibrate` heeft format {format}",
        ),
        "empty": ("{file} holds no parameter sets ([[sets]])", "{file} bevat geen parametersets ([[sets]])"),
        "no_values": ("{file}, set {k}: no values", "{file}, set {k}: geen waarden"),
        "id": (
            "{file}, set {k}: the id {id!r} must be of letters, digits, '-' and '_', and not {plain!r}",
            "{file}, set {k}: het id {id!r} moet uit letters, cijfers, '-' en '_' bestaan en niet {plain!r} zijn",
        ),
        "same_id": ("{file}: two sets have the same id", "{file}: twee sets hebben hetzelfde id"),
        "unknown": (
            "{file}, set {k}: unknown parameter {name!r}",
            "{file}, set {k}: onbekende parameter {name!r}",
        ),
        "no_place": (
            "{file}, set {k}: {name} has no place {place!r}",
            "{file}, set {k}: {name} heeft geen plaats {place!r}",
        ),
        "a_list": (
            "{file}, set {k}: {name} is a list; name its places, {name}[{place}]",
            "{file}, set {k}: {name} is een lijst; noem de plaatsen, {name}[{place}]",
        ),
        "outside": (
            "{file}, set {k}: {name} = {value!r} is not a number within [{low}, {high}] {unit}",
            "{file}, set {k}: {name} = {value!r} is geen getal binnen [{low}, {high}] {eenheid}",
        ),
        "none": (
            "no accepted parameter sets of region {region} ship with the model; name a file of `deltaplan calibrate`",
            "bij het model zitten geen aanvaarde parametersets van regio {region}; noem een bestand van "
            "`deltaplan calibrate`",
        ),
    }


@dataclass(frozen=True)
class Sets:
    """Parameter sets to be used in turn; without any, the values are as shipped.

    Attributes:
        draws: in the order of the file.
        file: where they come from, as it is shown.
        date: on which they were found (ISO); empty where the file does not say.
    """

    draws: tuple[Draw, ...] = ()
    file: str = ""
    date: str = ""


def sets_of(region: Prepared, chosen: str | None = None) -> Sets:
    """The parameter sets that are asked for.

    Args:
        region: a run of the region.
        chosen: a file, ``SHIPPED``, or ``ACCEPTED``; None for the accepted sets of the region where it has them, else
            the values as shipped.

    Raises:
        AcceptedError: a file cannot be used, or accepted sets are asked for where there are none.
    """
    if chosen == SHIPPED:
        return Sets()
    if chosen is not None and chosen != ACCEPTED:
        return read_sets(chosen)
    id = region.region.id
    file = packaged() / ACCEPTED / f"{id}.toml"
    if file.is_file() and region.region_hash == folder_hash(packaged() / "regions" / id):
        return replace(read_sets(file), file=f"scenarios/{ACCEPTED}/{id}.toml")
    if chosen == ACCEPTED:
        raise AcceptedError.of("none", region=id)
    return Sets()


def load_sets(path: Path | str, parameters: Parameters | None = None) -> list[Draw]:
    """The parameter sets of a file as draws; see :func:`read_sets`."""
    return list(read_sets(path, parameters).draws)


def read_sets(path: Traversable | str, parameters: Parameters | None = None) -> Sets:
    """The parameter sets of a file, in its order.

    Args:
        path: of the file.
        parameters: against whose ranges they are checked; those of the model by default.

    Raises:
        AcceptedError: the file is missing, of another form, or a value lies outside its range.
    """
    file = Path(path) if isinstance(path, str) else path
    known = parameters if parameters is not None else load_parameters()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise AcceptedError.of("unreadable", file=file, error=error.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AcceptedError.of("not_toml", file=file, error=error) from None
    if content.get("format") != FORMAT:
        raise AcceptedError.of("format", file=file, there=content.get("format"), format=FORMAT)
    rows = content.get("sets")
    if not isinstance(rows, list) or not rows:
        raise AcceptedError.of("empty", file=file)
    found = []
    for k, row in enumerate(rows, 1):
        where = {"file": file, "k": k}
        values = row.get("values") if isinstance(row, dict) else None
        if not isinstance(values, dict) or not values:
            raise AcceptedError.of("no_values", **where)
        for name, value in values.items():
            _check(where, name, value, known)
        id = str(row.get("id", ""))
        if id and (id == PLAIN or not _ID.fullmatch(id)):
            raise AcceptedError.of("id", **where, id=id, plain=PLAIN)
        found.append(Draw(values, id))
    if len({draw.id for draw in found}) < len(found):
        raise AcceptedError.of("same_id", file=file)
    return Sets(tuple(found), str(file), str(content.get("date", "")))


def _check(where: Mapping[str, Any], name: str, value: Any, known: Parameters) -> None:
    base, _, place = name.partition("[")
    if base not in known.entries:
        raise AcceptedError.of("unknown", **where, name=name)
    row = known[base]
    low, high = row.low, row.high
    if place:
        index = list(row.index or ())
        if place.rstrip("]") not in index:
            raise AcceptedError.of("no_place", **where, name=base, place=place.rstrip("]"))
        k = index.index(place.rstrip("]"))
        low = low[k] if isinstance(low, list) else low
        high = high[k] if isinstance(high, list) else high
    elif isinstance(row.value, list):
        raise AcceptedError.of("a_list", **where, name=base, place=(row.index or ["?"])[0])
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or isinstance(low, list) or isinstance(high, list) or not low <= value <= high:
        raise AcceptedError.of(
            "outside",
            **where,
            name=name,
            value=value,
            low=low,
            high=high,
            unit=row.unit,
            eenheid=unit_in(row.unit, "nl"),
        )


def sets_text(about: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], sets: Sequence[Mapping[str, Any]]) -> str:
    """The file as text.

    Args:
        about: what stands on top, plain values.
        targets: a table each, plain values.
        sets: a table each: ``id``, numbers, and ``values`` by name.
    """
    lines = [
        "# Parameter sets that are not ruled out by what is published; made by `deltaplan calibrate`, not by hand.",
        f"format = {FORMAT}",
        *(f"{key} = {_plain(value)}" for key, value in about.items()),
    ]
    for one in targets:
        lines += ["", "[[targets]]", *(f"{key} = {_plain(value)}" for key, value in one.items())]
    for one in sets:
        lines += ["", "[[sets]]"]
        lines += [f"{key} = {_plain(value)}" for key, value in one.items() if key != "values"]
        lines += ["[sets.values]", *(f"{_plain(name)} = {_plain(value)}" for name, value in one["values"].items())]
    return "\n".join([*lines, ""])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        return f'"{escaped}"'
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ("nan" if math.isnan(value) else "inf")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_plain(one) for one in value)}]"
    return str(value)  # whole numbers and dates
