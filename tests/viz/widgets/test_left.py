"""Widgets whose page has gone are gone too."""

from __future__ import annotations

import gc
import weakref

import anywidget
import pytest

from viz.shell.document import Document
from viz.widgets.chart import Chart
from viz.widgets.choice import Select
from viz.widgets.download import Download
from viz.widgets.field import Field, Upload
from viz.widgets.levers import Levers
from viz.widgets.timeline import Timeline

OWN = (Document, Chart, Select, Download, Field, Upload, Levers, Timeline)


@pytest.mark.parametrize("kind", OWN)
def test_nothing_holds_a_closed_widget(kind: type[anywidget.AnyWidget]) -> None:
    """Anywidget watches a file named by its path, and through that holds every widget for ever."""
    widget = kind()
    assert "export default" in widget.get_state()["_esm"]
    left = weakref.ref(widget)
    widget.close()
    del widget
    gc.collect()
    assert left() is None


def test_these_are_all() -> None:
    own = {one for one in anywidget.AnyWidget.__subclasses__() if one.__module__.startswith("viz.")}
    assert own == set(OWN)
