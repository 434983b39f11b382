"""The practice's telephone: one line, callers who hang up, and what becomes of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.care.books import GP
from sim.ledger import counts as C
from sim.parameters import load_parameters
from tests.care.clinic import HIGH, TODAY, Ask, Clinic, asks, make_clinic

NINE = 9 * 3600


def short_calls(lines: int = 1, **tables: object) -> Clinic:
    """A practice whose calls last one second."""
    clinic = make_clinic(slots=200, patients=((0, 0),) * 400, gp_seconds=np.full(4, 60), lines=lines, **tables)
    clinic.care.telephone.call_seconds = 0.0
    return clinic


def hang_up(failed: tuple[float, float, float], patients: int = 40) -> Clinic:
    """Nobody answers."""
    clinic = make_clinic(patients=((0, 0),) * patients, lines=0)
    clinic.care.telephone.failed = np.array(failed)
    return clinic


def test_callers_wait_for_the_line_one_after_another() -> None:
    clinic = short_calls()
    clinic.live([Ask(who, second=NINE) for who in range(200)])
    assert clinic.told(C.CALLS) == 200 and clinic.told(C.CALLS_ABANDONED) == 0
    assert clinic.told(C.CALL_WAIT) == sum(range(200))
    assert clinic.told(C.CALLS_IN_2_MINUTES) == 121  # waits of 0 to 120 seconds


def test_a_second_line_halves_the_wait() -> None:
    clinic = short_calls(lines=2)
    clinic.live([Ask(who, second=NINE) for who in range(200)])
    assert clinic.told(C.CALL_WAIT) == 2 * sum(range(100))


def test_who_does_not_wait_hangs_up() -> None:
    clinic = short_calls()
    clinic.care.telephone.patience_seconds = 0.0
    clinic.care.telephone.failed = np.zeros(3)
    clinic.live([Ask(who, second=NINE) for who in range(50)])
    assert clinic.told(C.CALLS) == 50 and clinic.told(C.CALLS_ABANDONED) == 49 and clinic.told(C.HANDLED_GP) == 1


def test_lines_open_by_the_hour() -> None:
    clinic = short_calls()
    clinic.care.telephone.lines[:] = 0
    clinic.care.telephone.lines[0, 10] = 1
    clinic.live([Ask(0, second=NINE)])
    assert clinic.told(C.CALL_WAIT) == 3600 and clinic.told(C.HANDLED_GP) == 1


def test_who_is_on_the_line_at_the_end_of_the_day_is_answered() -> None:
    clinic = short_calls()
    clinic.live([Ask(who, second=17 * 3600 - 1) for who in range(100)])
    assert clinic.told(C.CALLS_ABANDONED) == 0 and clinic.told(C.CALL_WAIT) == sum(range(100))


def test_the_table_of_lengths_is_the_formula_to_the_second() -> None:
    words = np.random.default_rng(3).integers(0, 1 << 32, 5_000)
    for mean, longest in ((240.0, 1800), (0.0, 1800), (7.3, 20), (900.0, 0)):
        telephone = make_clinic().care.telephone
        telephone.call_seconds, telephone.longest = mean, longest
        guide, steps = telephone._lengths()
        near = np.clip(steps[:-1, None] + np.arange(-1, 2), 0, (1 << 32) - 1).ravel()
        for word in np.concatenate((words, near, [0, (1 << 32) - 1])).tolist():
            seconds = int(guide[word >> 20])
            while word >= steps[seconds + 1]:
                seconds += 1
            assert seconds == min(longest, int(-mean * math.log(1.0 - word / 4294967296.0)))


# What becomes of who hung up ------------------------------------------------------------------------------------------


def test_who_hung_up_calls_again_the_next_day_and_has_waited_since() -> None:
    clinic = hang_up((0.0, 0.0, 0.0))
    clinic.live(asks(0, 4))
    assert clinic.told(C.CALLS_ABANDONED) == clinic.told(C.RETRIES) == 4 and clinic.flows() == {"needs": 4}
    assert clinic.care.again is not None and clinic.care.again.step.tolist() == [1] * 4 and clinic.balance() == 0
    clinic.care.telephone.lines[:] = 10
    clinic.live()
    assert clinic.flows() == {"needs": 4, "handled_gp": 4}
    assert clinic.told(C.CALLS) == 8


@pytest.mark.parametrize(
    ("failed", "counter"),
    [((1.0, 1.0, 1.0), C.HANDLED_GP), ((0.0, 1.0, 1.0), C.TO_EMERGENCY), ((0.0, 0.0, 1.0), C.TO_POST)],
)
def test_the_emergency_line_112_and_the_post(failed: tuple[float, float, float], counter: int) -> None:
    clinic = hang_up(failed)
    clinic.live(asks(0, 6) + asks(6, 8, TODAY) + asks(8, 9, HIGH))
    assert clinic.told(counter) == 9 and clinic.told(C.CALLS_ABANDONED) == 9 and clinic.balance() == 0
    assert clinic.evening is not None and clinic.evening.row.size == (9 if counter == C.TO_POST else 0)


def test_shares_of_who_hung_up() -> None:
    n = 6_000
    chances = load_parameters().column("care.after_failed_call")
    clinic = hang_up(tuple(np.cumsum(chances)), n)
    clinic.live(asks(0, n))
    # Ten visits fit in the one GP's day, a hundred in his book: the emergency line's callers are those not turned away.
    counts = {C.TO_EMERGENCY: chances[1], C.TO_POST: chances[2], C.RETRIES: 1.0 - chances.sum()}
    for counter, chance in counts.items():
        assert abs(clinic.told(counter) / n - chance) < 3.0 * np.sqrt(chance * (1.0 - chance) / n), counter
    line = n - sum(clinic.told(counter) for counter in counts)
    assert abs(line / n - chances[0]) < 3.0 * np.sqrt(chances[0] * (1.0 - chances[0]) / n)
    assert clinic.told(C.HANDLED_GP) + sum(clinic.booked(0, 62)) + clinic.told(C.FORGONE) == line


def test_who_writes_does_not_call() -> None:
    clinic = hang_up((0.0, 0.0, 0.0))
    clinic.care.telephone.online = 1.0
    clinic.live(asks(0, 6))
    assert clinic.told(C.CALLS) == 0 and clinic.told(C.HANDLED_GP) == 6


def test_the_share_who_write() -> None:
    n = 5_000
    clinic = make_clinic(patients=((0, 0),) * n, lines=n)
    clinic.care.telephone.online = 0.3
    clinic.live(asks(0, n))
    assert abs(1.0 - clinic.told(C.CALLS) / n - 0.3) < 3.0 * np.sqrt(0.3 * 0.7 / n)


# Administrative calls -------------------------------------------------------------------------------------------------


def office(practices: int, rate: float) -> Clinic:
    """Practices with 1,000 patients each who only call about prescriptions and results."""
    clinic = make_clinic(((GP,),) * practices, patients=((0, 0),))
    clinic.lists[:] = 1_000
    clinic.care.telephone.admin_rate = rate / 1_000
    return clinic


def test_administrative_calls_are_poisson_with_the_weights_of_the_week() -> None:
    clinic = office(400, 30.0)
    weight = load_parameters().column("needs.weekday_weight")
    for day in range(5):
        before = clinic.ledger.practice[:400, C.CALLS].copy()
        clinic.live()
        calls = clinic.ledger.practice[:400, C.CALLS] - before
        mean = 30.0 * weight[day] / weight.mean()
        assert abs(calls.mean() - mean) < 3.0 * np.sqrt(mean / 400)
        # Variance of a Poisson count is its mean; the standard error of a variance is about mean x sqrt(2 / n).
        assert abs(calls.var() - mean) < 4.0 * mean * np.sqrt(2.0 / 400)
    assert clinic.flows() == {} and clinic.balance() == 0


def test_administrative_calls_follow_the_hours() -> None:
    weight = load_parameters().column("needs.call_hour_weight")
    share = weight / weight.sum()
    for hour in (8, 11, 16):
        clinic = office(400, 30.0)
        clinic.care.telephone.patience_seconds = 0.0
        clinic.care.telephone.lines[:] = 0
        clinic.care.telephone.lines[:, hour] = 50
        clinic.live()
        answered = clinic.told(C.CALLS) - clinic.told(C.CALLS_ABANDONED)
        expected = share[hour - 8]
        spread = np.sqrt(expected * (1.0 - expected) / clinic.told(C.CALLS))
        assert abs(answered / clinic.told(C.CALLS) - expected) < 3.0 * spread


def test_they_hold_up_the_line() -> None:
    retries = []
    for rate in (0.0, 0.2):
        clinic = make_clinic(((GP,),) * 40, [(k % 40, k % 40) for k in range(400)], lines=1)
        clinic.lists[:] = 1_000
        clinic.care.telephone.admin_rate = rate
        clinic.care.telephone.call_seconds = 240.0
        clinic.care.telephone.patience_seconds = 480.0
        clinic.care.telephone.failed = np.zeros(3)
        clinic.live([Ask(who, second=8 * 3600 + 300 * (who // 40)) for who in range(400)])
        retries.append(clinic.told(C.RETRIES))
    assert retries[1] > 1.5 * retries[0] > 0


def test_calls_do_not_depend_on_other_practices() -> None:
    alone, together = office(1, 30.0), office(3, 30.0)
    for clinic in (alone, together):
        for _ in range(5):
            clinic.live()
    assert alone.told(C.CALLS, 0) == together.told(C.CALLS, 0)
    assert together.told(C.CALLS, 1) != together.told(C.CALLS, 0)
