"""What a lane makes of what its process says, and of its silence."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from experiments.prepare import Prepared
from experiments.runs.task import Task
from tests.viz.desk.asking import PATIENCE, base
from viz.desk import lane as module
from viz.desk.lane import Lane
from viz.desk.work import Job, Message, Stopped, _do

PICTURE, DONE = Message(7, "picture"), Message(7, "done")


class Process:
    """One whose life is written: what it says, its end for None, and silence until it is terminated for an ellipsis."""

    pid = 1

    def __init__(self, says: Iterable[object]) -> None:
        self.says = list(says)
        self.terminated = self.closed = False
        self.heard: list[Job] = []

    def send(self, job: Job) -> None:
        self.heard.append(job)
        if self.says == [OSError]:
            raise BrokenPipeError

    def poll(self, seconds: float) -> bool:
        return self.says[0] is not ... or self.terminated

    def recv(self) -> object:
        said = self.says.pop(0)
        if said is None or said is ...:
            raise EOFError
        return said

    def terminate(self) -> None:
        self.terminated = True

    def join(self, seconds: float | None = None) -> None:
        pass

    def is_alive(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True


class Written(Lane):
    """With processes whose lives are written."""

    def __init__(self, *lives: Iterable[object]) -> None:
        self.told: list[Message] = []
        super().__init__(lambda: None, self.told.append)
        self.lives = [Process(one) for one in lives]
        self.begun = 0
        self._begin()

    def _begin(self) -> bool:
        self._process = self._connection = self.lives[self.begun]
        self.begun += 1
        return not self._closed


def refuse(prepared: Prepared) -> Any:
    raise AssertionError("it was begun")


def job(build: Any = refuse) -> Job:
    return Job(7, Task.of(base(), None, ()), "", True, build)


def test_pictures_are_passed_on_and_the_end_is_the_outcome() -> None:
    lane = Written([PICTURE, PICTURE, DONE])
    assert lane._do(job()) is DONE
    assert lane.told == [PICTURE, PICTURE]


@pytest.mark.parametrize("death", [None, OSError])
def test_a_run_is_begun_again_once(death: object, caplog: pytest.LogCaptureFixture) -> None:
    lane = Written([death], [PICTURE, DONE])
    assert lane._do(job()) is DONE
    assert (lane.begun, len(lane.lives[1].heard), lane.lives[0].closed) == (2, 1, True)
    assert [one.levelno for one in caplog.records] == [logging.WARNING]


def test_and_not_more_than_once() -> None:
    lane = Written([None], [PICTURE, None], [DONE])
    last = lane._do(job())
    assert last is not None and (last.kind, last.number) == ("failed", 7) and "twice" in last.text
    assert lane.begun == 3  # it has a process for the next run
    assert not lane.lives[2].heard


def test_what_nobody_wants_is_not_begun_again() -> None:
    lane = Written([None], [DONE])
    lane.stop(7)
    last = lane._do(job())
    assert last is not None and (last.kind, last.number) == ("stopped", 7)
    assert lane.begun == 2 and not lane.lives[1].heard


def test_a_stop_that_concerns_another_run_does_not_count() -> None:
    lane = Written([None], [DONE])
    lane.stop(6)
    assert lane._do(job()) is DONE


def test_a_process_has_the_samples_that_it_has_begun() -> None:
    lane = Written([DONE, DONE, None], [DONE])
    own, other = job(), Job(7, Task.of(replace(base(), seed=2), None, ()), "", True, refuse)
    assert not lane.has(own.task.prepared)
    lane._do(own)
    lane._do(replace(other, told=False))  # not a sample
    assert lane.has(own.task.prepared) and not lane.has(other.task.prepared)
    lane._do(other)  # another process does this one
    assert lane.has(other.task.prepared) and not lane.has(own.task.prepared)


def test_silence_is_borne_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GRACE", 0.0)
    lane = Written([...], [DONE])
    lane.stop(7)
    last = lane._do(job())
    assert last is not None and last.kind == "stopped"
    assert lane.lives[0].terminated and not lane.lives[1].terminated


def test_a_closed_lane_begins_nothing() -> None:
    lane = Written([None], [DONE])
    lane.close()
    assert lane._do(job()) is None
    assert lane.begun == 1 and lane.lives[0].terminated
    during = Written([None], [DONE])
    during.lives[0].join = lambda seconds=None: during.close()  # type: ignore[method-assign]  # between two processes
    assert during._do(job()) is None
    assert not during.lives[1].heard


def test_a_process_that_begins_while_the_lane_closes_is_ended() -> None:
    lane = Lane(lambda: None, lambda message: None)
    lane.close()
    assert not lane._begin()
    process = lane._process
    lane.join(PATIENCE)
    assert process.exitcode is not None and lane.pid is None


def test_a_run_that_was_stopped_before_it_began_does_not_begin() -> None:
    sent: list[Message] = []
    with pytest.raises(Stopped):
        _do(job(), sent.append, SimpleNamespace(value=7))
    with pytest.raises(AssertionError, match="begun"):
        _do(job(), sent.append, SimpleNamespace(value=6))
    assert not sent
