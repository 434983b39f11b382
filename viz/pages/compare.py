"""Compare: up to four plans beside each other, on the same axes, with who gains and what it costs."""

from __future__ import annotations

from functools import partial

import solara

from experiments.compare.drive import HEADLINE
from experiments.compare.wording import label
from experiments.runs.reading import GROUPED_BY
from experiments.texts import Language
from sim.indicators.catalogue import INDICATORS
from viz.figures.markup import tag
from viz.figures.tables import compare_table, cost_table, group_table
from viz.figures.words import say as word
from viz.pages.downloads import Downloads
from viz.pages.explore import Trends, names_of
from viz.pages.html import Button, Choice, Raw, box
from viz.pages.progress import RunBar, percent, use_watch
from viz.pages.texts import say
from viz.room.room import Asked, Room

__all__ = ["Compare"]


@solara.component
def Compare(room: Room, lang: Language, dark: bool) -> None:
    """The page."""
    use_watch(room.compared)
    plans = room.saved.value

    def run() -> None:
        if (found := room.ask(plans)) is not None:
            if room.compared.value is not None:
                room.compared.value.ticket.stop()
            room.compared.value = found

    with box("div", cls="dp-page"):
        Raw(tag("h2", say("compare_title", lang)))
        if not plans:
            Raw(tag("p", say("compare_none", lang), cls="dp-empty"))
        else:
            with box("div", cls="dp-row"):
                for plan in plans:
                    Button(say("drop", lang, name=plan.name), partial(room.drop, plan.name)).key(plan.name)
            RunBar(room, room.compared, run, say("compare_run", lang), lang)
        asked = room.compared.value
        answer = asked.answer if asked is not None else None
        if asked is not None and answer is not None:
            key = "sample" if answer.sample else "whole"
            about = say(key, lang, share=percent(answer.share, lang), pairs=answer.pairs)
            Raw(tag("p", about, cls="dp-about"))
            if tuple(asked.plans) != tuple(plan for plan in plans if not plan.is_baseline):
                Raw(tag("p", say("stale", lang), cls="dp-stale", role="status"))
            Trends(asked, lang, dark, set()).key("trends")  # by name: the line above may come or go
            Tables(asked, lang).key("tables")
            Downloads(room, asked, lang).key("downloads")


@solara.component
def Tables(asked: Asked, lang: Language) -> None:
    """Differences, groups and cost."""
    answer = asked.answer
    assert answer is not None
    by = solara.use_reactive("municipality")
    indicator = solara.use_reactive("without_gp")
    names, arms = names_of(asked, lang), asked.names[1:]
    with box("section", cls="dp-card"):
        Raw(tag("h2", say("compare_table", lang)))
        Raw(compare_table(answer.contrasts, arms, names, HEADLINE, lang))
    with box("section", cls="dp-card"):
        Raw(tag("h2", say("who_gains", lang)))
        ids = [id for id in HEADLINE if by.value in INDICATORS[id].by]
        with box("div", cls="dp-row"):
            options = [(one, word(f"by_{one}", lang)) for one in GROUPED_BY]
            Choice(say("by", lang), by.value, options, by.set)
            shown = indicator.value if indicator.value in ids else ids[0]
            Choice(say("indicator", lang), shown, [(id, label(id, lang)) for id in ids], indicator.set)
        if not answer.groups:
            Raw(tag("p", say("later", lang), cls="dp-note"))
            return
        Raw(group_table(answer.groups, by.value, shown, arms, names, lang))
    with box("section", cls="dp-card"):
        Raw(tag("h2", say("cost", lang)))
        Raw(cost_table(answer.costs, arms, names, lang))
