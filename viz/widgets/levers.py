"""The panel of levers: native switches, sliders and choices, so that keyboard and screen reader work as everywhere."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Levers"]


class Levers(anywidget.AnyWidget):
    """Levers with their settings; what the user sets comes back as ``changed``.

    Attributes:
        groups: list of ``title`` and ``levers``; see ``viz.figures.panel.panel``.
        values: values by lever and key; a lever that is absent is off.
        texts: of the panel.
        lang: language of numbers.
        changed: ``kind``, ``key`` and ``value`` of the last change and a count; key ``""`` is the switch.
    """

    _esm = (Path(__file__).parent / "levers.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "levers.css").read_text(encoding="utf-8")
    groups: traitlets.List[object] = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
    changed = traitlets.Dict().tag(sync=True)
