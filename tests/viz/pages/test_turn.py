"""Pages that follow their runs are drawn one after another, and not where nobody looks."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from tests.viz.screen import screen, soon
from tests.viz.tiny import SHARE, room
from viz.pages import progress
from viz.pages.explore import Explore
from viz.pages.progress import finished
from viz.pages.texts import say
from viz.pages.turn import seen, turn


def test_one_at_a_time_with_a_rest_as_long_as_the_work() -> None:
    spans: list[tuple[float, float]] = []

    def draw() -> None:
        with turn():
            begin = time.perf_counter()
            end = time.thread_time() + 0.05
            while time.thread_time() < end:
                pass
            spans.append((begin, time.perf_counter()))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    spans.sort()
    assert len(spans) == 4
    assert all(after[0] - before[1] > 0.04 for before, after in pairwise(spans))


def test_a_fault_ends_the_turn() -> None:
    with pytest.raises(KeyError), turn():
        raise KeyError
    with turn():
        pass


def test_without_a_session_somebody_looks() -> None:
    assert seen()


def test_what_came_while_nobody_looked_is_shown_when_somebody_does(monkeypatch: pytest.MonkeyPatch) -> None:
    looking = threading.Event()
    monkeypatch.setattr(progress, "seen", looking.is_set)
    made, desk = room("nl")
    with screen(Explore(made, "nl", False)) as page:
        desk.sure()
        time.sleep(0.3)
        assert say("no_answer", "nl") in page.text
        looking.set()
        soon(lambda: finished(3, SHARE, "nl") in page.text)
