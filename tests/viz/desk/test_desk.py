"""The desk with its processes: questions of many sessions, answered twice, whatever happens to processes."""

from __future__ import annotations

import functools
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.viz.desk.asking import PATIENCE, base, ended, plan, question, until
from tests.viz.desk.canned import DIES, FAILS, SLOW, STUCK, build
from viz.desk import Desk, Ticket, lane
from viz.desk import desk as module
from viz.desk.lane import Lane

STAGES = ("compiling", "waiting", "first", "sure", "done")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("desk") / "runs", 1, build=build) as opened:
        yield opened


def lane_of(desk: Desk, ticket: Ticket) -> Lane:
    """Where its run of the whole region is under way."""

    def begun() -> list[Lane]:
        return [run.lane for run in desk._runs.values() if run.kind == "sure" and run.lane and ticket in run.tickets]

    until(ticket, lambda ticket: ticket.standing.stage == "sure" and ticket.standing.place == 0)
    with desk._lock:
        (found,) = begun()
    return found


def well(desk: Desk) -> bool:
    """Whether it answers another question, not known before."""
    number = next(_numbers)
    ticket = desk.ask(question(plan(0.05 + 0.0001 * number)), f"well {number}")
    until(ticket, ended)
    return ticket.standing.stage == "done"


_numbers = iter(range(1000))


def test_first_an_impression_then_the_whole_region(desk: Desk) -> None:
    ticket = desk.ask(question(base(), plan(0.02), pairs=2), "one")
    seen = [ticket.standing]
    while seen[-1].running:
        until(ticket, lambda ticket: ticket.standing.version != seen[-1].version)
        seen.append(ticket.standing)
    assert [one.version for one in seen] == sorted({one.version for one in seen})
    ranks = [STAGES.index(one.stage) for one in seen]
    assert ranks == sorted(ranks) and seen[-1].stage == "done"
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert (ticket.standing.done, ticket.standing.total) == (4, 4)
    first, sure = ticket.first, ticket.sure
    assert first is not None and sure is not None
    assert first.sample and not sure.sample
    assert (first.share, sure.share) == (0.1, 1.0)
    assert sure.finished and sure.pairs == 2 and len(sure.groups) > 0
    found = {one.indicator: one for one in sure.contrasts}["without_gp"]
    assert found.difference.mean == pytest.approx(1e6 * (0.02 - base().parameters.number("care.no_show")))


def test_twenty_sessions_at_once_get_each_its_own(desk: Desk) -> None:
    values = [0.011 + 0.0005 * k for k in range(20)]
    questions = [question(base(), plan(value)) for value in values]
    together = threading.Barrier(len(values), timeout=PATIENCE)

    def session(k: int) -> Ticket:
        together.wait()
        ticket = desk.ask(questions[k], f"session {k}")
        until(ticket, ended)
        return ticket

    with ThreadPoolExecutor(len(values)) as pool:
        tickets = list(pool.map(session, range(len(values))))
    for value, ticket in zip(values, tickets, strict=True):
        assert ticket.standing.stage == "done"
        for answer in (ticket.first, ticket.sure):
            assert answer is not None
            for pair in range(answer.pairs):
                told = answer.glances[1][pair].region["without_gp"][-1]
                assert told == round(1e6 * value) + 1 + pair
    assert not desk._tickets and not desk._runs


def test_a_stopped_run_ends_soon_and_its_process_goes_on(desk: Desk) -> None:
    slow = desk.ask(question(plan(SLOW, 20)), "one")  # half a minute, were it not stopped
    own = lane_of(desk, slow)
    before = own.pid
    began = time.monotonic()
    slow.stop()
    assert slow.standing.stage == "stopped"
    assert well(desk)
    assert time.monotonic() - began < 10.0
    assert own.pid == before


def test_a_run_that_does_not_end_its_month_is_ended_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "_GRACE", 0.1)
    sign = tmp_path / "stuck"
    with Desk(tmp_path / "runs", 1, build=functools.partial(build, sign=sign)) as desk:
        stuck = desk.ask(question(plan(STUCK)), "one")
        own = lane_of(desk, stuck)
        end = time.monotonic() + PATIENCE
        while not sign.exists():  # before, it would be stopped without force
            assert time.monotonic() < end
            time.sleep(0.02)
        before = own.pid
        stuck.stop()
        assert well(desk)
        assert own.pid != before


def test_a_process_that_is_killed_is_replaced_and_its_run_begun_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ticket = desk.ask(question(plan(SLOW)), "one")
    own = lane_of(desk, ticket)
    before = own.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    until(ticket, ended)
    assert ticket.standing.stage == "done" and ticket.sure is not None
    assert ticket.sure.glances[0][0].region["without_gp"][-1] == round(1e6 * SLOW) + 1
    assert own.pid != before
    assert [one.message.startswith("a process ended under run") for one in caplog.records] == [True]


def test_a_run_that_ends_its_process_twice_has_failed(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    ticket = desk.ask(question(plan(DIES)), "one")
    until(ticket, ended)
    assert ticket.standing.stage == "failed"
    assert ticket.standing.fault in caplog.text and "ended twice" in caplog.text
    assert well(desk)


def test_a_run_that_fails_gives_a_number_and_no_traceback(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        ticket = desk.ask(question(base(), plan(FAILS)), "one")
        until(ticket, ended)
    assert ticket.standing.stage == "failed"
    assert len(ticket.standing.fault) == 8
    assert ticket.standing.fault in caplog.text and "broken on purpose" in caplog.text
    assert "Traceback" in caplog.text and "broken" not in repr(ticket.standing)
    assert well(desk)


def test_a_job_that_cannot_be_sent_has_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(desk, "_build", lambda _: None)  # which no other process can find
        ticket = desk.ask(question(plan(0.0209)), "one")
        until(ticket, ended)
    assert ticket.standing.stage == "failed"
    assert ticket.standing.fault in caplog.text and "Traceback" in caplog.text
    assert well(desk)


def test_nothing_is_left_when_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_warm", lambda: True)
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    with Desk(tmp_path / "runs", 2, build=build) as desk:
        tickets = [desk.ask(question(base(), plan(SLOW, 20), pairs=3), name) for name in ("one", "two")]
        until(tickets[0], lambda ticket: ticket.standing.stage == "first")
        pids = [one.pid for one in desk._lanes]
        assert len({one.pid for one in multiprocessing.active_children()} & {*pids}) == 4
    assert [one.standing.stage for one in tickets] == ["stopped", "stopped"]
    assert set(multiprocessing.active_children()) <= children
    assert set(threading.enumerate()) <= threads
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    late = desk.ask(question(base()), "late")
    assert late.standing.stage == "stopped"


def test_processes_that_start_late_leave_the_cores_to_the_page_and_then_to_first_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_warm", lambda: True)
    with Desk(tmp_path / "runs", 1, build=build, late=True) as desk:
        ticket = desk.ask(question(base()), "one")
        assert [one.pid for one in desk._lanes] == [None] * 3 and ticket.standing.stage == "waiting"
        desk.begin()
        desk.begin()
        assert [one.pid is None for one in desk._lanes] == [False, False, True]
        until(ticket, lambda ticket: ticket.standing.stage == "sure")
        until(ticket, ended)
        assert ticket.standing.stage == "done" and desk._lanes[2].pid is not None


def test_nothing_is_left_when_it_cannot_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    desk = Desk(tmp_path / "runs", 1, build=build)

    def refuse() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(desk._lanes[1], "start", refuse)
    with pytest.raises(OSError, match="no more processes"), desk:
        pass
    assert set(multiprocessing.active_children()) <= children
    assert set(threading.enumerate()) <= threads


def test_it_needs_a_process() -> None:
    with pytest.raises(ValueError, match="one process or more"):
        Desk(Path("nowhere"), 0)
