"""Same seed, same bytes with a workforce in full motion; and nobody's draws hang on somebody else."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.gp import GP
from sim.agents.staffing import gps_of
from sim.model import RegionModel
from sim.source import COMPILED
from sim.workforce.pool import Newcomer, make_gp
from tests.model.conftest import DAYS
from tests.model.digest import CALM, STORM, build, columns_of, differences, digest, run
from tests.model.test_exactness import WORLD, Shuffled, in_another_process

SCALE = 0.05


def test_everything_happened(stormy: RegionModel) -> None:
    """What the tests below compare."""
    seen = Counter(event.kind for event in stormy.ledger.events)
    assert {
        "owner announces stop", "GP leaves", "GP arrives", "GP falls ill", "GP comes back", "GP reduces hours",
        "GP adds hours", "role changes", "vacancy opens", "successor signs", "practice handed over", "search fails",
        "temporary management begins", "temporary management ends", "people move to practice", "practice opens",
        "trainee begins", "trainee graduates", "list closed",
    } <= set(seen)  # fmt: skip
    force = stormy.workforce
    assert force.ended == seen["practice closes"] + seen["practice merges"] > 0
    assert force.opened == seen["practice opens"] > 2
    assert min(force.came, force.gone, force.began, force.finished) > 3
    assert stormy.ledger.tables()["workforce_month"]["month"].size == 13


@pytest.mark.skipif(not COMPILED, reason="the kernels of this process are interpreted")
def test_in_other_processes_under_other_hash_seeds(stormy: RegionModel) -> None:
    others = [in_another_process(str(SCALE), str(DAYS), "storm", PYTHONHASHSEED=word) for word in ("0", "1")]
    said = [process.communicate() for process in others]
    assert [out.split() for out, _ in said] == [[digest(stormy), "compiled"]] * 2, [error for _, error in said]


def test_other_seeds_have_other_careers(stormy: RegionModel) -> None:
    other = run(60, SCALE, force=STORM, seed=2)
    assert [gp.uid for gp in gps_of(other)] != [gp.uid for gp in gps_of(stormy)]


def by_pickle(model: RegionModel) -> RegionModel:
    twin: RegionModel = pickle.loads(pickle.dumps(model))
    return twin


@pytest.mark.parametrize("duplicate", [copy.deepcopy, by_pickle], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("half", [243, 290])  # at a month's turn, and within a month
def test_a_copy_goes_on_as_the_original_would(
    stormy: RegionModel, duplicate: Callable[[RegionModel], RegionModel], half: int
) -> None:
    model = run(half, SCALE, force=STORM)
    before = digest(model)
    twin = duplicate(model)
    assert digest(twin) == before
    twin.advance(DAYS - half)
    assert differences(twin, stormy) == []
    assert digest(model) == before  # the copy's life is its own
    model.advance(DAYS - half)
    assert differences(model, stormy) == []


def test_the_order_in_which_people_are_stored_decides_nothing(stormy: RegionModel) -> None:
    shuffled = run(DAYS, SCALE, force=STORM, kind=Shuffled)
    assert differences(shuffled, stormy, ulps=True) == []


# Nobody's draws hang on somebody else -------------------------------------------------------------------------------

APART = STORM | {name: value for name, value in CALM.items() if "locum" in name or "found" in name or "look" in name}
APART |= {
    "careers.strain_on": 0.0,
    "careers.co_owner": 0.0,
    "careers.pool_pull": 0.0,
    "careers.job_load": 0.0,
    "training.settle_load": 0.0,
}
"""Many draws, and nothing by which one GP's being there changes the chances of another."""


def happened(model: RegionModel, gps: set[int]) -> list[tuple[int, str, float, str, int]]:
    """Career events of some GPs."""
    kinds = {"owner announces stop", "GP leaves", "GP falls ill", "GP comes back", "GP reduces hours", "GP adds hours"}
    return [
        (event.day, event.kind, event.value, event.cause, event.gp)
        for event in model.ledger.events
        if event.kind in kinds and event.gp in gps
    ]


def arrivals(model: RegionModel) -> list[tuple[int, float, str]]:
    return [(one.day, one.value, one.cause) for one in model.ledger.events if one.kind == "GP arrives"]


def add_locum(model: RegionModel) -> GP:
    """Somebody whom the other world does not have."""
    town = int(np.argmax(model.region.node_population))
    one = Newcomer(
        uid=987_654_321, origin=gps_of(model)[0].origin, birth_month=model.first_month - 12 * 40, sex=1, fte=0.8,
        home_node=town, diploma_month=model.first_month - 96, tie=True, trained_here=False, wants_to_own=False,
        ready_month=model.first_month,
    )  # fmt: skip
    groups = model.numbered.practice_group.astype(np.int64)
    outlook = copy.copy(model)  # only lists and minutes are read of it
    return make_gp(model, one, gps_of(model)[-1].role, groups, outlook, model.seed, model.parameters)  # type: ignore[arg-type]


def test_one_gp_more_leaves_the_careers_of_all_others_as_they_were() -> None:
    plain, more = build(SCALE, force=APART), build(SCALE, force=APART, check=True)
    gps = {gp.number for gp in gps_of(plain)}
    extra = add_locum(more)
    more.workforce.first_gps += 1
    assert extra.number == len(gps)
    plain.advance(DAYS)
    more.advance(DAYS)
    expected = happened(plain, gps)
    assert len(expected) > 20
    assert happened(more, gps) == expected
    assert arrivals(more) == arrivals(plain) != []
    one, other = columns_of(plain.people), columns_of(more.people)
    for name in WORLD:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)
    assert digest(more) != digest(plain)


def test_strain_leaves_births_deaths_moves_and_needs_as_they_were() -> None:
    """Strain moves GPs, and years with the same GP move out-of-hours needs: that one way is closed here."""
    apart = STORM | {"continuity.odds": [1.0] * 6}
    off, strained = (run(DAYS, SCALE, force=apart | {"careers.strain_on": on}) for on in (0.0, 1.0))
    one, other = columns_of(off.people), columns_of(strained.people)
    for name in WORLD:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)
    ours, theirs = (model.ledger.tables()["people_month"] for model in (off, strained))
    for name in ("people", "born", "died", "left", "arrived", "moved"):
        np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)
    weeks, others = (model.ledger.tables()["region_week"] for model in (off, strained))
    np.testing.assert_array_equal(weeks["needs"], others["needs"])
    assert happened(off, set(range(1000))) != happened(strained, set(range(1000)))
