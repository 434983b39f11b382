"""The order in which a day's requests are handled, and the luck they carry."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.arrays import Requests
from sim.care.lineup import arrange, episode_words, gather, line_up, place
from sim.care.system import joined_requests
from sim.ledger import counts as C
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import words
from sim.world.needs import PLANNED_ORDINAL
from tests.care.clinic import Ask, month_needs

Ints = npt.NDArray[np.int64]

PRACTICES = 7


def crowd(n: int, seed: int = 1) -> tuple[Requests, npt.NDArray[np.uint64], Ints]:
    """Requests with many calls in the same second, some people more than once; ids and where they belong."""
    rng = np.random.default_rng(seed)
    row = np.sort(rng.integers(0, n, n)).astype(np.int32)
    uid = identify(Kind.RESIDENT, np.arange(n), 0, 0)
    belongs = rng.integers(0, PRACTICES + 3, n)
    requests = Requests(
        row=row,
        born=np.full(n, 40, np.int32),
        ordinal=(np.arange(n) % 3).astype(np.int32),
        step=np.zeros(n, np.int32),
        second=(8 * 3600 + 600 * rng.integers(0, 5, n)).astype(np.int32),
        what=rng.integers(0, 10, n).astype(np.int32),
        urgency=np.full(n, 4, np.int32),
        asked=np.full(n, 30, np.int32),
    )
    return requests, uid[row], belongs[row]


def take(requests: Requests, order: Ints) -> Requests:
    return Requests(*(column[order] for column in requests))


def test_by_practice_then_second() -> None:
    requests, entity, where = crowd(500)
    order, start = line_up(requests, entity, where, PRACTICES)
    assert sorted(order.tolist()) == list(range(500))
    assert start.size == PRACTICES + 3 and start[0] == 0
    for q in range(PRACTICES + 2):
        own = order[start[q] : start[q + 1]]
        assert set(where[own].tolist()) <= {q}
        assert (np.diff(requests.second[own]) >= 0).all()
    assert set(where[order[start[PRACTICES + 2] :]].tolist()) == {PRACTICES + 2}


def test_storage_order_decides_nothing() -> None:
    requests, entity, where = crowd(500)
    order, start = line_up(requests, entity, where, PRACTICES)
    key = list(zip(entity[order].tolist(), requests.ordinal[order].tolist(), strict=True))
    for seed in range(4):
        # People may stand in any rows; what one person asks keeps its order.
        place = np.random.default_rng(seed).permutation(500)[requests.row.astype(np.int64)]
        mixed = np.argsort(place, kind="stable")
        other, begin = line_up(take(requests, mixed), entity[mixed], where[mixed], PRACTICES)
        again = mixed[other]
        assert list(zip(entity[again].tolist(), requests.ordinal[again].tolist(), strict=True)) == key
        np.testing.assert_array_equal(begin, start)


def test_ties_are_spread_over_people() -> None:
    """Among callers of one second nobody is ahead for being older, or lower in the table, or in the same practice."""
    n = 400
    uid = identify(Kind.RESIDENT, np.arange(n), 0, 0)
    zeros = np.zeros(n, np.int32)
    requests = Requests(np.arange(n, dtype=np.int32), zeros, zeros, zeros, zeros + 30_000, zeros, zeros + 4, zeros)
    order, _ = line_up(requests, uid, np.zeros(n, np.int64), 1)
    assert abs(np.corrcoef(order, np.arange(n))[0, 1]) < 4.0 / np.sqrt(n)


@pytest.mark.parametrize("n", [0, 1])
def test_few_requests(n: int) -> None:
    requests, entity, where = crowd(max(n, 1))
    order, start = line_up(take(requests, np.arange(n)), entity[:n], where[:n], PRACTICES)
    assert order.tolist() == list(range(n)) and start.size == PRACTICES + 3


def test_who_asks_is_placed_and_counted() -> None:
    # one of practice 1, without a practice, of one outside the region, and dead; the first asks again and is planned
    practice, lives = np.array([1, -1, -2, 1]), np.array([1, 1, 1, 0])
    record = np.stack([np.arange(4) + 50, (practice + 2) | lives << 52], axis=1).astype(np.int64)
    requests = take(crowd(6)[0], np.arange(6))._replace(
        row=np.array([0, 1, 2, 3, 0, 0], np.int32),
        ordinal=np.array([0, 0, 0, 0, 0, PLANNED_ORDINAL], np.int32),
        step=np.array([0, 0, 0, 0, 1, 0], np.int32),
    )
    tally = np.zeros((3, C.PRACTICE_COUNTERS), np.int64)
    entity, packed, where = place(requests, record, 2, tally)
    assert entity.tolist() == [50, 51, 52, 53, 50, 50] and packed.tolist() == record[requests.row, 1].tolist()
    assert where.tolist() == [1, 2, 3, 4, 1, 1]
    assert tally[:, C.NEEDS].tolist() == [0, 1, 3] and tally[:, C.PLANNED].tolist() == [0, 1, 0]
    assert tally[:, C.VOID].tolist() == [0, 0, 1] and tally.sum() == 6
    order = np.array([5, 0, 3])
    some, who, where_from = arrange(order, requests, entity, packed)
    assert all((a == b[order]).all() for a, b in zip(some, requests, strict=True))
    assert who.tolist() == entity[order].tolist() and where_from.tolist() == packed[order].tolist()


def test_a_days_requests_are_needs_planned_visits_and_who_asks_again() -> None:
    again, _, _ = crowd(3)
    needs = month_needs(12, [Ask(5, 3, 40_000, 2, 1), Ask(6)], late=[Ask(7, ordinal=32)])
    requests = gather(needs, 12, 9, np.array([8, 9], np.int64), again)
    assert requests.row.tolist() == [5, 6, 8, 9, *again.row.tolist()]
    assert requests.ordinal.tolist()[:4] == [1, 0, PLANNED_ORDINAL, PLANNED_ORDINAL]
    assert requests.urgency.tolist()[:4] == [3, 4, 5, 5] and requests.what.tolist()[:2] == [2, 0]
    assert requests.born.tolist()[:4] == [12] * 4 and requests.asked.tolist()[:4] == [9] * 4
    assert requests.asked.tolist()[4:] == [30] * 3 and requests.born.tolist()[4:] == [40] * 3
    assert gather(needs, 12, 9, np.array([], np.int64), None).row.tolist() == [5, 6]


def test_joining_nothing_is_nothing() -> None:
    one, _, _ = crowd(2)
    assert joined_requests(None, take(one, np.arange(0))) is None
    both = joined_requests(one, None, one)
    assert both is not None and both.row.tolist() == one.row.tolist() * 2


def test_luck_is_keyed_by_the_episode_and_the_step() -> None:
    requests, entity, _ = crowd(60)
    drawn = episode_words(9, 42, entity, requests)
    assert drawn.shape == (12, 60)
    for j in (0, 17, 59):
        time = int(requests.born[j]) * 64 + int(requests.ordinal[j])
        expected = [words(9, 42, [int(entity[j])], time, part)[0] for part in range(3)]
        np.testing.assert_array_equal(drawn[:, j], np.concatenate(expected))
    # Not by the day of service, the row or the company.
    later = requests._replace(asked=requests.asked + 5, row=requests.row[::-1].copy(), second=requests.second + 1)
    np.testing.assert_array_equal(episode_words(9, 42, entity, later), drawn)
    np.testing.assert_array_equal(episode_words(9, 42, entity[3:9], take(requests, np.arange(3, 9))), drawn[:, 3:9])


def test_steps_of_an_episode_share_no_word() -> None:
    requests, entity, _ = crowd(1)
    steps = [episode_words(9, 42, entity, requests._replace(step=np.array([s], np.int32))).ravel() for s in range(8)]
    assert np.unique(np.concatenate(steps)).size == 12 * 8
