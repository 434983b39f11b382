"""A question at the desk, as who asked it sees it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from experiments.compare.request import Request
from experiments.glance import Glance
from viz.desk.answer import Answer, answer_of

__all__ = ["Stage", "Standing", "Ticket"]

Stage = Literal["compiling", "waiting", "first", "sure", "done", "stopped", "failed"]


@dataclass(frozen=True)
class Standing:
    """How far a question is.

    Attributes:
        version: grows with every change.
        stage: waiting for the compiler, waiting in the queue, first answer or sure answer under way, or at its end.
        place: questions of others that come before, 0 when its runs are under way.
        done, total: runs of the whole region.
        fault: number under which a failure stands in the log.
    """

    version: int
    stage: Stage
    place: int
    done: int
    total: int
    fault: str = ""

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.stage in {"compiling", "waiting", "first", "sure"}


class Ticket:
    """A question and what has come of it so far; made by the desk.

    Args:
        request: what was asked.
        session: who asked.
        first: keys of the sample's runs by scenario and pair.
        sure: keys of the whole region's runs by scenario and pair.
        share: part of the region that the sample simulates.
        ended: is called when it is stopped.
    """

    def __init__(
        self,
        request: Request,
        session: str,
        first: list[list[str]],
        sure: list[list[str]],
        share: float,
        ended: Callable[[Ticket], None],
    ) -> None:
        self.request, self.session, self.share = request, session, share
        self.keys = {"first": first, "sure": sure}
        self._ended = ended
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._glances: dict[str, Glance] = {}
        self._news = False
        self._standing = Standing(0, "waiting", 0, 0, sum(len(arm) for arm in sure))
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self._made: dict[str, tuple[tuple[int, ...], Answer | None]] = {}

    # for who asked

    @property
    def standing(self) -> Standing:
        """The newest standing."""
        return self._standing

    @property
    def first(self) -> Answer | None:
        """What the sample says so far."""
        return self._answer("first")

    @property
    def sure(self) -> Answer | None:
        """What the pairs of the whole region say that are done."""
        return self._answer("sure")

    def wait(self, version: int, timeout: float) -> None:
        """Wait in a thread until the standing is newer than ``version``, at most so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._standing.version != version, timeout)

    async def change(self, version: int, timeout: float) -> None:
        """Wait until the standing is newer than ``version``, at most so many seconds."""
        event = asyncio.Event()
        entry = (asyncio.get_running_loop(), event)
        with self._lock:
            if self._standing.version != version:
                return
            self._listeners.append(entry)
        try:
            await asyncio.wait_for(event.wait(), timeout)
        except TimeoutError:
            return
        finally:
            with self._lock:
                if entry in self._listeners:
                    self._listeners.remove(entry)

    def stop(self) -> None:
        """Ask for no more; what is known stays."""
        if self._standing.running:
            self._ended(self)

    # for the desk

    def take(self, key: str, glance: Glance) -> None:
        """A picture or the end of a run that it waits for."""
        with self._lock:
            self._glances[key] = glance
            self._news = True

    def known(self, key: str) -> bool:
        """Whether a run has ended."""
        found = self._glances.get(key)
        return found is not None and found.finished

    def tell(self, stage: Stage, place: int = 0, fault: str = "") -> None:
        """Where it stands; those who wait are woken when that, or what is known, is new."""
        done = sum(self.known(key) for arm in self.keys["sure"] for key in arm)
        with self._lock:
            now = self._standing
            then = replace(now, stage=stage, place=place, done=done, fault=fault)
            if not now.running or (then == now and not self._news):
                return
            self._standing, self._news = replace(then, version=now.version + 1), False
            listeners, self._listeners = self._listeners, []
            self._changed.notify_all()
        for loop, event in listeners:
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:  # the session's loop has ended
                continue

    def _answer(self, part: str) -> Answer | None:
        keys = self.keys[part]
        with self._lock:
            pairs = [
                pair for pair in range(len(keys[0]))
                if all(self._usable(part, arm[pair]) for arm in keys)
            ]  # fmt: skip
            glances = [[self._glances[arm[pair]] for pair in pairs] for arm in keys]
            print_of = tuple(id(one) for arm in glances for one in arm)
            before = self._made.get(part)
        if before is not None and before[0] == print_of:
            return before[1]
        made = (
            answer_of(self.request, glances, self.share if part == "first" else self.request.base.share)
            if pairs
            else None
        )
        self._made[part] = (print_of, made)
        return made

    def _usable(self, part: str, key: str) -> bool:
        """Of the sample whatever is there; of the whole region runs that have ended."""
        return key in self._glances if part == "first" else self.known(key)
