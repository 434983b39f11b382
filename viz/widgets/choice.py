"""A native choice from a list, with its label."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Select"]


class Select(anywidget.AnyWidget):
    """A choice.

    Attributes:
        label: what is chosen.
        options: pairs of value and what is shown.
        value: chosen.
    """

    _esm = (Path(__file__).parent / "choice.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "choice.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    options: traitlets.List[object] = traitlets.List().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
