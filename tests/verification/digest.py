"""Results of both queues on a small input as one hash: compiled and interpreted kernels must give the same.

Run as a module it prints the hash and whether the kernels were compiled.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np

from sim.care.phone_queue import fifo_queues
from sim.care.priority_queue import PriorityQueues
from sim.source import COMPILED


def digest() -> str:
    """Hash over every array that the queues put out or change, after five days of 3 queues."""
    rng = np.random.default_rng(5)
    result = hashlib.sha256()
    queues = PriorityQueues(3, 4, 3, room=8)
    free_at = np.zeros((3, 3), np.int64)
    for day in range(5):
        boundary = day * 1000 + np.array([0, 300, 700])
        servers = rng.integers(0, 4, (3, 3))
        arrival = day * 1000 + np.sort(rng.integers(0, 1000, (3, 120)), axis=1).ravel()
        service, patience = rng.integers(0, 30, 360), rng.integers(0, 200, 360)
        first = np.arange(4) * 120
        start, served = np.zeros(360, np.int64), np.zeros(3, np.int64)
        fifo_queues(first, arrival, service, patience, boundary, servers, free_at, start, served)
        outcomes = queues.advance(
            day * 1000, day * 1000 + 1000, first, arrival, service, patience, rng.integers(0, 4, 360),
            np.arange(360) + 360 * day, boundary, servers,
        )  # fmt: skip
        state = queues.free_at, queues.waiting, queues.head, queues.size
        for array in (start, served, free_at, *outcomes, *state):
            result.update(np.ascontiguousarray(array).tobytes())
    return result.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(f"{digest()} {'compiled' if COMPILED else 'interpreted'}\n")
