"""An oracle as plain as can be: a queue watched tick by tick, with no idea of how the kernels work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.care.servers import NEVER

GONE = -1


@dataclass(frozen=True)
class Case:
    """One queue: its customers in the order of arrival, and its timetable."""

    arrival: Sequence[int]
    service: Sequence[int]
    patience: Sequence[int]
    rank: Sequence[int]
    boundary: Sequence[int]
    servers: Sequence[int]

    def array(self, name: str) -> np.ndarray:
        return np.array(getattr(self, name), np.int64)


def random_case(rng: np.random.Generator, ranks: int) -> Case:
    """A small case, full of ties: short services, changing and sometimes no servers, some endless patience."""
    n = int(rng.integers(1, 30))
    periods = int(rng.integers(1, 6))
    patience = rng.integers(0, 20, n)
    patience[rng.random(n) < 0.4] = NEVER
    return Case(
        arrival=np.sort(rng.integers(0, 60, n)).tolist(),
        service=rng.integers(0, 12, n).tolist(),
        patience=patience.tolist(),
        rank=rng.integers(0, ranks, n).tolist(),
        boundary=np.sort(rng.choice(60, periods, replace=False)).tolist(),
        servers=rng.integers(0, 4, periods).tolist(),
    )


def watch(case: Case, ticks: int) -> list[int | None]:
    """Start of service of each customer, GONE if he left, None if he is still waiting when ``ticks`` have passed."""
    start: list[int | None] = [None] * len(case.arrival)
    running: list[int] = []
    line: list[int] = []
    for now in range(ticks):
        on_duty = 0
        for moment, number in zip(case.boundary, case.servers, strict=True):
            if moment <= now:
                on_duty = number
        running = [end for end in running if end > now]
        line += [i for i, arrival in enumerate(case.arrival) if arrival == now]
        for i in line:
            if now - case.arrival[i] > case.patience[i]:
                start[i] = GONE
        line = sorted((i for i in line if start[i] is None), key=lambda i: (case.rank[i], i))
        while line and len(running) < on_duty:
            i = line.pop(0)
            start[i] = now
            if case.service[i] > 0:
                running.append(now + case.service[i])
    return start
