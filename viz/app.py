"""The view, put together: what Solara shows."""

from __future__ import annotations

import itertools
from typing import Any

import solara

from experiments.texts import Language
from viz.pages.assumptions import Assumptions
from viz.pages.compare import Compare
from viz.pages.explore import Explore
from viz.pages.watch import Watch
from viz.pages.why import Why
from viz.pages.workshop import Workshop
from viz.room.present import current
from viz.room.room import Room
from viz.shell import here
from viz.shell.boundary import Boundary
from viz.shell.shell import Shell
from viz.shell.texts import say

__all__ = ["TABS", "Layout", "Page"]

TABS = ("explore", "compare", "why", "assumptions", "workshop", "watch")
_sessions = itertools.count(1)


def _room(lang: Language) -> Room:
    present = current()
    return Room(present.desk, present.ground, f"session {next(_sessions)}", lang, present.pairs)


@solara.component
def Page() -> None:
    """The whole screen."""
    lang = here.lang.value
    room = solara.use_memo(lambda: _room(lang), [])
    solara.use_effect(lambda: room.close, [])

    def page(tab: str, dark: bool) -> Any:
        pages = {
            "explore": lambda: Explore(room, lang, dark),
            "compare": lambda: Compare(room, lang, dark),
            "why": lambda: Why(room, lang),
            "assumptions": lambda: Assumptions(room, lang, dark),
            "workshop": lambda: Workshop(room, lang),
            "watch": lambda: Watch(room, lang, dark),
        }
        return pages[tab]()

    region = room.ground.base.region
    title = f"{say('title', lang)} {region.label_nl if lang == 'nl' else region.label_en}"
    Shell(title, TABS, page, current().begin)


@solara.component
def Layout(children: list[Any]) -> None:
    """Nothing around the page but a catch for what goes wrong outside the pages."""
    Boundary(children, here.lang.value, "shell")
