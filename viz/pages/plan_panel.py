"""The plan: where it starts from, its levers, and the buttons that run, undo and keep it."""

from __future__ import annotations

from dataclasses import replace

import solara

from experiments.texts import Language
from viz.figures.markup import tag
from viz.figures.panel import panel, panel_texts
from viz.pages.html import Button, Choice, Line, Raw, box, when
from viz.pages.texts import say
from viz.room.ground import shipped
from viz.room.room import Room
from viz.widgets.levers import Levers

__all__ = ["PlanPanel"]

_YEARS = ("3", "5", "10", "15")


@solara.component
def PlanPanel(room: Room, lang: Language) -> None:
    """Everything that sets the plan; runs are asked for with the button."""
    history = room.history.value
    plan = history.now
    name = solara.use_reactive("")
    options = [(one, shipped(one).scenario.label.model_dump()[lang]) for one in room.ground.shipped]
    groups = solara.use_memo(lambda: panel(room.ground.levers, lang), [lang])

    def take(one: str) -> None:
        if one:
            room.take(one, lang)

    def changed(told: dict[str, object]) -> None:
        if told:
            room.turn(str(told["kind"]), str(told["key"]), told["value"])

    at = next(
        (one for one, _ in options if replace(room.shipped_plan(one, lang), years=plan.years).same_content(plan)), ""
    )
    with box("div", cls="dp-plan"):
        Choice(say("scenario", lang), at, [("", say("own_plan", lang)), *options], take)
        Choice(
            say("years", lang), str(plan.years),
            [(one, one) for one in sorted({*_YEARS, str(plan.years)}, key=int)],
            lambda one: room.set_years(int(one)),
        )  # fmt: skip
        with box("div", cls="dp-row"):
            Button(say("undo", lang), room.undo, disabled=when(not history.before))
            Button(say("redo", lang), room.redo, disabled=when(not history.after))
            Button(say("reset", lang), lambda: room.take(room.ground.name, lang), disabled=when(plan.is_baseline))
        Levers.element(
            groups=groups,
            values={**plan.interventions, **plan.events},
            texts=panel_texts(lang),
            lang=lang,
            on_changed=changed,
        )
        with box("div", cls="dp-keep"):
            Line(say("plan_name", lang), name.value, name.set)
            Button(say("keep", lang), lambda: room.keep(name.value.strip()[:60] or plan.name or say("own_plan", lang)))
            if room.saved.value:
                names = ", ".join(one.name for one in room.saved.value)
                Raw(tag("p", say("kept", lang, names=names), cls="dp-note", role="status"))
