"""The desk and the ground that this server's sessions share, opened before it serves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from viz.desk import Desk
from viz.room.ground import Ground, ground
from viz.room.room import PAIRS

__all__ = ["Present", "current", "default_folder", "opened"]

_UNSEEN = 15.0  # seconds until the desk's processes start though no browser shows the page yet
_LOG = logging.getLogger("deltaplan.view")
_open: list[Present] = []


@dataclass(frozen=True)
class Present:
    """What sessions share: the desk, the region, and how many pairs of runs a sure answer has."""

    desk: Desk
    ground: Ground
    pairs: int

    def begin(self) -> None:
        """A browser shows the page: start to compute, and draw meanwhile what the first answer needs."""
        self.desk.begin()
        threading.Thread(target=lambda: self.ground.outlines, name="deltaplan-outlines", daemon=True).start()


def default_folder() -> Path:
    """Where runs are kept for the next time: in the user's cache, apart for each version of the model."""
    from platformdirs import user_cache_path

    from experiments.manifest import code_key

    return user_cache_path("deltaplan") / "view" / code_key()[:16]


@contextmanager
def opened(
    region: str,
    jobs: int,
    folder: Path | None = None,
    outlines: str = "",
    share: float = 1.0,
    years: int | None = None,
    pairs: int = PAIRS,
) -> Iterator[Present]:
    """Have a desk as long as the server serves; the baseline's first answer is begun when a page is shown, or soon.

    Args:
        region: id.
        jobs: processes.
        folder: of kept runs.
        outlines: GeoJSON file of municipalities; empty for a sketch.
        share: part of the region that stands for the whole, for a trial.
        years: of plans to begin with.
        pairs: of the whole region behind a sure answer.

    Raises:
        StoreError: the folder cannot be used.
        OutlineError: the outlines cannot be used.
        PlanError: the region has no baseline.
    """
    own = ground(region, outlines, share, years)
    with Desk(folder if folder is not None else default_folder(), jobs, late=True) as desk:
        present = Present(desk, own, pairs)
        _open.append(present)
        waiting = threading.Timer(_UNSEEN, desk.begin)
        try:
            desk.warm(Request((own.base,), (), Rule(1, 1), 1))
            waiting.start()
            yield present
        finally:
            waiting.cancel()
            _open.remove(present)


def current() -> Present:
    """What is open.

    Raises:
        RuntimeError: nothing is: the page is not served by `deltaplan view`.
    """
    if not _open:
        raise RuntimeError("there is no desk: serve the page with `deltaplan view`")
    return _open[-1]
