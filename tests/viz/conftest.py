"""What the tests of the view share: Solara set as the view sets it, and one server for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.viz.serving import Served, served
from viz.server.settings import settle

settle("nl")  # before any test imports Solara


@pytest.fixture(scope="session")
def view() -> Iterator[Served]:
    """The real command, serving on a free port of this machine."""
    with served() as server:
        yield server
