"""Why?: the chain from what a plan changes to its outcomes, with numbers."""

from __future__ import annotations

import solara
from markupsafe import Markup

from experiments.texts import Language, number
from viz.figures.markup import table, tag
from viz.figures.why import ARROWS, Step, links, stage_title, steps
from viz.figures.words import say as word
from viz.pages.explore import names_of
from viz.pages.html import Choice, Raw, box
from viz.pages.progress import use_watch
from viz.pages.texts import say
from viz.plan.plan import Plan
from viz.room.room import Room

__all__ = ["Why", "chain", "measures"]

_PLACES = {
    "measures": (1, 1), "demand": (1, 2), "work": (2, 2), "access": (3, 2), "elsewhere": (3, 1), "gps": (2, 3),
    "practices": (3, 3),
}  # fmt: skip
"""Row and column of each stage."""


@solara.component
def Why(room: Room, lang: Language) -> None:
    """The page."""
    use_watch(room.asked)
    use_watch(room.compared)
    arm = solara.use_reactive(0)
    asked = room.compared.value if room.asked.value is None or not room.asked.value.plans else room.asked.value
    answer = asked.answer if asked is not None else None
    with box("div", cls="dp-page"):
        Raw(tag("h2", word("why_title", lang)) + tag("p", say("why_intro", lang), cls="dp-note"))
        if asked is None or answer is None or not asked.plans or not answer.courses:
            Raw(tag("p", say("why_empty", lang), cls="dp-empty"))
            return
        names = names_of(asked, lang)
        at = min(arm.value, len(asked.plans) - 1)
        if len(asked.plans) > 1:
            Choice(
                say("plan", lang),
                str(at),
                [(str(k), one) for k, one in enumerate(names[1:])],
                lambda k: arm.set(int(k)),
            )
        found = steps(answer.every, asked.names[1 + at], lang)
        Raw(chain(found, measures(asked.plans[at], room, lang), lang))
        Raw(tag("details", tag("summary", say("why_table", lang)), as_table(found, lang)))


def measures(plan: Plan, room: Room, lang: Language) -> list[str]:
    """What a plan changes, in words."""
    told = []
    for kind, values in (*plan.interventions.items(), *plan.events.items()):
        lever = room.ground.lever(str(values.get("kind", kind)))
        if lever is None:
            told.append(kind)
            continue
        name = getattr(lever.name, lang)
        if lever.main is not None and lever.main.key in values:
            unit = getattr(lever.main.unit, lang)
            value = values[lever.main.key]
            shown = number(value, lang) if isinstance(value, int | float) else str(value)
            name += f": {shown} {unit}".rstrip()
        told.append(name)
    told += [f"{name} = {value}" for name, value in plan.parameters.items()]
    return told or [word("why_none", lang)]


def chain(found: dict[str, list[Step]], changed: list[str], lang: Language) -> Markup:
    """Boxes of stages on a grid, each with its numbers and with what it acts on."""
    carries = {(one.source, one.target): one.carries for one in links(found)}
    boxes = []
    for stage, (row, column) in _PLACES.items():
        if stage == "measures":
            inside = tag("ul", *(tag("li", one) for one in changed))
        else:
            inside = tag("ul", *(_line(one) for one in found.get(stage, [])))
        onward = [
            tag(
                "li", f"→ {stage_title(target, lang)}", cls="dp-carries" if carries.get((stage, target)) else None
            )
            for source, target in ARROWS
            if source == stage
        ]  # fmt: skip
        parts = [tag("h3", stage_title(stage, lang)), inside]
        if onward:
            parts.append(tag("ul", *onward, cls="dp-onward"))
        boxes.append(
            tag("section", *parts, cls=f"dp-stage dp-stage-{stage}", style=f"grid-row:{row};grid-column:{column}")
        )
    return tag("div", *boxes, cls="dp-chain")


def _line(one: Step) -> Markup:
    text = f"{one.base} → {one.arm} ({one.change})"
    number = tag("strong" if one.moved else "span", text, title=one.interval or None)
    verdict = tag("span", one.word, cls=f"dp-small dp-verdict dp-{one.verdict}")
    return tag("li", tag("span", one.label, " ", tag("span", one.unit, cls="dp-unit")), tag("br"), number, " ", verdict)


def as_table(found: dict[str, list[Step]], lang: Language) -> Markup:
    """The numbers of the chain as a table."""
    rows = [
        [one.label, stage_title(stage, lang), one.unit, one.base, one.arm, one.change, one.interval, one.word]
        for stage, own in found.items()
        for one in own
    ]
    heads = [word("indicator", lang), word("stage", lang), word("unit", lang), say("baseline", lang), say("plan", lang)]
    heads += [word("difference", lang), word("interval", lang), word("judgement", lang)]
    return table(say("why_table", lang), heads, rows)
