"""The waiting list for a practice as M/M/infinity in whole months: nobody stands in another's way.

People come to the list at Poisson times and leave it each month with the same chance, whatever the others do. From an
empty list the number who wait after t months is Poisson with mean rate (1 - p) (1 - (1 - p)^t) / p, the waits are
geometric, and the two are tied by Little's law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from sim.agents.people import NO_PRACTICE, People, Search
from sim.care.registration import FULL, OPEN, search_month
from sim.randomness.ids import Kind, identify
from sim.source import COMPILED
from tests.care.test_registration import parameters
from tests.verification.theory import assert_near

Ints = npt.NDArray[np.int64]

RATE = 4.0
"""People who come to a list each month."""
MONTHS, SETTLED = 50, 30
LISTS = 400
"""Places, each with a practice of its own and no other within reach: as many independent lists."""


@dataclass
class Watched:
    """What was seen: (months, lists) who waits after each month, and all people at the end."""

    waiting: Ints
    people: People
    joined: Ints  # rows
    waits: Ints  # of those, in months


def watch(state: int, **changes: object) -> Watched:
    p = parameters(**changes)
    people = People()
    rng = np.random.default_rng(12)
    far = np.full((LISTS, LISTS), 999.0, np.float32)
    np.fill_diagonal(far, 1.0)
    waiting, joined, waits = [], [], []
    for k in range(MONTHS):
        node = np.repeat(np.arange(LISTS), rng.poisson(RATE, LISTS))
        ids = people.n + np.arange(node.size)
        people.add(
            node.size,
            uid=identify(Kind.RESIDENT, ids, 0, 0),
            birth_month=0,
            node=node,
            household=identify(Kind.HOUSEHOLD, ids, 0, 0),
            practice=NO_PRACTICE,
            search_since=k,
        )
        room, states = np.full(LISTS, 1e9), np.full(LISTS, state, np.int64)
        result = search_month(people, k, 1, p, room, states, np.arange(LISTS, dtype=np.int64)[:, None], far)
        joined.append(result.joined)
        waits.append(k - people.search_since[result.joined])
        waiting.append(
            np.bincount(people.node[: people.n][people.practice[: people.n] == NO_PRACTICE], minlength=LISTS)
        )
    return Watched(np.array(waiting), people, np.concatenate(joined), np.concatenate(waits).astype(np.int64))


CASES = [
    pytest.param(OPEN, 0.25, {"search_rate": [0.25, 0.25, 0.25]}, id="an open practice"),
    pytest.param(FULL, 0.4, {"mediation_rate": 1.0, "mediation_places": 0.4}, id="the insurer's mediation"),
]


large = pytest.mark.skipif(not COMPILED, reason="tens of thousands of searches need compiled kernels")


@large
@pytest.mark.parametrize(("state", "chance", "changes"), CASES)
def test_waiting_list(state: int, chance: float, changes: dict[str, object]) -> None:
    seen = watch(state, **changes)
    stay = 1.0 - chance
    mean = RATE * stay / chance
    assert_near(seen.waiting[SETTLED:].mean(axis=0), mean, "people who wait")
    # Of who came early enough that all have joined, list by list.
    early = seen.people.search_since[seen.joined] < MONTHS - 30
    home, waits = seen.people.node[seen.joined[early]], seen.waits[early]
    count = np.bincount(home, minlength=LISTS)
    # Lists of a list's size: sums over ten lists weigh alike.
    tens = [values.reshape(40, -1).sum(axis=1) for values in (count, np.bincount(home, waits, LISTS))]
    assert_near(tens[1] / tens[0], stay / chance, "mean wait in months")
    at_once = np.bincount(home[waits == 0], minlength=LISTS).reshape(40, -1).sum(axis=1)
    assert_near(at_once / tens[0], chance, "who waits no month")
    # Poisson, not only in the mean: as much variance between lists as mean.
    apart = seen.waiting[[30, 39, 49]].astype(np.float64)
    assert abs(apart.var(ddof=1) / mean - 1.0) <= 3.0 * np.sqrt(2.0 / apart.size)
    # On the way there.
    for t in (1, 3, 6):
        expected = mean * (1.0 - stay**t)
        assert_near(seen.waiting[t - 1], expected, f"people who wait after {t} months", 0.05)


@large
def test_littles_law_holds_to_the_month() -> None:
    """Every month that somebody waits is a month at whose end the list holds him: the sums are equal, not just near."""
    seen = watch(OPEN, search_rate=[0.3, 0.3, 0.3])
    people = seen.people
    rows = people.rows[people.practice[people.rows] == NO_PRACTICE]
    still = (MONTHS - people.search_since[rows].astype(np.int64)).sum()
    assert rows.size > 0
    assert int(seen.waiting.sum()) == int(seen.waits.sum()) + int(still)
    assert seen.joined.size + rows.size == people.n
    assert set(people.search[rows].tolist()) <= {int(Search.LOOKING), int(Search.WAITING_LIST)}
