"""A native field for text, and one for a file, each with its label."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Field", "Upload"]


class Field(anywidget.AnyWidget):
    """A line of text, or several.

    Attributes:
        label: what it is.
        value: the text; comes back when the field is left, and while one types after a pause.
        lines: more than one makes it a text area.
    """

    _esm = (Path(__file__).parent / "field.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "field.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    lines = traitlets.Int(1).tag(sync=True)


class Upload(anywidget.AnyWidget):
    """A file to choose or to drop.

    Attributes:
        label: what is asked for.
        accept: kinds of files.
        most: bytes; a larger file is not sent at all.
        file: ``name``, ``size``, ``text`` (empty when it is too large or no UTF-8) and a count.
    """

    _esm = (Path(__file__).parent / "upload.js").read_text(encoding="utf-8")
    _css = (Path(__file__).parent / "field.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode(".toml").tag(sync=True)
    most = traitlets.Int(100_000).tag(sync=True)
    file = traitlets.Dict().tag(sync=True)
