"""A button that gives a file, which is made when it is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from viz.faults import note

__all__ = ["Download"]


class Download(anywidget.AnyWidget):
    """A button.

    Attributes:
        label: what it gives.
        file: name of the file.
        mime: kind of content.
        failed: what is said, with ``{id}``, when it cannot be made.
        make: gives the content as bytes; not sent to the browser.
    """

    _esm = (Path(__file__).parent / "download.js").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    mime = traitlets.Unicode("application/octet-stream").tag(sync=True)
    failed = traitlets.Unicode("{id}").tag(sync=True)
    make = traitlets.Any()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.on_msg(self._asked)

    def _asked(self, _: object, content: object, buffers: object) -> None:
        if content != "make":
            return
        try:
            made = self.make()
        except Exception as error:  # noqa: BLE001  (whatever went wrong, the page says a number and goes on)
            self.send({"fault": note(error, f"download {self.file}")})
            return
        self.send({"fault": ""}, buffers=[made])
