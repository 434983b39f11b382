"""What only the browser can do to the document: its language, theme, names of sliders, and a memory of choices."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Document"]


class Document(anywidget.AnyWidget):
    """An invisible widget that keeps the document as the session has it.

    Attributes:
        lang: language of the document.
        dark: whether the theme is dark.
        large: whether type is large.
        lost: what is said when the server is gone.
        remembered: what the browser kept of these from an earlier visit, once, right after it came.
        shown: set by the browser as soon as it shows the page.
    """

    _esm = (Path(__file__).parent / "document.js").read_text(encoding="utf-8")
    lang = traitlets.Unicode("nl").tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)
    large = traitlets.Bool(False).tag(sync=True)
    lost = traitlets.Unicode("").tag(sync=True)
    remembered = traitlets.Dict().tag(sync=True)
    shown = traitlets.Bool(False).tag(sync=True)
