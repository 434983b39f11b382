"""What must come out in which order, whatever the figures: capacity modes, scale, and tables that add up."""

from __future__ import annotations

import numpy as np
import pytest

from sim.ledger import counts as C
from sim.model import RegionModel
from tests.model.digest import build, run

Tables = dict[str, dict[str, np.ndarray]]


def mean_wait(model: RegionModel) -> float:
    total = model.ledger.practice.sum(axis=0)
    return float(total[C.ROUTINE_WAIT] / total[C.ROUTINE_SEEN])


def test_waits_fall_from_hard_to_elastic(checked: dict[str, RegionModel]) -> None:
    waits = {mode: mean_wait(model) for mode, model in checked.items()}
    assert waits["elastic"] < waits["bounded"] < waits["hard"]
    assert waits["elastic"] < 3.0


def test_overtime_rises_from_hard_to_elastic(checked: dict[str, RegionModel]) -> None:
    overtime = {mode: int(model.ledger.practice[:, C.GP_OVERTIME].sum()) for mode, model in checked.items()}
    assert 0 == overtime["hard"] < overtime["bounded"] < overtime["elastic"]


def test_fewer_are_lost_where_more_care_is_given(checked: dict[str, RegionModel]) -> None:
    lost = {mode: model.ledger.flow((C.FORGONE, C.TO_POST, C.TO_EMERGENCY)) for mode, model in checked.items()}
    seen = {mode: model.ledger.flow((C.HANDLED_GP,)) for mode, model in checked.items()}
    assert lost["elastic"] < lost["bounded"] < lost["hard"]
    assert seen["elastic"] > seen["bounded"] > seen["hard"]


def test_more_demand_lengthens_the_wait() -> None:
    plain, busy = (run(150, 0.02, changes=changes) for changes in ({}, {"needs.repeat_share": 0.2}))
    assert busy.ledger.flow((C.NEEDS,)) > 1.05 * plain.ledger.flow((C.NEEDS,))
    assert mean_wait(busy) > mean_wait(plain)


@pytest.mark.slow
def test_twice_the_people_and_staff_leave_the_rates_as_they_were() -> None:
    """Demand a head within the errors of its counts, use within some percent: each practice has its own luck."""
    half, whole = (run(365, scale, years=1) for scale in (0.2, 0.4))
    heads, post_calls, use = [], [], []
    for model in (half, whole):
        total = model.ledger.practice.sum(axis=0).astype(np.float64)
        heads.append((len(model.people), total[C.NEEDS], total[C.PLANNED]))
        post_calls.append(float(model.ledger.post[:, C.P_CALLS].sum()) / len(model.people))
        use.append(np.append(total[[C.GP_CONTACTS, C.REFERRALS, C.CALLS]] / len(model.people), mean_wait(model)))
    (few, *little), (many, *much) = heads
    for one, other in zip(little, much, strict=True):
        # people differ, so that counts vary by more than Poisson's root: by about twice that
        error = np.sqrt(one / few**2 + other / many**2)
        assert abs(one / few - other / many) <= 6.0 * error
    assert post_calls[1] == pytest.approx(post_calls[0], rel=0.03)
    assert use[1][:3] == pytest.approx(use[0][:3], rel=0.03)
    assert use[1][3] == pytest.approx(use[0][3], rel=0.15)


def test_scale_is_the_size_of_the_region() -> None:
    sizes = {scale: len(build(scale).people) for scale in (0.002, 0.01, 0.02)}
    assert sizes[0.02] / sizes[0.01] == pytest.approx(2.0, rel=0.05)
    assert sizes[0.01] == pytest.approx(6_340, rel=0.03)


def test_rows_of_who_left_are_used_again() -> None:
    model = run(730, 0.01, years=2)
    people = model.people
    # Everybody who came since the start: had no row been given out twice, the table would be longer by as many.
    came = sum(int(model.ledger.tables()["people_month"][name].sum()) for name in ("born", "arrived"))
    begun = len(build(0.01).people)
    assert begun < people.n < begun + 0.8 * came


# Tables ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def year() -> Tables:
    """A whole year, so that every period is closed."""
    return run(365, 0.02, years=1).ledger.tables()


def test_weeks_and_months_are_the_same_year(year: Tables) -> None:
    weeks, months, rest = year["region_week"], year["practice_month"], year["people_month"]
    assert weeks["days"].sum() == 365 and weeks["week"][0] == "2025-01-01"
    for name in C.PRACTICE_NAMES[:17]:
        assert weeks[name].sum() == months[name].sum() + rest[f"elsewhere_{name}"].sum(), name
    for name in C.POST_NAMES[:31]:
        assert weeks[f"post_{name}"].sum() == year["post_month"][name].sum(), name
    assert months["routine_seen"].sum() <= year["wait_year"]["requests"].sum()


def test_groups_hold_the_same_year(year: Tables) -> None:
    groups, weeks = year["group_year"], year["region_week"]
    for ours, theirs in (("gp_contacts", "gp_contacts"), ("routine_seen", "routine_seen"), ("to_post", "to_post")):
        assert groups[ours].sum() == weeks[theirs].sum()
    assert groups["people"].sum() == year["people_month"]["people"][-1] == year["access_year"]["people"].sum()
    assert groups["without_gp"].sum() == year["people_month"]["without_gp"][-1]


def test_people_of_a_month_are_those_before_and_who_came_less_who_went(year: Tables) -> None:
    months = year["people_month"]
    change = months["born"] - months["died"] - months["left"] + months["arrived"]
    assert (np.diff(months["people"]) == change[1:]).all()
    assert months["month"].tolist() == [f"2025-{k:02d}" for k in range(1, 13)]


def test_gps_minutes_are_those_of_the_practices(year: Tables) -> None:
    gps, months = year["gp_year"], year["practice_month"]
    assert 0 < gps["direct_seconds"].sum() <= months["gp_used_seconds"].sum()  # locum seats belong to nobody
    assert gps["overtime_seconds"].sum() <= months["gp_overtime_seconds"].sum()
    # The rosters spread a month's duty over the GPs in whole seconds.
    assert gps["duty_seconds"].sum() == year["people_month"]["duty_seconds"].sum()


def test_no_table_holds_what_is_not_a_number(year: Tables) -> None:
    may_be_empty = {"wait_median", "wait_p90", "published_km"}
    odd = [
        f"{table}.{name}"
        for table, columns in year.items()
        for name, column in columns.items()
        if column.dtype.kind == "f" and not np.isfinite(column).all() and name not in may_be_empty
    ]
    assert odd == []
    lengths = {table: {column.size for column in columns.values()} for table, columns in year.items()}
    assert {table: sizes for table, sizes in lengths.items() if len(sizes) != 1} == {}
