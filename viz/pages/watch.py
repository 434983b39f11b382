"""Watch it run: the Mesa model steps in front of the user, week by week."""

from __future__ import annotations

import solara

from experiments.texts import Language
from viz.figures.markup import tag
from viz.pages.html import Raw
from viz.room.room import Room

__all__ = ["Watch"]


@solara.component
def Watch(room: Room, lang: Language, dark: bool) -> None:
    """The page."""
    Raw(tag("p", "-"))
