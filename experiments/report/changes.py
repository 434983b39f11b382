"""What each scenario changes against the base: its interventions and events in words, and what else differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.compare.comparison import Arm, Comparison
from experiments.report.answer import mode_name
from experiments.report.figures import date, plain
from experiments.report.names import Named, named
from experiments.report.texts import tell
from experiments.texts import Language
from experiments.units import unit_in
from sim.interventions.base import Choice, Cost, Declaration, Setting
from sim.interventions.registry import declared
from sim.parameters import ParameterError, load_parameters

__all__ = ["Change", "Changes", "Other", "changes", "part_name"]

SORTS = ("interventions", "events")
UNTOLD = ("id", "label", "label_nl", "label_en", "extends", "name", *SORTS)
COMMON = {"id", "kind", "start", "end", "date", "adoption_months", "reach", "municipalities", "practices"}


@dataclass(frozen=True)
class Change:
    """An intervention or event that is new, gone or not as in the base, in words."""

    name: str
    about: str
    state: str
    start: str
    adoption: str
    where: str
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another key that differs."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """All that differs in one scenario."""

    arm: Named
    measures: tuple[Change, ...]
    others: tuple[Other, ...]


def changes(comparison: Comparison, lang: Language) -> list[Changes]:
    """What differs, a scenario at a time, the base left out."""
    known = declared()
    names = named(comparison, lang)[1:]
    return [
        Changes(name, tuple(_measures(comparison.base, arm, known, lang)), tuple(_others(arm, lang)))
        for name, arm in zip(names, comparison.arms, strict=True)
    ]


def part_name(comparison: Comparison, id: str, lang: Language) -> str:
    """Name of the intervention or event that scenarios call ``id``; an unknown one keeps its id."""
    kinds = {str(table.get("kind", "")) for arm in comparison.all_arms if (table := _tables(arm).get(id)) is not None}
    one = next((found for kind in (*sorted(kinds), id) if (found := declared().get(kind)) is not None), None)
    if one is None:
        return id
    name: str = getattr(one.name, lang)
    return name if id == one.id else f"{name} ({id})"


def _tables(arm: Arm) -> dict[str, Mapping[str, Any]]:
    return {str(table["id"]): table for sort in SORTS for table in arm.scenario.get(sort) or () if "id" in table}


def _measures(base: Arm, arm: Arm, known: Mapping[str, Declaration], lang: Language) -> list[Change]:
    before, after = _tables(base), _tables(arm)
    found = [
        _change(table, "state_changed" if id in before else "state_new", known, lang)
        for id, table in after.items()
        if table != before.get(id)
    ]
    return found + [_change(table, "state_gone", known, lang) for id, table in before.items() if id not in after]


def _change(table: Mapping[str, Any], state: str, known: Mapping[str, Declaration], lang: Language) -> Change:
    kind = str(table.get("kind", table["id"]))
    one = known.get(kind)
    name = kind if one is None else getattr(one.name, lang)
    if table["id"] != kind:
        name += f" ({table['id']})"
    if one is not None and one.event:
        name += f" ({tell('event', lang)})"
    return Change(
        name=name,
        about="" if one is None else getattr(one.about, lang),
        state=tell(state, lang),
        start=_start(table, lang),
        adoption=_adoption(table, one, lang),
        where=_where(table, lang),
        settings=tuple(_settings(table, one, lang)),
    )


def _start(table: Mapping[str, Any], lang: Language) -> str:
    begin = table.get("date") or table.get("start")
    start = tell("start_of_run", lang) if begin is None else date(str(begin), lang)
    end = table.get("end")
    return start if end is None else tell("until", lang, start=start, end=date(str(end), lang))


def _adoption(table: Mapping[str, Any], one: Declaration | None, lang: Language) -> str:
    months, reach = table.get("adoption_months"), table.get("reach")
    if reach is not None:
        return tell("reached", lang, reach=plain(100.0 * float(reach), lang), months=months or 0)
    if months:
        return tell("full_after", lang, months=months)
    return tell("at_once", lang)


def _where(table: Mapping[str, Any], lang: Language) -> str:
    if table.get("municipalities"):
        return ", ".join(map(str, table["municipalities"]))
    if table.get("practices"):
        return tell("practices_number", lang, numbers=", ".join(map(str, table["practices"])))
    return tell("whole_region", lang)


def _settings(table: Mapping[str, Any], one: Declaration | None, lang: Language) -> list[str]:
    """Settings that are not as declared; of an unknown kind all of them."""
    if one is None:
        return [f"{key}: {plain(value, lang)}" for key, value in table.items() if key not in COMMON]
    found = []
    for item in (*one.settings, *one.costs):
        value = table.get(item.key)
        label = item.nl if lang == "nl" else item.en
        if isinstance(item, Setting | Cost) and value is not None and value != item.default:
            unit = item.unit(lang) if isinstance(item, Cost) else unit_in(item.unit, lang)
            shown = {"value": plain(value, lang), "default": plain(item.default, lang)}
            found.append(tell("setting_item", lang, label=label, unit=unit, **shown))
        elif isinstance(item, Choice) and value not in (None, item.default):
            option = item.options.get(str(value))
            found.append(f"{label}: {value if option is None else getattr(option, lang)}")
        elif not isinstance(item, Setting | Cost | Choice) and value is not None:
            found.append(f"{label}: {plain(value, lang)}")
    return found


def _others(arm: Arm, lang: Language) -> list[Other]:
    found = []
    for one in arm.differs:
        head = one.path.replace("[", ".").split(".")[0]
        if head in UNTOLD:
            continue
        before, after = one.before, one.after
        if one.path == "capacity_mode":
            before, after = (mode_name(str(mode), lang) for mode in (before, after))
        if one.path == "parameters" and isinstance(before or {}, dict) and isinstance(after or {}, dict):
            was, now = before or {}, after or {}
            for name in sorted({*was, *now}):
                if was.get(name) != now.get(name):
                    found.append(_other(f"parameters.{name}", was.get(name), now.get(name), lang))
            continue
        found.append(_other(one.path, before, after, lang))
    return found


def _other(path: str, before: Any, after: Any, lang: Language) -> Other:
    what = path
    if path.startswith("parameters."):
        name = path.removeprefix("parameters.")
        try:
            row = load_parameters()[name]
        except (ParameterError, KeyError):
            what = name
        else:
            what = f"{row.nl if lang == 'nl' else row.en} ({name}, {unit_in(row.unit, lang)})"
            before = row.value if before is None else before
            after = row.value if after is None else after
    elif path in {"capacity_mode", "years", "start", "region"}:
        what = tell(f"key_{path}", lang)
    return Other(what, plain(before, lang), plain(after, lang))
