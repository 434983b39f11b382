"""Those who wait for a ticket are woken when something is new, and only then."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from experiments.glance import Glance, glance
from tests.viz.desk.asking import PATIENCE, base, question
from tests.viz.desk.canned import CannedModel
from viz.desk import Ticket


def ticket(ended: Callable[[Ticket], None] = lambda ticket: None) -> Ticket:
    return Ticket(question(base()), "one", [["small 0", "small 1"]], [["whole 0"]], 0.1, ended)


def picture(finished: bool) -> Glance:
    model = CannedModel(base())
    model.day = model.days_total
    return glance(model.tables(), base().region, base().scenario.start, finished=finished)


def test_a_change_wakes_who_waits_in_a_loop() -> None:
    one = ticket()

    async def wait() -> None:
        teller = threading.Timer(0.05, one.tell, ("first",))  # of another thread, as the desk does
        teller.start()
        await asyncio.wait_for(one.change(0, PATIENCE), PATIENCE / 2)
        teller.join()

    asyncio.run(wait())
    assert (one.standing.version, one.standing.stage) == (1, "first")
    assert not one._listeners


def test_who_is_behind_does_not_wait() -> None:
    one = ticket()
    one.tell("first")
    asyncio.run(asyncio.wait_for(one.change(0, PATIENCE), PATIENCE / 2))
    one.wait(0, PATIENCE)
    assert not one._listeners


def test_no_change_is_waited_for_no_longer_than_asked() -> None:
    one = ticket()
    asyncio.run(one.change(0, 0.01))
    one.wait(0, 0.01)
    assert one.standing.version == 0
    assert not one._listeners


def test_who_waits_may_give_up() -> None:
    one = ticket()

    async def wait() -> None:
        waiter = asyncio.ensure_future(one.change(0, PATIENCE))
        await asyncio.sleep(0)
        assert len(one._listeners) == 1
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter

    asyncio.run(wait())
    assert not one._listeners


def test_a_loop_that_has_ended_is_passed_over() -> None:
    one = ticket()
    loop = asyncio.new_event_loop()
    one._listeners.append((loop, asyncio.Event()))
    loop.close()
    one.tell("first")
    assert one.standing.stage == "first"


def test_the_same_again_is_no_news_and_a_picture_is() -> None:
    one = ticket()
    one.tell("first", 2)
    one.tell("first", 2)
    assert one.standing.version == 1
    one.take("small 0", picture(False))
    one.tell("first", 2)
    assert one.standing.version == 2
    one.tell("first", 1)
    assert (one.standing.version, one.standing.place) == (3, 1)


def test_only_ends_count_as_done() -> None:
    one = ticket()
    one.take("whole 0", picture(False))
    one.tell("sure")
    assert (one.standing.done, one.sure, one.first) == (0, None, None)
    one.take("whole 0", picture(True))
    one.tell("done")
    assert one.standing.done == 1 and one.sure is not None


def test_an_answer_is_made_once_for_what_is_known() -> None:
    one = ticket()
    one.take("small 0", picture(True))
    first, again = one.first, one.first
    assert first is not None and first.pairs == 1
    assert again is first
    one.take("small 1", picture(True))
    more = one.first
    assert more is not None and more.pairs == 2


def test_nothing_follows_the_end() -> None:
    asked: list[Ticket] = []
    one = ticket(asked.append)
    one.stop()
    assert asked == [one]
    one.tell("stopped")
    end = one.standing
    one.tell("sure")
    one.tell("failed", fault="12345678")
    one.stop()
    assert one.standing == end and asked == [one]


def test_a_ticket_of_a_warming_has_no_sure_answer() -> None:
    one = Ticket(question(base()), "", [["small 0"]], [[]], 0.1, lambda ticket: None)
    assert (one.sure, one.standing.total) == (None, 0)
