"""Elements of HTML as components of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reacton.ipyvuetify as rv
import solara

__all__ = ["Button", "box"]


def box(tag: str, *children: Any, cls: str = "", **attributes: Any) -> Any:
    """An element that holds components; use it as a context manager too.

    Args:
        tag: of the element.
        children: components and text.
        cls: class.
        attributes: ``_`` becomes ``-``; None leaves out.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None}
    return rv.Html(tag=tag, class_=cls, attributes=named, children=list(children))


@solara.component
def Button(label: str, on_click: Callable[[], Any], cls: str = "", **attributes: Any) -> None:
    """A native button; further attributes as of ``box``."""
    made = box("button", label, cls=f"dp-button {cls}".strip(), type="button", **attributes)
    rv.use_event(made, "click", lambda *_: on_click())
