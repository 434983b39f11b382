"""How far a question is, with the buttons that put it and stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import solara

from experiments.texts import Language, number
from experiments.texts import say as run_texts
from viz.figures.markup import tag
from viz.pages.html import Button, Raw, box
from viz.pages.texts import say
from viz.pages.turn import seen, turn
from viz.room.room import Asked, Room

__all__ = ["Faults", "RunBar", "finished", "percent", "status", "use_watch"]


def percent(share: float, lang: Language) -> str:
    """A share as percent."""
    return number(round(100.0 * share, 4), lang)


def status(asked: Asked | None, lang: Language) -> str:
    """Where a question stands, in a line."""
    if asked is None:
        return ""
    standing = asked.standing
    if standing.stage == "compiling":
        return run_texts("compiling", lang)
    if standing.stage == "waiting":
        return say("waiting", lang, place=standing.place)
    if standing.stage == "first":
        return say("first", lang, share=percent(asked.ticket.share, lang))
    if standing.stage == "sure":
        part = _part(asked.ticket.request.base.share, lang)
        return say("sure", lang, done=standing.done, total=standing.total, part=part)
    if standing.stage == "done":
        pairs = asked.answer.pairs if asked.answer is not None else 0
        return finished(pairs, asked.ticket.request.base.share, lang)
    if standing.stage == "failed":
        return say("failed", lang, id=standing.fault)
    return say("stopped", lang)


def finished(pairs: int, share: float, lang: Language) -> str:
    """What is said when a question is answered by so many pairs of runs of a share of the region."""
    return say("done", lang, pairs=pairs, part=_part(share, lang))


def _part(share: float, lang: Language) -> str:
    return say("all_of_it", lang) if share == 1.0 else say("part_of_it", lang, share=percent(share, lang))


def use_watch(asked: solara.Reactive[Asked | None]) -> None:
    """Follow the newest question of a reactive; in the component that shows it."""
    ticket = asked.value.ticket if asked.value is not None else None

    def follow() -> Callable[[], None] | None:
        if ticket is None:
            return None
        gone = threading.Event()

        def run() -> None:
            while not gone.is_set():
                if not seen():
                    gone.wait(1.0)
                    continue
                current = asked.value
                if current is None or current.ticket is not ticket:
                    return
                if ticket.standing.version == current.standing.version:
                    if not current.standing.running:
                        return
                    ticket.wait(current.standing.version, 1.0)
                    continue
                with turn():  # meanwhile another question may have been put, or more be known of this one
                    if asked.value is current and not gone.is_set():
                        asked.value = Asked(current.plans, current.names, ticket, ticket.standing)

        threading.Thread(target=run, name="deltaplan-watch", daemon=True).start()
        return gone.set

    solara.use_effect(follow, [ticket])


@solara.component
def RunBar(
    room: Room, asked: solara.Reactive[Asked | None], run: Callable[[], Any], label: str, lang: Language
) -> None:
    """Run, stop, and where it stands."""
    now = asked.value
    running = now is not None and now.running
    with box("div", cls="dp-run"):
        with box("div", cls="dp-row"):
            Button(label, run, cls="dp-primary")
            if now is not None and running:
                Button(say("stop", lang), now.ticket.stop)
        Raw(tag("p", status(now, lang), role="status", aria_live="polite", cls="dp-status"))
        if running and now is not None:
            total = max(1, now.standing.total)
            value = now.standing.done if now.standing.stage == "sure" else None
            Raw(tag("progress", value=value, max=total, aria_label=status(now, lang), cls="dp-progress"))
        Faults(room, lang)


@solara.component
def Faults(room: Room, lang: Language) -> None:
    """Why the last request could not be put."""
    if room.faults.value:
        lines = (tag("li", line) for line in room.faults.value[lang])
        Raw(tag("div", tag("p", say("faults", lang)), tag("ul", *lines), role="alert", cls="dp-fault"))
