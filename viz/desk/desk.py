"""The desk: questions of many sessions, answered by a few processes.

A question is answered twice: soon, by a sample of whole practices with all their patients, and then surely, by pairs of
runs of the whole region. Runs that several questions need are done once; what is done is kept.
"""

from __future__ import annotations

import hashlib
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import pyarrow.parquet as pq

from experiments.compare.request import Request
from experiments.glance import Glance
from experiments.runs.perform import Build, build_model
from experiments.runs.store import Store
from experiments.runs.task import STANDARD, Task
from sim.source import is_warm
from viz.desk.lane import Lane
from viz.desk.ticket import Ticket
from viz.desk.work import TABLES, Job, Message, from_store

__all__ = ["FIRST_PAIRS", "SAMPLE", "Desk"]

SAMPLE = 0.1
"""Part of the region that the first answer simulates."""
FIRST_PAIRS = 2
"""Pairs of the first answer."""
_LEAST = 0.01
"""A smaller part has hardly a practice."""
KIND = "view"
"""Of the store."""
_QUICK, _PATIENT = 5, 19
"""How far processes of first and of sure answers step back for the page."""
_NOBODY = ""
"""Who asks ahead of need; whoever asks in earnest comes before."""
_REST = 60.0
"""Seconds that the processes of sure answers wait at most for the first ones."""
_KEPT = 400
"""Glances kept in memory."""
_LOG = logging.getLogger("deltaplan.view")


type Kind = Literal["first", "sure"]


@dataclass
class _Run:
    """A run that somebody waits for."""

    number: int
    task: Task
    kind: Kind
    tickets: list[Ticket] = field(default_factory=list)
    lane: Lane | None = None
    picture: Glance | None = None


class Desk:
    """Answers questions; use it as a context manager, in the main process.

    Its processes start when it is opened, or with ``late`` when ``begin`` is called: their start takes all cores for
    seconds.

    Args:
        folder: of the store of runs of the whole region; made if needed.
        jobs: processes for runs of the whole region; there are a few small ones for first answers besides.
        sample: part of what is asked for that first answers simulate.
        build: makes the model of a run.
        late: start no process yet.

    Raises:
        StoreError: the folder cannot be used.
    """

    def __init__(
        self, folder: Path, jobs: int, *, sample: float = SAMPLE, build: Build = build_model, late: bool = False
    ) -> None:
        if jobs < 1:
            raise ValueError(f"there must be one process or more, not {jobs}")
        self.store = Store.create(folder, KIND)
        self.sample, self._build = sample, build
        self._lock = threading.Condition()
        self._runs: dict[str, _Run] = {}
        self._by_number: dict[int, _Run] = {}
        self._numbers = 0
        self._kept: OrderedDict[str, Glance] = OrderedDict()
        self._served: dict[str, float] = {_NOBODY: math.inf}
        self._tickets: list[Ticket] = []
        self._closed = False
        self._late, self._begun = late, False
        self._cold = not is_warm()
        # first answers have processes of their own, before which the others step back: nobody waits for a long run
        self._lanes = [self._lane("first", _QUICK) for _ in range(FIRST_PAIRS)]
        self._lanes += [self._lane("sure", _PATIENT) for _ in range(jobs)]

    def _lane(self, kind: Kind, nice: int) -> Lane:
        lane = Lane(lambda: self._next(lane, kind), self._told, nice)
        return lane

    def __enter__(self) -> Self:
        if not self._late:
            self.begin()
        return self

    def begin(self) -> None:
        """Start the processes, unless they are there."""
        with self._lock:
            if self._begun or self._closed:
                return
            self._begun = True
        try:
            for lane in self._lanes[:FIRST_PAIRS] if self._late else self._lanes:
                lane.start()
        except BaseException:
            self._close()
            raise
        if self._late:
            threading.Thread(target=self._begin_rest, name="deltaplan-begin", daemon=True).start()

    def _begin_rest(self) -> None:
        """Start the processes of sure answers when no first one is due, which would wait twice as long otherwise."""
        end = time.monotonic() + _REST
        with self._lock:
            while not self._closed and time.monotonic() < end and any(r.kind == "first" for r in self._runs.values()):
                self._lock.wait(0.25)
            if self._closed:
                return
        for lane in self._lanes[FIRST_PAIRS:]:
            lane.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        with self._lock:
            self._closed = True
            for ticket in list(self._tickets):  # nobody waits for what will not come
                self._drop(ticket)
                ticket.tell("stopped")
            self._lock.notify_all()
        for lane in self._lanes:
            lane.close()
        for lane in self._lanes:
            lane.join(5.0)

    # asking

    def ask(self, request: Request, session: str) -> Ticket:
        """Put a question; its answers come with the ticket, which is stopped when the desk is closed.

        Args:
            request: the base first; the rule says how many pairs, and is not bent.
            session: who asks, for fairness between them.
        """
        pairs = request.rule.least
        tables = (*STANDARD, *TABLES)
        small = self._small(request)
        first = [[Task.of(task.prepared, task.draw, ()) for task in small.tasks(pair)] for pair in range(FIRST_PAIRS)]
        sure = [[Task.of(t.prepared, t.draw, tables) for t in request.tasks(pair)] for pair in range(pairs)]
        ticket = Ticket(request, session, _by_arm(first), _by_arm(sure), small.base.share, self._end)
        self._put(ticket, {"first": first, "sure": sure})
        return ticket

    def warm(self, request: Request) -> None:
        """Do the sample's runs of a question before anybody asks, so that it is answered at once."""
        small = self._small(request)
        tasks = [[Task.of(t.prepared, t.draw, ()) for t in small.tasks(pair)] for pair in range(FIRST_PAIRS)]
        none: list[list[str]] = [[] for _ in request.scenarios]
        self._put(Ticket(request, _NOBODY, _by_arm(tasks), none, small.base.share, self._end), {"first": tasks})

    def _put(self, ticket: Ticket, tasks: dict[Kind, list[list[Task]]]) -> None:
        """Queue what a question needs and is not known."""
        wanted = [(task, kind) for kind, pairs in tasks.items() for pair in pairs for task in pair]
        with self._lock:
            lacking = [task for task, kind in wanted if kind == "sure" and task.key not in self._kept]
        stored = {task.key: found for task in lacking if (found := self._stored(task)) is not None}  # others go on
        with self._lock:
            if self._closed:
                ticket.tell("stopped")
                return
            for key, found in stored.items():
                self._keep(key, found)
            self._join(ticket.session)
            self._tickets.append(ticket)
            for task, kind in wanted:
                self._want(task, kind, ticket)
            self._lock.notify_all()
            self._tell_all()

    def leave(self, session: str) -> None:
        """A session is gone: its questions are dropped."""
        with self._lock:
            own = [ticket for ticket in self._tickets if ticket.session == session]
        for ticket in own:
            self._end(ticket)
        with self._lock:
            self._served.pop(session, None)

    def _join(self, session: str) -> None:
        """Who has nothing in the queue enters it level with who was served least there: neither what it got
        long ago counts, nor that it did not ask.
        """
        there = {ticket.session for ticket in self._tickets} - {_NOBODY}
        if session != _NOBODY and session not in there:
            self._served[session] = min((self._served[other] for other in there), default=0.0)

    def _small(self, request: Request) -> Request:
        """The question on a sample."""
        return replace(
            request,
            scenarios=tuple(
                replace(one, share=min(one.share, max(_LEAST, one.share * self.sample))) for one in request.scenarios
            ),
        )

    def _want(self, task: Task, kind: Kind, ticket: Ticket) -> None:
        if (known := self._kept.get(task.key)) is not None:
            self._kept.move_to_end(task.key)
            ticket.take(task.key, known)
            return
        run = self._runs.get(task.key)
        if run is None:
            self._numbers += 1
            run = _Run(self._numbers, task, kind)
            self._runs[task.key] = self._by_number[run.number] = run
        if ticket not in run.tickets:  # of a small part, the first answer's runs are the sure one's too
            run.tickets.append(ticket)
        if run.picture is not None:
            ticket.take(task.key, run.picture)

    def _stored(self, task: Task) -> Glance | None:
        """A run of the store; None when it is not there or cannot be read."""
        if not (self.store.folder / "runs" / f"{task.key}.parquet").exists():
            return None
        try:
            tables = {
                name: pq.ParquetFile(self.store.folder / "tables" / name / f"{task.key}.parquet").read()
                for name in (*STANDARD, *TABLES)
            }
            return from_store(tables, task)
        except (OSError, KeyError, ValueError) as error:  # damaged: it is done again
            _LOG.warning("the kept run %s cannot be read (%s)", task.key, error)
            return None

    def _keep(self, key: str, glance: Glance) -> None:
        self._kept[key] = glance
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    # the queue

    def _next(self, lane: Lane, kind: Kind) -> Job | None:
        """The next job of a kind for a lane; waits for one. None when the desk is closed."""
        with self._lock:
            while not self._closed:
                waiting = [run for run in self._runs.values() if run.kind == kind and run.lane is None and run.tickets]
                if waiting and (not self._cold or lane is self._lanes[0]):  # one compiles for all
                    served = min(self._rank(one)[0] for one in waiting)
                    alike = [one for one in waiting if self._rank(one)[0] == served]
                    # rather one that begins in a region which the lane's process has at hand
                    run = min(alike, key=lambda one: (not lane.has(one.task.prepared), one.number))
                    run.lane = lane
                    session = min((t.session for t in run.tickets), key=lambda s: self._served.get(s, 0.0))
                    self._served[session] = self._served.get(session, 0.0) + 1.0
                    self._tell_all()
                    folder = str(self.store.folder.resolve()) if run.kind == "sure" else ""
                    return Job(run.number, run.task, folder, run.kind == "first", self._build)
                self._lock.wait()
        return None

    def _rank(self, run: _Run) -> tuple[float, int]:
        """Who was served least; who came first."""
        return min(self._served.get(ticket.session, 0.0) for ticket in run.tickets), run.number

    def _told(self, message: Message) -> None:
        with self._lock:
            run = self._by_number.get(message.number)
            if run is None:
                return
            if self._cold and message.kind != "stopped":  # by force, perhaps: nothing need be compiled yet
                self._cold = False
                self._lock.notify_all()
            if message.kind == "picture" and message.glance is not None:
                run.picture = message.glance
                for ticket in run.tickets:
                    ticket.take(run.task.key, message.glance)
                self._tell_all(run.tickets)
                return
            del self._by_number[message.number]
            if message.kind == "stopped" and run.tickets:  # asked for again meanwhile
                self._numbers += 1
                run.number, run.lane, run.picture = self._numbers, None, None
                self._by_number[run.number] = run
                self._lock.notify_all()
                return
            self._runs.pop(run.task.key, None)
            if message.kind == "done" and message.glance is not None:
                self._keep(run.task.key, message.glance)
                for ticket in run.tickets:
                    ticket.take(run.task.key, message.glance)
                self._tell_all()
            elif message.kind == "failed":
                self._fail(run, message.text)

    def _fail(self, run: _Run, text: str) -> None:
        id = hashlib.sha256(f"{run.task.key}{time.time_ns()}".encode()).hexdigest()[:8]
        _LOG.error("run %s of %s failed, number %s\n%s", run.task.key, run.task.prepared.name, id, text)
        for ticket in list(run.tickets):
            self._drop(ticket)
            ticket.tell("failed", fault=id)
        self._tell_all()

    def _end(self, ticket: Ticket) -> None:
        with self._lock:
            self._drop(ticket)
            ticket.tell("stopped")
            self._tell_all()

    def _drop(self, ticket: Ticket) -> None:
        """Nobody waits for what only this question needed."""
        if ticket in self._tickets:
            self._tickets.remove(ticket)
        for key, run in list(self._runs.items()):
            if ticket in run.tickets:
                run.tickets.remove(ticket)
                if not run.tickets:
                    if run.lane is not None:
                        run.lane.stop(run.number)
                    else:
                        del self._runs[key]
                        del self._by_number[run.number]

    # telling

    def _tell_all(self, only: Iterable[Ticket] | None = None) -> None:
        """Tell tickets where they stand; those that are done leave the desk."""
        for ticket in list(self._tickets if only is None else only):
            if ticket not in self._tickets:
                continue
            missing = {part: self._missing(ticket, part) for part in ("first", "sure")}
            if not missing["first"] and not missing["sure"]:
                self._tickets.remove(ticket)
                ticket.tell("done")
            elif missing["first"]:
                if self._cold:
                    ticket.tell("compiling")
                    continue
                begun = any(self._runs[key].lane is not None for key in missing["first"])
                seen = begun or any(ticket.known(key) for arm in ticket.keys["first"] for key in arm)
                ticket.tell("first" if seen else "waiting", 0 if begun else self._before(ticket, "first"))
            else:
                begun = any(self._runs[key].lane is not None for key in missing["sure"])
                ticket.tell("sure", 0 if begun else self._before(ticket, "sure"))

    def _missing(self, ticket: Ticket, part: str) -> list[str]:
        return [key for arm in ticket.keys[part] for key in arm if not ticket.known(key) and key in self._runs]

    def _before(self, ticket: Ticket, part: Kind) -> int:
        """Questions of others with a run under way or to come sooner, on the processes that this one waits for."""
        missing = [self._runs[key] for key in self._missing(ticket, part)]
        kind = missing[0].kind
        own = min(self._rank(run) for run in missing)
        sooner = [
            run for run in self._runs.values()
            if run.kind == kind and (run.lane is not None or self._rank(run) < own)
        ]  # fmt: skip
        return len({id(one) for run in sooner for one in run.tickets if one.session != ticket.session})


def _by_arm(pairs: list[list[Task]]) -> list[list[str]]:
    """Keys by scenario and pair, from tasks by pair and scenario."""
    return [[pair[arm].key for pair in pairs] for arm in range(len(pairs[0]))]
