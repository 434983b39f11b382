"""The calendar against known dates and against its own definitions."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.dates import OFFICE_CLOSES, OFFICE_OPENS, Calendar, date_of_month, month_of

START = date(2025, 1, 1)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """Ten years from the base date."""
    return Calendar(START, 3652)


def test_base_date(calendar: Calendar) -> None:
    assert calendar.weekday[0] == 2  # a Wednesday
    assert calendar.month_index[0] == 1500
    assert (calendar.iso_year[0], calendar.iso_week[0]) == (2025, 1)
    assert calendar.next_open[0] == 1
    assert calendar.date_of(len(calendar.weekday) - 1) == date(2034, 12, 31)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 1), "New Year's Day"),
        (date(2025, 4, 18), "Good Friday"),
        (date(2025, 4, 20), "Easter Sunday"),
        (date(2025, 4, 21), "Easter Monday"),
        (date(2025, 4, 26), "King's Day, moved from Sunday to Saturday"),
        (date(2025, 5, 5), "Liberation Day in a lustrum year"),
        (date(2025, 5, 29), "Ascension Day"),
        (date(2025, 6, 9), "Whit Monday"),
        (date(2025, 12, 25), "Christmas Day"),
        (date(2025, 12, 26), "Boxing Day"),
        (date(2026, 4, 27), "King's Day"),
        (date(2030, 5, 5), "Liberation Day in a lustrum year, a Sunday"),
        (date(2034, 4, 10), "Easter Monday, ten years on"),
    ],
)
def test_holidays_close_practices(calendar: Calendar, day: date, name: str) -> None:
    number = calendar.day_of(day)
    assert calendar.is_holiday[number], name
    assert not calendar.is_open[number], name


@pytest.mark.parametrize(
    "day", [date(2025, 4, 22), date(2025, 4, 28), date(2025, 12, 24), date(2026, 5, 5), date(2025, 12, 31)]
)
def test_ordinary_days_are_open(calendar: Calendar, day: date) -> None:
    number = calendar.day_of(day)
    assert not calendar.is_holiday[number]
    assert calendar.is_open[number]


def test_working_days_of_2025() -> None:
    # 261 weekdays less New Year, Good Friday, Easter Monday, Liberation Day, Ascension, Whit Monday, two Christmas days
    assert Calendar(START, 365).is_open.sum() == 253


def test_christmas_week(calendar: Calendar) -> None:
    christmas = calendar.day_of(date(2025, 12, 25))  # a Thursday: Friday closed too, then a weekend
    assert calendar.date_of(int(calendar.next_open[christmas])) == date(2025, 12, 29)
    eve = christmas - 1
    assert calendar.working_day_number[christmas + 4] - calendar.working_day_number[eve] == 1


def test_next_open_looks_beyond_the_last_day() -> None:
    short = Calendar(date(2025, 4, 18), 2)  # Good Friday and the Saturday after it
    assert not short.is_open.any()
    assert short.open_days.size == 0
    assert list(short.next_open) == [4, 4]  # the Tuesday after Easter


@settings(max_examples=60, deadline=None)
@given(start=st.dates(date(1990, 1, 1), date(2080, 1, 1)), days=st.integers(1, 800))
def test_columns_agree_with_python_dates(start: date, days: int) -> None:
    calendar = Calendar(start, days)
    dates = [start + timedelta(days=n) for n in range(days)]
    assert [calendar.day_of(day) for day in dates] == list(range(days))
    assert [calendar.date_of(n) for n in range(days)] == dates
    assert list(calendar.weekday) == [day.weekday() for day in dates]
    assert list(calendar.day_of_month) == [day.day for day in dates]
    assert [date_of_month(int(m)) for m in calendar.month_index] == [day.replace(day=1) for day in dates]
    assert list(zip(calendar.iso_year, calendar.iso_week, strict=True)) == [day.isocalendar()[:2] for day in dates]
    assert np.array_equal(calendar.is_open, (calendar.weekday < 5) & ~calendar.is_holiday)
    assert np.array_equal(calendar.open_days, np.flatnonzero(calendar.is_open))
    # number[b] - number[a] counts the open days in [a, b)
    numbers = calendar.working_day_number
    assert numbers[0] == 0
    assert np.array_equal(np.diff(numbers), calendar.is_open[:-1].astype(np.int32))
    assert np.array_equal(numbers[calendar.open_days], np.arange(calendar.open_days.size))
    gaps = calendar.next_open - np.arange(days)
    assert np.array_equal(gaps == 0, calendar.is_open)
    assert gaps.max() <= 5


def test_a_later_start_tells_the_same_days(calendar: Calendar) -> None:
    shift = 1000
    later = Calendar(calendar.date_of(shift), 500)
    for name in ("weekday", "is_open", "is_holiday", "is_school_holiday", "month_index", "iso_week"):
        assert np.array_equal(getattr(later, name), getattr(calendar, name)[shift : shift + 500]), name


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 2, 15), date(2025, 2, 23)),
        (date(2025, 7, 12), date(2025, 8, 24)),
        (date(2025, 10, 18), date(2025, 10, 26)),
        (date(2025, 12, 20), date(2026, 1, 4)),
        (date(2026, 2, 21), date(2026, 3, 1)),
        (date(2030, 10, 19), date(2030, 10, 27)),  # by rule: the ministry has not set it yet
        (date(2032, 2, 14), date(2032, 2, 22)),  # by rule
    ],
)
def test_school_holidays_of_region_north(calendar: Calendar, first: date, last: date) -> None:
    a, b = calendar.day_of(first), calendar.day_of(last)
    assert calendar.is_school_holiday[a : b + 1].all()
    assert not calendar.is_school_holiday[a - 1]
    assert not calendar.is_school_holiday[b + 1]


def test_every_year_has_its_school_holidays(calendar: Calendar) -> None:
    years = calendar.month_index // 12 + 1900
    for year in range(2025, 2035):
        weekdays = calendar.is_school_holiday & (years == year) & (calendar.weekday < 5)
        assert 50 <= weekdays.sum() <= 58, year  # nine weeks and what Christmas leaves in this year


def test_school_regions_differ_in_summer() -> None:
    summers = {region: Calendar(START, 365, region).is_school_holiday for region in ("Noord", "Midden", "Zuid")}
    assert not np.array_equal(summers["Noord"], summers["Midden"])
    assert not np.array_equal(summers["Noord"], summers["Zuid"])


def test_office_time(calendar: Calendar) -> None:
    friday, saturday = calendar.day_of(date(2025, 1, 3)), calendar.day_of(date(2025, 1, 4))
    hours = np.arange(24)
    assert list(hours[calendar.is_office_time(friday, hours)]) == list(range(OFFICE_OPENS, OFFICE_CLOSES))
    assert not calendar.is_office_time(saturday, hours).any()
    assert list(calendar.is_office_time([friday, friday, saturday], [16.99, 17.0, 12.0])) == [True, False, False]


def test_pickle_keeps_every_column(calendar: Calendar) -> None:
    copy = pickle.loads(pickle.dumps(calendar))
    assert copy.start == calendar.start
    assert np.array_equal(copy.next_open, calendar.next_open)
    assert copy.next_open.dtype == np.int32


def test_month_index() -> None:
    assert month_of(date(1900, 1, 1)) == 0
    assert month_of(date(2025, 12, 31)) == 1511
    assert date_of_month(1500) == START


@pytest.mark.parametrize(
    ("start", "days", "region", "message"),
    [
        (START, 0, "Noord", "at least one day"),
        (START, 10, "Oost", "unknown school region 'Oost'"),
        (date(1960, 1, 1), 10, "Noord", "between 1966 and 2099"),
        (date(2095, 1, 1), 3652, "Noord", "between 1966 and 2099"),
    ],
)
def test_refuses_what_it_cannot_know(start: date, days: int, region: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Calendar(start, days, region)  # type: ignore[arg-type]
