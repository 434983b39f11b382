"""Interventions and events on the screen: a list, or one with its settings, costs and sources."""

from __future__ import annotations

import difflib

from rich.console import Console

from experiments.show import print_table
from experiments.sources import source_in
from experiments.texts import Language, say
from experiments.units import unit_in
from sim.interventions.base import PAYERS, Choice, Declaration, Name, Setting
from sim.interventions.registry import declared

__all__ = ["UnknownError", "name_of", "print_declaration", "print_declarations", "sort_of"]


class UnknownError(ValueError):
    """There is no such intervention or event; the message names what comes near."""


def name_of(one: Declaration, lang: Language) -> str:
    """Its name."""
    return one.name.nl if lang == "nl" else one.name.en


def sort_of(one: Declaration, lang: Language) -> str:
    """``intervention`` or ``event``, in the language."""
    return say("event_word" if one.event else "intervention", lang)


def print_declarations(console: Console, lang: Language) -> None:
    """All of them as a table, interventions first."""
    found = sorted(declared().values(), key=lambda one: (one.event, one.id))
    print_table(
        console,
        [("", "left"), (say("name", lang), "left"), ("", "left")],
        [[sort_of(one, lang), one.id, name_of(one, lang)] for one in found],
    )


def print_declaration(console: Console, id: str, lang: Language) -> None:
    """One of them with all that it declares.

    Raises:
        UnknownError: there is none of that id.
    """
    known = declared()
    if id not in known:
        near = difflib.get_close_matches(id, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`deltaplan intervention` lists them"
        raise UnknownError(f"there is no intervention or event {id!r}; {hint}")
    one = known[id]
    console.print(f"{one.id}: {name_of(one, lang)} ({sort_of(one, lang)})", style="bold")
    console.print(one.about.nl if lang == "nl" else one.about.en)
    console.print()
    console.print(one.mechanism)
    console.print()
    console.print(_where(one, lang))
    numbers = [item for item in one.settings if isinstance(item, Setting)]
    if numbers:
        console.print()
        console.print(say("settings", lang), style="bold")
        print_table(console, _heads(lang), [_row(item, lang) for item in numbers])
    for item in one.settings:
        if isinstance(item, Choice):
            options = ", ".join(f"{key} ({text.nl if lang == 'nl' else text.en})" for key, text in item.options.items())
            console.print(f"{item.key}: {item.nl if lang == 'nl' else item.en}: {options} [{item.default}]")
        elif isinstance(item, Name):
            console.print(f"{item.key}: {item.nl if lang == 'nl' else item.en}")
    if one.costs:
        console.print()
        console.print(say("costs", lang), style="bold")
        rows = []
        for cost in one.costs:
            key, label, value, span, _, grade, source = _row(cost.setting(), lang)
            payer = PAYERS[cost.payer][1 if lang == "nl" else 0]
            rows.append([key, f"{label} ({payer})", value, span, cost.unit(lang), grade, source])
        print_table(console, _heads(lang), rows)


def _where(one: Declaration, lang: Language) -> str:
    places = ", ".join(say(f"where_{place}", lang) for place in one.where)
    if one.event:
        return say("acts_event", lang, places=places)
    key = "acts_practices" if one.by == "practice" else "acts_region"
    return say(key, lang, places=places, months=one.adoption_months, reach=f"{100 * one.reach:g}")


def _heads(lang: Language) -> list[tuple[str, str]]:
    return [
        (say("key", lang), "left"),
        ("", "left"),
        (say("value", lang), "right"),
        (say("range", lang), "right"),
        (say("unit", lang), "left"),
        (say("grade", lang), "left"),
        (say("source", lang), "left"),
    ]


def _row(item: Setting, lang: Language) -> list[str]:
    grade = say("grade_c", lang) if item.grade == "C" else item.grade
    return [
        item.key,
        item.nl if lang == "nl" else item.en,
        f"{item.default:g}",
        f"{item.low:g} - {item.high:g}",
        unit_in(item.unit, lang),
        grade,
        source_in(item, lang),
    ]
