"""The queues against Ciw, an independent discrete-event simulator, customer by customer on the same input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.phone_queue import HUNG_UP, fifo_queue
from sim.care.priority_queue import LEFT, PriorityQueues
from sim.care.servers import NEVER
from tests.verification.ciw_queue import simulate

Ints = npt.NDArray[np.int64]
CUSTOMERS = 3000
MEAN_SERVICE = 240_000_000


@dataclass(frozen=True)
class Input:
    """Customers of one queue in the order of arrival."""

    arrival: Ints
    service: Ints
    patience: Ints
    rank: Ints


def draw(seed: int, load: float, servers: int, shares: Sequence[float], patience: float) -> Input:
    """No two customers arrive at the same moment, for Ciw decides ties by chance; patience is in mean services."""
    rng = np.random.default_rng(seed)
    return Input(
        arrival=np.cumsum(1 + rng.exponential(MEAN_SERVICE / (servers * load), CUSTOMERS).astype(np.int64)),
        service=rng.exponential(MEAN_SERVICE, CUSTOMERS).astype(np.int64),
        patience=np.full(CUSTOMERS, NEVER)
        if patience == 0.0
        else rng.exponential(patience * MEAN_SERVICE, CUSTOMERS).astype(np.int64),
        rank=rng.choice(len(shares), CUSTOMERS, p=shares),
    )


def by_ciw(data: Input, servers: int) -> Ints:
    """Start of service of each customer; LEFT if he left."""
    return simulate(data.arrival, data.service, data.patience, data.rank, servers)


@pytest.mark.parametrize(
    ("servers", "load", "patience"), [(1, 0.8, 0.0), (3, 0.9, 0.0), (8, 0.95, 0.0), (2, 1.2, 1.5), (5, 1.0, 0.5)]
)
def test_line(servers: int, load: float, patience: float) -> None:
    data = draw(servers, load, servers, [1.0], patience)
    start = np.zeros(CUSTOMERS, np.int64)
    timetable = np.zeros(1, np.int64), np.array([servers])
    fifo_queue(data.arrival, data.service, data.patience, *timetable, np.zeros(servers, np.int64), start)
    assert HUNG_UP == LEFT
    assert (start > data.arrival).sum() > CUSTOMERS / 5
    assert (start == HUNG_UP).any() == (patience > 0.0)
    assert np.array_equal(start, by_ciw(data, servers))


@pytest.mark.parametrize(
    ("servers", "load", "shares", "patience"),
    [
        (1, 0.8, (0.2, 0.8), 0.0),
        (3, 0.9, (0.1, 0.3, 0.6), 0.0),
        (6, 0.95, (0.02, 0.08, 0.2, 0.3, 0.3, 0.1), 0.0),
        (2, 1.2, (0.1, 0.3, 0.6), 3.0),
        (4, 1.0, (0.02, 0.08, 0.2, 0.3, 0.3, 0.1), 1.0),
    ],
)
def test_priority_queue_over_many_periods(
    servers: int, load: float, shares: tuple[float, ...], patience: float
) -> None:
    data = draw(10 + servers, load, servers, shares, patience)
    queues = PriorityQueues(1, len(shares), servers, room=4)
    timetable = np.zeros(1, np.int64), np.array([[servers]])
    start = np.full(CUSTOMERS, -9, np.int64)
    period = 50 * MEAN_SERVICE
    begin = 0
    while begin <= data.arrival[-1] or queues.size.any():
        one, last = np.searchsorted(data.arrival, [begin, begin + period])
        here = slice(one, last)
        o = queues.advance(
            begin, begin + period, np.array([0, last - one]), data.arrival[here], data.service[here],
            data.patience[here], data.rank[here], np.arange(one, last), *timetable,
        )  # fmt: skip
        start[o.customer] = o.start
        begin += period
    assert (start == LEFT).any() == (patience > 0.0)
    assert np.array_equal(start, by_ciw(data, servers))
