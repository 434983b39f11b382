"""Watch it run: the Mesa model steps in front of the user, week by week."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

import solara

from experiments.texts import Language, number
from viz.desk.live import SAMPLE, Crowded, Frame, Live
from viz.faults import note
from viz.figures.map import MAP, Spot, map_table, region_map, spots_apart
from viz.figures.markup import tag
from viz.figures.readings import STATES
from viz.figures.story import event_list
from viz.figures.texts import say as say_figure
from viz.pages.explore import chart_texts, legend
from viz.pages.html import Button, Choice, Raw, box, chart_box
from viz.pages.progress import Faults, percent
from viz.pages.texts import say
from viz.pages.turn import seen
from viz.plan.file import PlanError, prepared
from viz.room.room import Room
from viz.widgets.chart import Chart

__all__ = ["Watch", "spots_in"]

_HEIGHT = 470
_SPEEDS = ("1", "2", "5", "10")
_EVENTS = 40


@solara.component
def Watch(room: Room, lang: Language, dark: bool) -> None:
    """The page."""
    live: solara.Reactive[Live | None] = solara.use_reactive(None)
    frame: solara.Reactive[Frame | None] = solara.use_reactive(None)
    events: solara.Reactive[tuple[object, ...]] = solara.use_reactive(())
    playing = solara.use_reactive(False)
    speed = solara.use_reactive("5")
    wanted = solara.use_reactive(0)
    fault = solara.use_reactive("")

    def close() -> None:
        if live.value is not None:
            live.value.close()

    solara.use_effect(lambda: close, [])

    def begin() -> None:
        close()
        fault.value, playing.value, frame.value, events.value = "", False, None, ()
        room.faults.value = {}
        try:
            live.value = Live(prepared(room.plan))
        except Crowded:
            live.value = None
            fault.value = say("watch_crowded", lang)
            return
        except PlanError as error:
            live.value = None
            room.faults.value = error.faults
            return
        wanted.value += 1

    def play() -> None:
        playing.value = not playing.value
        if playing.value:
            wanted.value += 1

    def stepping() -> Callable[[], None] | None:
        """Steps as long as it plays, or once when a step is wanted; in a thread, so that the page answers."""
        model = live.value
        if model is None:
            return None
        gone = threading.Event()

        def run() -> None:
            while not gone.is_set():
                if not seen():
                    gone.wait(1.0)
                    continue
                began = time.monotonic()
                try:
                    found = model.step()
                except RuntimeError as error:
                    if not model.closed and not gone.is_set():
                        playing.value = False
                        fault.value = say("watch_failed", lang, id=note(error, "live"))
                    return
                if gone.is_set():
                    return
                frame.value = found
                events.value = (*events.value, *found.events)[-_EVENTS:]
                if found.finished or not playing.value:
                    playing.value = False
                    return
                gone.wait(max(0.01, 1.0 / int(speed.value) - (time.monotonic() - began)))

        threading.Thread(target=run, name="deltaplan-watch", daemon=True).start()
        return gone.set

    solara.use_effect(stepping, [wanted.value])
    with box("div", cls="dp-page-body"):
        Raw(tag("p", say("watch_intro", lang, share=percent(SAMPLE, lang)), cls="dp-about"))
        with box("div", cls="dp-row"):
            Button(say("watch_again" if live.value else "watch_begin", lang), begin, cls="dp-primary")
            if live.value is not None:
                Button(
                    say("pause" if playing.value else "play", lang), play,
                    aria_pressed="true" if playing.value else "false",
                )  # fmt: skip
                Button(say("step", lang), lambda: wanted.set(wanted.value + 1))
                options = [(one, say("weeks_a_second", lang, n=one)) for one in _SPEEDS]
                Choice(say("speed", lang), speed.value, options, speed.set)
        if fault.value:
            Raw(tag("p", fault.value, role="alert", cls="dp-fault"))
        Faults(room, lang)
        if frame.value is not None:
            Picture(room, frame.value, events.value, lang, dark)


@solara.component
def Picture(room: Room, frame: Frame, events: tuple[object, ...], lang: Language, dark: bool) -> None:
    """One week."""
    region = room.ground.base.region
    spots = spots_in(frame, room, lang)
    with box("div", cls="dp-two"):
        with box("section", cls="dp-card"):
            Raw(tag("h2", say("watch_date", lang, date=frame.date), aria_live="polite"))
            chart_box(
                _HEIGHT,
                Chart.element(
                    option=region_map(region, room.ground.roads, spots, [], lang, dark, by="wait"),
                    maps={MAP: room.ground.outlines}, label=f"{say('map_title', lang)}, {frame.date}",
                    table=map_table(spots, [], lang), texts=chart_texts(lang), lang=lang, dark=dark, height=_HEIGHT,
                    file="deltaplan-week",
                ),
            )  # fmt: skip
            Raw(legend(lang, dark, "wait"))
        with box("section", cls="dp-card"):
            Raw(tag("h2", say("watch_week", lang)))
            named = {"needs": "needs", "contacts": "contacts", "forgone": "given_up", "to_post": "to_post"}
            rows = [(say(named[key], lang), value) for key, value in frame.counts.items()]
            rows += [(say("people", lang), frame.people), (say("without", lang), frame.without_gp)]
            items = (tag("div", tag("dt", name), tag("dd", number(value, lang))) for name, value in rows)
            Raw(tag("dl", *items, cls="dp-facts"))
            Raw(tag("h3", say("story_events", lang)))
            Raw(event_list(list(events)[::-1], lang) if events else tag("p", say("story_quiet", lang)))  # type: ignore[arg-type]


def spots_in(frame: Frame, room: Room, lang: Language) -> list[Spot]:
    """The practices of a week."""
    names = room.ground.base.region.nodes.name
    apart = spots_apart(frame.lat.tolist(), frame.lon.tolist())
    return [
        Spot(
            int(number), say_figure("practice", lang, number=int(number), place=str(names[int(node)])), *apart[k],
            float(frame.list_size[k]), math.nan, float(frame.wait[k]), STATES[int(frame.state[k])],
        )
        for k, (number, node) in enumerate(zip(frame.number, frame.node, strict=True))
    ]  # fmt: skip
