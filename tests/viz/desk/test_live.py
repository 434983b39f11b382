"""A live model steps, ends, and is not had without limit."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from tests.viz.desk.asking import PATIENCE, base
from viz.desk import live as module
from viz.desk.live import Crowded, Live


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Places and processes are given back."""
    before = set(multiprocessing.active_children())
    yield
    assert Live._open == 0
    assert set(multiprocessing.active_children()) <= before


def test_weeks_pass() -> None:
    with closing(Live(base(), 0.01)) as live:
        first, later = live.step(), live.step(8)
        assert (first.date, later.date) == ("2025-01-08", "2025-03-05")
        assert not first.finished
        assert later.people > 5_000 and later.counts["needs"] > 0
        assert later.number.size == later.list_size.size == later.wait.size > 0
        assert later.list_size.sum() + later.without_gp <= later.people
        assert live.step(60).finished
        assert live.step().date == "2026-01-01"  # beyond the end nothing moves


def test_not_without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    with closing(Live(base(), 0.01)):
        second = Live(base(), 0.01)
        with pytest.raises(Crowded, match="2 models"):
            Live(base(), 0.01)
        second.close()
        second.close()  # gives one place back, not two
        with closing(Live(base(), 0.01)), pytest.raises(Crowded):
            Live(base(), 0.01)


def test_a_process_that_ended_is_said() -> None:
    live = Live(base(), 0.01)
    live._process.kill()
    with pytest.raises(RuntimeError, match="ended"):
        live.step()
    assert not live.closed
    live.close()
    assert live.closed
    with pytest.raises(RuntimeError, match="ended"):
        live.step()


def test_a_step_under_way_ends_when_the_model_is_closed() -> None:
    live = Live(base(), 0.01)
    found: list[BaseException] = []
    begun = threading.Event()

    def step() -> None:
        begun.set()
        try:
            live.step(52)
        except RuntimeError as error:
            found.append(error)

    stepper = threading.Thread(target=step, daemon=True)
    stepper.start()
    assert begun.wait(PATIENCE)
    live.close()
    stepper.join(PATIENCE)
    assert not stepper.is_alive() and len(found) == 1
    assert live._process.exitcode is not None


def descriptors() -> int:
    """Files and pipes that are open here."""
    return sum(1 for _ in Path("/dev/fd").iterdir())


def test_a_process_that_cannot_begin_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: SpawnProcess) -> None:
        raise OSError("no more processes")

    before = descriptors()
    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with pytest.raises(OSError, match="no more processes"):
        Live(base(), 0.01)
    assert descriptors() == before
