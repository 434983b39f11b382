"""A page drawn without a browser: its text, its buttons and its widgets."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import ipyvue
import solara
from solara.widgets import HTML

from viz.widgets.chart import Chart
from viz.widgets.choice import Select
from viz.widgets.field import Field

__all__ = ["Screen", "screen", "soon"]


def soon(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for what another thread is about to do.

    Raises:
        AssertionError: it did not come.
    """
    pause, end = threading.Event(), time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        pause.wait(0.01)


class Screen:
    """What is drawn.

    Args:
        rendered: of solara.
    """

    def __init__(self, rendered: Any) -> None:
        self.rendered = rendered

    def widgets(self) -> Iterator[Any]:
        """All widgets, from top to bottom, and pieces of text between them; waits for a drawing that goes on."""
        soon(self._drawn)
        left = list(self.rendered.container.children)
        while left:
            one = left.pop(0)
            yield one
            if not isinstance(one, str):
                left[:0] = getattr(one, "children", ())

    def _drawn(self) -> bool:
        """Whether no thread is drawing or about to; only looked at, as who finds the lock taken leaves its own work."""
        return not self.rendered._rerender_needed and not self.rendered.thread_lock.locked()

    def of[W](self, kind: type[W]) -> list[W]:
        """Widgets of a kind."""
        return [one for one in self.widgets() if isinstance(one, kind)]

    @property
    def markup(self) -> str:
        """The pieces of HTML."""
        return "\n".join(one.unsafe_innerHTML or "" for one in self.of(HTML))

    @property
    def text(self) -> str:
        """All text: of elements, of pieces of HTML, and on buttons."""
        said = []
        for one in self.widgets():
            if isinstance(one, str):
                said.append(one)
            elif isinstance(one, HTML):
                said.append(unescape(re.sub(r"<[^>]*>", " ", one.unsafe_innerHTML or "")))
        return " ".join(" ".join(said).split())

    def buttons(self) -> list[str]:
        """What stands on the buttons."""
        return [str(one.children[0]) for one in self.of(ipyvue.Html) if one.tag == "button"]

    def button(self, name: str) -> Any:
        """The one button with this on it."""
        (found,) = [one for one in self.of(ipyvue.Html) if one.tag == "button" and one.children == [name]]
        return found

    def press(self, name: str) -> None:
        """Click a button."""
        self.button(name).fire_event("click", {})

    def choice(self, label: str) -> Select:
        """The one choice with this label."""
        (found,) = [one for one in self.of(Select) if one.label == label]
        return found

    def field(self, label: str) -> Field:
        """The one field whose label begins with this."""
        (found,) = [one for one in self.of(Field) if one.label.startswith(label)]
        return found

    def chart(self, label: str) -> Chart:
        """The one chart whose label begins with this."""
        (found,) = [one for one in self.of(Chart) if one.label.startswith(label)]
        return found


@contextmanager
def screen(element: Any) -> Iterator[Screen]:
    """Draw a component until the block ends; what goes wrong in it is raised."""
    _, rendered = solara.render(element, handle_error=False)
    try:
        yield Screen(rendered)
    finally:
        rendered.close()
