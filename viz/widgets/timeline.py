"""A slider over months with a play button; the browser keeps the time, so playing needs no thread of the server."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Timeline"]


class Timeline(anywidget.AnyWidget):
    """A month to look at.

    Attributes:
        months: ``2025-01`` and so on.
        index: of the month that is shown.
        texts: ``play``, ``pause`` and ``label``.
        lang: language of months.
        interval: milliseconds between months while it plays.
    """

    _esm = (Path(__file__).parent / "timeline.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "timeline.css").read_text(encoding="utf-8")
    months: traitlets.List[object] = traitlets.List().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
    interval = traitlets.Int(180).tag(sync=True)
