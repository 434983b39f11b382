"""Queueing theory in closed form or as a stationary chain: what the kernels are held against.

``rate`` is customers per unit of time, ``mu`` services per unit of time and server, ``theta`` one over mean patience.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import poisson

Floats = npt.NDArray[np.float64]


def erlang_b(offered: float, servers: int) -> float:
    """Share of calls lost when nobody can wait."""
    loss = 1.0
    for c in range(1, servers + 1):
        loss = offered * loss / (c + offered * loss)
    return loss


def erlang_c(offered: float, servers: int) -> float:
    """Share of customers who wait, in M/M/c (Erlang 1917); ``offered`` = rate / mu below ``servers``."""
    loss = erlang_b(offered, servers)
    return servers * loss / (servers - offered * (1.0 - loss))


@dataclass(frozen=True)
class ErlangC:
    """M/M/c, first come, first served, endless patience."""

    rate: float
    mu: float
    servers: int

    @property
    def waits(self) -> float:
        """Share of customers who wait."""
        return erlang_c(self.rate / self.mu, self.servers)

    @property
    def spare(self) -> float:
        """Rate at which a queue shrinks."""
        return self.servers * self.mu - self.rate

    @property
    def mean_wait(self) -> float:
        return self.waits / self.spare

    @property
    def mean_queue(self) -> float:
        """Mean number waiting, by the stationary distribution (not by Little's law)."""
        load = self.rate / (self.servers * self.mu)
        return self.waits * load / (1.0 - load)

    def waits_longer(self, time: float) -> float:
        """Share of customers who wait longer than ``time``."""
        return float(self.waits * np.exp(-self.spare * time))


@dataclass(frozen=True)
class ErlangA:
    """M/M/c + M: exponential patience (Palm 1957), from the stationary birth-death chain of the number present."""

    rate: float
    mu: float
    servers: int
    theta: float

    def _queue(self) -> tuple[Floats, Floats]:
        logs = [0.0]
        n = 0
        while n <= self.servers or logs[-1] > max(logs) - 45.0:
            n += 1
            death = min(n, self.servers) * self.mu + max(0, n - self.servers) * self.theta
            logs.append(logs[-1] + float(np.log(self.rate / death)))
        share = np.exp(np.array(logs) - max(logs))
        share /= share.sum()
        return share, np.maximum(0.0, np.arange(share.size) - self.servers)

    @property
    def mean_queue(self) -> float:
        share, queue = self._queue()
        return float(share @ queue)

    @property
    def abandons(self) -> float:
        """Share of callers who hang up: each of those waiting does so at rate theta."""
        return self.theta * self.mean_queue / self.rate

    @property
    def mean_wait(self) -> float:
        """Mean time on the line before being served or hanging up, over all callers."""
        return self.mean_queue / self.rate


def cobham(rates: npt.ArrayLike, mu: float, servers: int) -> Floats:
    """Mean wait of each class in M/M/c with non-preemptive priority, class 0 first (Cobham 1954)."""
    lam = np.asarray(rates, np.float64)
    until = np.concatenate([[0.0], np.cumsum(lam)]) / (servers * mu)
    residual = erlang_c(lam.sum() / mu, servers) / (servers * mu)
    return residual / ((1.0 - until[:-1]) * (1.0 - until[1:]))


def stationary_backlog(mean: float, slots: int, tail: float = 1e-13) -> Floats:
    """Stationary distribution of B' = max(0, B + Poisson(mean) - slots): entry b is the share of days that end with b.

    An appointment book with ``slots`` visits a day, in which whoever does not fit moves on to the next day. Solved as
    linear equations of the chain cut off where the share beyond is below about ``tail``.

    Raises:
        ValueError: mean is not below slots, so that there is no stationary distribution.
    """
    if not 0.0 < mean < slots:
        raise ValueError(f"mean {mean} must lie above 0 and below {slots} slots")
    # The tail falls as exp(-decay b), decay being the root of E[exp(decay (A - slots))] = 1.
    top = 1.0
    while mean * np.expm1(top) - slots * top < 0.0:
        top *= 2.0
    decay = brentq(lambda s: mean * np.expm1(s) - slots * s, slots * 1e-12 / mean + 1e-9, top)
    size = slots + 2 + int(np.ceil(-np.log(tail) / decay))
    b = np.arange(size)
    arrivals = poisson.pmf(np.arange(-size, size + slots + 1), mean)
    chain = arrivals[b[None, :] - b[:, None] + slots + size]  # from row to column
    chain[:, 0] = poisson.cdf(slots - b, mean)
    chain[:, -1] += 1.0 - chain.sum(axis=1)
    system = chain.T - np.eye(size)
    system[0] = 1.0
    right = np.zeros(size)
    right[0] = 1.0
    return np.maximum(np.linalg.solve(system, right), 0.0)


def mean_backlog(mean: float, slots: int) -> float:
    """Mean of ``stationary_backlog``."""
    share = stationary_backlog(mean, slots)
    return float(share @ np.arange(share.size))


def spitzer_backlog(mean: float, slots: int, steps: int = 25_000) -> float:
    """The same mean by Spitzer's identity: the sum over n of E[max(0, A_1 + ... + A_n - n slots)] / n."""
    n = np.arange(1, steps + 1)
    over = n * mean * poisson.sf(n * slots - 1, n * mean) - n * slots * poisson.sf(n * slots, n * mean)
    return float((np.maximum(over, 0.0) / n).sum())


def of_batches(values: npt.ArrayLike) -> tuple[float, float]:
    """Mean and standard error from means of batches that are nearly independent."""
    batches = np.asarray(values, np.float64)
    return float(batches.mean()), float(batches.std(ddof=1) / np.sqrt(batches.size))


def assert_near(values: npt.ArrayLike, expected: float, what: str, precision: float = 0.01) -> None:
    """The bar: within 3 standard errors, and the standard error at most 1 % of what theory says."""
    mean, error = of_batches(values)
    assert error <= precision * abs(expected), (
        f"{what}: standard error {error:.3g} of {expected:.5g}: too few customers"
    )
    assert abs(mean - expected) <= 3.0 * error, (
        f"{what}: {mean:.5g} simulated, {expected:.5g} in theory, SE {error:.2g}"
    )
