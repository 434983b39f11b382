"""The view, put together: what Solara shows."""

from __future__ import annotations

from typing import Any

import solara

from viz.shell import here
from viz.shell.boundary import Boundary
from viz.shell.elements import box
from viz.shell.shell import Shell
from viz.shell.texts import say

__all__ = ["TABS", "Layout", "Page"]

TABS = ("explore", "compare", "why", "assumptions", "workshop", "watch")


@solara.component
def Page() -> None:
    """The whole screen."""
    lang = here.lang.value
    Shell(say("title", lang), TABS, lambda tab: box("h2", say(tab, lang)))


@solara.component
def Layout(children: list[Any]) -> None:
    """Nothing around the page but a catch for what goes wrong outside the pages."""
    Boundary(children, here.lang.value, "shell")
