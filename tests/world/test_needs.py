"""Needs: how many, on which day, at what hour, with what; and that each is a function of the person and the month."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import poisson

from sim.agents.people import People
from sim.dates import Calendar, month_of
from sim.ledger.counts import AGE_EDGES
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.world.needs import (
    OUT_OF_HOURS,
    MonthNeeds,
    NeedTables,
    age_band_of,
    draw_month,
    person_factor_norm,
    set_rates,
)

Ints = npt.NDArray[np.int64]

START = date(2025, 1, 1)
JANUARY = month_of(START)
CALENDAR = Calendar(START, 400)
N = 60_000


@cache
def tables() -> NeedTables:
    return NeedTables.of(load_parameters())


def inhabitants(n: int = N, order: npt.NDArray[np.int64] | None = None) -> People:
    """People of all ages, with everything that makes needs differ; rows in the given order."""
    rng = np.random.default_rng(1)
    age = rng.integers(0, 95 * 12, n)
    columns = {
        "uid": identify(Kind.RESIDENT, np.arange(n), 0, 0),
        "birth_month": JANUARY - age,
        "sex": rng.integers(0, 2, n),
        "deprivation": rng.integers(0, 3, n),
        "conditions": np.where(age > 50 * 12, rng.integers(0, 16, n), 0),
        "frailty": rng.gamma(2.0, 0.5, n).astype(np.float32),
    }
    order = np.arange(n) if order is None else order
    people = People()
    people.add(n, **{name: column[order] for name, column in columns.items()})
    set_rates(people, tables(), person_factor_norm(people, tables(), JANUARY), JANUARY)
    return people


def draw(people: People, month: int = JANUARY, seed: int = 1, grown: float = 0.0) -> MonthNeeds:
    days = np.flatnonzero(CALENDAR.month_index == month)
    return draw_month(people, tables(), seed, month, int(days[0]), days.size, CALENDAR.weekday, CALENDAR.is_open, grown)


def is_day(needs: MonthNeeds) -> npt.NDArray[np.bool_]:
    return needs.ordinal < OUT_OF_HOURS


def band(people: People) -> Ints:
    return age_band_of(JANUARY - people.birth_month[: people.n].astype(np.int64))


def days_of(needs: MonthNeeds, days: int, post: bool) -> Ints:
    """Needs on each day of the month."""
    slices = [(needs.slice_post if post else needs.slice_day)(needs.first_day + d) for d in range(days)]
    return np.array([s.stop - s.start for s in slices])


@pytest.fixture(scope="module")
def people() -> People:
    return inhabitants()


@pytest.fixture(scope="module")
def year(people: People) -> list[MonthNeeds]:
    """Twelve months of needs of the same people."""
    return [draw(people, JANUARY + k) for k in range(12)]


def joined(year: list[MonthNeeds], name: str) -> npt.NDArray[np.int64]:
    return np.concatenate([getattr(needs, name) for needs in year]).astype(np.int64)


def near_share(count: int, n: int, share: float, what: str) -> None:
    """Within three standard errors of a share, three and a half where many are looked at."""
    error = np.sqrt(share * (1.0 - share) / n)
    assert abs(count / n - share) <= 3.5 * error + 1e-12, f"{what}: {count / n:.4f} against {share:.4f}"


# How many -------------------------------------------------------------------------------------------------------------


def test_age_bands() -> None:
    edges = np.array(AGE_EDGES) * 12
    assert age_band_of(edges).tolist() == list(range(7))
    assert age_band_of(edges[1:] - 1).tolist() == list(range(6))
    assert age_band_of(np.array([1_300])).tolist() == [6]


def test_what_makes_people_differ_leaves_the_mean_of_an_age_band_as_published(people: People) -> None:
    own, rate = band(people), people.rate_day[:N].astype(np.float64) * 12.0
    plain = tables().day_rate[people.sex[:N].astype(np.int64), own]
    p = load_parameters()
    first = p.column("needs.contact_rate") * (1.0 - p.number("needs.repeat_share"))
    first /= 1.0 - p.column("needs.base_year_losses")
    for k in range(7):
        assert np.mean(rate[own == k] / plain[own == k]) == pytest.approx(1.0, rel=1e-5)
        assert plain[own == k].mean() == pytest.approx(first[k], rel=0.01)  # half of these people are women
    ooh = people.rate_ooh[:N].astype(np.float64) * 12.0
    for k in range(7):
        published = p.column("needs.post_rate")[k] / 1000.0 * p.number("needs.post_own_share")
        assert ooh[own == k].mean() == pytest.approx(published, rel=1e-5)


def test_the_chronically_ill_the_deprived_and_the_frail_need_more() -> None:
    n = 4
    people = People()
    people.add(
        n,
        uid=[1, 2, 3, 4],
        birth_month=JANUARY - 600,
        deprivation=[1, 2, 1, 1],
        conditions=[0, 0, 1, 0],
        frailty=[1.0, 1.0, 1.0, 2.0],
    )
    norm = np.ones(7)
    set_rates(people, tables(), norm, JANUARY)
    rate = people.rate_day[:n] / people.rate_day[0]
    p = load_parameters()
    weight = tables().frailty_weight
    assert rate[1] == pytest.approx(p.column("needs.deprivation_ratio")[2] / p.column("needs.deprivation_ratio")[1])
    assert rate[2] == pytest.approx(p.column("needs.condition_ratio")[0])
    assert rate[3] == pytest.approx(1.0 + weight[3] if np.ndim(weight) else 2.0)


def test_counts_by_age_over_a_year_meet_the_rates(people: People, year: list[MonthNeeds]) -> None:
    """Twelve months add up to a year's rate times season and days; Poisson errors, band by band."""
    own = band(people)
    season = tables().season
    days = np.array([np.count_nonzero(CALENDAR.month_index == JANUARY + k) for k in range(12)])
    for post in (False, True):
        rows = joined(year, "row")[(joined(year, "ordinal") >= OUT_OF_HOURS) == post]
        seen = np.bincount(own[rows], minlength=7)
        rate = (people.rate_ooh if post else people.rate_day)[:N].astype(np.float64) * 12.0
        months = [post_weeks(m) * 7.0 for m in range(12)] if post else days
        level = float(season @ np.array(months, float)) / 365.25
        for k in range(7):
            expected = rate[own == k].sum() * level
            assert abs(seen[k] - expected) < 3.5 * np.sqrt(expected), f"band {k}, post {post}"


def post_weeks(month: int) -> float:
    """Weeks' worth of out-of-hours needs that the calendar gives a month: closed weekdays count as weekend days."""
    of_month = CALENDAR.month_index == JANUARY + month
    weekday, weekend = float(tables().post_weekday.sum()), float(tables().post_weekend.sum())
    return float(np.where(CALENDAR.is_open[of_month], weekday, weekend).sum())


def test_a_persons_monthly_count_is_poisson() -> None:
    people = inhabitants()
    for mean in (0.05, 0.8, 3.0):
        people.rate_day[:N] = mean
        people.rate_ooh[:N] = mean / 2.0
        needs = draw(people, seed=5)
        own = float(people.rate_day[0]) * tables().season[0] * 31 / (365.25 / 12.0)
        counts = np.bincount(needs.row[is_day(needs)], minlength=N)
        for k in range(8):
            near_share(int((counts == k).sum()), N, float(poisson.pmf(k, own)), f"mean {mean}, {k} needs")
        assert abs(counts.mean() - own) < 3.0 * np.sqrt(own / N)


def test_ordinals_number_a_persons_needs(year: list[MonthNeeds]) -> None:
    needs = year[0]
    for post in (False, True):
        own = is_day(needs) != post
        row, ordinal = needs.row[own].astype(np.int64), needs.ordinal[own].astype(np.int64) - post * OUT_OF_HOURS
        assert np.unique(row * 64 + ordinal).size == row.size
        count = np.bincount(row, minlength=N)
        assert (ordinal < count[row]).all() and ordinal.min() == 0


def test_growth_is_a_share_of_the_base_year() -> None:
    people = inhabitants()
    base = draw(people, JANUARY, seed=3).row.size
    for share in (0.1, 0.37):
        grown = draw(people, JANUARY, seed=3, grown=share).row.size
        # The same luck in both, so the ratio is much sharper than two independent counts; 4 % allows for neither.
        assert grown / base == pytest.approx(1.0 + share, abs=4.0 / np.sqrt(base))


def test_the_dead_need_nothing() -> None:
    people = inhabitants(1_000)
    people.remove(np.arange(0, 1_000, 2), 0)
    set_rates(people, tables(), np.ones(7), JANUARY)
    assert (draw(people).row % 2 == 1).all()


# When -----------------------------------------------------------------------------------------------------------------


def test_needs_of_the_day_fall_on_open_days_with_the_weights_of_the_week(year: list[MonthNeeds]) -> None:
    weight = tables().weekday
    for k, needs in enumerate(year):
        of_month = np.flatnonzero(CALENDAR.month_index == JANUARY + k)
        seen = days_of(needs, of_month.size, post=False)
        assert not seen[~CALENDAR.is_open[of_month]].any()
        expected = np.where(CALENDAR.is_open[of_month], weight[np.minimum(CALENDAR.weekday[of_month], 4)], 0.0)
        for day in np.flatnonzero(expected):
            near_share(int(seen[day]), int(seen.sum()), float(expected[day] / expected.sum()), f"month {k}, day {day}")


def test_public_holidays_belong_to_the_posts() -> None:
    people = inhabitants(20_000)
    needs = draw(people, JANUARY + 3)  # April: Good Friday on the 18th, Easter Monday on the 21st
    friday, monday, tuesday = (needs.slice_day(CALENDAR.day_of(date(2025, 4, d))) for d in (18, 21, 22))
    assert friday.stop == friday.start and monday.stop == monday.start and tuesday.stop > tuesday.start
    days = days_of(needs, 30, post=True)
    assert days[20] > 1.5 * days[21]


def test_calls_of_the_day_follow_the_hours(year: list[MonthNeeds]) -> None:
    second = joined(year, "second")[joined(year, "ordinal") < OUT_OF_HOURS]
    weight = load_parameters().column("needs.call_hour_weight")
    assert second.min() >= 8 * 3600 and second.max() < 17 * 3600
    for k in range(9):
        near_share(int((second // 3600 == 8 + k).sum()), second.size, float(weight[k] / weight.sum()), f"{8 + k} h")
    inside = second[second // 3600 == 9] % 3600
    assert abs(inside.mean() - 1799.5) < 3.0 * 3600.0 / np.sqrt(12.0 * inside.size)


def test_the_posts_hours_follow_the_published_profile(year: list[MonthNeeds]) -> None:
    blocks = load_parameters().column("needs.post_week_profile")
    weekday, weekend = np.zeros(24, np.int64), np.zeros(24, np.int64)
    for k, needs in enumerate(year):
        for day in np.flatnonzero(CALENDAR.month_index == JANUARY + k):
            hours = np.bincount(needs.second[needs.slice_post(int(day))] // 3600, minlength=24)
            (weekday if CALENDAR.is_open[day] else weekend)[:] += hours
    assert weekday[8:17].sum() == 0  # practices are open
    named = {17: blocks[0], **{hour: blocks[1 + k] for k, hour in enumerate((18, 20, 22, 0, 2, 4, 6))}}
    for hour, share in named.items():
        width = 1 if hour == 17 else 2
        seen = int(weekday[hour : hour + width].sum())
        near_share(seen, int(weekday.sum()), share / blocks[:8].sum(), f"weekday {hour} h")
    for k in range(12):
        seen = int(weekend[2 * k : 2 * k + 2].sum())
        near_share(seen, int(weekend.sum()), blocks[8 + k] / blocks[8:].sum(), f"weekend {2 * k} h")


def test_slices_hold_every_need_once(year: list[MonthNeeds]) -> None:
    for k, needs in enumerate(year):
        days = int(np.count_nonzero(CALENDAR.month_index == JANUARY + k))
        own, late = days_of(needs, days, post=False), days_of(needs, days, post=True)
        assert own.sum() + late.sum() == needs.row.size
        assert own.sum() == is_day(needs).sum()
        for day in range(0, days, 7):
            assert (needs.ordinal[needs.slice_day(needs.first_day + day)] < OUT_OF_HOURS).all()
            assert (needs.ordinal[needs.slice_post(needs.first_day + day)] >= OUT_OF_HOURS).all()


# With what ------------------------------------------------------------------------------------------------------------


def test_complaints_follow_the_age_group(people: People, year: list[MonthNeeds]) -> None:
    p = load_parameters()
    row, what, ordinal = joined(year, "row"), joined(year, "what"), joined(year, "ordinal")
    months = np.concatenate([np.full(needs.row.size, JANUARY + k) for k, needs in enumerate(year)])
    age = (months - people.birth_month[row].astype(np.int64)) // 12
    for name, low, high in (("child", 0, 18), ("adult", 18, 45), ("middle", 45, 75), ("old", 75, 200)):
        own = (age >= low) & (age < high) & (ordinal < OUT_OF_HOURS)
        share = p.column(f"needs.share_{name}")
        for c in range(10):
            near_share(int((what[own] == c).sum()), int(own.sum()), float(share[c] / share.sum()), f"{name}, {c}")


def test_urgency_by_day_and_at_the_post(year: list[MonthNeeds]) -> None:
    p = load_parameters()
    what, urgency = joined(year, "what"), joined(year, "urgency")
    day = joined(year, "ordinal") < OUT_OF_HOURS
    for c in range(10):
        own = urgency[day & (what == c)]
        today, high = p.column("needs.urgent_today")[c], p.column("needs.urgent_high")[c]
        near_share(int((own <= 3).sum()), own.size, float(today), f"complaint {c} today")
        near_share(int((own == 2).sum()), own.size, float(today * high), f"complaint {c} high")
    assert set(urgency[day].tolist()) == {2, 3, 4}
    published = p.column("needs.post_urgency")
    late = urgency[~day]
    for u in range(5):
        near_share(int((late == u + 1).sum()), late.size, float(published[u] / published.sum()), f"U{u + 1}")


# A function of the person and the month -------------------------------------------------------------------------------


def by_person(people: People, needs: MonthNeeds, days: int = 31) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """(id, ordinal) -> (day, second, complaint, urgency)."""
    day = np.empty(needs.row.size, np.int64)
    for d in range(needs.first_day, needs.first_day + days):
        day[needs.slice_day(d)] = day[needs.slice_post(d)] = d
    uid = people.uid[needs.row]
    keys = zip(uid.tolist(), needs.ordinal.tolist(), strict=True)
    values = zip(day.tolist(), needs.second.tolist(), needs.what.tolist(), needs.urgency.tolist(), strict=True)
    return dict(zip(keys, values, strict=True))


def test_the_order_of_rows_changes_nobodys_needs() -> None:
    plain = inhabitants(5_000)
    norm = person_factor_norm(plain, tables(), JANUARY)
    set_rates(plain, tables(), norm, JANUARY)
    mixed = inhabitants(5_000, np.random.default_rng(2).permutation(5_000))
    set_rates(mixed, tables(), norm, JANUARY)
    assert by_person(mixed, draw(mixed)) == by_person(plain, draw(plain))


def test_other_rates_for_some_change_nothing_for_the_others() -> None:
    plain, changed = inhabitants(5_000), inhabitants(5_000)
    changed.rate_day[1_000:2_000] *= 2.0
    changed.rate_ooh[1_000:2_000] = 0.0
    before, after = by_person(plain, draw(plain)), by_person(changed, draw(changed))
    touched = set(plain.uid[1_000:2_000].tolist())
    rest = [{k: v for k, v in needs.items() if k[0] not in touched} for needs in (before, after)]
    assert rest[0] == rest[1] and len(rest[0]) > 0
    own = {k: v for k, v in before.items() if k[0] in touched and k[1] < OUT_OF_HOURS}
    more = {k: v for k, v in after.items() if k[0] in touched}
    # Whoever needs more keeps the needs he had, with the same day, hour and complaint, and has others on top.
    assert own.items() <= more.items() and len(more) > 1.5 * len(own)
    assert all(ordinal < OUT_OF_HOURS for _, ordinal in more)


def test_company_does_not_matter() -> None:
    plain, fewer = inhabitants(3_000), inhabitants(3_000)
    fewer.remove(np.arange(0, 3_000, 3), 0)
    fewer.rate_day[0:3_000:3] = fewer.rate_ooh[0:3_000:3] = 0.0
    gone = set(plain.uid[0:3_000:3].tolist())
    before = by_person(plain, draw(plain))
    assert by_person(fewer, draw(fewer)) == {k: v for k, v in before.items() if k[0] not in gone}


def test_months_and_seeds_differ() -> None:
    people = inhabitants(3_000)
    drawn = [frozenset(by_person(people, draw(people, JANUARY, seed)).items()) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] and len(drawn[0] & drawn[2]) < 0.01 * len(drawn[0])
    months = [np.bincount(draw(people, JANUARY + k).row, minlength=3_000) for k in (0, 2)]
    rates = people.rate_day[:3_000] + people.rate_ooh[:3_000]
    assert abs(np.corrcoef(months[0] - rates, months[1] - rates)[0, 1]) < 4.0 / np.sqrt(3_000)
