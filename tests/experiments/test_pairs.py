"""Paired replications: pairs with known differences, the interval, and runs over processes."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from experiments.executors.processes import Here, local
from experiments.pairs import Pair, difference_table, differences, pair_table, replicate, run_pairs
from experiments.prepare import Prepared, prepare
from experiments.progress import Counter
from sim.dates import month_of
from tests.experiments import fake

EFFECT = 3.0


class Toy:
    """A year whose yield hangs on luck that both scenarios share, luck of its own, and a parameter."""

    def __init__(self, prepared: Prepared) -> None:
        self.start = prepared.scenario.start
        self.days_total = (datetime.date(self.start.year + prepared.scenario.years, 1, 1) - self.start).days
        self.day = 0
        changed = prepared.parameters.number("care.overtime") > 0.15
        shared = np.random.default_rng(prepared.seed).normal()
        own = np.random.default_rng([prepared.seed, changed]).normal()
        self.value = 100.0 + 10.0 * shared + own + EFFECT * changed
        self.months: list[int] = []
        self.ledger = SimpleNamespace(tables=self._tables)

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        self.months.append(month_of(self.today))
        self.day += days

    def _tables(self) -> dict[str, dict[str, Any]]:
        assert self.day == self.days_total
        return {"year": {"value": np.array([self.value]), "months": np.array(self.months)}}


def read(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    value = tables["year"]["value"][-1]
    return {"value": value, "months": tables["year"]["months"].size, "large": value if value > 100.0 else math.nan}


def arms(seed: int = 1) -> tuple[Prepared, Prepared]:
    first = fake.prepared(seed=seed, years=1)
    return first, replace(first, parameters=first.parameters.replace({"care.overtime": 0.2}))


def toy_pairs(pairs: int, jobs: int = 1, progress: Counter | None = None, warm: bool = True) -> list[Pair]:
    with local(jobs) as workers:
        return run_pairs(*arms(), workers, progress or Counter(), pairs=pairs, read=read, warm=warm, build=Toy)


def test_a_run_goes_month_by_month_to_its_end() -> None:
    run = replicate((1, arms()[1]), read=read, build=Toy)
    assert run.arm == 1 and run.seed == 1 and run.values["months"] == 12.0


def test_pairs_have_common_seeds_in_order() -> None:
    pairs = toy_pairs(4)
    assert [pair.seed for pair in pairs] == [1, 2, 3, 4]
    for pair in pairs:
        for arm, values in zip(arms(pair.seed), (pair.first, pair.second), strict=True):
            assert values["value"] == Toy(arm).value


def test_other_seeds_are_refused() -> None:
    first, second = arms()
    with local(1) as workers, pytest.raises(ValueError, match="common seeds, not 1 and 2"):
        run_pairs(first, replace(second, seed=2), workers, Counter(), pairs=1, read=read, build=Toy)


def test_difference_and_interval_are_those_of_a_paired_t_test() -> None:
    from scipy import stats  # here: processes that read this file need not wait for it

    pairs = toy_pairs(30)
    found = {one.name: one for one in differences(pairs)}["value"]
    first, second = (np.array([getattr(pair, arm)["value"] for pair in pairs]) for arm in ("first", "second"))
    test = stats.ttest_rel(second, first).confidence_interval()
    assert (found.low, found.high) == pytest.approx((test.low, test.high))
    assert found.first == pytest.approx(first.mean()) and found.second == pytest.approx(second.mean())
    assert found.mean == pytest.approx(found.second - found.first) and found.low < EFFECT < found.high
    assert found.excludes_zero is True and found.pairs == 30
    share = 1.0 - (second - first).var(ddof=1) / (first.var(ddof=1) + second.var(ddof=1))
    assert found.removed == pytest.approx(share) and share > 0.97


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        drawn = rng.normal(0.0, 1.0, (6, 2))
        (one,) = differences([Pair(k, {"x": a}, {"x": b}) for k, (a, b) in enumerate(drawn.tolist())])
        held += one.excludes_zero is False
    assert 0.92 < held / 400 < 0.98


def test_pairs_without_a_number_are_left_out() -> None:
    pairs = toy_pairs(20)
    found = {one.name: one for one in differences(pairs)}["large"]
    both = [pair for pair in pairs if pair.first["value"] > 100.0 and pair.second["value"] > 100.0]
    assert 2 < found.pairs == len(both) < 20
    assert found.first == pytest.approx(np.mean([pair.first["value"] for pair in both]))
    none = differences([Pair(1, {"x": math.nan}, {"x": 1.0})])[0]
    assert none.pairs == 0 and math.isnan(none.mean) and none.excludes_zero is None


def test_one_pair_has_no_interval() -> None:
    found = differences(toy_pairs(1))[0]
    assert found.pairs == 1 and math.isnan(found.low) and math.isnan(found.removed) and found.excludes_zero is None


def test_runs_without_any_difference() -> None:
    (one,) = differences([Pair(k, {"x": 2.0}, {"x": 2.0}) for k in range(3)])
    assert (one.mean, one.low, one.high) == (0.0, 0.0, 0.0) and one.excludes_zero is False
    assert math.isnan(one.removed)


def test_tables() -> None:
    pairs = toy_pairs(3)
    rows = pair_table(pairs, ("off", "on"))
    assert rows["seed"].tolist() == [1, 1, 2, 2, 3, 3] and rows["scenario"].tolist() == ["off", "on"] * 3
    assert rows["value"][1] == pairs[0].second["value"]
    table = difference_table(differences(pairs))
    assert table["measure"].tolist() == ["value", "months", "large"] and table["pairs"][0] == 3
    assert table["mean"][0] == pytest.approx(np.mean(rows["value"][1::2] - rows["value"][::2]))


def test_progress_counts_runs() -> None:
    class Seen(Counter):
        def __init__(self) -> None:
            self.updates: list[tuple[int, int, int]] = []

        def update(self, round_: int, done: int, total: int) -> None:
            self.updates.append((round_, done, total))

    seen = Seen()
    toy_pairs(2, progress=seen)
    assert seen.updates == [(1, done, 4) for done in range(5)]


def test_the_first_run_goes_alone_to_compile() -> None:
    class Recorder(Here):
        sizes: ClassVar[list[int]] = []

        def results[T, R](self, work: functools.partial[R], tasks: Iterable[T]) -> Iterator[R]:  # type: ignore[override]
            listed = list(tasks)
            self.sizes.append(len(listed))
            return super().results(work, listed)

    with Recorder() as workers:
        run_pairs(*arms(), workers, Counter(), pairs=3, read=read, warm=False, build=Toy)
    assert Recorder.sizes == [1, 5]


def test_two_processes_give_what_one_gives() -> None:
    assert toy_pairs(3) == toy_pairs(3, jobs=2)


def test_overrides_reach_parameters_scenario_and_key() -> None:
    plain = prepare("twente", seed=1, years=1)
    off = prepare("twente", seed=1, years=1, parameters={"careers.strain_on": 0.0})
    assert plain.parameters.number("careers.strain_on") == 1.0 and off.parameters.number("careers.strain_on") == 0.0
    assert off.scenario.parameters["careers.strain_on"] == 0.0
    assert off.key != plain.key and off.region_hash == plain.region_hash
