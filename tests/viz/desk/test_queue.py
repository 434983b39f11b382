"""Whose run is next, who is told of what, and what is kept: a desk whose jobs the test does itself."""

from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import replace
from pathlib import Path

import pytest

from tests.viz.desk.asking import PATIENCE, base, plan, question
from tests.viz.desk.canned import build
from tests.viz.desk.hands import Hands
from viz.desk import Desk
from viz.desk import desk as module
from viz.desk.beginnings import world
from viz.desk.work import Job


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """One that is not entered: it has no processes."""
    monkeypatch.setattr(module, "is_warm", lambda: True)
    return Desk(tmp_path / "runs", 1, build=build)


@pytest.fixture
def hands(desk: Desk) -> Hands:
    return Hands(desk)


def stopped(hands: Hands, job: Job) -> bool:
    """Whether the lane that has the job was told to stop it."""
    return bool(hands.desk._by_number[job.number].lane._unwanted.value == job.number)  # type: ignore[union-attr]


# stages


def test_stages_and_places(desk: Desk, hands: Hands) -> None:
    one, two = desk.ask(question(base(), plan(0.02)), "one"), desk.ask(question(base(), plan(0.021)), "two")
    assert [(k.standing.stage, k.standing.place) for k in (one, two)] == [("waiting", 0)] * 2
    job = hands.take("first")  # the baseline, for both
    assert hands.sessions(job) == {"one", "two"}
    assert [(k.standing.stage, k.standing.place) for k in (one, two)] == [("first", 0), ("first", 0)]
    assert one.first is None
    hands.end(job)
    assert two.standing.stage == "first"  # it has begun, though nothing is under way
    while hands.waiting("first"):
        hands.end(hands.take("first"))
    assert (one.standing.stage, one.standing.done, one.standing.total) == ("sure", 0, 2)
    assert one.first is not None and one.first.pairs == 2 and one.sure is None
    assert hands.all("sure") == 3
    assert [(k.standing.stage, k.standing.done) for k in (one, two)] == [("done", 2), ("done", 2)]
    assert one.sure is not None and one.sure.finished
    assert not desk._runs and not desk._by_number and not desk._tickets


def test_the_place_says_how_many_come_before(desk: Desk, hands: Hands) -> None:
    tickets = [desk.ask(question(plan(0.02 + 0.001 * k)), f"session {k}") for k in range(4)]
    assert [one.standing.place for one in tickets] == [0, 1, 2, 3]
    tickets[1].stop()
    assert [one.standing.place for one in tickets if one.standing.running] == [0, 1, 2]
    hands.all("first")
    job = hands.take("sure")
    assert [one.standing.place for one in tickets if one.standing.running] == [0, 1, 2]
    hands.end(job)
    assert [one.standing.place for one in tickets if one.standing.running] == [0, 1]


def test_those_past_their_first_answer_are_not_before_who_waits_for_it(desk: Desk, hands: Hands) -> None:
    early = desk.ask(question(base(), plan(0.02), pairs=5), "early")
    hands.all("first")
    assert early.standing.stage == "sure"
    late = desk.ask(question(base(), plan(0.021)), "late")
    assert (late.standing.stage, late.standing.place) == ("first", 0)  # the baseline of its first answer is known


def test_pictures_come_while_a_run_goes_on(desk: Desk, hands: Hands) -> None:
    ticket = desk.ask(question(base()), "one")
    jobs = hands.take("first"), hands.take("first")
    for job in jobs:
        hands.picture(job)
    first = ticket.first
    assert first is not None and not first.finished and first.contrasts == ()
    assert len(first.glances[0][0].months) == 3
    same = desk.ask(question(base()), "two")
    assert same.first is not None  # it need not wait for the next one
    for job in jobs:
        hands.end(job)
    assert ticket.first is not None and ticket.first.finished


def test_one_process_compiles_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_warm", lambda: False)
    desk = Desk(tmp_path / "runs", 1, build=build)
    hands = Hands(desk)
    ticket = desk.ask(question(base()), "one")
    assert ticket.standing.stage == "compiling"
    job = hands.take("first")
    got = threading.Event()

    def wait() -> None:
        desk._next(desk._lanes[1], "first")
        got.set()

    waiter = threading.Thread(target=wait, daemon=True)
    waiter.start()
    hands.tell(job, "stopped")  # by force perhaps, before anything was compiled
    job = hands.take("first")
    assert not got.is_set()
    hands.picture(job)
    assert got.wait(PATIENCE)
    waiter.join(PATIENCE)
    with desk._lock:
        assert sum(run.lane is not None for run in desk._runs.values()) == 2


def test_only_who_is_concerned_is_told(desk: Desk, hands: Hands) -> None:
    one, two = desk.ask(question(plan(0.02)), "one"), desk.ask(question(plan(0.021)), "two")
    jobs = hands.take("first"), hands.take("first")
    (job,) = (one for one in jobs if hands.sessions(one) == {"one"})
    before = one.standing.version, two.standing.version
    hands.picture(job)
    assert one.standing.version == before[0] + 1
    hands.end(job)
    assert one.standing.version == before[0] + 2
    assert two.standing.version == before[1]


# turns


def test_sessions_take_turns_and_who_comes_late_does_not_go_before_all(desk: Desk, hands: Hands) -> None:
    def turns(count: int) -> list[str]:
        found: list[str] = []
        for _ in range(count):
            job = hands.take("sure")
            found += hands.sessions(job)
            hands.end(job)
        return found

    desk.ask(question(plan(0.02), pairs=12), "early")
    assert turns(5) == ["early"] * 5
    desk.ask(question(plan(0.021), pairs=12), "late")
    found = turns(8)
    assert (found.count("early"), found.count("late")) == (4, 4)


def test_a_process_goes_on_with_the_people_that_it_has(desk: Desk, hands: Hands) -> None:
    lane = hands.lane("first")
    second = replace(base(), seed=2, share=0.1)
    lane._worlds = {world(second)}
    desk.ask(question(base(), plan(0.02)), "one")
    assert [hands.take("first").task.prepared.seed for _ in range(4)] == [2, 2, 1, 1]
    desk.ask(question(base(), plan(0.03)), "one")
    desk.ask(question(base(), plan(0.04)), "two")
    lane._worlds = {world(replace(second, seed=1))}
    jobs = [hands.take("first") for _ in range(2)]
    assert hands.sessions(jobs[0]) != hands.sessions(jobs[1])  # sessions take turns all the same
    assert [job.task.prepared.seed for job in jobs] == [1, 1]


def test_what_somebody_got_long_ago_does_not_count(desk: Desk, hands: Hands) -> None:
    desk.ask(question(plan(0.02), pairs=6), "busy")
    hands.all("first")
    hands.all("sure")
    desk.ask(question(plan(0.021), pairs=4), "other")
    desk.ask(question(plan(0.022), pairs=4), "busy")
    found: list[str] = []
    for _ in range(4):
        job = hands.take("sure")
        found += hands.sessions(job)
        hands.end(job)
    assert (found.count("other"), found.count("busy")) == (2, 2)


def test_warming_comes_after_people_and_serves_them(desk: Desk, hands: Hands) -> None:
    desk.warm(question(base()))
    ticket = desk.ask(question(plan(0.02)), "one")
    assert ticket.standing.place == 0
    assert hands.sessions(hands.take("first")) == {"one"}
    assert hands.sessions(hands.take("first")) == {"one"}
    hands.all("first")
    at_once = desk.ask(question(base()), "two")
    assert at_once.standing.stage == "sure"
    assert at_once.first is not None and at_once.first.finished
    assert all(one.session for one in desk._tickets)  # the warming is over


# shared runs


def test_one_run_serves_all_who_ask_for_it(desk: Desk, hands: Hands) -> None:
    tickets = [desk.ask(question(base(), plan(0.02)), f"session {k}") for k in range(3)]
    assert (hands.all("first"), hands.all("sure")) == (4, 2)
    found = [one.sure for one in tickets]
    assert len({id(one.glances[1][0]) for one in found if one is not None}) == 1
    again = desk.ask(question(base(), plan(0.02)), "late")
    assert again.standing.stage == "done" and again.sure is not None


def test_a_run_is_stopped_when_nobody_wants_it_any_more(desk: Desk, hands: Hands) -> None:
    one, two = (desk.ask(question(base()), name) for name in ("one", "two"))
    job = hands.take("sure")
    one.stop()
    assert not stopped(hands, job)
    two.stop()
    assert stopped(hands, job)
    assert (one.standing.stage, two.standing.stage) == ("stopped", "stopped")
    assert hands.waiting("first") == 0  # what was not begun is forgotten at once
    hands.tell(job, "stopped")
    assert not desk._runs and not desk._by_number


def test_a_run_that_is_wanted_again_while_it_stops_begins_anew(desk: Desk, hands: Hands) -> None:
    desk.ask(question(base()), "one").stop()
    one = desk.ask(question(base()), "one")
    job = hands.take("first")
    hands.picture(job)
    one.stop()
    two = desk.ask(question(base()), "two")
    hands.tell(job, "stopped")
    (again,) = (one for one in (hands.take("first"), hands.take("first")) if one.task.key == job.task.key)
    assert again.number != job.number  # the old one would stop it at once
    hands.end(again)
    for number, run in list(desk._by_number.items()):
        if run.kind == "first":
            hands.end(Job(number, run.task, "", False, build))
    hands.all("sure")
    assert two.standing.stage == "done"


def test_a_small_part_is_its_own_sample(desk: Desk, hands: Hands) -> None:
    small = replace(base(), share=0.01)  # no smaller one makes sense: first and sure answer need the same runs
    ticket = desk.ask(question(small, pairs=2), "one")
    assert len(desk._runs) == 2
    ticket.stop()
    assert not desk._runs
    again = desk.ask(question(small, pairs=2), "one")
    assert hands.all("first") == 2
    assert again.standing.stage == "done" and again.sure is not None and not again.sure.sample


# ends


def test_a_failure_concerns_those_who_wait_for_the_run(
    desk: Desk, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = (desk.ask(question(base(), plan(0.02)), name) for name in ("one", "two"))
    other = desk.ask(question(plan(0.021)), "three")
    job = hands.take("first")
    assert hands.sessions(job) == {"one", "two"}
    hands.tell(job, "failed", "Traceback: why")
    assert one.standing.stage == two.standing.stage == "failed"
    assert one.standing.fault == two.standing.fault and one.standing.fault in caplog.text
    assert "Traceback: why" in caplog.text
    hands.all("first")
    hands.all("sure")
    assert other.standing.stage == "done"
    assert not desk._runs


def test_a_session_that_leaves_is_forgotten(desk: Desk, hands: Hands) -> None:
    tickets = [desk.ask(question(plan(0.02 + 0.001 * k), pairs=5), "one") for k in range(3)]
    other = desk.ask(question(base()), "two")
    jobs = [hands.take("first"), hands.take("sure")]
    desk.leave("one")
    assert {one.standing.stage for one in tickets} == {"stopped"}
    assert other.standing.running and other.standing.place == 0
    assert "one" not in desk._served
    for job in jobs:
        hands.tell(job, "stopped")
    gone = [weakref.ref(one) for one in tickets]
    del tickets
    gc.collect()
    assert [one() for one in gone] == [None] * 3
    hands.all("first")
    hands.all("sure")
    assert other.standing.stage == "done"


def test_many_sessions_come_and_go_and_nothing_piles_up(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", 5)
    for k in range(8):
        desk.ask(question(plan(0.02 + 0.001 * k)), f"session {k}")
        hands.all("first")
        if k % 2:
            hands.all("sure")
        desk.leave(f"session {k}")
    assert not desk._tickets and not desk._runs and not desk._by_number
    assert len(desk._kept) == 5 and set(desk._served) == {""}


def test_a_question_ends_with_the_desk(desk: Desk) -> None:
    ticket = desk.ask(question(base()), "one")
    desk._close()
    assert ticket.standing.stage == "stopped"
    assert desk.ask(question(base()), "one").standing.stage == "stopped"
    assert desk._next(desk._lanes[0], "first") is None


# what is kept


def test_the_store_answers_after_a_restart(desk: Desk, hands: Hands) -> None:
    asked = question(base(), plan(0.02), pairs=2)
    ticket = desk.ask(asked, "one")
    hands.all("first")
    hands.all("sure")
    again = Desk(desk.store.folder, 1, build=build).ask(asked, "two")
    assert again.standing.done == again.standing.total == 4
    before, after = ticket.sure, again.sure
    assert before is not None and after is not None
    for name in ("contrasts", "groups", "courses", "costs"):
        made, kept = getattr(before, name), getattr(after, name)
        assert repr(kept) == repr(made)  # in words, since nothing equals a number that is none
    assert after.groups and after.courses and after.costs


def test_a_kept_run_that_is_damaged_is_done_again(desk: Desk, hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    asked = question(base(), pairs=2)
    desk.ask(asked, "one")
    hands.all("first")
    hands.all("sure")
    (damaged, *_) = sorted((desk.store.folder / "tables" / "people_month").iterdir())
    damaged.write_bytes(b"PAR1")
    anew = Desk(desk.store.folder, 1, build=build)
    ticket = anew.ask(asked, "two")
    assert (ticket.standing.done, ticket.standing.total) == (1, 2)
    assert damaged.stem in caplog.text
    assert Hands(anew).all("sure") == 1
    assert ticket.standing.done == 2
    assert Desk(desk.store.folder, 1, build=build).ask(asked, "three").standing.done == 2


def test_a_sample_stands_for_the_whole(desk: Desk, hands: Hands) -> None:
    ticket = desk.ask(question(base(), plan(0.02), pairs=2), "one")
    hands.all("first")
    hands.all("sure")
    first, sure = ticket.first, ticket.sure
    assert first is not None and sure is not None and (first.share, sure.share) == (0.1, 1.0)
    small, whole = ({one.indicator: one for one in answer.every} for answer in (first, sure))
    assert small["without_gp"].arm.mean == pytest.approx(10 * whole["without_gp"].arm.mean)  # a number adds up
    assert small["without_gp"].difference.mean == pytest.approx(10 * whole["without_gp"].difference.mean)
    assert small["gp_load"].arm.mean == pytest.approx(whole["gp_load"].arm.mean)  # a ratio does not
    courses = [{one.indicator: one for one in answer.courses} for answer in (first, sure)]
    assert courses[0]["without_gp"].mean == pytest.approx([10 * one for one in courses[1]["without_gp"].mean])
