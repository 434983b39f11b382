"""The story of a practice or a municipality in one run: its years as a table, and its events in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from experiments.event_texts import cause_text, event_text
from experiments.glance import Glance, Happening
from experiments.texts import Language, number
from sim.region import Region
from viz.figures.markup import table, tag
from viz.figures.readings import STATES
from viz.figures.texts import say as say_figure
from viz.pages.texts import say

__all__ = ["event_list", "of_municipality", "of_practice"]

_MOST_EVENTS = 60


def of_practice(glance: Glance, practice: int, title: str, lang: Language) -> Markup:
    """A practice's list, staff, wait and state at the end of each year, and its events."""
    rows = np.flatnonzero(glance.practices.number == practice)
    if not rows.size:
        return Markup("")
    row = int(rows[0])
    lines = []
    for k in _ends(glance.months):
        size = float(glance.practice["list_size"][k, row])
        if not math.isfinite(size):
            continue
        code = float(glance.practice["state"][k, row])
        state = STATES[int(code)] if math.isfinite(code) else "unknown"
        lines.append(
            [
                glance.months[k][:4], number(round(size), lang), number(_at(glance, "fte", k, row), lang),
                number(_at(glance, "load", k, row), lang), number(_at(glance, "wait", k, row), lang),
                say_figure(f"list_{state}", lang),
            ]
        )  # fmt: skip
    heads = [say(key, lang) for key in ("year", "list", "staff", "load", "wait", "state")]
    return (
        tag("h3", title)
        + tag("p", say("story_synthetic", lang), cls="dp-note")
        + table(title, heads, lines)
        + _events(glance, practice, lang)
    )


def _at(glance: Glance, name: str, month: int, row: int) -> float:
    return float(glance.practice[name][month, row])


def _ends(months: Sequence[str]) -> list[int]:
    """The first month, the last of every year, and the newest."""
    found = [k for k, month in enumerate(months) if month.endswith("-12")]
    return sorted({0, *found, len(months) - 1}) if months else []


def _events(glance: Glance, practice: int, lang: Language) -> Markup:
    own = [one for one in glance.events if practice in (one.practice, one.other)]
    head = tag("h4", say("story_events", lang))
    if not own:
        return head + tag("p", say("story_quiet", lang))
    return head + event_list(own[-_MOST_EVENTS:], lang, practice)


def event_list(events: Sequence[Happening], lang: Language, practice: int | None = None) -> Markup:
    """Events in words, with their dates.

    Args:
        events: to tell.
        lang: language.
        practice: told from its side; None tells each from the side of the practice it happened to.
    """
    lines = []
    for one in events:
        arrives = practice is not None and one.other == practice and one.practice != practice
        what = event_text(
            one.kind, lang, value=number(round(one.value, 1), lang), practice=one.practice, other=one.other,
            arrives=arrives,
        )  # fmt: skip
        if practice is None:
            what = f"{say('practice_n', lang, number=one.practice)}: {what}"
        why = cause_text(one.cause, lang)
        lines.append(tag("li", tag("time", one.date), " ", what, f" ({why})" if why else ""))
    return tag("ol", *lines, cls="dp-events")


def of_municipality(glance: Glance, town: int, region: Region, lang: Language) -> Markup:
    """A municipality's people without a GP by year, and its practices now."""
    name = region.municipalities[town].name
    people, without = glance.municipality["people"], glance.municipality["without_gp"]
    lines = [
        [str(year), number(round(float(people[k, town])), lang), number(round(float(without[k, town])), lang)]
        for k, year in enumerate(glance.years)
    ]
    heads = [say(key, lang) for key in ("year", "people", "without")]
    found = tag("h3", name) + table(name, heads, lines)
    if glance.months:
        last = len(glance.months) - 1
        own = np.flatnonzero(
            (glance.practices.municipality == town) & np.isfinite(glance.practice["list_size"][last])
        ).tolist()
        rows = [
            [
                str(int(glance.practices.number[row])), number(round(_at(glance, "list_size", last, row)), lang),
                number(_at(glance, "fte", last, row), lang), number(_at(glance, "load", last, row), lang),
            ]
            for row in own
        ]  # fmt: skip
        heads = [say_figure("practices", lang), *(say(key, lang) for key in ("list", "staff", "load"))]
        found += table(f"{name}: {say_figure('practices', lang)}", heads, rows)
    return found
