"""The desk: questions of many sessions, answered twice, whatever happens to processes."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.prepare import Prepared, prepare
from tests.viz.desk.canned import DIES, DIES_ONCE, FAILS, SLOW, build
from viz.desk import Desk, Ticket

PATIENCE = 60.0


@pytest.fixture(scope="module")
def base() -> Prepared:
    return prepare("twente", seed=1, years=1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DELTAPLAN_TEST_MARK", str(folder / "mark"))
        with Desk(folder / "runs", 1, build=build) as opened:
            yield opened


def plan(base: Prepared, value: float, years: int = 1) -> Prepared:
    """The baseline with another share of missed appointments."""
    one = prepare("twente", seed=1, years=years, parameters={"care.no_show": value})
    return replace(one, name=f"plan-{one.scenario_hash[:8]}")


def question(*scenarios: Prepared, pairs: int = 2) -> Request:
    return Request(scenarios, (), Rule(pairs, pairs), 1)


def until(ticket: Ticket, wanted: Callable[[Ticket], bool]) -> None:
    """Wait until the ticket is so."""
    end = time.monotonic() + PATIENCE
    while not wanted(ticket):
        assert time.monotonic() < end, ticket.standing
        ticket.wait(ticket.standing.version, 1.0)


def ended(ticket: Ticket) -> bool:
    return not ticket.standing.running


def test_first_an_impression_then_the_whole_region(desk: Desk, base: Prepared) -> None:
    ticket = desk.ask(question(base, plan(base, 0.02)), "one")
    until(ticket, ended)
    assert ticket.standing.stage == "done"
    assert (ticket.standing.done, ticket.standing.total) == (4, 4)
    first, sure = ticket.first, ticket.sure
    assert first is not None and sure is not None
    assert first.sample and not sure.sample
    assert (first.share, sure.share) == (0.1, 1.0)
    found = {one.indicator: one for one in sure.contrasts}["without_gp"]
    assert found.difference.mean == pytest.approx(1e6 * (0.02 - base.parameters.number("care.no_show")))
    assert {one.indicator: one for one in first.contrasts}["without_gp"].difference.mean == pytest.approx(
        10 * found.difference.mean
    )  # a tenth stands for the whole
    assert sure.finished and sure.pairs == 2 and len(sure.groups) > 0


def test_what_is_known_is_answered_at_once_also_after_a_restart(tmp_path: Path, base: Prepared) -> None:
    asked = question(base, plan(base, 0.02))
    with Desk(tmp_path / "runs", 1, build=build) as desk:
        ticket = desk.ask(asked, "one")
        until(ticket, ended)
        before = ticket.sure
        assert desk.ask(asked, "two").standing.stage == "done"
    with Desk(tmp_path / "runs", 1, build=build) as desk:
        own = {lane.pid for lane in desk._lanes}
        again = desk.ask(asked, "three")
        assert again.standing.done == again.standing.total
        assert before is not None and again.sure is not None
        for kept, made in zip(
            (again.sure.contrasts, again.sure.groups, again.sure.courses, again.sure.costs),
            (before.contrasts, before.groups, before.courses, before.costs),
            strict=True,
        ):
            assert repr(kept) == repr(made)  # in words, since nothing equals a number that is none
    end = time.monotonic() + PATIENCE
    while any(process.pid in own for process in multiprocessing.active_children()):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert not [lane for lane in desk._lanes if lane._thread.is_alive()]


def test_one_run_serves_all_who_ask_for_it(desk: Desk, base: Prepared) -> None:
    asked = question(base, plan(base, 0.0205), pairs=1)
    tickets = [desk.ask(asked, f"session {k}") for k in range(3)]
    with desk._lock:
        assert len(desk._runs) <= 6  # two of a sample and one of the region, by scenario
    for ticket in tickets:
        until(ticket, ended)
        assert ticket.standing.stage == "done"
    assert len({id(ticket.sure.glances[1][0]) for ticket in tickets if ticket.sure is not None}) == 1


def test_twenty_sessions_get_each_its_own(desk: Desk, base: Prepared) -> None:
    values = [0.011 + 0.0005 * k for k in range(20)]
    questions = [question(base, plan(base, value), pairs=1) for value in values]
    tickets = [desk.ask(one, f"session {k}") for k, one in enumerate(questions)]
    assert max(ticket.standing.place for ticket in tickets) > 0  # somebody waits, and is told how long the queue is
    for value, ticket in zip(values, tickets, strict=True):
        until(ticket, ended)
        assert ticket.sure is not None
        assert ticket.sure.glances[1][0].region["without_gp"][-1] == round(1e6 * value) + 1


def test_a_stopped_question_ends_and_frees_the_process(desk: Desk, base: Prepared) -> None:
    slow = desk.ask(question(base, plan(base, SLOW, 10), pairs=5), "one")
    until(slow, lambda ticket: ticket.standing.stage in {"first", "sure"})
    slow.stop()
    assert slow.standing.stage == "stopped"
    quick = desk.ask(question(base, plan(base, 0.02), pairs=1), "two")
    until(quick, ended)
    assert quick.standing.stage == "done"


def test_a_session_that_leaves_is_forgotten(desk: Desk, base: Prepared) -> None:
    ticket = desk.ask(question(base, plan(base, SLOW, 10), pairs=5), "one")
    desk.leave("one")
    assert ticket.standing.stage == "stopped"
    with desk._lock:
        assert not desk._tickets
        assert all(run.lane is not None for run in desk._runs.values())


def test_a_run_that_fails_gives_a_number_and_no_traceback(
    desk: Desk, base: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        ticket = desk.ask(question(base, plan(base, FAILS), pairs=1), "one")
        until(ticket, ended)
    assert ticket.standing.stage == "failed"
    assert len(ticket.standing.fault) == 8
    assert ticket.standing.fault in caplog.text and "broken on purpose" in caplog.text


def test_a_process_that_ends_is_replaced_and_its_run_begun_again(desk: Desk, base: Prepared) -> None:
    ticket = desk.ask(question(base, plan(base, DIES_ONCE), pairs=1), "one")
    until(ticket, ended)
    assert ticket.standing.stage == "done"


def test_a_run_that_ends_its_process_twice_has_failed(desk: Desk, base: Prepared) -> None:
    ticket = desk.ask(question(base, plan(base, DIES), pairs=1), "one")
    until(ticket, ended)
    assert ticket.standing.stage == "failed"
    other = desk.ask(question(base, plan(base, 0.02), pairs=1), "two")
    until(other, ended)
    assert other.standing.stage == "done"


def test_it_needs_a_process() -> None:
    with pytest.raises(ValueError, match="one process or more"):
        Desk(Path("nowhere"), 0)
