"""Assumptions: every figure with its passport, to search and to change; and the first year beside what is published."""

from __future__ import annotations

import math
from functools import partial

import solara
from markupsafe import Markup

from experiments.compare.wording import label, unit
from experiments.glance.targets import first_year_fits
from experiments.sources import source_in
from experiments.texts import Language, number
from experiments.units import unit_in
from sim.parameters import Parameter, Parameters
from viz.figures.dots import dots
from viz.figures.markup import table, tag
from viz.pages.explore import chart_texts
from viz.pages.html import Button, Choice, Line, Raw, box, chart_box
from viz.pages.texts import say
from viz.room.room import Room
from viz.widgets.chart import Chart

__all__ = ["Assumptions", "matching", "parameter_table"]

_MOST = 120
"""Rows shown at once; a search finds the others."""


def matching(parameters: Parameters, search: str, topic: str, only_c: bool) -> list[str]:
    """Full names of the parameters that a search in names, labels and sources finds."""
    words = search.lower().split()
    found = []
    for name in sorted(parameters):
        row = parameters[name]
        if (topic and not name.startswith(f"{topic}.")) or (only_c and row.grade != "C"):
            continue
        text = f"{name} {row.nl} {row.en} {row.source_nl} {row.source}".lower()
        if all(one in text for one in words):
            found.append(name)
    return found


def parameter_table(parameters: Parameters, names: list[str], changed: dict[str, object], lang: Language) -> Markup:
    """Parameters with value, range, unit, grade and source."""
    rows = []
    for name in names:
        row = parameters[name]
        told = tag("span", row.nl if lang == "nl" else row.en, tag("br"), tag("code", name, cls="dp-small"))
        value = _value(row, lang)
        if name in changed:
            value = f"{value} → {changed[name]}"
        mark = tag("span", row.grade, cls=f"dp-grade dp-grade-{row.grade}")
        rows.append([told, value, _span(row, lang), unit_in(row.unit, lang), mark, source_in(row, lang)])
    heads = [say(key, lang) for key in ("name", "value", "range", "unit", "grade", "source")]
    return table(say("name", lang), heads, rows, cls="dp-parameters")


def _value(row: Parameter, lang: Language) -> str:
    if isinstance(row.value, list):
        shown = [number(one, lang) for one in row.value[:4]]
        return ", ".join(shown) + (f", … ({len(row.value)})" if len(row.value) > 4 else "")
    return number(row.value, lang)


def _span(row: Parameter, lang: Language) -> str:
    low = min(row.low) if isinstance(row.low, list) else row.low
    high = max(row.high) if isinstance(row.high, list) else row.high
    return f"{number(low, lang)} – {number(high, lang)}"


@solara.component
def Assumptions(room: Room, lang: Language, dark: bool) -> None:
    """The page."""
    search, topic, only_c = solara.use_reactive(""), solara.use_reactive(""), solara.use_reactive(False)
    parameters = room.ground.base.parameters
    names = matching(parameters, search.value, topic.value, only_c.value)
    topics = sorted({name.partition(".")[0] for name in parameters})
    assumed = sum(parameters[name].grade == "C" for name in parameters)
    with box("div", cls="dp-page"):
        Raw(tag("p", say("assumptions_intro", lang, n=len(list(parameters)), c=assumed), cls="dp-about"))
        Fits(room, lang, dark)
        ChangeOne(room, lang)
        with box("section", cls="dp-card"):
            with box("div", cls="dp-row"):
                Line(say("search", lang), search.value, search.set)
                options = [("", say("all_topics", lang)), *((one, one) for one in topics)]
                Choice(say("topic", lang), topic.value, options, topic.set)
                Button(
                    say("only_c", lang),
                    lambda: only_c.set(not only_c.value),
                    aria_pressed="true" if only_c.value else "false",
                )
            shown = names[:_MOST]
            Raw(tag("p", say("shown_of", lang, shown=len(shown), total=len(names)), role="status", cls="dp-note"))
            Raw(parameter_table(parameters, shown, dict(room.plan.parameters), lang))


@solara.component
def ChangeOne(room: Room, lang: Language) -> None:
    """Set one figure in the plan, within its range."""
    parameters = room.ground.base.parameters
    single = [name for name in sorted(parameters) if not isinstance(parameters[name].value, list)]
    which = solara.use_reactive(single[0])
    text = solara.use_reactive("")
    fault = solara.use_reactive("")
    row = parameters[which.value]

    def put() -> None:
        try:
            value = float(text.value.replace(",", "."))
        except ValueError:
            value = math.nan
        if not row.low <= value <= row.high:  # type: ignore[operator]  # single numbers have single ends
            fault.value = say("out_of_range", lang, low=number(row.low, lang), high=number(row.high, lang))  # type: ignore[arg-type]
            return
        fault.value = ""
        room.change(room.plan.with_parameter(which.value, value))

    with box("section", cls="dp-card"):
        Raw(tag("h2", say("change_one", lang)))
        with box("div", cls="dp-row"):
            labels = [
                (name, f"{parameters[name].nl if lang == 'nl' else parameters[name].en} ({name})") for name in single
            ]
            Choice(say("which", lang), which.value, labels, which.set)
            Line(f"{say('value', lang)} ({_span(row, lang)} {unit_in(row.unit, lang)})", text.value, text.set)
            Button(say("set", lang), put)
        if fault.value:
            Raw(tag("p", fault.value, role="alert", cls="dp-fault"))
        if room.plan.parameters:
            Raw(tag("h3", say("changed_figures", lang)))
            with box("div", cls="dp-row"):
                for name, value in room.plan.parameters.items():
                    Button(
                        f"{name} = {value} × {say('unset', lang)}",
                        partial(room.unset, name),
                    ).key(name)


@solara.component
def Fits(room: Room, lang: Language, dark: bool) -> None:
    """The first simulated year of the baseline beside published figures."""
    asked = room.asked.value
    answer = asked.answer if asked is not None else None
    if answer is None or not answer.glances[0][0].years:
        return
    fits = first_year_fits([one.indicators for one in answer.glances[0]])
    height = 24 * len(fits) + 60
    rows = [
        [
            label(fit.indicator, lang), unit(fit.indicator, lang), number(fit.simulated, lang),
            f"{number(fit.low, lang)} – {number(fit.high, lang)}", say("yes" if fit.inside else "no", lang),
            source_in(fit, lang),
        ]
        for fit in fits
    ]  # fmt: skip
    heads = [say(key, lang) for key in ("indicator", "unit", "simulated", "published", "inside", "source")]
    with box("section", cls="dp-card"):
        Raw(tag("h2", say("calibration", lang)))
        chart_box(
            height,
            Chart.element(
                option=dots(fits, lang, dark), label=say("calibration", lang), table={"heads": heads, "rows": rows},
                texts=chart_texts(lang), lang=lang, dark=dark, height=height, file="deltaplan-calibration",
            ),
        )  # fmt: skip
