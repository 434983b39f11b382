"""The jobs of a desk, done here and now instead of by its processes."""

from __future__ import annotations

from types import SimpleNamespace

from viz.desk import Desk
from viz.desk.desk import Kind
from viz.desk.lane import Lane
from viz.desk.work import Job, Message, _do

__all__ = ["Hands"]


class Hands:
    """Stands in for the lanes of a desk that was not entered."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def lane(self, kind: Kind) -> Lane:
        """The first lane for runs of a kind."""
        return self.desk._lanes[0 if kind == "first" else -1]

    def take(self, kind: Kind) -> Job:
        """The job that a lane gets next."""
        assert self.waiting(kind), "a lane would wait for ever"
        job = self.desk._next(self.lane(kind), kind)
        assert job is not None
        return job

    def waiting(self, kind: Kind) -> int:
        """Runs of a kind that nobody has taken."""
        return sum(run.kind == kind and run.lane is None and bool(run.tickets) for run in self.desk._runs.values())

    def sessions(self, job: Job) -> set[str]:
        """Who waits for a job."""
        return {ticket.session for ticket in self.desk._by_number[job.number].tickets}

    def tell(self, job: Job, kind: str, text: str = "") -> None:
        """A message about a job without a glance."""
        self.desk._told(Message(job.number, kind, text=text))  # type: ignore[arg-type]

    def picture(self, job: Job) -> None:
        """Tell only the first picture of a job."""
        self.desk._told(next(one for one in self._messages(job) if one.kind == "picture"))

    def end(self, job: Job) -> None:
        """Do a job and tell its end."""
        self.desk._told(self._messages(job)[-1])

    def all(self, kind: Kind) -> int:
        """Do what there is of a kind; how many jobs that was."""
        count = 0
        while self.waiting(kind):
            self.end(self.take(kind))
            count += 1
        return count

    def _messages(self, job: Job) -> list[Message]:
        sent: list[Message] = []
        _do(job, sent.append, SimpleNamespace(value=-1))
        return sent
