"""One chart or map, drawn by ECharts from the assets that the server holds, with its numbers as a table beside it."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Chart"]


class Chart(anywidget.AnyWidget):
    """An ECharts option shown in a box of fixed height.

    Strings that begin with ``@`` stand for functions of ``chart.js``, since an option travels as JSON: ``@num:1``
    writes a number with one decimal as the language does, ``@month`` a month, ``@trend`` the tooltip of lines with
    bands, ``@place`` that of maps.

    Attributes:
        option: of ECharts.
        maps: GeoJSON by name, for ``geo`` components.
        label: what the chart shows, for those who cannot see it.
        table: ``heads`` and ``rows`` of the numbers shown.
        texts: of the buttons: ``table``, ``chart``, ``png``.
        file: name of the picture when it is saved.
        lang: language of numbers and months.
        height: in pixels.
        clicked: what was clicked last: ``series``, ``name``, ``id`` and a count.
    """

    _esm = (Path(__file__).parent / "chart.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "chart.css").read_text(encoding="utf-8")
    option = traitlets.Dict().tag(sync=True)
    maps = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    file = traitlets.Unicode("chart").tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)
    height = traitlets.Int(220).tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)
