"""Explore: set the plan, run it, and see what becomes of access, on tiles, a map and lines."""

from __future__ import annotations

from itertools import pairwise

import solara
from markupsafe import Markup

from experiments.texts import Language, number
from viz.figures import style
from viz.figures.map import MAP, map_table, region_map
from viz.figures.markup import tag
from viz.figures.readings import lines_of, months_of, spots_of, towns_of
from viz.figures.story import of_municipality, of_practice
from viz.figures.texts import say as say_figure
from viz.figures.tiles import Tile, tiles
from viz.figures.trend import trend, trend_table
from viz.pages.downloads import Downloads
from viz.pages.html import Choice, Raw, box, chart_box
from viz.pages.plan_panel import PlanPanel
from viz.pages.progress import RunBar, percent, use_watch
from viz.pages.series import TRENDS, series_label
from viz.pages.texts import say
from viz.room.room import Asked, Room
from viz.widgets.chart import Chart
from viz.widgets.timeline import Timeline

__all__ = ["Explore", "chart_texts", "names_of"]

_MAP_HEIGHT = 470
_TREND_HEIGHT = 190


def chart_texts(lang: Language) -> dict[str, str]:
    """Words of the buttons under a chart."""
    return {"table": say("as_table", lang), "chart": say("as_chart", lang), "png": say("save_png", lang)}


def names_of(asked: Asked, lang: Language) -> tuple[str, ...]:
    """Names of the arms for people, the baseline first."""
    names = [say("baseline", lang)]
    for place, plan in enumerate(asked.plans, 1):
        name = plan.name or say("own_plan", lang)
        names.append(name if name not in names else f"{name} ({style.letter(place)})")
    return tuple(names)


@solara.component
def Explore(room: Room, lang: Language, dark: bool) -> None:
    """The page."""
    use_watch(room.asked)

    def run() -> None:
        if (found := room.ask([room.plan])) is not None:
            if room.asked.value is not None:
                room.asked.value.ticket.stop()
            room.asked.value = found
            room.month.value = None

    def begin() -> None:
        if room.asked.value is None:
            run()

    solara.use_effect(begin, [])
    with box("div", cls="dp-explore"):
        with box("aside", cls="dp-side", aria_label=say("levers", lang)):
            RunBar(room, room.asked, run, say("run", lang), lang)
            PlanPanel(room, lang)
        with box("div", cls="dp-main"):
            Results(room, lang, dark)


@solara.component
def Results(room: Room, lang: Language, dark: bool) -> None:
    """What came of the question."""
    newest = room.asked.value

    def keep() -> None:
        if newest is not None and newest.answer is not None:
            room.shown.value = newest

    solara.use_effect(keep, [newest])
    asked = newest if newest is not None and newest.answer is not None else room.shown.value
    answer = asked.answer if asked is not None else None
    if asked is None or answer is None:
        Raw(tag("p", say("no_answer", lang), cls="dp-empty"))
        return
    on_screen = asked.plans[0] if asked.plans else None
    stale = not (on_screen.same_content(room.plan) if on_screen is not None else room.plan.is_baseline)
    key = "sample" if answer.sample else "whole"
    about = say(key, lang, share=percent(answer.share, lang), pairs=answer.pairs)
    Raw(tag("p", about, cls="dp-about"))
    if stale:
        under_way = newest is not None and newest.running and newest is not asked
        Raw(tag("p", say("stale_running" if under_way else "stale", lang), cls="dp-stale", role="status"))
    # by name: what moves to another place is made anew otherwise, here every chart as the line above comes or goes
    with box("div", cls="dp-results dp-old" if stale else "dp-results").key("results"):
        arm = asked.names[-1]
        found = tiles(answer.contrasts, answer.courses, arm, asked.names[0], lang) if answer.courses else []
        hidden = set(room.expected.value) if not room.revealed.value else set()
        Raw(tile_row(found, lang, hidden))
        with box("div", cls="dp-two"):
            MapPanel(room, asked, lang, dark)
            Trends(asked, lang, dark, hidden)
        StoryPanel(room, asked, lang)
        Downloads(room, asked, lang)


def tile_row(found: list[Tile], lang: Language, hidden: set[str]) -> Markup:
    """The headline figures; those that the room has yet to predict stay covered."""
    if not found:
        return tag("p", say("no_year", lang), cls="dp-empty")
    return tag(
        "ul", *(_tile(one, lang, one.id in hidden) for one in found), cls="dp-tiles", aria_label=say("headline", lang)
    )


def _tile(one: Tile, lang: Language, hidden: bool) -> Markup:
    end = "?" if hidden else one.end
    parts = [
        tag("span", one.label, cls="dp-tile-name"),
        tag("span", tag("strong", end), " ", tag("span", one.unit, cls="dp-unit"), cls="dp-tile-value"),
        tag("span", say("from_to", lang, start=one.start, end=end), cls="dp-small"),
    ]
    if one.change and not hidden:
        parts.append(
            tag("span", f"{one.sign} {one.change} · {one.word}", cls=f"dp-verdict dp-{one.verdict}", title=one.interval)
        )
        parts.append(tag("span", one.interval or "", cls="dp-small"))
        parts.append(tag("span", say("against", lang, base=one.base), cls="dp-small"))
    return tag("li", *parts, cls="dp-tile", title=one.hint)


@solara.component
def MapPanel(room: Room, asked: Asked, lang: Language, dark: bool) -> None:
    """The map with its slider over the months."""
    answer = asked.answer
    assert answer is not None
    names = names_of(asked, lang)
    arm = solara.use_reactive(len(names) - 1)
    at = min(arm.value, len(names) - 1)
    glance = answer.glances[at][0]
    months = list(months_of(answer))
    index = len(months) - 1 if room.month.value is None else min(room.month.value, len(months) - 1)
    region = room.ground.base.region
    if not months:
        return
    spots, towns = spots_of(glance, index, region, lang), towns_of(glance, index, region)
    sketch = say("sketch", lang) if room.ground.sketch else ""

    def clicked(what: dict[str, object]) -> None:
        if not what:
            return
        if isinstance(what.get("id"), int):
            room.chosen.value = "practice", int(str(what["id"]))
            return
        towns_by_name = {town.name: k for k, town in enumerate(region.municipalities)}
        if (town := towns_by_name.get(str(what.get("name")))) is not None:
            room.chosen.value = "municipality", town

    def moved(place: int) -> None:
        room.month.value = None if place >= len(months) - 1 else place

    with box("section", cls="dp-card"):
        Raw(tag("h2", say("map_title", lang)) + tag("p", say("map_about", lang, sketch=sketch), cls="dp-note"))
        if len(names) > 1:
            Choice(
                say("map_of", lang), str(at), [(str(k), one) for k, one in enumerate(names)], lambda k: arm.set(int(k))
            )
        chart_box(
            _MAP_HEIGHT,
            Chart.element(
                option=region_map(region, room.ground.roads, spots, towns, lang, dark),
                maps={MAP: room.ground.outlines},
                label=f"{say('map_title', lang)}, {months[index]}",
                table=map_table(spots, towns, lang),
                texts=chart_texts(lang),
                lang=lang,
                dark=dark,
                height=_MAP_HEIGHT,
                file="deltaplan-map",
                on_clicked=clicked,
            ),
        ).key("map")  # by name: the choice above may come or go
        Raw(legend(lang, dark)).key("legend")
        with box("div", cls="dp-timeline-box").key("months"):
            Timeline.element(
                months=months, index=index, lang=lang, on_index=moved,
                texts={"play": say("play", lang), "pause": say("pause", lang), "label": say("month", lang)},
            )  # fmt: skip


def legend(lang: Language, dark: bool, by: str = "load") -> Markup:
    """Classes of load, or of wait."""
    bounds = style.LOAD_BOUNDS if by == "load" else style.WAIT_BOUNDS
    words = [f"< {number(bounds[0], lang)}"]
    words += [f"{number(a, lang)} – {number(b, lang)}" for a, b in pairwise(bounds)]
    words.append(f"> {number(bounds[-1], lang)}")
    items = (
        tag("li", tag("span", cls="dp-swatch", style=f"background:{colour}"), word)
        for colour, word in zip(style.theme(dark).load, words, strict=True)
    )
    return tag("div", tag("span", say("load" if by == "load" else "by_wait", lang)), tag("ul", *items), cls="dp-legend")


@solara.component
def Trends(asked: Asked, lang: Language, dark: bool, hidden: set[str]) -> None:
    """Lines with bands, one chart a series."""
    answer = asked.answer
    assert answer is not None
    names = names_of(asked, lang)
    months = months_of(answer)
    last = f"{answer.request.base.scenario.start.year + answer.request.base.scenario.years - 1}-12"
    with box("section", cls="dp-card"):
        Raw(tag("h2", say("trends_title", lang)) + arms_legend(names, dark))
        with box("div", cls="dp-trends"):
            for series, indicator in TRENDS:
                lines = lines_of(answer, series, names)
                if indicator in hidden:
                    lines = lines[:1]
                title = series_label(series, lang)
                with box("div", cls="dp-trend"):
                    Raw(tag("h3", title))
                    chart_box(
                        _TREND_HEIGHT,
                        Chart.element(
                            option=trend(months, lines, dark=dark, last=last), label=title,
                            table=trend_table(months, lines, lang, say_figure("month", lang)),
                            texts=chart_texts(lang), lang=lang, dark=dark, height=_TREND_HEIGHT,
                            file=f"deltaplan-{series}",
                        ),
                    )  # fmt: skip


def arms_legend(names: tuple[str, ...], dark: bool) -> Markup:
    """Letters, dashes and colours of the arms."""
    items = []
    for place, name in enumerate(names):
        line = style.line_style(place, dark)
        dash = "solid" if line["type"] == "solid" else "dashed"
        mark = tag("span", cls="dp-line", style=f"border-top:3px {dash} {line['color']}")
        items.append(tag("li", mark, f"{style.letter(place)}. {name}"))
    return tag("ul", *items, cls="dp-arms")


@solara.component
def StoryPanel(room: Room, asked: Asked, lang: Language) -> None:
    """What happens to the practice or municipality that was chosen."""
    answer = asked.answer
    assert answer is not None
    glance = answer.glances[-1][0]
    region = room.ground.base.region
    months = months_of(answer)
    if not months:
        return
    spots = spots_of(glance, len(months) - 1, region, lang)
    options = [("", say("none", lang))]
    options += [(f"municipality {k}", town.name) for k, town in enumerate(region.municipalities)]
    options += [(f"practice {spot.number}", spot.name) for spot in spots]
    chosen = room.chosen.value

    def choose(text: str) -> None:
        kind, _, at = text.partition(" ")
        room.chosen.value = ("practice" if kind == "practice" else "municipality", int(at)) if text else None

    with box("section", cls="dp-card"):
        Raw(tag("h2", say("story", lang)))
        Choice(say("choose_practice", lang), f"{chosen[0]} {chosen[1]}" if chosen else "", options, choose)
        if chosen is None:
            Raw(tag("p", say("story_none", lang), cls="dp-note"))
        elif chosen[0] == "practice":
            title = next((text for key, text in options if key == f"practice {chosen[1]}"), "")
            Raw(of_practice(glance, chosen[1], title, lang), cls="dp-story")
        else:
            Raw(of_municipality(glance, chosen[1], region, lang), cls="dp-story")
