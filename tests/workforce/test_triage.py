"""How many triage nurses are planned."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.workforce.triage import erlang_wait, expected_calls, nurses_needed, plan_triage
from tests.workforce.crowd import shipped, twente


def erlang_c(servers: int, load: float) -> float:
    """Textbook sum, as an oracle."""
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / math.factorial(k) for k in range(servers)) + top)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.4), (2, 1.7), (5, 4.2), (12, 9.5)])
def test_wait_is_erlang_c(servers: int, load: float) -> None:
    assert erlang_wait(servers, load) == pytest.approx(erlang_c(servers, load) / (servers - load), rel=1e-12)


def test_wait_at_the_edges() -> None:
    assert erlang_wait(3, 0.0) == 0.0
    assert erlang_wait(3, 3.0) == math.inf
    assert erlang_wait(1, 0.5) == pytest.approx(1.0)  # M/M/1: load / (1 - load)


def test_the_fewest_nurses_that_keep_the_wait() -> None:
    for load in (0.05, 0.9, 1.0, 3.7, 11.2):
        for wait in (0.2, 1.0, 3.0):
            servers = nurses_needed(load, wait)
            assert erlang_wait(servers, load) <= wait
            assert servers == 1 or erlang_wait(servers - 1, load) > wait
    with pytest.raises(ValueError, match="above 0"):
        nurses_needed(1.0, 0.0)


def test_calls_add_up_to_the_year_and_come_out_of_hours_only() -> None:
    calls = expected_calls(shipped())
    week = 5 * calls[0].sum() + 2 * calls[1].sum()
    assert week * 365 / 7 == pytest.approx(shipped().number("workforce.triage_calls") / 1000)
    assert not calls[0, 8:17].any()
    assert np.all(calls[0, 17:] > 0)
    assert np.all(calls[1] > 0)


def test_mean_wait_planned_in_twente_lies_a_little_above_the_published_one() -> None:
    # Erlang C knows no hanging up: who does so in the model (care.post_patience) shortens the wait of all others, to
    # the published 4.48-5.78 minutes, which the baseline page holds the simulated wait against.
    people, minutes = twente().population, shipped().number("care.post_triage_minutes")
    calls = expected_calls(shipped()) * people
    nurses = plan_triage([people], shipped())[0]
    assert np.array_equal(nurses == 0, calls == 0)
    days = np.array([[5], [2]])
    wait = np.array(
        [[erlang_wait(int(nurses[k, h]), calls[k, h] * minutes / 60) * minutes for h in range(24)] for k in range(2)]
    )
    mean = (wait * calls * days).sum() / (calls * days).sum()
    assert 5.78 < mean < 7.5


def test_more_people_need_more_nurses_but_fewer_a_head() -> None:
    plan = plan_triage([100_000, 600_000], shipped())
    assert np.all(plan[1] >= plan[0])
    assert plan[1].sum() < 6 * plan[0].sum()
