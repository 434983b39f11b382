"""A model that steps before the user's eyes, in a process of its own."""

from __future__ import annotations

import datetime
import signal
import threading
import traceback
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.executors.processes import as_children_begin
from experiments.glance.glance import Happening, events_of
from experiments.prepare import Prepared

__all__ = ["MOST", "Crowded", "Frame", "Live"]

MOST = 4
"""Live models at once; each holds a process."""
SAMPLE = 0.02
"""Part of the region, unless asked otherwise."""
_END = 5.0
"""Seconds that a process gets to end."""


class Crowded(RuntimeError):
    """There are too many live models already."""


@dataclass(frozen=True)
class Frame:
    """The region at the end of a week.

    Attributes:
        date: ISO, of the day after.
        finished: whether the run is at its end.
        people, without_gp: inhabitants, and those without a GP.
        number, municipality, node: of the practices that are there (P,).
        lat, lon: degrees (P,).
        list_size, wait, state: list, third next available appointment in working days, state of the list (P,).
        counts: what happened in the week: needs, GP contacts, requests forgone and passed on to the post.
        events: of the week.
    """

    date: str
    finished: bool
    people: int
    without_gp: int
    number: npt.NDArray[np.int32]
    municipality: npt.NDArray[np.int32]
    node: npt.NDArray[np.int32]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    list_size: npt.NDArray[np.int32]
    wait: npt.NDArray[np.float32]
    state: npt.NDArray[np.int32]
    counts: dict[str, int]
    events: tuple[Happening, ...]


_COUNTED = {"needs": "needs", "contacts": "gp_contacts", "forgone": "forgone", "to_post": "to_post"}


class Live:
    """A model in a process of its own; one caller at a time.

    Args:
        prepared: what is run.
        share: part of the region.

    Raises:
        Crowded: there are ``MOST`` already.
    """

    _open = 0
    _guard = threading.Lock()

    def __init__(self, prepared: Prepared, share: float = SAMPLE) -> None:
        with Live._guard:
            if Live._open >= MOST:
                raise Crowded(f"{MOST} models are being watched already")
            Live._open += 1
        self._lock = threading.Lock()
        self._closed = False
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True, name="deltaplan-live")
        try:
            with as_children_begin():
                self._process.start()
        except BaseException:
            with Live._guard:
                Live._open -= 1
            self._connection.close()
            raise
        finally:
            theirs.close()
        self._first: Prepared | None = replace(prepared, share=share)

    def step(self, weeks: int = 1) -> Frame:
        """Simulate on; blocks for some tens of milliseconds a week, the first time for the building.

        Raises:
            RuntimeError: the model failed or its process ended; the message is for the log.
        """
        with self._lock:
            try:
                if self._first is not None:  # not before: it waits until the process has begun
                    self._connection.send(self._first)
                    self._first = None
                self._connection.send(weeks)
                answer: Frame | str | None = self._connection.recv()
            except (EOFError, OSError):
                answer = None
        if answer is None:  # raised here, since the error above holds on to what was half sent
            raise RuntimeError("the process of the live model ended")
        if isinstance(answer, str):
            raise RuntimeError(answer)
        return answer

    @property
    def closed(self) -> bool:
        """Whether it was closed; a step under way then fails."""
        return self._closed

    def close(self) -> None:
        """End the process; a step under way in another thread fails."""
        with Live._guard:
            if self._closed:
                return
            self._closed = True
            Live._open -= 1
        self._process.terminate()
        with self._lock:  # a step that still listens hears the end first: its connection is not closed under it
            self._connection.close()
        self._process.join(_END)


def _serve(connection: Connection) -> None:
    from sim.model import RegionModel

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        prepared: Prepared = connection.recv()
        model: Any = None
        while True:
            weeks: int = connection.recv()
            try:
                if model is None:
                    model = RegionModel(
                        prepared.region, prepared.scenario, prepared.parameters, seed=prepared.seed, check=False,
                        scale=prepared.share,
                    )  # fmt: skip
                before = len(model.ledger.events)
                model.advance(min(7 * weeks, model.days_total - model.day))
                connection.send(_frame(model, before, prepared))
            except Exception:  # noqa: BLE001  (the page shows a number, the log the rest)
                connection.send(traceback.format_exc())
    except (EOFError, OSError):
        return


def _frame(model: Any, before: int, prepared: Prepared) -> Frame:
    from sim.agents.staffing import practices_of

    going = [one for one in practices_of(model) if one.closed_since is None]
    rows = np.array([one.number for one in going], np.int32)
    day = model.run_in + model.day - 1
    x, y = (np.array([getattr(one, axis) for one in going], np.float64) for axis in ("x", "y"))
    lat, lon = prepared.region.plane.lat_lon(x, y)
    people = model.people
    alive = people.alive[: people.n]
    week = model.ledger.tables().get("region_week", {})
    counts = {key: int(week[name][-1]) for key, name in _COUNTED.items()} if week else {}
    start: datetime.date = prepared.scenario.start
    return Frame(
        model.today.isoformat(),
        model.day >= model.days_total,
        int(alive.sum()),
        int((alive & (people.practice[: people.n] == -1)).sum()),
        rows,
        np.array([one.municipality for one in going], np.int32),
        np.array([one.node for one in going], np.int32),
        lat,
        lon,
        np.asarray(model.lists[rows], np.int32),
        np.asarray(model.care.third_next(day)[rows], np.float32),
        np.array([int(one.list_state) for one in going], np.int32),
        counts,
        events_of(model.ledger.events[before:], start),
    )
