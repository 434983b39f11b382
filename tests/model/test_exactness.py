"""Same seed, same bytes: twice, in other processes, interpreted, stored in another order, copied half-way."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.agents.people import People
from sim.model import RegionModel
from sim.source import COMPILED
from sim.world.demography import Demography
from tests.model.digest import build, columns_of, differences, digest, run

ROOT = Path(__file__).resolve().parents[2]
SCALE, DAYS = 0.01, 70


@pytest.fixture(scope="module")
def plain() -> RegionModel:
    """Seventy days of a hundredth of Twente: a month's turn or two, searches, deaths, the posts."""
    return run(DAYS, SCALE)


# Other runs -----------------------------------------------------------------------------------------------------------


def test_twice_in_one_process(plain: RegionModel) -> None:
    again = run(DAYS, SCALE)
    assert differences(again, plain) == []
    assert digest(again) == digest(plain)


def in_another_process(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """``tests.model.digest`` with its arguments, those of this file if left out."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.model.digest", *(arguments or (str(SCALE), str(DAYS)))],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.skipif(not COMPILED, reason="nothing to compare with: the kernels of this process are interpreted")
def test_in_other_processes_under_other_hash_seeds_and_interpreted(plain: RegionModel) -> None:
    others = {
        "compiled": in_another_process(PYTHONHASHSEED="0"),
        "interpreted": in_another_process(PYTHONHASHSEED="1", NUMBA_DISABLE_JIT="1"),
    }
    said = {name: process.communicate() for name, process in others.items()}
    expected = {name: [digest(plain), name] for name in others}
    assert {name: out.split() for name, (out, _) in said.items()} == expected, [error for _, error in said.values()]


def test_other_seeds_give_other_worlds(plain: RegionModel) -> None:
    other = run(DAYS, SCALE, seed=2)
    assert digest(other) != digest(plain)
    assert not np.array_equal(other.ledger.practice, plain.ledger.practice)


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_that_is_no_word_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="seed must lie between 0 and 4294967295"):
        build(SCALE, seed=seed)


# How it is run --------------------------------------------------------------------------------------------------------


def test_day_by_day_or_in_one_go(plain: RegionModel) -> None:
    model = build(SCALE)
    for days in (1, 29, 0, 3, 31, 1, 5):
        model.advance(days)
    assert model.day == DAYS and differences(model, plain) == []


def test_checking_changes_nothing(plain: RegionModel) -> None:
    assert differences(run(DAYS, SCALE, check=True), plain) == []


def test_how_long_the_run_will_be_changes_nothing(plain: RegionModel) -> None:
    assert differences(run(DAYS, SCALE, years=3), plain) == []


def test_a_run_ends_with_its_last_day() -> None:
    model = build(0.002, years=1)
    model.advance(400)
    assert model.day == model.days_total == 365
    before = digest(model)
    model.advance(10)
    assert digest(model) == before


def test_drawing_from_mesas_own_generators_changes_nothing(plain: RegionModel) -> None:
    model = build(SCALE)
    for _ in range(DAYS):
        model.random.random()
        model.rng.random()
        np.random.default_rng().random()
        model.advance(1)
    assert differences(model, plain) == []


# Where people stand ---------------------------------------------------------------------------------------------------


class Shuffled(RegionModel):
    """The same region with its people in other rows."""

    def _populate(self, scale: float) -> None:
        super()._populate(scale)
        ordered, n = self.people, self.people.n
        order = np.random.default_rng(12).permutation(n)
        columns = {name: getattr(ordered, name)[:n][order] for name in People.names() if name != "alive"}
        self.people = People(0)
        self._listen()
        self.people.add(n, day=0, **columns)
        self.demography = Demography.of(self.region, self.parameters, self.people, self.seed, self.first_month)


@pytest.mark.parametrize("mode", ["bounded", "elastic"])
def test_the_order_in_which_people_are_stored_decides_nothing(plain: RegionModel, mode: str) -> None:
    straight = plain if mode == "bounded" else run(DAYS, SCALE, mode=mode)
    shuffled = run(DAYS, SCALE, mode=mode, kind=Shuffled)
    assert not np.array_equal(shuffled.people.uid[:100], straight.people.uid[:100])
    assert differences(shuffled, straight, ulps=True) == []


# Copies ---------------------------------------------------------------------------------------------------------------


def by_pickle(model: RegionModel) -> RegionModel:
    twin: RegionModel = pickle.loads(pickle.dumps(model))
    return twin


@pytest.mark.parametrize("duplicate", [copy.deepcopy, by_pickle], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("half", [31, 47])  # at a month's turn, and within a month
def test_a_copy_goes_on_as_the_original_would(plain: RegionModel, duplicate: object, half: int) -> None:
    assert callable(duplicate)
    model = run(half, SCALE)
    twin = duplicate(model)
    twin.advance(DAYS - half)
    assert model.day == half  # the copy's life is its own
    assert differences(twin, plain) == []
    model.advance(DAYS - half)
    assert differences(model, plain) == []


# One world for all scenarios ------------------------------------------------------------------------------------------

WORLD = (
    "uid",
    "birth_month",
    "sex",
    "household",
    "node",
    "deprivation",
    "conditions",
    "frailty",
    "rate_day",
)


def test_a_figure_that_is_only_printed_changes_nothing(plain: RegionModel) -> None:
    same = run(DAYS, SCALE, changes={"practices.published_lists": published_lists()})
    assert differences(same, plain) == []


def published_lists() -> list[float]:
    """Figures that are printed next to results and never used in a run, a little changed within their range."""
    passport = build(0.002).parameters["practices.published_lists"]
    values = np.asarray(passport.value, float)
    high = np.broadcast_to(np.asarray(passport.high, float), values.shape)
    changed = [float(v) for v in (values + high) / 2.0]
    assert changed != values.tolist()
    return changed


def test_what_care_does_leaves_the_world_alone(plain: RegionModel) -> None:
    """Births, deaths, moves, illness and needs are the same whatever the practices do."""
    changes = {"care.no_show": 0.06, "care.call_minutes": 6.0}
    for options in ({"mode": "hard"}, {"mode": "elastic"}, {"changes": changes}):
        other = run(DAYS, SCALE, **options)
        one, two = columns_of(other.people), columns_of(plain.people)
        for name in WORLD:
            np.testing.assert_array_equal(one[name], two[name], err_msg=f"{options}: {name}")
        # out-of-hours rates follow the years with the usual GP, whom some find sooner or later by what care does
        since = one["usual_since"] == two["usual_since"]
        assert since.mean() > 0.99
        np.testing.assert_array_equal(one["rate_ooh"][since], two["rate_ooh"][since], err_msg=f"{options}")
        for counter in (0, 1):  # needs and planned visits
            assert other.ledger.practice[:, counter].sum() == plain.ledger.practice[:, counter].sum()
        assert digest(other) != digest(plain)
