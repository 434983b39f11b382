"""The queues against Ciw, an independent discrete-event simulator, customer by customer on the same input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ciw
import numpy as np
import numpy.typing as npt
import pytest

from sim.care.phone_queue import HUNG_UP, fifo_queue
from sim.care.priority_queue import LEFT, PriorityQueues
from sim.care.servers import NEVER

Ints = npt.NDArray[np.int64]
CUSTOMERS = 3000
MEAN_SERVICE = 240_000_000


class OfCustomer(ciw.dists.Distribution):
    """What was drawn beforehand for each customer; Ciw numbers them from 1 in the order of arrival."""

    def __init__(self, values: Ints) -> None:
        super().__init__()
        self.values = values

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        return float(self.values[ind.id_number - 1])


class Gaps(ciw.dists.Distribution):
    """The times between arrivals of one class; nobody comes after the last."""

    def __init__(self, arrival: Ints) -> None:
        super().__init__()
        self.gaps = np.diff(arrival, prepend=0).tolist()
        self.used = 0  # an index: Ciw copies its distributions, and iterators cannot be copied

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        self.used += 1
        return self.gaps[self.used - 1] if self.used <= len(self.gaps) else float("inf")


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


def by_ciw(data: Input, servers: int, classes: int) -> Ints:
    """Start of service of each customer; LEFT if he left. Whole numbers below 2**53 are exact in Ciw's floats."""
    names = [f"class {p}" for p in range(classes)]
    network = ciw.create_network(
        arrival_distributions={name: [Gaps(data.arrival[data.rank == p])] for p, name in enumerate(names)},
        service_distributions={name: [OfCustomer(data.service)] for name in names},
        reneging_time_distributions={name: [OfCustomer(data.patience)] for name in names},
        priority_classes={name: p for p, name in enumerate(names)},
        number_of_servers=[servers],
        routing={name: [[0.0]] for name in names},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(CUSTOMERS, method="Finish")
    start = np.full(CUSTOMERS, -9, np.int64)
    for record in simulation.get_all_records():
        left = record.record_type == "renege"
        start[record.id_number - 1] = LEFT if left else round(record.service_start_date)
        assert round(record.arrival_date) == data.arrival[record.id_number - 1]
        assert names[data.rank[record.id_number - 1]] == record.customer_class
        if left:
            assert round(record.exit_date) == data.arrival[record.id_number - 1] + data.patience[record.id_number - 1]
    assert (start != -9).all()
    return start


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
    assert np.array_equal(start, by_ciw(data, servers, 1))


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
    assert np.array_equal(start, by_ciw(data, servers, len(shares)))
