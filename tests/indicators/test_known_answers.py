"""Every family of indicators against tables that can be worked out by hand."""

from __future__ import annotations

import math

import pytest

from sim.indicators.catalogue import INDICATORS
from sim.indicators.lists import norm_list
from sim.indicators.workload import working_weeks
from tests.indicators.small import (
    Tables,
    access_year,
    gp_year,
    group_year,
    people_month,
    post_month,
    practice_month,
    wait_year,
)

HOUR = 3600


def value(id: str, tables: Tables, year: int = 2025) -> float:
    return INDICATORS[id](tables, year)


def groups(id: str, tables: Tables, by: str) -> dict[int, float]:
    return {group.key: group.value for group in INDICATORS[id].by_group(tables, 2025, by)}


def test_lists() -> None:
    tables = {
        "practice_month": practice_month(
            list_size=(3000, 5000), fte_owner_employed=(1.0, 3.0), list_state=(2, 1), stopped_12_months=(1, 0)
        ),
        "gp_year": gp_year(fte=[1.0, 0.5, 0.5, 2.0]),
    }
    assert value("list_size", tables) == 4000
    assert value("list_per_fte", tables) == 2000  # 8000 / 4, not the mean of 3000 and 1667
    assert groups("list_per_fte", tables, "practice") == {0: 3000, 1: pytest.approx(5000 / 3)}
    assert norm_list() == 2095
    assert value("list_over_norm", tables) == pytest.approx(100 * 2000 / 2095)
    assert value("list_per_fte_owner", tables) == pytest.approx(8000 / 1.5)
    assert value("list_per_fte_all", tables) == 2000
    assert value("lists_full", tables) == 50
    assert value("lists_any_stop", tables) == 100
    assert value("lists_stop_12_months", tables) == 50
    assert groups("lists_full", tables, "municipality") == {0: 100, 1: 0}


def test_lists_count_the_months_in_which_they_were_full() -> None:
    table = practice_month(list_size=(1000, 1000), list_state=(0, 0))
    table["list_state"][:6] = 2  # both practices in the first three months
    assert value("lists_full", {"practice_month": table}) == 25


def test_twelve_months_stop_is_read_at_the_end_of_the_year() -> None:
    table = practice_month(list_size=(1000, 1000), stopped_12_months=(1, 1))
    table["stopped_12_months"][-1] = 0
    assert value("lists_stop_12_months", {"practice_month": table}) == 50


def test_registration() -> None:
    tables = {
        "group_year": group_year(
            people=[100, 200, 300, 400], without_gp=[0, 2, 3, 5], months_without_gp=[0, 10, 6, 14],
            wants_other_gp=[1, 4, 15, 20], registered_outside=[1, 2, 3, 5],
        ),
        "people_month": people_month(
            on_waiting_list=list(range(100, 112)), with_mediation=7, joined=3,
            refused=10,
        ),
    }  # fmt: skip
    assert value("without_gp", tables) == 10
    assert value("without_gp_share", tables) == pytest.approx(1.0)
    assert value("without_gp_months", tables) == 3
    assert groups("without_gp", tables, "municipality") == {0: 2, 1: 8}
    assert groups("without_gp_share", tables, "age") == {0: pytest.approx(0.75), 6: pytest.approx(100 * 7 / 600)}
    assert groups("without_gp_months", tables, "deprivation") == {0: pytest.approx(math.nan, nan_ok=True), 1: 5, 2: 2.5}
    assert value("wants_other_gp", tables) == 4
    assert value("registered_outside", tables) == 11
    assert groups("registered_outside", tables, "age") == {0: 4, 6: 7}
    assert value("on_waiting_list", tables) == 111
    assert value("with_mediation", tables) == 7
    assert value("found_a_practice", tables) == 36
    assert value("refusals", tables) == 120


def test_access() -> None:
    tables = {
        "group_year": group_year(
            people=[100, 100, 100, 200], routine_seen=[10, 20, 30, 40], routine_wait_days=[10, 40, 90, 60],
            routine_in_3_days=[10, 15, 20, 35], forgone=[1, 2, 3, 4], to_post=[5, 0, 0, 0], to_emergency=[0, 0, 0, 2],
        ),
        "practice_month": practice_month(
            list_size=(1000, 3000), third_next_available=(2.0, 6.0), urgent_requests=(10, 30), urgent_today=(10, 24),
            no_shows=(3, 3), handled_gp=(50, 100), handled_assistant=(10, 20), handled_poh_somatic=(2, 3),
            handled_poh_mental=(1, 2), handled_advanced=(2, 4), moved_bookings=(10, 10), gp_contacts=(50, 150),
            phone_instead_of_visit=(5, 5),
        ),
        "wait_year": wait_year([40, 20, 10, 20, 0, 9, 1]),
    }  # fmt: skip
    assert value("wait_mean", tables) == 2
    assert groups("wait_mean", tables, "place") == {0: pytest.approx(5 / 3), 1: pytest.approx(15 / 7)}
    assert value("wait_median", tables) == 1  # 40 at once, 60 within a day
    assert value("wait_p90", tables) == 3
    assert value("third_next_available", tables) == 5  # weighted by list
    assert value("seen_in_3_days", tables) == 80
    assert value("urgent_seen_today", tables) == 85
    assert value("forgone", tables) == 20
    assert value("day_to_post", tables) == 10
    assert value("day_to_emergency", tables) == 4
    assert value("missed_appointments", tables) == 3  # 6 of 194 kept and 6 missed
    assert value("moved_appointments", tables) == 60  # 240 of 4,000
    assert value("phone_instead_of_visit", tables) == 5


def test_wait_of_nobody_is_not_a_number() -> None:
    assert math.isnan(value("wait_median", {"wait_year": wait_year([0, 0, 0])}))
    assert math.isnan(value("wait_median", {"wait_year": wait_year([1, 0, 0], year=2024)}))


def test_telephone() -> None:
    tables = {
        "practice_month": practice_month(
            list_size=(1000, 2000), calls=(500, 500), calls_abandoned=(100, 0), calls_in_2_minutes=(300, 400),
            call_wait_seconds=(400 * 90, 500 * 18),
        )
    }  # fmt: skip
    assert value("phone_wait", tables) == pytest.approx((400 * 90 + 500 * 18) / 900 / 60)
    assert groups("phone_wait", tables, "practice") == {0: 1.5, 1: pytest.approx(0.3)}
    assert value("calls_in_2_minutes", tables) == 70
    assert value("calls_given_up", tables) == 10
    assert value("calls_per_person", tables) == 4


def test_minutes_and_load_by_role() -> None:
    minutes = {"gp_asked_seconds": (6000, 9000), "gp_used_seconds": (5400, 8600), "gp_available_seconds": (5000, 10000)}
    tables = {
        "practice_month": practice_month(
            list_size=(100, 200), poh_mental_asked_seconds=(60, 0), poh_mental_available_seconds=(120, 0), **minutes
        )
    }
    assert value("gp_minutes_asked", tables) == 10  # 12 months of 15,000 s over 300 people
    assert value("gp_minutes_supplied", tables) == 10
    assert value("gp_load", tables) == 1
    assert groups("gp_load", tables, "practice") == {0: 1.2, 1: 0.9}
    assert value("gp_use", tables) == pytest.approx(14 / 15)
    assert value("poh_mental_load", tables) == 0.5
    assert math.isnan(value("advanced_load", tables))


def test_hours() -> None:
    weeks = working_weeks()
    tables = {
        "gp_year": gp_year(
            fte=[0.8, 0.8, 0.6, 0.8], hours_week=[55, 57, 40, 44],
            overtime_seconds=[2 * HOUR * weeks, 0, 4 * HOUR * weeks, 0], other_work_hours=[1, 0, 0, 1],
            duty_seconds=[46 * HOUR, 92 * HOUR, 0, 46 * HOUR],
        ),
        "practice_month": practice_month(
            list_size=(2095, 2095), gp_used_seconds=(HOUR * weeks, 3 * HOUR * weeks), gp_available_seconds=(900, 1000)
        ),
        "people_month": people_month(sick_seconds=200, sick_covered_seconds=100),
    }  # fmt: skip
    assert value("gp_hours_week", tables) == pytest.approx(204 / 4)
    assert value("gp_hours_week_owner", tables) == pytest.approx(57.5)
    assert value("gp_hours_week_employed", tables) == pytest.approx(44)
    assert groups("gp_hours_week_owner", tables, "practice") == {0: pytest.approx(58), 1: pytest.approx(57)}
    assert value("gp_hours_per_fte", tables) == pytest.approx(204 / 3)
    assert value("gp_overtime", tables) == pytest.approx(2)  # 6 hours over three regular GPs
    assert value("gp_direct_hours", tables) == pytest.approx((48 + 184 / weeks) / 4)
    assert value("gp_sickness", tables) == pytest.approx(100 * 200 / 2000)
    assert value("gp_sickness_covered", tables) == 50
    assert value("duty_per_norm_practice", tables) == pytest.approx(184 / 2)
    assert value("duty_per_owner", tables) == pytest.approx(69)
    assert value("duty_per_regular_gp", tables) == pytest.approx(184 / 3)


def test_contacts() -> None:
    tables = {
        "group_year": group_year(
            people=[100, 100, 100, 200], registered=[80, 100, 100, 120], contacts=[300, 600, 60, 640],
            seen_in_year=[80, 90, 50, 180],
            referrals=[10, 20, 10, 60], gp_contacts=[200, 500, 100, 700], usual_gp_contacts=[100, 400, 50, 350],
        ),
        "practice_month": practice_month(
            list_size=(1000, 2000), handled_gp=(250, 500), handled_poh_mental=(10, 20), handled_poh_somatic=(40, 80),
            handled_advanced=(0, 10), handled_assistant=(25, 50), assistant_advice=(50, 100), mode_phone=(75, 150),
            mode_consult=(125, 250), mode_long=(40, 75), mode_visit=(10, 25),
        ),
        "people_month": people_month(elsewhere_handled_gp=1, elsewhere_handled_outside=2),
    }  # fmt: skip
    assert value("contacts_per_person", tables) == 4
    assert groups("contacts_per_person", tables, "age") == {0: 2, 6: pytest.approx(1240 / 220)}
    assert value("contacts_with_chronic_care", tables) == pytest.approx(12 * 910 / 3000)
    assert value("route_gp_phone", tables) == pytest.approx(0.9)
    assert value("route_gp_consult", tables) == pytest.approx(1.5)
    assert value("route_gp_long", tables) == pytest.approx(0.46)
    assert value("route_gp_visit", tables) == pytest.approx(0.14)
    assert value("route_poh_mental", tables) == pytest.approx(0.12)
    assert value("route_poh_somatic", tables) == pytest.approx(0.48)
    assert value("route_advanced", tables) == pytest.approx(0.04)
    assert value("route_assistant_visit", tables) == pytest.approx(0.3)
    assert value("route_assistant_advice", tables) == pytest.approx(0.6)
    assert value("route_passant", tables) == 24
    assert value("route_outside", tables) == 48
    shares = [value(f"contacts_{length}_share", tables) for length in ("short", "regular", "long")]
    assert shares == [30, 50, 20]
    assert value("seen_in_year", tables) == 80
    assert value("referrals", tables) == 250
    assert value("usual_gp_share", tables) == 60


def test_out_of_hours() -> None:
    tables = {
        "group_year": group_year(people=[100, 100, 100, 200], post_contacts=[60, 30, 10, 100]),
        "post_month": post_month(
            calls=(12, 10), calls_abandoned=(2, 0), calls_in_2_minutes=(8, 8), call_wait_seconds=(600, 1800),
            contacts_u1=(1, 0), contacts_u2=(2, 1), contacts_u3=(3, 4), contacts_u4=(2, 3), contacts_u5=(2, 2),
            advice=(3, 5), consults=(4, 4), visits=(2, 2), seen_u1=(1, 0), seen_u2=(2, 1), seen_u3=(2, 2),
            seen_in_norm_u1=(0, 0), seen_in_norm_u2=(2, 1), seen_in_norm_u3=(2, 1), self_care_eligible=(3, 2),
            to_emergency=(1, 0), shifts=(30, 20), shifts_unfilled=(1, 0), arrivals=(12, 8), weekday_hour_18=(1, 1),
            weekday_hour_19=(0, 1), weekend_hour_10=(2, 1), weekend_hour_11=(1, 0), weekend_hour_04=(0, 0),
            weekend_hour_05=(1, 0),
        ),
    }  # fmt: skip
    assert value("post_contacts", tables) == 400
    assert groups("post_contacts", tables, "age") == {0: 350, 6: pytest.approx(1000 * 130 / 300)}
    assert [value(f"post_share_u{u}", tables) for u in range(1, 6)] == [5, 15, 35, 25, 20]
    assert value("post_contacts_u3", tables) == pytest.approx(12 * 7 / 0.5)
    assert value("post_in_norm_u1", tables) == 0
    assert value("post_in_norm_u3", tables) == 75
    assert value("post_in_norm", tables) == 75  # 6 of 8; U5 has no limit
    assert value("post_advice_share", tables) == 40
    assert value("post_consult_share", tables) == 40
    assert value("post_visit_share", tables) == 20
    assert value("post_call_wait", tables) == 2
    assert groups("post_call_wait", tables, "post") == {0: 1, 1: 3}
    assert value("post_calls_in_2_minutes", tables) == pytest.approx(100 * 16 / 22)
    assert value("post_calls_given_up", tables) == pytest.approx(100 * 2 / 22)
    assert value("post_self_care_share", tables) == 25
    assert value("post_to_emergency", tables) == 24
    assert value("shifts_unfilled", tables) == 2
    assert value("post_hours_weekday_18_20", tables) == 15
    assert value("post_hours_weekend_10_12", tables) == 20
    assert value("post_hours_weekend_04_06", tables) == 5


def test_travel() -> None:
    tables = {
        "access_year": access_year(
            people=[300, 100], registered=[200, 100], minutes_to_own_practice=[3.0, 9.0],
            minutes_to_open_list=[5.0, math.inf], open_list_within_15=[True, False], minutes_to_post=[8.0, 40.0],
            post_within_30=[True, False], gp_hours_per_1000_2sfca=[16.0, 8.0],
        ),
        "distance": access_year(people=[100, 300, 400], km=[1.0, 2.0, 8.0], facility=["practice", "practice", "post"]),
    }  # fmt: skip
    tables["distance"] = {name: tables["distance"][name] for name in ("people", "km", "facility")}
    assert value("minutes_to_practice", tables) == 5
    assert groups("minutes_to_practice", tables, "municipality") == {0: 3, 1: 9}
    assert value("open_list_in_15_minutes", tables) == 75
    assert value("post_in_30_minutes", tables) == 75
    assert value("minutes_to_post", tables) == 16
    assert value("gp_hours_in_reach", tables) == 14
    assert value("km_to_practice", tables) == 1.75
    assert value("km_to_post", tables) == 8


def test_population() -> None:
    tables = {"group_year": group_year(people=[100, 200, 300, 400])}
    assert value("inhabitants", tables) == 1000
    assert groups("inhabitants", tables, "deprivation") == {0: 100, 1: 200, 2: 700}
    tables["people_month"] = people_month(people=1200, born=[0] + [1] * 11, died=2, arrived=5, left=4, moved=10)
    rates = [value(id, tables) for id in ("births", "deaths", "moves_in", "moves_out", "moves_within")]
    assert rates == pytest.approx([1000 * 11 / 1200, 20, 50, 40, 100])


def test_only_the_year_asked_for_counts() -> None:
    one, other = (group_year(year, registered=[10, 10, 10, 10], contacts=[year - 2000] * 4) for year in (2025, 2026))
    tables = {"group_year": {name: [*one[name], *other[name]] for name in one}}
    assert value("contacts_per_person", tables) == 2.5  # type: ignore[arg-type]
    assert value("contacts_per_person", tables, 2026) == 2.6  # type: ignore[arg-type]
