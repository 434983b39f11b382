"""How many triage nurses an out-of-hours organisation plans for each hour (Erlang C on the expected calls)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters

__all__ = ["erlang_wait", "expected_calls", "nurses_needed", "plan_triage"]

_WEEKS_A_YEAR = 365.0 / 7.0
# hours of the blocks of needs.post_week_profile: weekdays first (17 h to 8 h), then weekend days
_WEEKDAY_BLOCKS = ((17, 18), (18, 20), (20, 22), (22, 24), (0, 2), (2, 4), (4, 6), (6, 8))
_WEEKEND_BLOCKS = tuple((hour, hour + 2) for hour in range(0, 24, 2))


def expected_calls(parameters: Parameters) -> npt.NDArray[np.float64]:
    """Planned calls per inhabitant in each hour of an open and of a closed day, shape (2, 24)."""
    week = parameters.column("needs.post_week_profile")
    week = week / week.sum() * parameters.number("workforce.triage_calls") / 1000 / _WEEKS_A_YEAR
    out = np.zeros((2, 24))
    blocks = [(0, 5, block) for block in _WEEKDAY_BLOCKS] + [(1, 2, block) for block in _WEEKEND_BLOCKS]
    for share, (kind, days, (begin, end)) in zip(week, blocks, strict=True):
        out[kind, begin:end] = share / days / (end - begin)
    return out


def erlang_wait(servers: int, load: float) -> float:
    """Mean wait in units of the mean service time (Erlang C); infinite when ``load`` (erlang) reaches ``servers``."""
    if load <= 0.0:
        return 0.0
    if load >= servers:
        return float("inf")
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    busy = blocked / (1.0 - load / servers * (1.0 - blocked))
    return busy / (servers - load)


def nurses_needed(load: float, wait: float) -> int:
    """Fewest servers with a mean wait of at most ``wait`` (in units of the mean service time) at ``load`` erlang.

    Raises:
        ValueError: the wait is not above 0.
    """
    if not wait > 0.0:
        raise ValueError(f"the accepted wait must be above 0, not {wait}")
    servers = max(1, int(load))
    while erlang_wait(servers, load) > wait:
        servers += 1
    return servers


def plan_triage(population: npt.ArrayLike, parameters: Parameters) -> npt.NDArray[np.int16]:
    """Triage nurses by organisation, kind of day (open, closed) and hour, shape (O, 2, 24); 0 where it is closed.

    Args:
        population: inhabitants that each organisation serves (O,).
    """
    minutes = parameters.number("care.post_triage_minutes")
    wait = parameters.number("workforce.triage_wait") / minutes
    people = tuple(float(n) for n in np.asarray(population, np.float64))
    return _plan(people, expected_calls(parameters).tobytes(), minutes, wait).copy()


@lru_cache(maxsize=16)
def _plan(people: tuple[float, ...], calls: bytes, minutes: float, wait: float) -> npt.NDArray[np.int16]:
    """The plan for these calls by kind of day and hour (float64); months share it as long as nothing changes."""
    per_hour = np.frombuffer(calls).reshape(2, 24)
    out = np.zeros((len(people), 2, 24), np.int16)
    for o, kind, hour in np.ndindex(out.shape):
        if per_hour[kind, hour] > 0.0 and people[o] > 0.0:
            out[o, kind, hour] = nurses_needed(people[o] * float(per_hour[kind, hour]) * minutes / 60.0, wait)
    return out
