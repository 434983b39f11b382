"""Who feels a need, when, with what: a function of the person and the month, whatever the system does.

The one exception is how often: out of hours that also depends on the time with the same GP (``sim.world.continuity``).

A person's needs in a month are Poisson (office hours and out of hours apart) with a mean made of age, sex,
deprivation, chronic conditions and a frailty of his own. Each need then falls on a day and a second, and takes a
complaint and an urgency, all by draws keyed by (person, month, ordinal). A need's ordinal says the kind:
0-31 office hours, 32-61 out of hours, 63 a planned chronic-care visit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.compiled import kernel
from sim.ledger.counts import AGE_BANDS, AGE_EDGES
from sim.parameters import Parameters
from sim.randomness.streams import Stream
from sim.world.need_draws import OUT_OF_HOURS, count_needs, deal, draw_room, guide_to, place_office, place_post

__all__ = [
    "AGE_BAND_BY_MONTH",
    "OUT_OF_HOURS",
    "PLANNED_ORDINAL",
    "MonthNeeds",
    "NeedTables",
    "age_band_of",
    "draw_month",
    "set_rates",
]

PLANNED_ORDINAL = 63

Floats = npt.NDArray[np.float64]


def age_band_of(age_months: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Age band (0-6, the bands of the published contact rates) of ages in months."""
    return np.searchsorted(np.asarray(AGE_EDGES[1:]) * 12, age_months, side="right").astype(np.int64)


AGE_BAND_BY_MONTH = age_band_of(np.arange(12 * AGE_EDGES[-1] + 1)).astype(np.uint8)
"""Age band by age in months, up to the first month of the last edge; whoever is older is in the last band."""


@dataclass(frozen=True)
class NeedTables:
    """The parameters of needs as arrays, resolved once a run (growth and season are factors of the month)."""

    day_rate: Floats  # (2, 7) needs a year by sex and age band
    post_rate: Floats  # (7,)
    deprivation: Floats  # (3,)
    condition: Floats  # (16,) by bit mask
    season: Floats  # (12,)
    weekday: Floats  # (5,)
    call_hours: Floats  # (9,) cumulative over 8-17 h
    post_weekday: Floats  # (24,) share of a week by hour, each working day
    post_weekend: Floats  # (24,) the same, each weekend day
    complaint: Floats  # (4, 10) cumulative by age group
    urgent_today: Floats  # (10,)
    urgent_high: Floats  # (10,)
    post_urgency: Floats  # (5,) cumulative
    frailty_weight: Floats  # (7,)
    growth: float  # share of the base year a year

    @classmethod
    def of(cls, p: Parameters) -> NeedTables:
        """Read the tables from the parameters."""
        contacts = p.column("needs.contact_rate")
        first = contacts * (1.0 - p.number("needs.repeat_share")) / (1.0 - p.column("needs.base_year_losses"))
        ratio = p.number("needs.sex_ratio_adults")
        by_sex = np.ones((2, AGE_BANDS))
        by_sex[0, 2:4], by_sex[1, 2:4] = 2.0 / (1.0 + ratio), 2.0 * ratio / (1.0 + ratio)
        single = p.column("needs.condition_ratio")
        mask = np.arange(16)
        condition = np.prod([np.where(mask >> k & 1, single[k], 1.0) for k in range(4)], axis=0)
        blocks = p.column("needs.post_week_profile") / 100.0
        weekday, weekend = np.zeros(24), np.zeros(24)
        weekday[17] = blocks[0]
        for k, hour in enumerate((18, 20, 22, 0, 2, 4, 6)):
            weekday[hour : hour + 2] = blocks[1 + k] / 2.0
        for k in range(12):
            weekend[2 * k : 2 * k + 2] = blocks[8 + k] / 2.0
        shares = [p.column(f"needs.share_{g}") for g in ("child", "adult", "middle", "old")]
        hours = p.column("needs.call_hour_weight")
        urgency = p.column("needs.post_urgency")
        growth = sum(
            p.number(f"needs.growth_{k}")
            for k in ("epidemiology", "sociocultural", "content", "efficiency", "horizontal", "vertical")
        )
        return cls(
            day_rate=first * by_sex,
            post_rate=p.column("needs.post_rate") / 1000.0 * p.number("needs.post_own_share"),
            deprivation=p.column("needs.deprivation_ratio"),
            condition=condition,
            season=p.column("needs.season") / p.column("needs.season").mean(),
            weekday=p.column("needs.weekday_weight"),
            call_hours=np.cumsum(hours) / hours.sum(),
            post_weekday=weekday / 5.0,
            post_weekend=weekend / 2.0,
            complaint=np.array([np.cumsum(s) / s.sum() for s in shares]),
            urgent_today=p.column("needs.urgent_today"),
            urgent_high=p.column("needs.urgent_high"),
            post_urgency=np.cumsum(urgency) / urgency.sum(),
            frailty_weight=p.column("needs.frailty_weight"),
            growth=growth / 100.0,
        )


@kernel(lean=True)
def _rates(  # type: ignore[no-untyped-def]
    month,
    alive,
    birth,
    sex,
    deprivation,
    conditions,
    frailty,
    bands,
    own,
    weight,
    day_rate,
    post_rate,
    out_day,
    out_post,
):
    oldest = bands.shape[0] - 1
    for i in range(out_day.shape[0]):
        band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
        factor = own[int(deprivation[i]), int(conditions[i]), band]
        factor *= 1.0 + weight[band] * (float(frailty[i]) - 1.0)
        day = day_rate[int(sex[i]), band] * factor / 12.0
        post = post_rate[band] * factor / 12.0
        out_day[i] = day if alive[i] else 0.0
        out_post[i] = post if alive[i] else 0.0


def person_factor_norm(people: People, tables: NeedTables, month: int) -> Floats:
    """Mean of deprivation x conditions x frailty by age band (7,), so that published age means stay means.

    Taken once, from the population at the start: a population that grows sicker later does ask for more.
    """
    rows = people.rows
    band = age_band_of(month - people.birth_month[rows].astype(np.int64))
    own = (
        tables.deprivation[people.deprivation[rows]]
        * tables.condition[people.conditions[rows]]
        * (1.0 + tables.frailty_weight[band] * (people.frailty[rows].astype(np.float64) - 1.0))
    )
    count = np.bincount(band, minlength=AGE_BANDS)
    return np.where(count > 0, np.bincount(band, own, AGE_BANDS) / np.maximum(count, 1), 1.0)


def set_rates(people: People, tables: NeedTables, norm: Floats, month: int) -> None:
    """Write ``people.rate_day`` and ``people.rate_ooh``: needs a month before growth and season."""
    n = people.n
    own = tables.deprivation[:, None, None] * tables.condition[:, None] / norm
    _rates(
        month, people.alive, people.birth_month, people.sex, people.deprivation, people.conditions, people.frailty,
        AGE_BAND_BY_MONTH, own, tables.frailty_weight, tables.day_rate, tables.post_rate,
        people.rate_day[:n], people.rate_ooh[:n],
    )  # fmt: skip


@dataclass
class MonthNeeds:
    """A month's needs, sorted by day. Office-hours needs of a day lie in ``slice_day``, the others in ``slice_post``.

    Columns: row int32, ordinal uint8, second int32 (of the day), what uint8 (complaint), urgency uint8 (1-5).
    """

    first_day: int
    start: npt.NDArray[np.int64]
    row: npt.NDArray[np.int32]
    ordinal: npt.NDArray[np.uint8]
    second: npt.NDArray[np.int32]
    what: npt.NDArray[np.uint8]
    urgency: npt.NDArray[np.uint8]

    def slice_day(self, day: int) -> slice:
        """Where the office-hours needs of a day lie."""
        k = 2 * (day - self.first_day)
        return slice(int(self.start[k]), int(self.start[k + 1]))

    def slice_post(self, day: int) -> slice:
        """Where the out-of-hours needs of a day lie."""
        k = 2 * (day - self.first_day) + 1
        return slice(int(self.start[k]), int(self.start[k + 1]))


def draw_month(
    people: People,
    tables: NeedTables,
    seed: int,
    month: int,
    first_day: int,
    days: int,
    weekday: npt.NDArray[np.integer],
    is_open: npt.NDArray[np.bool_],
    grown: float = 0.0,
) -> MonthNeeds:
    """All needs of one month.

    Args:
        people: rates must have been set for this month (:func:`set_rates`).
        tables: the parameters of needs.
        seed: the run's seed.
        month: month index.
        first_day: day number of the month's first day; ``days`` of the month follow.
        days: number of days in the month.
        weekday: weekday by day number (Monday 0).
        is_open: practices open, by day number.
        grown: share of the base year by which demand has grown beyond ageing (``sim.world.growth``).
    """
    level = (1.0 + grown) * tables.season[month % 12]
    span = slice(first_day, first_day + days)
    opened = is_open[span]
    day_weight = np.where(opened, tables.weekday[np.minimum(weekday[span], 4)], 0.0)
    post_weight = np.where(opened, tables.post_weekday.sum(), tables.post_weekend.sum())
    # a year has 365.25/7 weeks of total weight one
    post_level = level * post_weight.sum() / (365.25 / 7.0 / 12.0)
    day_level = level * days / (365.25 / 12.0)
    n = people.n
    expected = float(people.rate_day[:n].sum()) * day_level, float(people.rate_ooh[:n].sum()) * post_level
    room = [int(mean * 1.1 + 10.0 * math.sqrt(mean) + 256) for mean in expected]
    scratch = draw_room()
    while True:
        row_day, row_post = (np.empty(size, np.int32) for size in room)
        ordinal_day, ordinal_post = (np.empty(size, np.uint8) for size in room)
        office, post = count_needs(
            seed, int(Stream.NEED), month, people.uid[:n], people.rate_day[:n], people.rate_ooh[:n],
            day_level, post_level, row_day, ordinal_day, row_post, ordinal_post, scratch,
        )  # fmt: skip
        if office >= 0:
            break
        room = [2 * size for size in room]
    day_cdf = np.cumsum(day_weight) / max(day_weight.sum(), 1e-12)
    post_cdf = np.cumsum(post_weight) / post_weight.sum()
    m = office + post
    placed, key = np.empty(m, np.int64), np.empty(m, np.uint8)
    count = np.zeros(2 * days, np.int64)
    complaint, complaint_guide = tables.complaint.ravel(), guide_to(tables.complaint)
    choice = int(Stream.NEED_CHOICE)
    place_office(
        seed, choice, month, people.uid, people.birth_month, row_day[:office], ordinal_day[:office],
        day_cdf, guide_to(day_cdf), tables.call_hours, guide_to(tables.call_hours), complaint, complaint_guide,
        tables.urgent_today, tables.urgent_today * tables.urgent_high, placed[:office], key[:office], count, scratch,
    )  # fmt: skip
    place_post(
        seed, choice, month, people.uid, people.birth_month, row_post[:post], ordinal_post[:post],
        post_cdf, guide_to(post_cdf), opened, tables.post_weekday, tables.post_weekend, tables.complaint.shape[1],
        complaint, complaint_guide, tables.post_urgency, guide_to(tables.post_urgency),
        placed[office:], key[office:], count, scratch,
    )  # fmt: skip
    out = MonthNeeds(
        first_day,
        np.concatenate(([0], np.cumsum(count))),
        np.empty(m, np.int32),
        np.empty(m, np.uint8),
        np.empty(m, np.int32),
        np.empty(m, np.uint8),
        np.empty(m, np.uint8),
    )
    fill, dealt = np.empty(2 * days + 1, np.int64), np.empty(m, np.int64)
    deal(placed, key, out.start, fill, dealt, out.row, out.ordinal, out.second, out.what, out.urgency)
    return out
