"""When there are enough pairs."""

from __future__ import annotations

import math

import pytest

from experiments.compare.comparison import Contrast, Estimate, Verdict
from experiments.compare.stopping import Rule, hopeless, imprecise


def one(half: float, mean: float, base: float, *, n: int = 5, verdict: Verdict = "noise") -> Contrast:
    precise = half <= max(0.05 * base, 0.25 * abs(mean))
    unknown = Estimate(base, math.nan, math.nan, n)
    return Contrast(
        "wait_mean", "b", unknown, unknown, Estimate(mean, mean - half, mean + half, n), 0.5, 2, verdict, 1.0, precise
    )


def test_the_least_comes_first_and_the_most_is_the_end() -> None:
    vague = one(half=0.06, mean=0.0, base=1.0)
    assert Rule(5, 20).more(0, []) == 5
    assert Rule(5, 20).more(3, [vague]) == 2
    assert Rule(5, 20, block=4).more(18, [one(half=0.051, mean=0.0, base=1.0)]) == 2
    assert Rule(5, 20, block=4).more(18, [vague]) == 0  # two more would not do
    assert Rule(5, 20).more(20, [vague]) == 0
    assert Rule(7, 7).more(7, [vague]) == 0


def test_it_goes_on_only_for_what_can_be_reached() -> None:
    sharp, near, far = (one(half=half, mean=0.0, base=1.0) for half in (0.04, 0.06, 0.9))
    assert imprecise([sharp, near, far]) == [near, far]
    assert (hopeless(near, 5, 20), hopeless(far, 5, 20)) == (False, True)
    assert Rule(5, 20, block=2).more(5, [sharp, near, far]) == 2
    assert Rule(5, 20).more(5, [sharp, far]) == 0
    assert Rule(5, 20).more(5, [one(half=0.0, mean=0.0, base=0.0, verdict="same")]) == 0


def test_what_more_pairs_would_bring_is_reckoned_with_students_t() -> None:
    at_limit = 0.05 * math.sqrt(20 / 5) * 2.7764 / 2.0930
    assert not hopeless(one(half=at_limit * 0.999, mean=0.0, base=1.0), 5, 20)
    assert hopeless(one(half=at_limit * 1.001, mean=0.0, base=1.0), 5, 20)
    assert not hopeless(one(half=math.nan, mean=0.0, base=1.0, n=1), 1, 20)


@pytest.mark.parametrize(("sets", "later"), [(1, 2.0930), (8, 2.3646)])
def test_more_pairs_than_sets_add_no_units(sets: int, later: float) -> None:
    at_limit = 0.05 * math.sqrt(20 / 5) * 2.7764 / later
    assert Rule(5, 20, sets=sets).more(5, [one(half=at_limit * 0.999, mean=0.0, base=1.0)]) == 1
    assert Rule(5, 20, sets=sets).more(5, [one(half=at_limit * 1.001, mean=0.0, base=1.0)]) == 0
