"""The tables of interventions and events: laid over those of the base, and checked on their own and together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.checks import examine
from sim.dates import date_of_month, month_of
from sim.region.region import Region
from sim.scenario.catalogue import listed
from sim.scenario.schema import NAME, Kind, Kinds, ScenarioError
from sim.scenario.schema import first_month as acts_from
from sim.texts.faults import nearest, show

__all__ = ["Table", "late_faults", "lay_over", "month_notes", "resolved", "table_misfits"]

SORTS = ("interventions", "events")
_DATES = ("date", "start", "end")


@dataclass
class Table:
    """A table of an intervention or event, as far as the files up to now say.

    Attributes:
        sort: ``interventions`` or ``events``.
        id: its name.
        kind: of ``Kinds``.
        values: keys that are set and of use.
        files: file in which each key was set; under "" where the table began.
        broken: keys that are set and of no use.
    """

    sort: str
    id: str
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def fault(self, sentence: str, key: str | None = None, **values: object) -> ScenarioError:
        """A fault of this table, or of a key of it, in the file where it was set."""
        bare = "" if key is None else key.split("[")[0]
        place = f"{self.sort}.{self.id}" + ("" if key is None else f".{key}")
        return ScenarioError(sentence, self.files.get(bare, self.files[""]), place, **values)


def kind_of(table: Table, kinds: Kinds) -> Kind:
    """The declaration that a table is of."""
    found: Mapping[str, Kind] = getattr(kinds, table.sort)
    return found[table.kind]


def lay_over(
    active: dict[str, Table], sort: str, tables: Mapping[str, Any], file: str, kinds: Kinds
) -> Iterator[ScenarioError]:
    """Lay a file's tables over those of its base, and say what is wrong with them.

    The same id changes keys, another ``kind`` begins anew, ``remove = true`` takes the table away.

    Args:
        active: tables by id, changed in place.
        sort: ``interventions`` or ``events``.
        tables: of the file, by id.
        file: its name.
        kinds: those that exist.
    """
    known: Mapping[str, Kind] = getattr(kinds, sort)
    for id, entry in tables.items():
        place = f"{sort}.{id}"
        if not isinstance(entry, dict):
            yield ScenarioError("key_type", file, place, value=show(entry), expected="a table of keys")
            continue
        if not re.match(NAME, id):
            yield ScenarioError("table_name", file, place, value=show(id))
            continue
        before = active.get(id)
        if before is not None and before.sort != sort:
            yield ScenarioError("id_twice", file, place, value=show(id), other=f"{before.sort}.{id}")
            continue
        if "remove" in entry:
            if entry["remove"] is not True:
                yield ScenarioError("key_choice", file, f"{place}.remove", value=show(entry["remove"]), expected="true")
            elif before is None:
                yield ScenarioError("nothing_to_remove", file, place, value=show(id))
            else:
                del active[id]
            continue
        kind = entry.get("kind", id if before is None else before.kind)
        if kind not in known if isinstance(kind, str) else True:
            yield _unknown(sort, kind, file, f"{place}.kind" if "kind" in entry else place, kinds)
            continue
        if before is None or before.kind != kind:
            before = Table(sort, id, kind, files={"": file})
        active[id] = before
        own = {key: value for key, value in entry.items() if key != "kind"}
        found = examine(known[kind].model, own, file, ScenarioError, at=place)
        wrong = {str(key) for key, fault in found if fault.key != "key_missing"}
        yield from (fault for _, fault in found if fault.key != "key_missing")
        for key, value in own.items():
            before.files[key] = file
            if key in wrong:
                before.broken.add(key)
                before.values.pop(key, None)
            else:
                before.broken.discard(key)
                before.values[key] = value


def late_faults(table: Table, kinds: Kinds, begin: date, years: int) -> Iterator[ScenarioError]:
    """What can be said only when all files are known: keys that are missing, dates outside the period."""
    fields = kind_of(table, kinds).model.model_fields
    for key, one in fields.items():
        if one.is_required() and key not in table.values and key not in table.broken:
            yield table.fault("key_missing", key)
    first, last = month_of(begin), month_of(begin) + 12 * years - 1
    for key in ("date", "start"):
        day = table.values.get(key)
        if day is not None and not first <= acts_from(day) <= last:
            yield table.fault(
                "date_outside", key, value=day.isoformat(), low=begin.isoformat(), high=date_of_month(last).isoformat()
            )
    end = table.values.get("end")
    start = table.values.get("date") or table.values.get("start") or begin
    if end is not None and acts_from(end) <= acts_from(start):
        yield table.fault("date_order", "end", value=end.isoformat(), expected=start.isoformat())


def month_notes(table: Table) -> Iterator[ScenarioError]:
    """Dates within a month, which act from the next month on."""
    for key in _DATES:
        day = table.values.get(key)
        if isinstance(day, date) and day.day > 1:
            expected = date_of_month(acts_from(day)).isoformat()
            yield table.fault("date_month", key, value=day.isoformat(), expected=expected)


def table_misfits(table: Table, kinds: Kinds, region: Region) -> Iterator[ScenarioError]:
    """Why a table cannot be used in a region."""
    for misfit in kind_of(table, kinds).misfits(table.values, region):
        yield table.fault(misfit.sentence, misfit.key, **misfit.values)


def resolved(table: Table, kinds: Kinds, begin: date) -> dict[str, Any]:
    """A table without faults as plain data, defaults filled in."""
    values = kind_of(table, kinds).model.model_validate(table.values).model_dump(mode="json")
    if "start" in values and values["start"] is None:
        values["start"] = begin.isoformat()
    return {"id": table.id, "kind": table.kind, **values}


def _unknown(sort: str, kind: object, file: str, place: str, kinds: Kinds) -> ScenarioError:
    known: Mapping[str, Kind] = getattr(kinds, sort)
    elsewhere = SORTS[1 - SORTS.index(sort)]
    if isinstance(kind, str) and kind in getattr(kinds, elsewhere):
        sentence = "is_event" if elsewhere == "events" else "is_intervention"
        return ScenarioError(sentence, file, place, value=show(kind), bare=place.split(".")[1])
    sentence = "unknown_intervention" if sort == "interventions" else "unknown_event"
    return ScenarioError(
        sentence, file, place, value=show(kind), hint=nearest(kind, known), expected=listed(sorted(known))
    )
