"""Who feels a need, when, with what: a function of the person and the month, whatever the system does.

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
from sim.randomness.philox import UNIT32, fill_words, fill_words_each
from sim.randomness.streams import Stream

__all__ = ["PLANNED_ORDINAL", "MonthNeeds", "NeedTables", "age_band_of", "draw_month", "set_rates"]

OUT_OF_HOURS = 32
PLANNED_ORDINAL = 63
_MOST = 30

Floats = npt.NDArray[np.float64]


def age_band_of(age_months: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Age band (0-6, the bands of the published contact rates) of ages in months."""
    return np.searchsorted(np.asarray(AGE_EDGES[1:]) * 12, age_months, side="right").astype(np.int64)


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


@kernel
def _rates(  # type: ignore[no-untyped-def]
    n,
    alive,
    birth,
    sex,
    deprivation,
    conditions,
    frailty,
    month,
    day_rate,
    post_rate,
    dep,
    cond,
    weight,
    norm,
    edges,
    out_day,
    out_post,
):
    for i in range(n):
        if not alive[i]:
            out_day[i] = 0.0
            out_post[i] = 0.0
            continue
        age = month - int(birth[i])
        band = 0
        for k in range(edges.shape[0]):
            if age >= edges[k]:
                band += 1
        own = dep[int(deprivation[i])] * cond[int(conditions[i])] / norm[band]
        own *= 1.0 + weight[band] * (float(frailty[i]) - 1.0)
        out_day[i] = day_rate[int(sex[i]), band] * own / 12.0
        out_post[i] = post_rate[band] * own / 12.0


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
    _rates(
        people.n,
        people.alive,
        people.birth_month,
        people.sex,
        people.deprivation,
        people.conditions,
        people.frailty,
        month,
        tables.day_rate,
        tables.post_rate,
        tables.deprivation,
        tables.condition,
        tables.frailty_weight,
        norm,
        np.asarray(AGE_EDGES[1:], np.int64) * 12,
        people.rate_day,
        people.rate_ooh,
    )


@kernel
def _count(seed, stream, month, n, uid, rate_day, rate_post, factor_day, factor_post, row, ordinal):  # type: ignore[no-untyped-def]
    """Poisson counts by inverse cumulative: writes (row, ordinal) pairs, returns how many (-1: arrays too short).

    People are taken in blocks whose draws stay in the fastest memory.
    """
    block = 2048
    words = np.empty((4, block), np.uint32)
    w0, w1 = words[0], words[1]
    m = 0
    room = row.shape[0] - 64
    for begin in range(0, n, block):
        size = min(block, n - begin)
        fill_words(seed, stream, uid[begin : begin + size], month, 0, words)
        for j in range(size):
            i = begin + j
            for kind in range(2):
                if kind == 0:
                    mean = float(rate_day[i]) * factor_day
                    u = float(w0[j]) * UNIT32
                    number = 0
                else:
                    mean = float(rate_post[i]) * factor_post
                    u = float(w1[j]) * UNIT32
                    number = OUT_OF_HOURS
                if u < mean:  # 1 - exp(-mean) < mean: the exact test is needed only here
                    term = math.exp(-mean)
                    left = 1.0 - term
                    k = 0
                    while u < left and k < _MOST:
                        row[m] = i
                        ordinal[m] = number + k
                        m += 1
                        k += 1
                        term = term * mean / k
                        left -= term
            if m > room:
                return -1
    return m


@kernel(inline=True)
def _find(cumulative, guide, u):  # type: ignore[no-untyped-def]
    """Place of ``u`` in a cumulative table, from where ``guide`` says that its 1/256 begins."""
    k = int(guide[int(u * 256.0)])
    last = cumulative.shape[0] - 1
    while k < last and u >= cumulative[k]:
        k += 1
    return k


def guide_to(cumulative: Floats) -> npt.NDArray[np.uint8]:
    """For each 1/256 of [0, 1) the first place that its numbers can have in a cumulative table (last axis)."""
    table = np.atleast_2d(cumulative)
    steps = np.arange(256) / 256.0
    out = np.stack([np.searchsorted(row[:-1], steps, side="right") for row in table]).astype(np.uint8)
    return out[0] if cumulative.ndim == 1 else out


@kernel
def _place(  # type: ignore[no-untyped-def]
    words,
    month,
    row,
    ordinal,
    birth,
    first_day,
    day_cdf,
    day_guide,
    post_cdf,
    post_guide,
    is_open,
    call_hours,
    hour_guide,
    post_weekday,
    post_weekend,
    complaint,
    complaint_guide,
    urgent_today,
    urgent_high,
    post_urgency,
    urgency_guide,
    key,
    second,
    what,
    urgency,
):
    """Day, second, complaint and urgency of each need; ``key`` is 2 x day of the month (+1 when out of hours)."""
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    totals = np.zeros(2)
    for h in range(24):
        totals[0] += post_weekend[h]
        totals[1] += post_weekday[h]
    kinds = complaint.shape[1] - 1
    for j in range(row.shape[0]):
        o = int(ordinal[j])
        u0 = float(w0[j]) * UNIT32
        u1 = float(w1[j]) * UNIT32
        u2 = float(w2[j]) * UNIT32
        u3 = float(w3[j]) * UNIT32
        age = month - int(birth[row[j]])
        group = 0
        if age >= 900:
            group = 3
        elif age >= 540:
            group = 2
        elif age >= 216:
            group = 1
        c = int(complaint_guide[group, int(u2 * 256.0)])
        while c < kinds and u2 >= complaint[group, c]:
            c += 1
        what[j] = c
        if o < OUT_OF_HOURS:
            day = _find(day_cdf, day_guide, u0)
            key[j] = 2 * day
            hour = _find(call_hours, hour_guide, u1)
            before = call_hours[hour - 1] if hour > 0 else 0.0
            inside = (u1 - before) / (call_hours[hour] - before)
            second[j] = (8 + hour) * 3600 + min(3599, int(inside * 3600.0))
            if u3 < urgent_today[c]:
                urgency[j] = 2 if u3 < urgent_today[c] * urgent_high[c] else 3
            else:
                urgency[j] = 4
        else:
            day = _find(post_cdf, post_guide, u0)
            key[j] = 2 * day + 1
            working = is_open[first_day + day]
            hours = post_weekday if working else post_weekend
            target = u1 * totals[1 if working else 0]
            h = 0
            while h < 23 and target >= hours[h]:
                target -= hours[h]
                h += 1
            second[j] = h * 3600 + min(3599, int(target / hours[h] * 3600.0)) if hours[h] > 0.0 else h * 3600
            urgency[j] = 1 + _find(post_urgency, urgency_guide, u3)


@kernel
def _sort(m, key, keys, row, ordinal, second, what, urgency, start, o_row, o_ordinal, o_second, o_what, o_urgency):  # type: ignore[no-untyped-def]
    """Counting sort by ``key`` (stable); ``start[k]`` is where key k begins."""
    for k in range(keys + 1):
        start[k] = 0
    for j in range(m):
        start[int(key[j]) + 1] += 1
    for k in range(keys):
        start[k + 1] += start[k]
    fill = start.copy()
    for j in range(m):
        at = fill[int(key[j])]
        fill[int(key[j])] = at + 1
        o_row[at] = row[j]
        o_ordinal[at] = ordinal[j]
        o_second[at] = second[j]
        o_what[at] = what[j]
        o_urgency[at] = urgency[j]


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
    years_since_start: float,
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
        years_since_start: for growth of demand, linear on the base year until ten years after the start.
    """
    level = (1.0 + tables.growth * min(max(years_since_start, 0.0), 10.0)) * tables.season[month % 12]
    span = slice(first_day, first_day + days)
    opened = is_open[span]
    day_weight = np.where(opened, tables.weekday[np.minimum(weekday[span], 4)], 0.0)
    post_weight = np.where(opened, tables.post_weekday.sum(), tables.post_weekend.sum())
    # a year has 365.25/7 weeks of total weight one
    post_level = level * post_weight.sum() / (365.25 / 7.0 / 12.0)
    day_level = level * days / (365.25 / 12.0)
    n = people.n
    expected = float(people.rate_day[:n].sum() * day_level + people.rate_ooh[:n].sum() * post_level)
    room = int(expected * 1.1 + 10.0 * math.sqrt(expected) + 256)
    while True:
        row = np.empty(room, np.int32)
        ordinal = np.empty(room, np.uint8)
        m = int(
            _count(
                seed, int(Stream.NEED), month, n, people.uid, people.rate_day, people.rate_ooh, day_level, post_level,
                row, ordinal,
            )
        )  # fmt: skip
        if m >= 0:
            break
        room *= 2
    day_cdf = np.cumsum(day_weight) / max(day_weight.sum(), 1e-12)
    post_cdf = np.cumsum(post_weight) / post_weight.sum()
    key = np.empty(m, np.int64)
    second = np.empty(m, np.int32)
    what = np.empty(m, np.uint8)
    urgency = np.empty(m, np.uint8)
    row, ordinal = row[:m], ordinal[:m]
    choice = np.empty((4, m), np.uint32)
    fill_words_each(seed, int(Stream.NEED_CHOICE), people.uid[row], month, ordinal.astype(np.uint64), choice)
    _place(
        choice,
        month,
        row,
        ordinal,
        people.birth_month,
        first_day,
        day_cdf,
        guide_to(day_cdf),
        post_cdf,
        guide_to(post_cdf),
        is_open,
        tables.call_hours,
        guide_to(tables.call_hours),
        tables.post_weekday,
        tables.post_weekend,
        tables.complaint,
        guide_to(tables.complaint),
        tables.urgent_today,
        tables.urgent_high,
        tables.post_urgency,
        guide_to(tables.post_urgency),
        key,
        second,
        what,
        urgency,
    )
    out = MonthNeeds(
        first_day,
        np.zeros(2 * days + 1, np.int64),
        np.empty(m, np.int32),
        np.empty(m, np.uint8),
        np.empty(m, np.int32),
        np.empty(m, np.uint8),
        np.empty(m, np.uint8),
    )
    _sort(
        m,
        key,
        2 * days,
        row,
        ordinal,
        second,
        what,
        urgency,
        out.start,
        out.row,
        out.ordinal,
        out.second,
        out.what,
        out.urgency,
    )
    return out
