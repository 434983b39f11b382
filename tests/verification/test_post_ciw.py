"""One out-of-hours post of the product against Ciw on the same input, over a long weekend of many days.

The post's nights are the product's own. Ciw gets the same calls with the same lengths and patience as a queue of
nurses; whoever is to be seen gets there when call and way have ended, to a queue by urgency of GPs at the post or on
the road. What each caller brings is worked out from his words by the formulas, in plain numpy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sim.care.post import OutOfHours
from sim.ledger import counts as C
from sim.parameters import load_parameters
from sim.randomness.philox import words
from sim.randomness.streams import Stream
from sim.world.needs import age_band_of
from tests.care.test_post import Call, Lab, make_lab
from tests.verification.ciw_queue import LEFT, Ints, simulate

DAY, HOUR = 86_400, 3600
DAYS, CALLS = 8, 140
NURSES, GPS, CARS = 1, 1, 1
SEED = 2


@dataclass
class Callers:
    """Who calls, in the order of time, and what each brings along."""

    time: Ints
    urgency: Ints
    lasts: Ints
    bears: Ints
    outcome: npt.NDArray[np.float64]  # (2, n) uniforms: emergency department; visit or advice
    service: npt.NDArray[np.float64]  # (2, n) uniforms


def keyed(lab: Lab, stream: Stream, row: int, day: int, number: int) -> npt.NDArray[np.float64]:
    return words(SEED, int(stream), [int(lab.persons.record[row, 0])], day * 64 + 32, number)[0] / 2.0**32


def callers(lab: Lab, calls: list[Call]) -> Callers:
    t = lab.posts.tables
    first = [keyed(lab, Stream.POST, c.who, c.day, 0) for c in calls]
    outcome = [keyed(lab, Stream.POST_SERVICE, c.who, c.day, 1) for c in calls]
    service = [keyed(lab, Stream.POST_SERVICE, c.who, c.day, 2) for c in calls]
    urgency = np.array([c.urgency for c in calls])
    lasts = [30 + min(3600, int(-(t.triage - 30.0) * math.log(1.0 - u[0]))) for u in first]
    bears = [int(-t.patience * math.log(1.0 - u[1])) for u in first]
    return Callers(
        time=np.array([c.day * DAY + c.second for c in calls]),
        urgency=urgency,
        lasts=np.array(lasts),
        bears=np.where(urgency <= 2, 1 << 40, bears),
        outcome=np.array(outcome).T[:2],
        service=np.array(service).T[:2],
    )


def weekend(minutes: float) -> tuple[Lab, list[Call]]:
    """A post with the product's own figures, and who calls it in the days that it is open without a break."""
    lab = make_lab(people=DAYS * CALLS, begin=date(2025, 3, 7), seed=SEED)
    p = load_parameters()
    own = np.zeros(1, np.int64)
    lab.posts = OutOfHours.of(p, SEED, own, own, np.full((1, 1), minutes))
    lab.posts.tables.sends_on = 0.0
    lab.posts.tables.patience = 240.0
    lab.calendar.is_open[:] = False
    lab.calendar.is_open[-1] = True
    rng = np.random.default_rng(4)
    # whole days from 8 h on, no two calls in one second
    time = 8 * HOUR + np.sort(rng.choice(DAYS * DAY, DAYS * CALLS, replace=False))
    urgency = rng.choice(5, time.size, p=[0.05, 0.15, 0.4, 0.2, 0.2]) + 1
    rows = zip(range(time.size), urgency.tolist(), (time % DAY).tolist(), (time // DAY).tolist(), strict=True)
    return lab, [Call(*row) for row in rows]


def ranked(when: Ints, service: Ints, rank: Ints, servers: int) -> Ints:
    """Start of each, in the order given; Ciw wants them in the order of arrival, without ties."""
    order = np.argsort(when, kind="stable")
    start = np.empty(when.size, np.int64)
    start[order] = simulate(when[order], service[order], np.full(when.size, 1 << 50), rank[order], servers)
    return start


def test_one_post() -> None:
    minutes = 9.0
    lab, calls = weekend(minutes)
    for night in range(DAYS + 1):
        begin = night * DAY + 8 * HOUR
        mine = [c for c in calls if begin <= c.day * DAY + c.second < begin + DAY]
        assert lab.night(mine, nurses=NURSES, gps=GPS, cars=CARS).row.size == 0
    assert lab.posts.waiting() == 0
    t, who = lab.posts.tables, callers(lab, calls)
    n = len(calls)

    start = simulate(who.time, who.lasts, who.bears, np.where(who.urgency <= 1, 0, 1), NURSES)
    answered = start != LEFT
    wait = (start - who.time)[answered]
    assert 0.03 * n < np.count_nonzero(~answered) < 0.5 * n
    assert lab.told(C.P_CALLS) == n
    assert lab.told(C.P_CALLS_ABANDONED) == np.count_nonzero(~answered)
    assert lab.told(C.P_CALL_WAIT) == wait.sum() > 20 * n
    assert lab.told(C.P_CALLS_IN_2_MINUTES) == np.count_nonzero(wait <= 120)

    end, level = start + who.lasts, who.urgency - 1
    band = int(age_band_of(np.array([40 * 12]))[0])
    visits = np.minimum(0.95, np.asarray(t.home)[level] * np.asarray(t.home_age)[band])
    emergency = answered & (who.outcome[0] < np.asarray(t.emergency)[level])
    visit = answered & ~emergency & (who.outcome[1] < visits)
    advice = answered & ~emergency & ~visit
    advice &= who.outcome[1] < visits + (1.0 - visits) * np.asarray(t.advice)[level]
    consult = answered & ~emergency & ~visit & ~advice
    assert lab.told(C.P_EMERGENCY) == np.count_nonzero(emergency)
    assert lab.told(C.P_ADVICE) == np.count_nonzero(advice) > 0
    seen = np.zeros(5, np.int64)
    waits, in_norm = np.zeros(5, np.int64), np.zeros(5, np.int64)
    for kind, mean, servers, counter in ((consult, t.consult, GPS, C.P_CONSULTS), (visit, t.visit, CARS, C.P_VISITS)):
        here = np.flatnonzero(kind)
        way = np.maximum(np.asarray(t.slack)[level[here]], int(minutes * 60.0)) if counter == C.P_CONSULTS else 0
        when = end[here] + way
        logs = np.array([math.log(1.0 - a) + math.log(1.0 - b) for a, b in who.service[:, here].T])
        lasts = 60 + (-(mean - 60.0) * 0.5 * logs).astype(np.int64)
        begins = ranked(when, lasts, level[here], servers)
        # Ciw decides by chance what falls in one second: nothing does.
        assert not np.intersect1d(when, begins + lasts).size and np.unique(when).size == when.size
        assert lab.told(counter) == here.size > 25
        seen += np.bincount(level[here], minlength=5)
        waits += np.bincount(level[here], begins - when, 5).astype(np.int64)
        timely = begins - end[here] <= np.asarray(t.norm)[level[here]]
        in_norm += np.bincount(level[here], timely, 5).astype(np.int64)
    assert lab.by_urgency(C.P_SEEN) == seen.tolist()
    assert lab.by_urgency(C.P_SEEN_WAIT) == waits.tolist() and waits.sum() > 20 * n
    assert lab.by_urgency(C.P_SEEN_IN_NORM) == in_norm.tolist()
