"""Queues with urgency: by hand, tick by tick, cut into periods, and against the formula of Cobham."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.priority_queue import LEFT, PriorityQueues, priority_queue
from sim.care.servers import NEVER
from sim.source import COMPILED
from tests.verification.theory import assert_near, cobham
from tests.verification.ticks import GONE, Case, random_case, watch

Ints = npt.NDArray[np.int64]
AFTER = 1000
"""A time by which every hand-made and random case has come to rest."""


def ints(*values: int) -> Ints:
    return np.array(values, np.int64)


def run(case: Case, cuts: Sequence[int] = (), room: int = 64, servers: int = 3) -> dict[int, tuple[int, int, int]]:
    """(arrival, start, end) of every customer who started or left; the run is cut into periods at ``cuts``."""
    queues = PriorityQueues(1, 3, servers, room)
    done: dict[int, tuple[int, int, int]] = {}
    arrival = case.array("arrival")
    edges = [0, *cuts, AFTER]
    for begin, end in pairwise(edges):
        here = np.flatnonzero((arrival >= begin) & (arrival < end))
        o = queues.advance(
            begin,
            end,
            ints(0, here.size),
            *(case.array(name)[here] for name in ("arrival", "service", "patience", "rank")),
            here,
            case.array("boundary"),
            case.array("servers")[None, :],
        )
        assert o.first.tolist() == [0, o.customer.size]
        for row in zip(*(column.tolist() for column in o[1:]), strict=True):
            assert row[0] not in done
            done[row[0]] = row[1:]
        waits = queues.who_waits(0)
        assert queues.size.sum() == len(waits)
        arrived = set(range(int(np.searchsorted(arrival, end))))
        assert set(waits[:, 0].tolist()) == arrived - set(done)
        assert (waits[:, 3] >= end).all()
    return done


def starts(
    arrival: Sequence[int],
    service: Sequence[int],
    rank: Sequence[int],
    boundary: Sequence[int] = (0,),
    servers: Sequence[int] = (1,),
    patience: Sequence[int] | None = None,
) -> list[int | None]:
    case = Case(arrival, service, patience or [NEVER] * len(arrival), rank, boundary, servers)
    done = run(case)
    return [done[i][1] if i in done else None for i in range(len(arrival))]


# By hand --------------------------------------------------------------------------------------------------------------


def test_the_most_urgent_goes_first_and_nobody_is_interrupted() -> None:
    assert starts([0, 1, 2, 3, 4], [10, 5, 5, 5, 5], [2, 2, 1, 0, 1]) == [0, 25, 15, 10, 20]


def test_within_a_class_first_come_first_served() -> None:
    assert starts([0, 1, 1, 1], [4, 2, 3, 1], [1, 1, 1, 1]) == [0, 4, 6, 9]


def test_who_arrives_as_a_server_comes_free_is_looked_at() -> None:
    assert starts([0, 1, 10], [10, 5, 5], [0, 1, 0]) == [0, 15, 10]


def test_two_servers() -> None:
    assert starts([0, 1, 2, 3], [10, 5, 4, 4], [2, 2, 1, 0], servers=[2]) == [0, 1, 10, 6]


def test_who_has_no_patience_left_is_passed_over() -> None:
    # The urgent one bears 7 but would wait 8; the other bears exactly the 9 that he waits.
    case = Case([0, 1, 2], [10, 5, 5], [NEVER, 9, 7], [0, 1, 0], [0], [1])
    assert run(case) == {0: (0, 0, 10), 1: (1, 10, 15), 2: (2, LEFT, 9)}


def test_the_timetable_by_hand() -> None:
    # A second server from 5 takes the urgent one; from 12 one must go: whoever finishes first, at 15.
    times = [0, 1, 2, 3], [20, 10, 10, 4], [1, 2, 0, 2]
    assert starts(*times, boundary=[0, 5, 12], servers=[1, 2, 1]) == [0, 20, 5, 30]


def test_nobody_on_duty_until_the_morning() -> None:
    assert starts([1, 2], [5, 5], [1, 0], boundary=[0, 50], servers=[0, 1]) == [55, 50]
    assert starts([1], [5], [0], boundary=[0], servers=[0]) == [None]


# Tick by tick, and cut into periods -----------------------------------------------------------------------------------


def test_random_queues_agree_with_the_oracle_however_they_are_cut() -> None:
    rng = np.random.default_rng(20250102)
    left = waiting = overtaken = 0
    for _ in range(400):
        case = random_case(rng, ranks=3)
        oracle = watch(case, AFTER)
        done = run(case)
        found = [done[i][1] if i in done else None for i in range(len(oracle))]
        assert found == [LEFT if start == GONE else start for start in oracle], case
        for i, (arrival, start, end) in done.items():
            assert arrival == case.arrival[i]
            assert end == (arrival + case.patience[i] if start == LEFT else start + case.service[i])
        cuts = np.unique(rng.integers(1, 90, int(rng.integers(1, 12)))).tolist()
        assert run(case, cuts, room=1) == done
        left += found.count(LEFT)
        waiting += found.count(None)
        order = [start for start in found if start is not None and start >= 0]
        overtaken += order != sorted(order)
    assert min(left, waiting, overtaken) > 50


def test_many_queues_in_one_call_are_the_queues_one_by_one() -> None:
    rng = np.random.default_rng(3)
    cases = [random_case(rng, ranks=3) for _ in range(30)]
    boundary = cases[0].array("boundary")
    servers = rng.integers(0, 4, (len(cases), boundary.size))
    first = np.cumsum([0, *(len(case.arrival) for case in cases)])
    names = ("arrival", "service", "patience", "rank")
    columns = [np.concatenate([case.array(name) for case in cases]) for name in names]
    queues = PriorityQueues(len(cases), 3, 3)
    o = queues.advance(0, AFTER, first, *columns, np.arange(first[-1]), boundary, servers)
    for q, case in enumerate(cases):
        alone = run(
            Case(case.arrival, case.service, case.patience, case.rank, boundary.tolist(), servers[q].tolist()),
        )
        rows = range(o.first[q], o.first[q + 1])
        together = {int(o.customer[r] - first[q]): (int(o.arrival[r]), int(o.start[r]), int(o.end[r])) for r in rows}
        assert together == alone
        assert queues.who_waits(q).shape[0] == len(case.arrival) - len(alone)


def test_a_copy_goes_its_own_way() -> None:
    queues = PriorityQueues(1, 2, 1)
    one = np.ones(1, np.int64)
    call = (ints(0, 1), 3 * one, 5 * one, NEVER * one, one, 7 * one, ints(0), ints(1)[None, :])
    queues.advance(0, 10, *call)
    before = copy.deepcopy(queues)
    late = (ints(0, 1), 11 * one, *call[2:])
    assert queues.advance(10, 20, *late).start.tolist() == [11]
    assert queues.free_at.tolist() == [[16]]
    assert before.free_at.tolist() == [[8]]


def test_more_servers_than_thought_at_first() -> None:
    queues = PriorityQueues(1, 1, 1)
    n = np.zeros(4, np.int64)
    queues.advance(0, 10, ints(0, 4), n, n + 100, n + NEVER, n, np.arange(4), ints(0), ints(1)[None, :])
    with pytest.raises(ValueError, match="number of servers"):
        queues.advance(10, 20, ints(0, 0), *[n[:0]] * 5, ints(10), ints(3)[None, :])
    queues.fit_servers(3)
    queues.fit_servers(2)
    o = queues.advance(10, 20, ints(0, 0), *[n[:0]] * 5, ints(10), ints(3)[None, :])
    assert o.start.tolist() == [10, 10]
    assert queues.free_at.tolist() == [[100, 110, 110]]


# What is refused ------------------------------------------------------------------------------------------------------


def refused(words: str, **changes: object) -> None:
    """The call is refused with these words and has changed nothing."""
    call = {
        "begin": 0, "end": 100, "arrival": ints(1, 2, 3), "service": ints(5, 5, 5), "patience": ints(9, 9, 9),
        "rank": ints(0, 1, 1), "customer": ints(0, 1, 2), "boundary": ints(0), "servers": ints(1),
        "free_at": np.zeros(1, np.int64), "waiting": np.zeros((2, 2, 4), np.int64), "head": np.zeros(2, np.int64),
        "size": np.zeros(2, np.int64), "out": np.zeros((3, 4), np.int64),
    }  # fmt: skip
    assert call.keys() >= changes.keys()
    call |= changes
    before = copy.deepcopy(call)
    with pytest.raises(ValueError, match=words):
        priority_queue(*call.values())
    for name, value in call.items():
        assert np.array_equal(value, before[name])  # type: ignore[arg-type]


def test_bad_input_is_refused_before_anything_changes() -> None:
    refused("order of arrival", arrival=ints(1, 3, 2))
    refused("order of arrival", begin=2)
    refused("order of arrival", end=3)
    refused("a rank must", rank=ints(0, 2, 1))
    refused("a rank must", rank=ints(0, -1, 1))
    refused("number of servers", servers=ints(2))
    refused("must increase", boundary=ints(4, 4), servers=ints(1, 1))
    refused("waiting room is too small", rank=ints(1, 1, 1))
    refused("output is too short", out=np.zeros((2, 4), np.int64))


# Theory: four queues of the product's own form, day after day; time in microseconds -----------------------------------

DAY = 86_400 * 1_000_000
A_DAY = 1000
"""Customers of each queue on a mean day."""
SETTINGS = [  # servers, load, shares of the classes
    (1, 0.60, (0.2, 0.3, 0.5)),
    (3, 0.75, (0.1, 0.3, 0.6)),
    (5, 0.75, (0.3, 0.3, 0.4)),
    (2, 0.65, (0.05, 0.15, 0.8)),
]
CLASSES = 3
CODES = len(SETTINGS) * CLASSES
SERVERS = np.array([[servers] for servers, _, _ in SETTINGS])
RATES = A_DAY / DAY * np.array([shares for _, _, shares in SETTINGS])
MEAN_SERVICE = np.array([servers * load * DAY / A_DAY for servers, load, _ in SETTINGS])
BATCHES = 40
DAYS = 100


def some_days(rng: np.random.Generator, begin: int, days: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Poisson customers of all queues over some days, ordered by day, queue and arrival.

    Returns arrival, code = queue * CLASSES + class, service, and where each (day, queue) begins, with the total.
    """
    code = np.repeat(np.arange(CODES), rng.poisson(RATES.ravel() * days * DAY))
    since = rng.integers(0, days * DAY, code.size)
    cell = since // DAY * len(SETTINGS) + code // CLASSES
    order = np.argsort(cell * DAY + since % DAY)
    code = code[order]
    service = (rng.standard_exponential(code.size) * MEAN_SERVICE[code // CLASSES]).astype(np.int64)
    cells = np.searchsorted(cell[order], np.arange(days * len(SETTINGS) + 1))
    return begin + since[order], code, service, cells


def live_through(
    queues: PriorityQueues, present: Ints, day: int, days: int, drawn: tuple[Ints, Ints, Ints, Ints]
) -> tuple[Ints, Ints, Ints]:
    """Code, arrival and start of all who start in these days. ``present`` (CODES,) is who should be waiting."""
    arrival, code, service, cells = drawn
    patience = np.full(arrival.size, NEVER)
    q = len(SETTINGS)
    done = []
    for d in range(days):
        first = cells[d * q : (d + 1) * q + 1]
        here = slice(int(first[0]), int(first[-1]))
        o = queues.advance(
            (day + d) * DAY, (day + d + 1) * DAY, first - first[0], arrival[here], service[here], patience[here],
            code[here] % CLASSES, code[here], ints(0), SERVERS,
        )  # fmt: skip
        done.append(np.stack(o[1:4]))
        # Conservation: who arrived has either started or is waiting, in each class of each queue.
        present += np.bincount(code[here], minlength=CODES) - np.bincount(o.customer, minlength=CODES)
        assert np.array_equal(present, queues.size.ravel())
    who, came, start = np.concatenate(done, axis=1)
    return who, came, start


@pytest.mark.skipif(not COMPILED, reason="millions of customers need compiled kernels")
def test_cobham_little_and_conservation() -> None:
    rng = np.random.default_rng(20250103)
    queues = PriorityQueues(len(SETTINGS), CLASSES, int(SERVERS.max()))
    present = np.zeros(CODES, np.int64)
    warm_up = 10
    live_through(queues, present, 0, warm_up, some_days(rng, 0, warm_up))
    waits, seen, rates = (np.zeros((BATCHES, CODES)) for _ in range(3))
    for b in range(BATCHES):
        day = warm_up + b * DAYS
        who, came, start = live_through(queues, present, day, DAYS, some_days(rng, day * DAY, DAYS))
        # The queues as a passer-by sees them at random moments, away from the seams between batches.
        moments = np.sort(rng.integers((day + 1) * DAY, (day + DAYS - 1) * DAY, 150_000))
        for k in range(CODES):
            a, t = came[who == k], start[who == k]
            waits[b, k] = (t - a).mean()
            rates[b, k] = a.size / (DAYS * DAY)
            seen[b, k] = (np.searchsorted(a, moments, "right") - np.searchsorted(t, moments, "right")).mean()
    for q, (servers, _, _) in enumerate(SETTINGS):
        theory = cobham(RATES[q], 1.0 / MEAN_SERVICE[q], servers)
        for p in range(CLASSES):
            name, k = f"queue {q} class {p}", q * CLASSES + p
            assert_near(waits[:, k], theory[p], f"{name}: mean wait")
            assert_near(seen[:, k], theory[p] * RATES[q, p], f"{name}: mean number waiting")
            assert_near(seen[:, k] / (rates * waits)[:, k], 1.0, f"{name}: Little's law")
