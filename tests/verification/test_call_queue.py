"""Telephone lines: by hand, tick by tick, and against Erlang C and Erlang A."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.phone_queue import HUNG_UP, UNSERVED, fifo_queue, fifo_queues
from sim.care.servers import NEVER
from sim.source import COMPILED
from tests.verification.theory import ErlangA, ErlangC, assert_near
from tests.verification.ticks import GONE, Case, random_case, watch

Ints = npt.NDArray[np.int64]

large = pytest.mark.skipif(not COMPILED, reason="millions of customers need compiled kernels")


def ints(*values: int) -> Ints:
    return np.array(values, np.int64)


def line(
    arrival: Sequence[int],
    service: Sequence[int],
    boundary: Sequence[int] = (0,),
    servers: Sequence[int] = (1,),
    patience: Sequence[int] | None = None,
) -> list[int]:
    start = np.full(len(arrival), -9, np.int64)
    endless = [NEVER] * len(arrival)
    timetable = ints(*boundary), ints(*servers)
    fifo_queue(ints(*arrival), ints(*service), ints(*(patience or endless)), *timetable, np.zeros(3, np.int64), start)
    return start.tolist()


# By hand --------------------------------------------------------------------------------------------------------------


def test_one_server() -> None:
    assert line([0, 1, 2, 30], [10, 5, 1, 1]) == [0, 10, 15, 30]


def test_two_servers() -> None:
    assert line([0, 1, 2, 3], [10, 5, 1, 1], servers=[2]) == [0, 1, 6, 7]


def test_who_hangs_up_takes_no_service() -> None:
    # The second would wait 9 and bears 8; the third bears exactly the 8 he waits.
    assert line([0, 1, 2], [10, 100, 1], patience=[0, 8, 8]) == [0, HUNG_UP, 10]


def test_a_server_who_comes_on_duty_takes_the_next_call_at_once() -> None:
    assert line([0, 1, 2], [10, 10, 10], boundary=[0, 4], servers=[1, 2]) == [0, 4, 10]


def test_a_server_who_goes_finishes_his_call() -> None:
    # At 5 one of two busy servers must go: the one who finishes first, at 6. The other takes the next call, at 9.
    assert line([0, 0, 1, 1], [6, 9, 2, 2], boundary=[0, 5], servers=[2, 1]) == [0, 0, 9, 11]


def test_the_idle_server_goes_first() -> None:
    assert line([0, 6, 7], [20, 3, 3], boundary=[0, 5], servers=[2, 1]) == [0, 20, 23]


def test_a_call_that_runs_on_keeps_a_place() -> None:
    # Nobody is on duty from 3 to 5, the first call runs until 10: the one server of the new shift begins after it.
    assert line([0, 4], [10, 1], boundary=[0, 3, 5], servers=[1, 0, 1]) == [0, 10]
    assert line([0, 4], [10, 1], boundary=[0, 3, 5], servers=[1, 0, 2]) == [0, 5]


def test_a_server_does_not_take_a_call_at_the_end_of_duty() -> None:
    assert line([0, 1], [5, 1], boundary=[0, 5, 8], servers=[1, 0, 1]) == [0, 8]


def test_while_nobody_is_on_duty_callers_wait_or_hang_up() -> None:
    assert line([1, 2, 3], [2, 2, 2], boundary=[4, 20], servers=[0, 1], patience=[19, 17, 19]) == [20, HUNG_UP, 22]


def test_a_line_that_closes() -> None:
    start = line([0, 1, 2], [10, 1, 1], boundary=[0, 9], servers=[1, 0], patience=[NEVER, 600, NEVER])
    assert start == [0, HUNG_UP, UNSERVED]


def test_before_the_first_boundary_nobody_is_on_duty() -> None:
    assert line([0], [1], boundary=[7]) == [7]


# Tick by tick, and in parts -------------------------------------------------------------------------------------------


def expected(case: Case) -> list[int]:
    """What the oracle says, in the words of the line."""
    left = {GONE: HUNG_UP, None: UNSERVED}
    return [left.get(start, start) for start in watch(case, 600)]  # type: ignore[arg-type, misc]


def test_random_lines_agree_with_the_oracle() -> None:
    rng = np.random.default_rng(20250101)
    kinds = set()
    for _ in range(400):
        case = random_case(rng, ranks=1)
        start = line(case.arrival, case.service, case.boundary, case.servers, case.patience)
        assert start == expected(case), case
        kinds |= {value for value in start if value < 0}
    assert kinds == {HUNG_UP, UNSERVED}


def test_a_line_can_be_taken_in_parts() -> None:
    rng = np.random.default_rng(7)
    for _ in range(200):
        case = random_case(rng, ranks=1)
        whole = line(case.arrival, case.service, case.boundary, case.servers, case.patience)
        free_at, start = np.zeros(3, np.int64), np.zeros(len(whole), np.int64)
        served = 0
        for part in np.array_split(np.arange(len(whole)), 4):
            piece = np.zeros(part.size, np.int64)
            served += fifo_queue(
                *(case.array(name)[part] for name in ("arrival", "service", "patience")),
                case.array("boundary"),
                case.array("servers"),
                free_at,
                piece,
            )
            start[part] = piece
        assert start.tolist() == whole
        assert served == sum(value >= 0 for value in whole)


def test_many_lines_in_one_call_are_the_lines_one_by_one() -> None:
    rng = np.random.default_rng(8)
    cases = [random_case(rng, ranks=1) for _ in range(40)]
    boundary = cases[0].array("boundary")
    servers = rng.integers(0, 4, (len(cases), boundary.size))
    first = np.cumsum([0, *(len(case.arrival) for case in cases)])
    columns = [np.concatenate([case.array(name) for case in cases]) for name in ("arrival", "service", "patience")]
    start, served = np.zeros(first[-1], np.int64), np.zeros(len(cases), np.int64)
    fifo_queues(first, *columns, boundary, servers, np.zeros((len(cases), 3), np.int64), start, served)
    for q, case in enumerate(cases):
        alone = line(case.arrival, case.service, boundary.tolist(), servers[q].tolist(), case.patience)
        assert start[first[q] : first[q + 1]].tolist() == alone
        assert served[q] == sum(value >= 0 for value in alone)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: line([5, 4], [1, 1]), "order of arrival"),
        (lambda: line([0], [1], servers=[4]), "number of servers"),
        (lambda: line([0], [1], servers=[-1]), "number of servers"),
        (lambda: line([0], [1], boundary=[0, 0], servers=[1, 2]), "must increase"),
        (lambda: line([0], [1], boundary=[0, 5], servers=[1]), "for each boundary"),
        (lambda: line([0], [1], boundary=[], servers=[]), "for each boundary"),
    ],
    ids=["out of order", "too many servers", "too few servers", "boundaries", "one number short", "no timetable"],
)
def test_bad_input_is_refused(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


# Theory: time in microseconds, so that rounding does not matter -------------------------------------------------------

SECOND = 1_000_000
MEAN_CALL = 240 * SECOND
BATCHES = 40


def batches(
    seed: int, rate: float, servers: int, mean_patience: float, size: int, warm_up: int
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """(arrival, start, patience) of consecutive batches of one endless line; state carries over."""
    rng = np.random.default_rng(seed)
    free_at = np.zeros(servers, np.int64)
    timetable = ints(0), ints(servers)
    now = 0
    for b in range(BATCHES + 1):
        n = size if b else warm_up
        arrival = now + np.cumsum(rng.exponential(1.0 / rate, n).astype(np.int64))
        service = rng.exponential(MEAN_CALL, n).astype(np.int64)
        patience = np.full(n, NEVER)
        if mean_patience < NEVER:
            patience = rng.exponential(mean_patience, n).astype(np.int64)
        start = np.empty(n, np.int64)
        fifo_queue(arrival, service, patience, *timetable, free_at, start)
        now = int(arrival[-1])
        if b:
            yield arrival, start, patience


@large
@pytest.mark.parametrize(
    ("seed", "load", "servers", "size"),
    [(1, 0.5, 1, 50_000), (2, 0.8, 2, 100_000), (3, 0.7, 4, 60_000), (4, 0.9, 10, 320_000)],
)
def test_erlang_c_and_little(seed: int, load: float, servers: int, size: int) -> None:
    theory = ErlangC(load * servers / MEAN_CALL, 1.0 / MEAN_CALL, servers)
    rng = np.random.default_rng(seed + 100)
    seen: list[tuple[float, float, float, float, float]] = []
    for arrival, start, _ in batches(seed, theory.rate, servers, NEVER, size, 10_000):
        wait = start - arrival
        # The line as a passer-by sees it at random moments, to hold against the waits of those who stood in it.
        moments = np.sort(rng.integers(arrival[0], arrival[-1], size))
        queue = np.searchsorted(arrival, moments, "right") - np.searchsorted(start, moments, "right")
        rate = (size - 1) / (arrival[-1] - arrival[0])
        seen.append(
            (wait.mean(), (wait > 0).mean(), (wait > 120 * SECOND).mean(), queue.mean(), rate * float(wait.mean()))
        )
    mean, waits, longer, queue_seen, queue_little = np.array(seen).T
    assert_near(mean, theory.mean_wait, "mean wait")
    assert_near(waits, theory.waits, "share who wait")
    assert_near(longer, theory.waits_longer(120 * SECOND), "share who wait over 2 minutes")
    assert_near(queue_seen, theory.mean_queue, "mean queue")
    assert_near(queue_seen / queue_little, 1.0, "Little's law")


@large
@pytest.mark.parametrize(
    ("seed", "load", "servers", "patience", "size"),
    [(11, 0.8, 1, 2.0, 40_000), (12, 1.0, 3, 1.0, 40_000), (13, 1.3, 2, 0.5, 30_000), (14, 0.9, 12, 0.4, 150_000)],
)
def test_erlang_a(seed: int, load: float, servers: int, patience: float, size: int) -> None:
    theory = ErlangA(load * servers / MEAN_CALL, 1.0 / MEAN_CALL, servers, 1.0 / (patience * MEAN_CALL))
    seen = []
    for arrival, start, bears in batches(seed, theory.rate, servers, patience * MEAN_CALL, size, 10_000):
        on_line = np.where(start == HUNG_UP, bears, start - arrival)
        seen.append(((start == HUNG_UP).mean(), on_line.mean()))
    hung_up, on_line_mean = np.array(seen).T
    assert_near(hung_up, theory.abandons, "share who hang up")
    assert_near(on_line_mean, theory.mean_wait, "mean time on the line")
