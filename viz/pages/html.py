"""Parts that several pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara
from markupsafe import Markup

from viz.shell.elements import Button, box
from viz.widgets.choice import Select
from viz.widgets.field import Field

__all__ = ["Button", "Choice", "Line", "Raw", "box", "chart_box", "when"]

_BAR = 34  # pixels of the buttons under a chart


def when(condition: object) -> bool | None:
    """The value of an attribute that is there or not."""
    return True if condition else None


@solara.component
def Raw(markup: Markup, cls: str = "", tag: str = "div") -> None:
    """Markup that was made and escaped by ``viz.figures.markup``."""
    solara.HTML(tag=tag, unsafe_innerHTML=str(markup), classes=[cls] if cls else [])


@solara.component
def Choice(label: str, value: str, options: Sequence[tuple[str, str]], on_value: Callable[[str], Any]) -> None:
    """A choice with a name; ``options`` are values and what is shown."""
    with box("div", cls="dp-choice-box"):
        Select.element(label=label, value=value, options=[list(one) for one in options], on_value=on_value)


@solara.component
def Line(label: str, value: str, on_value: Callable[[str], Any], lines: int = 1) -> None:
    """A line of text with a name, or several lines."""
    with box("div", cls="dp-field-box", style=f"height:{3.8 + 1.5 * (lines - 1)}rem"):
        Field.element(label=label, value=value, lines=lines, on_value=on_value)


def chart_box(height: int, element: Any) -> Any:
    """A chart in a box of fixed height, without which it would take that of its parent."""
    return box("div", element, cls="dp-chart-box", style=f"height:{height + _BAR}px;overflow:hidden")
