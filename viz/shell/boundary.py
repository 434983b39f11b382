"""A fault in a page shows a number instead of a traceback, and leaves the rest of the screen as it is."""

from __future__ import annotations

from typing import Any

import solara

from experiments.texts import Language
from viz.faults import note
from viz.shell.elements import Button, box
from viz.shell.texts import say

__all__ = ["Boundary"]


@solara.component
def Boundary(children: list[Any], lang: Language, where: str) -> None:
    """Shows its children, or what went wrong in them; then a button that tries again.

    Args:
        children: to show.
        lang: of the message.
        where: it is, for the log.
    """
    fault, clear = solara.use_exception()
    number = solara.use_memo(lambda: note(fault, where) if fault is not None else "", [fault])
    if fault is None:
        box("div", *children, cls="dp-inside")
        return
    with box("div", cls="dp-fault", role="alert"):
        box("p", say("fault", lang, id=number))
        Button(say("again", lang), clear)
