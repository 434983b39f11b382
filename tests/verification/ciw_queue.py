"""A queue simulated by Ciw, an independent discrete-event simulator, from customers drawn beforehand."""

from __future__ import annotations

import ciw
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

LEFT = -1
"""Start of a customer who left before it was his turn."""


class _OfCustomer(ciw.dists.Distribution):
    """What was drawn beforehand for each customer; Ciw numbers them from 1 in the order of arrival."""

    def __init__(self, values: npt.NDArray[np.float64]) -> None:
        super().__init__()
        self.values = values

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        return float(self.values[ind.id_number - 1])


class _Gaps(ciw.dists.Distribution):
    """The times between arrivals of one class; nobody comes after the last."""

    def __init__(self, arrival: Ints) -> None:
        super().__init__()
        self.gaps = np.diff(arrival, prepend=0).tolist()
        self.used = 0  # an index: Ciw copies its distributions, and iterators cannot be copied

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        self.used += 1
        return self.gaps[self.used - 1] if self.used <= len(self.gaps) else float("inf")


def simulate(arrival: Ints, service: Ints, patience: Ints, rank: Ints, servers: int) -> Ints:
    """Start of service of each customer, LEFT if he left.

    Whole numbers below 2**53 are exact in Ciw's floats. A wait as long as the patience is borne: half a unit is added.

    Args:
        arrival: (n,) strictly ascending, for Ciw decides ties by chance.
        service, patience: (n,).
        rank: (n,) class, 0 goes first; nobody is interrupted.
        servers: number of them, all the time.
    """
    assert (np.diff(arrival) > 0).all()
    n = arrival.size
    names = [f"class {p}" for p in range(int(rank.max()) + 1)]
    bears, lasts = patience + 0.5, service.astype(np.float64)
    network = ciw.create_network(
        arrival_distributions={name: [_Gaps(arrival[rank == p])] for p, name in enumerate(names)},
        service_distributions={name: [_OfCustomer(lasts)] for name in names},
        reneging_time_distributions={name: [_OfCustomer(bears)] for name in names},
        priority_classes={name: p for p, name in enumerate(names)},
        number_of_servers=[servers],
        routing={name: [[0.0]] for name in names},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(n, method="Finish")
    start = np.full(n, -9, np.int64)
    for record in simulation.get_all_records():
        k = record.id_number - 1
        start[k] = LEFT if record.record_type == "renege" else round(record.service_start_date)
        assert round(record.arrival_date) == arrival[k]
    assert (start != -9).all()
    return start
