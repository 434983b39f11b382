"""Workshop: predict first, then reveal; notes for who leads it; load and take home the plan that was agreed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import solara

from experiments.compare.wording import label, signed, unit
from experiments.texts import Language, number
from viz.figures.markup import table, tag
from viz.figures.tiles import SIX, word_of
from viz.pages.downloads import Downloads
from viz.pages.html import Button, Choice, Line, Raw, box
from viz.pages.progress import RunBar, use_watch
from viz.pages.texts import say
from viz.pages.workshop_texts import say as word
from viz.plan.file import MOST_BYTES, PlanError, from_toml
from viz.room.room import Asked, Room
from viz.shell import here
from viz.widgets.field import Upload

__all__ = ["Workshop", "outcome_rows"]


@solara.component
def Workshop(room: Room, lang: Language) -> None:
    """The page."""
    use_watch(room.asked)
    with box("div", cls="dp-page-body"):
        Raw(tag("h2", word("title", lang)) + tag("p", word("intro", lang), cls="dp-about"))
        with box("div", cls="dp-two"):
            Predict(room, lang)
            Reveal(room, lang)
        Load(room, lang)
        Notes(room, lang)
        if room.asked.value is not None:
            Downloads(room, room.asked.value, lang)


@solara.component
def Predict(room: Room, lang: Language) -> None:
    """What the room expects of the plan, before it sees."""
    indicator = solara.use_reactive(SIX[0])
    text = solara.use_reactive("")
    fault = solara.use_reactive("")

    def expect() -> None:
        try:
            value = float(text.value.strip().replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            fault.value = word("give_number", lang)
            return
        fault.value = ""
        room.expected.value = {**room.expected.value, indicator.value: value}
        room.revealed.value = False

    with box("section", cls="dp-card"):
        Raw(tag("h3", word("predict", lang)) + tag("p", word("predict_about", lang), cls="dp-note"))
        Choice(say("indicator", lang), indicator.value, [(id, label(id, lang)) for id in SIX], indicator.set)
        start = first_of(room.asked.value, indicator.value)
        if start is not None:
            said = word("now", lang, value=number(start, lang), unit=unit(indicator.value, lang))
            Raw(tag("p", said, cls="dp-note"))
        Line(word("expected", lang, unit=unit(indicator.value, lang)), text.value, text.set)
        with box("div", cls="dp-row"):
            Button(word("fix", lang), expect, cls="dp-primary")
            if room.expected.value:
                Button(word("forget", lang), lambda: (room.expected.set({}), room.revealed.set(True)))
        if fault.value:
            Raw(tag("p", fault.value, role="alert", cls="dp-fault"))


def first_of(asked: Asked | None, indicator: str) -> float | None:
    """The baseline's value in the first year."""
    if asked is None or asked.answer is None:
        return None
    base = asked.names[0]
    own = next((one for one in asked.answer.courses if one.indicator == indicator and one.arm == base), None)
    return own.mean[0] if own is not None and own.mean else None


@solara.component
def Reveal(room: Room, lang: Language) -> None:
    """Run, and what came of the expectations once the room wants to see."""

    def run() -> None:
        if (found := room.ask([room.plan])) is not None:
            if room.asked.value is not None:
                room.asked.value.ticket.stop()
            room.asked.value = found

    with box("section", cls="dp-card"):
        Raw(tag("h3", word("reveal_title", lang)))
        RunBar(room, room.asked, run, say("run", lang), lang)
        if not room.expected.value:
            Raw(tag("p", word("nothing_expected", lang), cls="dp-note"))
            return
        Button(
            word("hide" if room.revealed.value else "reveal", lang),
            lambda: room.revealed.set(not room.revealed.value), cls="dp-primary",
        )  # fmt: skip
        rows = outcome_rows(room.asked.value, dict(room.expected.value), room.revealed.value, lang)
        heads = [say("indicator", lang), *(word(key, lang) for key in ("you", "model", "change", "judgement"))]
        Raw(table(word("reveal_title", lang), heads, rows))


def outcome_rows(asked: Asked | None, expected: dict[str, float], revealed: bool, lang: Language) -> list[list[object]]:
    """Expectations beside the model's numbers of the last year; covered until they are revealed."""
    rows: list[list[object]] = []
    answer = asked.answer if asked is not None else None
    for id, value in expected.items():
        row: list[object] = [f"{label(id, lang)} ({unit(id, lang)})", number(value, lang)]
        arm = asked.names[-1] if asked is not None else ""
        own = next((c for c in answer.courses if c.indicator == id and c.arm == arm), None) if answer else None
        if not revealed or own is None:
            rows.append([*row, "?", "?", "?"])
            continue
        found = next((c for c in answer.contrasts if c.indicator == id and c.other == arm), None) if answer else None
        change = signed(found.difference.mean, lang) if found is not None else "-"
        judged = word_of(found.verdict, lang) if found is not None else say("baseline", lang)
        rows.append([*row, number(own.mean[-1], lang), change, judged])
    return rows


@solara.component
def Load(room: Room, lang: Language) -> None:
    """A scenario file of an earlier session or another group."""
    told = solara.use_reactive("")
    wrong: solara.Reactive[Mapping[Language, tuple[str, ...]]] = solara.use_reactive({})

    def given(file: dict[str, object]) -> None:
        if not file:
            return
        told.value = ""
        if int(str(file["size"])) > MOST_BYTES:
            wrong.value = PlanError.of("too_large", most=MOST_BYTES // 1000).faults
            return
        if not file["text"] and file["size"]:
            wrong.value = PlanError.of("not_text").faults
            return
        try:
            plan, _ = from_toml(str(file["text"]).encode(), lang)
        except PlanError as error:
            wrong.value = error.faults
            return
        wrong.value = {}
        room.change(plan)
        told.value = plan.name

    with box("section", cls="dp-card"):
        Raw(tag("h3", word("load", lang)))
        with box("div", cls="dp-upload-box"):
            Upload.element(label=say("upload", lang), most=MOST_BYTES, on_file=given)
        if told.value:
            Raw(tag("p", say("loaded", lang, name=told.value), role="status", cls="dp-note"))
        if wrong.value:
            lines = (tag("li", line) for line in wrong.value[lang])
            Raw(tag("div", tag("p", say("faults", lang)), tag("ul", *lines), role="alert", cls="dp-fault"))


@solara.component
def Notes(room: Room, lang: Language) -> None:
    """Notes and a script for who leads the workshop."""
    with box("section", cls="dp-card"):
        Raw(tag("h3", word("script", lang)))
        Raw(tag("ol", *(tag("li", word(f"step_{k}", lang)) for k in range(1, 7)), cls="dp-script"))
        Line(word("notes", lang), room.notes.value, room.notes.set, lines=4)
        Button(
            word("large", lang), lambda: here.large.set(not here.large.value),
            aria_pressed="true" if here.large.value else "false",
        )  # fmt: skip
