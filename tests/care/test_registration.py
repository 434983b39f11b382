"""A month of searching for a practice: who accepts whom, households, families, mediation; list states and wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.agents.people import NO_PRACTICE, OUTSIDE_PRACTICE, People, Search
from sim.care.registration import CONDITIONAL, FULL, OPEN, ListRoom, SearchResult, list_sizes, new_wishes, search_month
from sim.parameters import Parameters, load_parameters
from sim.randomness.ids import Kind, identify
from tests.care.clinic import make_people

MONTH = 1500
NEAR, FURTHER, FAR = 2.0, 12.0, 40.0

CERTAIN = {
    "registration.search_rate": [1.0, 1.0, 1.0],
    "registration.wish_ends": 0.0,
    "registration.dropped_by_old": 0.0,
    "registration.mediation_rate": 0.0,
    "registration.own_area_minutes": 5.0,
    "registration.search_minutes": 20.0,
    "registration.tries": 4.0,
}


def parameters(**changes: Any) -> Parameters:
    """Everybody searches every month, and no other chance; values may lie outside the shipped ranges."""
    entries = dict(load_parameters())
    for name, value in {**CERTAIN, **{f"registration.{key}": value for key, value in changes.items()}}.items():
        entries[name] = entries[name].model_copy(update={"value": value})
    return Parameters(entries)


@dataclass
class Town:
    """One place with practices at some minutes, ordered by nearness."""

    people: People
    minutes: Sequence[float] = (NEAR,)
    state: Sequence[int] = (OPEN,)
    room: Sequence[float] = (1000.0,)
    p: Parameters = field(default_factory=parameters)

    def search(self, month: int = MONTH, seed: int = 1) -> SearchResult:
        count = len(self.minutes)
        self.left = np.array(self.room, np.float64)
        return search_month(
            self.people, month, seed, self.p, self.left, np.array(self.state, np.int64),
            np.arange(count, dtype=np.int64)[None, :], np.array([self.minutes], np.float32),
        )  # fmt: skip


def seekers(n: int, practice: int = NO_PRACTICE, **columns: Any) -> People:
    """People on their own who look for a practice since this month."""
    people = make_people([(practice, -1)] * n, **{"search_since": MONTH, **columns})
    if practice >= 0:
        people.wants_other[:n] = 1
    return people


def homes(*numbers: int) -> npt.NDArray[np.uint64]:
    """Households by number."""
    return identify(Kind.HOUSEHOLD, np.array(numbers), 7, 7)


def practices(people: People) -> list[int]:
    return people.practice[: people.n].tolist()


# States of a list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [NO_PRACTICE, OUTSIDE_PRACTICE])
def test_an_open_practice_accepts(kind: int) -> None:
    town = Town(seekers(3, kind), minutes=(FURTHER,))
    result = town.search()
    assert practices(town.people) == [0, 0, 0] and sorted(result.joined.tolist()) == [0, 1, 2]
    assert town.people.search[:3].tolist() == [Search.NOT_LOOKING] * 3
    assert town.left.tolist() == [997.0] and result.refused == 0


def test_a_full_practice_refuses_and_the_next_is_tried() -> None:
    town = Town(seekers(2), (NEAR, FURTHER), (FULL, OPEN), (1000.0, 1000.0))
    result = town.search()
    assert practices(town.people) == [1, 1] and result.refused == 2


def test_who_is_refused_everywhere_is_on_a_waiting_list() -> None:
    town = Town(seekers(2), (NEAR, FURTHER), (FULL, FULL), (1000.0, 1000.0))
    assert town.search().joined.size == 0
    assert practices(town.people) == [NO_PRACTICE] * 2
    assert town.people.search[:2].tolist() == [Search.WAITING_LIST] * 2


@pytest.mark.parametrize(("minutes", "accepted"), [(NEAR, True), (5.0, True), (5.5, False), (FURTHER, False)])
def test_a_conditional_practice_accepts_people_of_its_own_area(minutes: float, accepted: bool) -> None:
    town = Town(seekers(1), (minutes,), (CONDITIONAL,))
    assert (town.search().joined.size == 1) is accepted


def test_a_conditional_practice_accepts_the_family_of_its_patients() -> None:
    people = make_people([(1, -1), (NO_PRACTICE, -1), (NO_PRACTICE, -1)], household=homes(5, 5, 6), search_since=MONTH)
    town = Town(people, (FURTHER, FURTHER), (CONDITIONAL, CONDITIONAL), (1000.0, 1000.0))
    town.search()
    assert practices(people) == [1, 1, NO_PRACTICE]


def test_a_full_practice_refuses_families_too() -> None:
    people = make_people([(0, -1), (NO_PRACTICE, -1)], household=homes(5, 5), search_since=MONTH)
    assert Town(people, (NEAR,), (FULL,)).search().joined.size == 0


def test_a_member_who_died_is_no_family() -> None:
    people = make_people([(0, -1), (NO_PRACTICE, -1)], household=homes(5, 5), search_since=MONTH)
    people.remove([0], 0)
    assert Town(people, (FURTHER,), (CONDITIONAL,)).search().joined.size == 0


def test_nobody_searches_beyond_the_bound() -> None:
    assert Town(seekers(3), (FAR,)).search().joined.size == 0


def test_so_many_practices_are_tried_in_a_month_and_others_the_next() -> None:
    count = 6
    states = (FULL,) * 5 + (OPEN,)
    town = Town(seekers(1), (NEAR,) * count, states, (1000.0,) * count)
    assert town.search().refused == 4 and practices(town.people) == [NO_PRACTICE]
    assert town.search(MONTH + 1).refused == 1 and practices(town.people) == [5]


def test_room_is_used_up() -> None:
    town = Town(seekers(8), room=(5.4,))
    assert town.search().joined.size == 5
    assert town.left[0] == pytest.approx(0.4)
    assert list_sizes(town.people, 1).tolist() == [5]


# Households -----------------------------------------------------------------------------------------------------------


def test_a_household_joins_together_or_not_at_all() -> None:
    people = seekers(8, household=homes(1, 1, 1, 1, 2, 2, 3, 3))
    town = Town(people, room=(3.0,))
    assert town.search().joined.size == 2
    member = np.array(practices(people))
    for rows in ([0, 1, 2, 3], [4, 5], [6, 7]):
        assert len(set(member[rows].tolist())) == 1
    assert member[:4].tolist() == [NO_PRACTICE] * 4  # four do not fit in three places


def test_members_who_stand_apart_search_apart() -> None:
    # One of the household wants another GP, the others have none.
    people = make_people([(0, -1), (-1, -1), (-1, -1)], household=homes(4, 4, 4), search_since=MONTH)
    people.wants_other[0] = 1
    town = Town(people, (NEAR, FURTHER), (OPEN, OPEN), (10.0, 10.0))
    town.search()
    assert practices(people) == [1, 0, 0]


def test_who_goes_first_is_drawn_by_household_and_month() -> None:
    winners = []
    for month in (MONTH, MONTH, MONTH + 1, MONTH + 2):
        town = Town(seekers(60, search_since=month), room=(20.0,))
        winners.append(frozenset(town.search(month).joined.tolist()))
    assert winners[0] == winners[1] and len(set(winners)) == 3
    assert winners[0] != frozenset(Town(seekers(60), room=(20.0,)).search(seed=2).joined.tolist())


def outcome(people: People, **given: Any) -> dict[int, tuple[int, int]]:
    """Practice and search state by id, after a month in a town where not all succeed."""
    town = Town(people, (NEAR, 4.0, FURTHER), (CONDITIONAL, OPEN, OPEN), (9.0, 5.0, 12.0), **given)
    town.search()
    n = people.n
    return {
        uid: (practice, search)
        for uid, practice, search in zip(
            people.uid[:n].tolist(), people.practice[:n].tolist(), people.search[:n].tolist(), strict=True
        )
    }


def mixed(order: npt.NDArray[np.int64]) -> People:
    """A hundred people in households of one to four, in some order of rows; a fifth of them registered."""
    uid = identify(Kind.RESIDENT, np.arange(100), 3, 0)
    household = identify(Kind.HOUSEHOLD, np.arange(100) * np.arange(100) // 250, 3, 0)
    practice = np.where(np.arange(100) % 5 == 0, 2, np.where(np.arange(100) % 3 == 0, OUTSIDE_PRACTICE, NO_PRACTICE))
    people = make_people(
        [(int(practice[k]), -1) for k in order], uid=uid[order], household=household[order], search_since=MONTH
    )
    people.wants_other[:100] = (order % 15) == 0
    return people


@pytest.mark.parametrize("shipped", [False, True])
def test_the_order_of_rows_decides_nothing(shipped: bool) -> None:
    p = load_parameters() if shipped else parameters(mediation_rate=0.5, search_rate=[0.8, 0.6, 0.7], wish_ends=0.2)
    plain = outcome(mixed(np.arange(100)), p=p)
    assert len(set(plain.values())) > 3
    for seed in range(5):
        assert outcome(mixed(np.random.default_rng(seed).permutation(100)), p=p) == plain


def test_where_there_is_room_for_all_nobody_depends_on_the_others() -> None:
    everybody = Town(mixed(np.arange(100)), (NEAR, FURTHER), (CONDITIONAL, OPEN), (1e6, 1e6))
    some = mixed(np.arange(100))
    household = some.household[:100].copy()
    gone = np.flatnonzero(household % np.uint64(2) == 0)
    some.remove(gone, 0)
    others = Town(some, (NEAR, FURTHER), (CONDITIONAL, OPEN), (1e6, 1e6))
    everybody.search()
    others.search()
    stay = np.setdiff1d(np.arange(100), gone)
    assert 0 < gone.size < 100
    np.testing.assert_array_equal(everybody.people.practice[stay], some.practice[stay])


# Mediation, wishes, striking off --------------------------------------------------------------------------------------


def test_the_insurer_places_people_on_full_lists() -> None:
    p = parameters(mediation_rate=1.0, mediation_places=1.0)
    town = Town(seekers(4), (NEAR, 3.0), (FULL, FULL), (-10.0, -2.0), p)
    result = town.search()
    # Each goes where room is least short: -2, -3 ... until ten are lacking there too.
    assert result.joined.size == result.mediated == 4 and practices(town.people) == [1] * 4
    assert town.left.tolist() == [-10.0, -6.0]


def test_who_waits_for_the_insurer_searches_on() -> None:
    p = parameters(mediation_rate=1.0, mediation_places=0.0)
    town = Town(seekers(3), (NEAR,), (FULL,), (0.0,), p)
    town.search()
    assert town.people.search[:3].tolist() == [Search.MEDIATION] * 3
    town.state, town.room = (OPEN,), (10.0,)
    town.search(MONTH + 1)
    assert practices(town.people) == [0, 0, 0] and town.people.search[:3].tolist() == [Search.NOT_LOOKING] * 3


def test_nobody_is_mediated_to_a_practice_that_has_ended() -> None:
    p = parameters(mediation_rate=1.0, mediation_places=1.0)
    town = Town(seekers(4), (NEAR, FURTHER), (FULL, FULL), (-np.inf, -300.0), p)
    assert town.search().joined.size == 4 and practices(town.people) == [1] * 4
    alone = Town(seekers(4), (NEAR,), (FULL,), (-np.inf,), p)
    assert alone.search().joined.size == 0 and practices(alone.people) == [NO_PRACTICE] * 4


def test_a_practice_that_has_ended_gives_no_places_and_weighs_in_no_mean() -> None:
    p = parameters(busy_memory=0.0)
    closed = np.array([False, False, True])
    room = ListRoom(np.array([1_000.0, 1_000.0, 0.0]), np.full(3, OPEN, np.int64), np.ones(3), closed)
    third = np.array([2.0, 4.0, 0.0])
    assert room.room(np.array([900, 1_100, 0]), third, p).tolist() == [100.0, -100.0, -np.inf]
    room.observe(third, p)
    assert room.busy[:2] == pytest.approx([2 / 3, 4 / 3])
    room.update(np.array([500, 500, 0]), third, p)
    assert room.state.tolist() == [OPEN, OPEN, FULL]


def test_registered_people_are_not_mediated() -> None:
    p = parameters(mediation_rate=1.0, mediation_places=1.0)
    town = Town(seekers(3, practice=0), (NEAR, 3.0), (FULL, FULL), (0.0, 0.0), p)
    assert town.search().mediated == 0 and practices(town.people) == [0, 0, 0]


def test_who_wants_another_gp_never_gets_the_own_one_and_stays_while_searching() -> None:
    town = Town(seekers(2, practice=0), (NEAR, FURTHER), (OPEN, FULL), (100.0, 100.0))
    town.search()
    assert practices(town.people) == [0, 0] and town.people.wants_other[:2].tolist() == [1, 1]
    town.state = (OPEN, OPEN)
    town.search(MONTH + 1)
    assert practices(town.people) == [1, 1] and town.people.wants_other[:2].tolist() == [0, 0]


def test_the_wish_passes() -> None:
    town = Town(seekers(3, practice=0), (NEAR, FURTHER), (OPEN, OPEN), (100.0, 100.0), parameters(wish_ends=1.0))
    assert town.search().joined.size == 0
    assert town.people.wants_other[:3].tolist() == [0, 0, 0] and town.people.search[:3].tolist() == [0, 0, 0]


def test_movers_may_be_struck_off() -> None:
    town = Town(seekers(3, OUTSIDE_PRACTICE), (NEAR,), (FULL,), (0.0,), parameters(dropped_by_old=1.0))
    town.search()
    assert practices(town.people) == [NO_PRACTICE] * 3


def test_the_contented_do_not_search() -> None:
    people = make_people([(0, -1)] * 5)
    town = Town(people, (NEAR, 1.0), (OPEN, OPEN), (100.0, 100.0))
    assert town.search().joined.size == 0 and people.search[:5].tolist() == [0] * 5


def test_searching_follows_its_rate() -> None:
    n = 20_000
    town = Town(seekers(n), room=(1e9,), p=parameters(search_rate=[0.6, 0.3, 0.1]))
    assert abs(town.search().joined.size / n - 0.3) < 3.0 * np.sqrt(0.3 * 0.7 / n)


def test_new_wishes_follow_their_rate_and_person_and_month() -> None:
    n = 40_000
    people = make_people([(0, -1)] * n)
    people.practice[:1_000] = NO_PRACTICE
    people.wants_other[1_000:2_000] = 1
    rows = new_wishes(people, MONTH, 1, 0.05)
    assert rows.min() >= 2_000
    assert abs(rows.size / (n - 2_000) - 0.05) < 3.0 * np.sqrt(0.05 * 0.95 / (n - 2_000))
    assert set(rows.tolist()) <= set(new_wishes(people, MONTH, 1, 0.10).tolist())  # the same luck, a higher rate
    assert set(rows.tolist()) != set(new_wishes(people, MONTH + 1, 1, 0.05).tolist())
    people.remove(np.arange(2_000, n, 2), 0)
    assert new_wishes(people, MONTH, 1, 0.05).tolist() == rows[rows % 2 == 1].tolist()
    assert new_wishes(people, MONTH, 1, 0.0).size == 0


# List states ----------------------------------------------------------------------------------------------------------


def test_states_follow_the_room_and_a_closed_list_does_not_open_at_once() -> None:
    p = parameters(conditional_below=0.05, reopen_margin=0.02, wait_pressure=0.0)
    calm = np.full(3, 5.0)
    room = ListRoom(np.array([1_000.0, 1_000.0, 1_000.0]), np.full(3, OPEN, np.int64), np.ones(3), np.zeros(3, bool))
    assert room.update(np.array([900, 980, 1_010]), calm, p).tolist() == [1, 2]
    assert room.state.tolist() == [OPEN, CONDITIONAL, FULL]
    # Half a percent of room is not enough to open again; three percent is.
    room.update(np.array([900, 980, 995]), calm, p)
    assert room.state[2] == FULL
    room.update(np.array([900, 980, 970]), calm, p)
    assert room.state[2] == CONDITIONAL


def test_a_long_book_leaves_less_room() -> None:
    p = parameters(wait_pressure=0.002)
    room = ListRoom(np.array([1_000.0, 1_000.0]), np.full(2, OPEN, np.int64), np.ones(2), np.zeros(2, bool))
    short, long = room.room(np.array([900, 900]), np.array([3.0, 15.0]), p)
    assert short == 100.0 and long == pytest.approx(80.0)


def test_traits_of_practices_are_keyed() -> None:
    p, lists = load_parameters(), np.array([2_000, 3_000, 4_000, 2_500])
    ids = identify(Kind.PRACTICE, np.arange(4), 0, 0)
    whole = ListRoom.start(lists, ids, np.full(4, 0.01), p, 1)
    turned = ListRoom.start(lists[::-1], ids[::-1], np.full(4, 0.01), p, 1)
    np.testing.assert_array_equal(whole.carries, turned.carries[::-1])
    assert (whole.carries != ListRoom.start(lists, ids, np.full(4, 0.01), p, 2).carries).any()


def test_room_is_a_share_of_the_list_as_the_parameters_say() -> None:
    n = 4_000
    p = parameters(ample_share=0.0, room_mean=0.02, room_spread=0.03)
    room = ListRoom.start(np.full(n, 2_000), identify(Kind.PRACTICE, np.arange(n), 0, 0), np.full(n, 0.01), p, 1)
    share = room.carries / 2_000 - 1.0
    assert abs(share.mean() - 0.02) < 3.0 * 0.03 / np.sqrt(n)
    assert abs(share.std() - 0.03) < 3.0 * 0.03 / np.sqrt(2 * n)
