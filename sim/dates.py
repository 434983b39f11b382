"""Days as numbers: working days, Dutch public and school holidays, practice hours and out-of-hours.

Python dates are used only here, at the edge. Everywhere else a day is an ``int``: days since the start of the run
(day 0), and a month is an index, ``(year - 1900) * 12 + month - 1``.

Which days practices close (*feestdagen*). Practices are open from Monday to Friday except on the public holidays of
the library ``holidays``: New Year's Day, Good Friday, Easter, King's Day (27 April, on the 26th when that is a Sunday),
Ascension Day, Whitsun, Christmas, and Liberation Day (5 May) once in five years (2025, 2030, ...), as most collective
agreements have it. Good Friday counts as closed because the General Extension of Time-Limits Act (*Algemene
termijnenwet*, article 3) equates it with a public holiday and the Dutch Healthcare Authority (NZa) follows that for
out-of-hours tariffs; some practices do open on it, so this is an assumption (grade C, one day a year).

School holidays move staff leave, nothing else. The library knows the dates set by the ministry per region up to 2030;
for later years the pattern is carried on by rule (grade C): spring in week 8 (North), May in week 18, six weeks
of summer whose start moves through the ministry's six-year cycle, autumn in week 43, Christmas from the Saturday on or
before 25 December for 16 days. Twente lies in region North (*Noord*).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import holidays
import numpy as np
import numpy.typing as npt

__all__ = ["OFFICE_CLOSES", "OFFICE_OPENS", "Calendar", "SchoolRegion", "date_of_month", "month_of"]

SchoolRegion = Literal["Noord", "Midden", "Zuid"]
"""Regions over which the ministry of education spreads the school holidays."""

OFFICE_OPENS = 8
"""Hour at which practices open and the out-of-hours post hands over."""

OFFICE_CLOSES = 17
"""Hour at which practices close and the out-of-hours post takes over."""

_FIRST_YEAR, _LAST_YEAR = 1966, 2099
_LONGEST_CLOSURE = 14  # days looked at beyond the horizon to find the next open day; the longest closure is 5
_REGIONS: tuple[SchoolRegion, ...] = ("Noord", "Midden", "Zuid")
_SUMMER_STARTS = (28, 29, 30, 30, 29, 28)  # first ISO week in the six-year cycle that began in 2015 (North)
_SPRING_WEEK = {"Noord": 8, "Midden": 9, "Zuid": 8}
_MAY_WEEK = 18
_AUTUMN_WEEK = 43


def month_of(day: date) -> int:
    """Month index of a date: January 1900 is 0, January 2025 is 1500."""
    return (day.year - 1900) * 12 + day.month - 1


def date_of_month(month: int) -> date:
    """First day of the month with this index."""
    return date(1900 + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days of a run as arrays of length ``days``, indexed by day number (day 0 = ``start``).

    Make the calendar longer than the run (by the length of the appointment books), so that bookings beyond its end
    still find their day.

    Raises:
        ValueError: fewer than one day, an unknown school region, or a day outside 1966-2099.
    """

    start: date
    days: int
    school_region: SchoolRegion = "Noord"

    weekday: npt.NDArray[np.int8] = field(init=False, repr=False)
    """0 Monday to 6 Sunday."""
    day_of_month: npt.NDArray[np.int8] = field(init=False, repr=False)
    """1 to 31."""
    month_index: npt.NDArray[np.int16] = field(init=False, repr=False)
    """(year - 1900) * 12 + month - 1."""
    iso_week: npt.NDArray[np.int8] = field(init=False, repr=False)
    """1 to 53."""
    iso_year: npt.NDArray[np.int16] = field(init=False, repr=False)
    """Year that the ISO week belongs to."""
    is_holiday: npt.NDArray[np.bool_] = field(init=False, repr=False)
    """Public holiday that closes practices, whatever the weekday."""
    is_school_holiday: npt.NDArray[np.bool_] = field(init=False, repr=False)
    """Day in a school holiday of the region, weekends included."""
    is_open: npt.NDArray[np.bool_] = field(init=False, repr=False)
    """Practices are open: Monday to Friday and no public holiday."""
    working_day_number: npt.NDArray[np.int32] = field(init=False, repr=False)
    """Working days before this day, so working days from day a to day b are ``number[b] - number[a]``."""
    open_days: npt.NDArray[np.int32] = field(init=False, repr=False)
    """Day numbers of the working days, in order: ``open_days[working_day_number[d]] == d`` for an open day d."""
    next_open: npt.NDArray[np.int32] = field(init=False, repr=False)
    """The day itself when open, else the first open day after it (which may lie just beyond the last day)."""

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"a calendar needs at least one day, not {self.days}")
        if self.school_region not in _REGIONS:
            raise ValueError(f"unknown school region {self.school_region!r}; use one of {', '.join(_REGIONS)}")
        total = self.days + _LONGEST_CLOSURE
        last = date.fromordinal(min(self.start.toordinal() + total, date.max.toordinal()))
        if self.start.year < _FIRST_YEAR or last.year > _LAST_YEAR:
            raise ValueError(f"a calendar lies between {_FIRST_YEAR} and {_LAST_YEAR}; this one starts on {self.start}")
        dates = [self.start + timedelta(days=n) for n in range(total)]
        public = _public_holidays(dates[0].year, dates[-1].year)
        school = _school_holidays(dates[0].year, dates[-1].year, self.school_region)

        weekday = np.array([day.weekday() for day in dates], np.int8)
        is_holiday = np.array([day in public for day in dates], np.bool_)
        is_open = (weekday < 5) & ~is_holiday
        numbers = np.arange(total, dtype=np.int32)
        next_open = np.minimum.accumulate(np.where(is_open, numbers, total)[::-1])[::-1].astype(np.int32)
        iso = [day.isocalendar() for day in dates[: self.days]]

        columns: dict[str, npt.NDArray[np.generic]] = {
            "weekday": weekday[: self.days].copy(),
            "day_of_month": np.array([day.day for day in dates[: self.days]], np.int8),
            "month_index": np.array([month_of(day) for day in dates[: self.days]], np.int16),
            "iso_week": np.array([week.week for week in iso], np.int8),
            "iso_year": np.array([week.year for week in iso], np.int16),
            "is_holiday": is_holiday[: self.days].copy(),
            "is_school_holiday": np.array([day in school for day in dates[: self.days]], np.bool_),
            "is_open": is_open[: self.days].copy(),
            "working_day_number": (np.cumsum(is_open) - is_open)[: self.days].astype(np.int32),
            "open_days": np.flatnonzero(is_open[: self.days]).astype(np.int32),
            "next_open": next_open[: self.days].copy(),
        }
        for name, column in columns.items():
            object.__setattr__(self, name, column)

    def date_of(self, day: int) -> date:
        """Date of a day number; any number, also before the start or beyond the end."""
        return self.start + timedelta(days=int(day))

    def day_of(self, day: date) -> int:
        """Day number of a date; negative before the start."""
        return day.toordinal() - self.start.toordinal()

    def is_office_time(self, day: npt.ArrayLike, hour: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """True where practices are open: an open day from 8 to 17 h. The rest is out-of-hours (*ANW*).

        Args:
            day: day numbers within the calendar.
            hour: hours since midnight, 0 up to 24, same shape or broadcastable.
        """
        hours = np.asarray(hour)
        return np.asarray(self.is_open[np.asarray(day)] & (hours >= OFFICE_OPENS) & (hours < OFFICE_CLOSES), np.bool_)


def _public_holidays(first: int, last: int) -> set[date]:
    return set(holidays.country_holidays("NL", years=range(first, last + 1), categories=("public",)))


def _school_holidays(first: int, last: int, region: SchoolRegion) -> set[date]:
    """Dates from the library; where it holds no break near the one the rule expects, the rule's dates."""
    years = range(first - 1, last + 2)  # a Christmas break crosses the year
    known = set(holidays.country_holidays("NL", subdiv=region, years=years, categories=("school",)))
    dates = set(known)
    slack = timedelta(weeks=3)
    for year in years:
        for begin, end in _breaks_by_rule(year, region):
            if not any(begin - slack <= day <= end + slack for day in known):
                dates.update(begin + timedelta(days=n) for n in range((end - begin).days + 1))
    return dates


def _breaks_by_rule(year: int, region: SchoolRegion) -> Iterator[tuple[date, date]]:
    """First and last day of each break that begins in this year, from a Saturday to a Sunday."""
    summer = _SUMMER_STARTS[(year - 2015 - 2 * _REGIONS.index(region)) % len(_SUMMER_STARTS)]
    for week, weeks in ((_SPRING_WEEK[region], 1), (_MAY_WEEK, 1), (summer, 6), (_AUTUMN_WEEK, 1)):
        begin = date.fromisocalendar(year, week, 1) - timedelta(days=2)
        yield begin, begin + timedelta(days=7 * weeks + 1)
    christmas = date(year, 12, 25)
    begin = christmas - timedelta(days=(christmas.weekday() - 5) % 7)
    yield begin, begin + timedelta(days=15)
