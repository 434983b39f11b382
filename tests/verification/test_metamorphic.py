"""What must not matter, and what must matter in one direction: doubling, the zero of time, labels, one GP more."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest

from sim.agents.people import NO_PRACTICE, People
from sim.care.books import GP
from sim.care.phone_queue import HUNG_UP, fifo_queue
from sim.care.priority_queue import LEFT, PriorityQueues
from sim.care.registration import CONDITIONAL, FULL, OPEN, search_month
from sim.ledger import counts as C
from sim.observation.access import two_step_floating_catchment
from sim.randomness.ids import Kind, identify
from sim.source import COMPILED
from tests.care.clinic import MONDAY, TODAY, Clinic, asks, make_clinic
from tests.care.test_post import FRIDAY, Call, make_lab
from tests.care.test_registration import parameters
from tests.verification.panel import live, make_panels
from tests.verification.ticks import random_case

Ints = npt.NDArray[np.int64]

# Double people and staff ----------------------------------------------------------------------------------------------


def some_days(practices: int, days: int = 60) -> Clinic:
    """Practices with no-shows, drop-outs and follow-ups; the demand of practice q hangs on q alone."""
    ten = np.ones(10)
    clinic = make_panels(
        practices, 60, 10, mode="bounded", no_show=0.1, rebooks=0.5, drop_rate=0.05, follow_up=0.2 * ten,
        referral=0.1 * ten, self_care=0.1 * ten,
    )  # fmt: skip
    counts = np.stack([np.random.default_rng(q).poisson(8.5, days) for q in range(practices)])
    for day in range(days):
        live(clinic, counts[:, day])
    return clinic


large = pytest.mark.skipif(not COMPILED, reason="tens of thousands of visits need compiled kernels")


@large
def test_twice_the_people_and_staff_leave_those_who_were_there_as_they_were() -> None:
    half, whole = some_days(30), some_days(60)
    np.testing.assert_array_equal(whole.ledger.practice[:30], half.ledger.practice[:30])
    np.testing.assert_array_equal(whole.care.books.bookings[:30], half.care.books.bookings[:30])
    # and what is new has the same rates: seen, waited, lost, referred
    for counter in (C.HANDLED_GP, C.ROUTINE_WAIT, C.NO_SHOWS, C.REFERRALS, C.SELF_CARE):
        old, new = (whole.ledger.practice[part, counter].astype(np.float64) for part in (slice(30), slice(30, 60)))
        error = np.sqrt(old.var(ddof=1) / 30 + new.var(ddof=1) / 30)
        assert abs(old.mean() - new.mean()) <= 3.0 * error, C.PRACTICE_NAMES[counter]


# The zero of time -----------------------------------------------------------------------------------------------------

SHIFTS = [1, 977, 86_400, 10**12]


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_zero_of_time_is_nothing_to_a_line(shift: int) -> None:
    rng = np.random.default_rng(1)
    for _ in range(60):
        case = random_case(rng, ranks=3)
        starts, rows = [], []
        for zero in (0, shift):
            arrival, boundary = case.array("arrival") + zero, case.array("boundary") + zero
            service, patience, servers = (case.array(name) for name in ("service", "patience", "servers"))
            start = np.zeros(arrival.size, np.int64)
            fifo_queue(arrival, service, patience, boundary, servers, np.zeros(3, np.int64), start)
            starts.append(np.where(start >= 0, start - zero, start))
            queues = PriorityQueues(1, 3, 3)
            o = queues.advance(
                zero, zero + 1000, np.array([0, arrival.size]), arrival, service, patience, case.array("rank"),
                np.arange(arrival.size), boundary, servers[None, :],
            )  # fmt: skip
            begun = np.where(o.start == LEFT, LEFT, o.start - zero)
            rows.append(sorted(zip(o.customer.tolist(), begun.tolist(), (o.end - zero).tolist(), strict=True)))
        assert starts[0].tolist() == starts[1].tolist()
        assert rows[0] == rows[1]
    assert HUNG_UP == LEFT


@pytest.mark.parametrize("weeks", [1, 2])
def test_the_zero_of_time_is_nothing_to_a_practice_and_a_post(weeks: int) -> None:
    flows, books, told = [], [], []
    for begin in (MONDAY, MONDAY + timedelta(weeks=weeks)):
        clinic = make_clinic(((GP, GP),), ((0, 0),) * 50 + ((0, 1),) * 50, slots=6, begin=begin)
        rng = np.random.default_rng(5)
        for _ in range(22):
            clinic.live([*asks(0, int(rng.poisson(10))), *asks(50, 50 + int(rng.poisson(2)), TODAY)])
        flows.append(clinic.ledger.practice.tolist())
        books.append([clinic.booked(0, 40), clinic.booked(1, 40)])
    assert flows[0] == flows[1] and books[0] == books[1]
    for begin in (FRIDAY, FRIDAY + timedelta(weeks=weeks)):
        lab = make_lab(begin=begin, triage=60.0)
        lab.night([Call(who, 1 + who % 5, 18 * 3600 + 40 * who) for who in range(50)], nurses=1, gps=1, cars=1)
        lab.night([Call(who, 1 + who % 5, 12 * 3600 + 50 * who, day=1) for who in range(50)], nurses=1, gps=1, cars=1)
        told.append(lab.ledger.post.tolist())
    assert told[0] == told[1]


# Labels of places -----------------------------------------------------------------------------------------------------


def seekers(nodes: int, label: Ints) -> People:
    people = People()
    n = 3000
    rng = np.random.default_rng(8)
    node = rng.integers(0, nodes, n)
    people.add(
        n,
        uid=identify(Kind.RESIDENT, np.arange(n), 0, 0),
        birth_month=0,
        node=label[node],
        household=identify(Kind.HOUSEHOLD, np.arange(n) // 2, 0, 0),
        practice=NO_PRACTICE,
        search_since=rng.integers(1490, 1501, n),
    )
    return people


def test_searching_does_not_hang_on_the_numbers_of_places_and_practices() -> None:
    nodes, practices = 12, 9
    rng = np.random.default_rng(2)
    minutes = rng.uniform(1.0, 30.0, (nodes, practices)).astype(np.float32)
    state = rng.choice([OPEN, CONDITIONAL, FULL], practices)
    room = rng.uniform(10.0, 400.0, practices)
    new_node, new_practice = rng.permutation(nodes), rng.permutation(practices)
    joined = []
    for label_node, label_practice in ((np.arange(nodes), np.arange(practices)), (new_node, new_practice)):
        far = np.empty_like(minutes)
        far[np.ix_(label_node, label_practice)] = minutes
        own_state, own_room = np.empty_like(state), np.empty_like(room)
        own_state[label_practice], own_room[label_practice] = state, room
        near = np.argsort(far, axis=1, kind="stable").astype(np.int64)
        people = seekers(nodes, label_node)
        p = parameters(mediation_rate=0.1, mediation_places=0.5)
        for month in (1500, 1501, 1502):
            search_month(people, month, 1, p, own_room, own_state.astype(np.int64), near, far)
        name = np.append(np.argsort(label_practice), NO_PRACTICE)
        joined.append(name[people.practice[: people.n]].tolist())
    assert joined[0] == joined[1]
    assert len(set(joined[0])) > 5


def test_floating_catchments_do_not_hang_on_the_numbers_of_places_and_providers() -> None:
    rng = np.random.default_rng(3)
    minutes, people, supply = rng.uniform(0.0, 40.0, (30, 8)), rng.integers(1, 900, 30) * 1.0, rng.uniform(1, 9, 8)
    place, provider = rng.permutation(30), rng.permutation(8)
    plain = two_step_floating_catchment(minutes, people, supply)
    other = two_step_floating_catchment(minutes[np.ix_(place, provider)], people[place], supply[provider])
    np.testing.assert_allclose(other, plain[place], rtol=1e-12)


# One GP more ----------------------------------------------------------------------------------------------------------


@large
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("any_gp", [0.0, 1.0])
def test_more_gps_never_worsen_the_wait_under_elastic_capacity(seed: int, any_gp: float) -> None:
    demand = np.random.default_rng(seed).poisson(16.0, 45)
    waits, overtime = [], []
    for gps in (1, 2, 3, 4):
        clinic = make_clinic(
            ((GP,) * gps,), [(0, k % gps) for k in range(60)], slots=6, mode="elastic", elastic=5, any_gp=any_gp
        )
        for number in demand.tolist():
            clinic.live(asks(0, number))
        while clinic.balance() or clinic.care.books.bookings.sum():
            clinic.live()
        assert clinic.told(C.HANDLED_GP) == demand.sum() and clinic.told(C.FORGONE) == 0
        waits.append(clinic.told(C.ROUTINE_WAIT))
        overtime.append(clinic.told(C.GP_OVERTIME))
    assert waits == sorted(waits, reverse=True) and waits[0] > waits[-1]
    assert overtime == sorted(overtime, reverse=True) and overtime[0] > overtime[-1]
