"""The out-of-hours posts, night by night: priority, outcomes, handing over at 8 h, and counts that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.arrays import Persons, Requests, Tallies, make_outbox, pack_persons
from sim.care.post import CALL_END, OutOfHours
from sim.dates import Calendar, month_of
from sim.ledger import counts as C
from sim.ledger.ledger import Ledger
from sim.parameters import load_parameters
from tests.care.clinic import make_people

FRIDAY = date(2025, 3, 7)  # a day of the practices; the night after it runs from 8 h to 8 h on Saturday
EVENING = 18 * 3600
HOUR = 3600


class Call(NamedTuple):
    """Somebody calls the post. ``day`` counts from the Friday; ordinals below 32 are requests of the day."""

    who: int
    urgency: int
    second: int = EVENING
    day: int = 0
    ordinal: int = 32


@dataclass
class Lab:
    """One or two posts of one organisation. A triage call takes 30 seconds, a consult or visit a minute."""

    posts: OutOfHours
    persons: Persons
    ledger: Ledger
    calendar: Calendar
    day: int = 0

    def night(
        self,
        calls: Sequence[Call] = (),
        nurses: int | Sequence[int] = 5,
        gps: int | Sequence[int] = 5,
        cars: int | Sequence[int] = 5,
    ) -> Requests:
        """From 8 h to 8 h; staff is a number, or one for each hour from 8 h on. Returns who is sent to the practice."""
        self.day += 1
        posts = self.ledger.post.shape[0]
        requests = Requests(
            *(
                np.array(column, np.int32).reshape(-1)
                for column in (
                    [c.who for c in calls], [c.day for c in calls], [c.ordinal for c in calls], [0 for _ in calls],
                    [c.second for c in calls], [0 for _ in calls], [c.urgency for c in calls], [c.day for c in calls],
                )
            )
        )  # fmt: skip
        again = make_outbox(len(calls) + self.posts.waiting() + 64)
        tallies = Tallies(self.ledger.practice, self.ledger.group, self.ledger.post, self.ledger.waits)
        next_now = int(self.calendar.working_day_number[self.calendar.next_open[self.day]])
        self.posts.run(
            self.day, self.calendar.is_open, requests, hours(nurses, 1), hours(gps, posts), hours(cars, posts),
            self.persons, tallies, next_now, again,
        )  # fmt: skip
        return again.requests()

    def told(self, counter: int, post: int | None = None) -> int:
        column = self.ledger.post[:, counter]
        return int(column.sum() if post is None else column[post])

    def by_urgency(self, counter: int) -> list[int]:
        """A counter of five places, U1 to U5."""
        return [self.told(counter + k) for k in range(5)]


def hours(staff: int | Sequence[int], rows: int) -> npt.NDArray[np.int64]:
    day = [staff] * 24 if isinstance(staff, int) else list(staff)
    return np.array([day] * rows, np.int64)


def make_lab(people: int = 50, nodes: int = 1, begin: date = FRIDAY, seed: int = 1, **tables: Any) -> Lab:
    """Posts next to their nodes (post k serves node k), people on the nodes in turn; nothing left to luck."""
    p = load_parameters()
    own = np.arange(nodes, dtype=np.int64)
    posts = OutOfHours.of(p, seed, own, np.zeros(nodes, np.int64), np.zeros((nodes, nodes)))
    neutral = {
        "triage": 30.0, "consult": 60.0, "visit": 60.0, "patience": 1e9, "sends_on": 0.0, "least": 0.0,
        "advice": np.zeros(5), "home": np.zeros(5), "emergency": np.zeros(5), "self_care": np.zeros(5),
        "slack": np.zeros(5, np.int64),
    }  # fmt: skip
    for name, value in {**neutral, **tables}.items():
        assert hasattr(posts.tables, name)
        setattr(posts.tables, name, value)
    residents = make_people([(0, 0)] * people, begin, node=np.arange(people) % nodes)
    persons, _ = pack_persons(residents, month_of(begin), 1)
    return Lab(posts, persons, Ledger.empty(1, nodes, nodes), Calendar(begin, 200))


def crowd(n: int, urgency: int, second: int = EVENING, day: int = 0) -> list[Call]:
    return [Call(who, urgency, second, day) for who in range(n)]


# Calls ----------------------------------------------------------------------------------------------------------------


def test_emergency_calls_are_answered_before_all_others() -> None:
    lab = make_lab()
    lab.night([Call(k, urgency, EVENING + k) for k, urgency in enumerate((4, 4, 2, 1))], nurses=1)
    # The first is on the line for 30 seconds; then the emergency call, then the others in their order.
    ends = lab.posts.cases[:4, CALL_END] - EVENING
    assert ends.tolist() == [30, 90, 120, 60]
    assert lab.told(C.P_CALL_WAIT) == 0 + (60 - 1) + (90 - 2) + (30 - 3)
    assert lab.told(C.P_CALLS_IN_2_MINUTES) == 4


def test_a_call_within_two_minutes() -> None:
    lab = make_lab()
    lab.night(crowd(10, 4), nurses=1)
    assert lab.told(C.P_CALLS) == 10 and lab.told(C.P_CALLS_IN_2_MINUTES) == 5  # 0, 30 ... 120 seconds


def test_callers_give_up_but_not_the_most_urgent() -> None:
    lab = make_lab(patience=0.0)
    lab.night([*crowd(10, 4), *(Call(10 + k, 2) for k in range(3)), Call(13, 1)], nurses=1)
    # Before the one nurse is free again all U4 who were not first have gone.
    assert lab.told(C.P_CALLS) == 14
    assert lab.told(C.P_CALLS_ABANDONED) == 10
    assert lab.by_urgency(C.P_URGENCY) == [1, 3, 0, 0, 0]


def test_one_organisation_answers_for_all_its_posts() -> None:
    lab = make_lab(nodes=2)
    lab.night(crowd(4, 4), nurses=1)
    assert [lab.told(C.P_ARRIVALS, post) for post in range(2)] == [2, 2]
    assert lab.told(C.P_CALL_WAIT) == 30 + 60 + 90  # one line
    assert [lab.told(C.P_CONSULTS, post) for post in range(2)] == [2, 2]


def test_arrivals_by_hour() -> None:
    lab = make_lab()
    lab.night([Call(0, 4, 18 * HOUR), Call(1, 4, 18 * HOUR + 59), Call(2, 4, 23 * HOUR), Call(3, 4, 2 * HOUR, day=1)])
    assert [lab.told(C.P_HOURS_WEEKDAY + hour) for hour in (18, 23)] == [2, 1]
    assert lab.told(C.P_HOURS_WEEKEND + 2) == 1  # Saturday
    assert lab.told(C.P_ARRIVALS) == 4


# Consults and visits --------------------------------------------------------------------------------------------------


def test_the_most_urgent_are_seen_first() -> None:
    lab = make_lab(patience=1e12)
    staff = [0] * 12 + [1] * 12  # the one GP comes at 20 h
    lab.night([Call(k, 5 - k, EVENING + 60 * k) for k in range(5)], gps=staff)
    # All have been called back by 18:05; the GP takes one a minute, U1 (who called last) first.
    called = [EVENING + 60 * (5 - u) + 30 for u in range(1, 6)]
    expected = [20 * HOUR + 60 * (u - 1) - called[u - 1] for u in range(1, 6)]
    assert lab.by_urgency(C.P_SEEN_WAIT) == expected
    assert lab.by_urgency(C.P_SEEN) == [1] * 5 and lab.told(C.P_CONSULTS) == 5


def test_norms_count_from_the_end_of_the_call() -> None:
    staff = [0] * 11 + [5] * 13  # from 19 h on
    norms = load_parameters().column("care.post_norm_minutes")
    assert norms.tolist()[:3] == [15, 60, 180]
    lab = make_lab()
    late = 19 * HOUR - 60 * 15 - 30
    calls = ((1, late), (1, late - 1), (2, 18 * HOUR), (3, 16 * HOUR), (3, 15 * HOUR))
    lab.night([Call(k, urgency, second) for k, (urgency, second) in enumerate(calls)], gps=staff)
    assert lab.by_urgency(C.P_SEEN_IN_NORM) == [1, 1, 1, 0, 0]
    assert lab.by_urgency(C.P_SEEN) == [2, 1, 2, 0, 0]


def test_travel_counts_for_the_norm() -> None:
    for minutes, seen_in_norm in ((10.0, 1), (20.0, 0)):
        lab = make_lab()
        lab.posts.node_minutes[0, 0] = minutes
        lab.night([Call(0, 1)])
        assert lab.by_urgency(C.P_SEEN) == [1, 0, 0, 0, 0] and lab.told(C.P_SEEN_WAIT) == 0
        assert lab.told(C.P_SEEN_IN_NORM) == seen_in_norm


def test_less_urgent_callers_get_a_later_time_and_do_not_wait_for_it_at_the_post() -> None:
    lab = make_lab(slack=np.array([0, 0, 1200, 2700, 3600]))
    lab.night(crowd(3, 5))
    assert lab.by_urgency(C.P_SEEN)[4] == 3
    assert lab.told(C.P_SEEN_WAIT + 4) == 0


def test_travel_takes_its_time() -> None:
    lab = make_lab()
    lab.posts.node_minutes[0, 0] = 20.0
    lab.night(crowd(1, 1, 7 * HOUR + 45 * 60, day=1))  # too late for a consult before 8 h
    assert lab.told(C.P_CONSULTS) == 0 and lab.posts.waiting() == 1  # Saturday: the post goes on
    lab.night()
    assert lab.told(C.P_CONSULTS) == 1


def test_visits_and_consults_have_their_own_gps() -> None:
    lab = make_lab(home=np.ones(5), home_age=np.ones(7))
    lab.night(crowd(40, 2), gps=0, cars=3)
    # At most 95 % are visited.
    assert lab.told(C.P_VISITS) >= 34 and lab.told(C.P_CONSULTS) == 0
    assert lab.told(C.P_VISITS) + lab.posts.waiting() == 40


@pytest.mark.parametrize("urgency", [1, 2, 3, 4, 5])
def test_outcomes_follow_the_tables(urgency: int) -> None:
    p = load_parameters()
    n = 12_000
    names = {"advice": "advice", "home": "visit", "emergency": "emergency_department", "self_care": "self_care"}
    columns = {
        key: p.column("care.post_self_care" if key == "self_care" else "care.post_emergency_department")
        if key in ("self_care", "emergency")
        else p.column(f"care.post_outcome_{name}")
        for key, name in names.items()
    }
    lab = make_lab(n, **columns)
    calls = [Call(k, urgency, 17 * HOUR + k // 2) for k in range(n)]
    lab.night(calls, nurses=200, gps=500, cars=200)
    k = urgency - 1
    visit = columns["home"][k] * p.column("care.post_visit_age")[2]  # the people are 40
    emergency = columns["emergency"][k]
    expected = {
        C.P_EMERGENCY: emergency,
        C.P_VISITS: (1.0 - emergency) * visit,
        C.P_ADVICE: (1.0 - emergency) * (1.0 - visit) * columns["advice"][k],
        C.P_CONSULTS: (1.0 - emergency) * (1.0 - visit) * (1.0 - columns["advice"][k]),
        C.P_SELF_CARE_ELIGIBLE: columns["self_care"][k],
    }
    for counter, chance in expected.items():
        spread = np.sqrt(chance * (1.0 - chance) / n)
        assert abs(lab.told(counter) / n - chance) <= 3.0 * spread, C.POST_NAMES[counter]
    assert sum(lab.told(counter) for counter in list(expected)[:4]) == n
    assert lab.ledger.group[:, C.G_POST].sum() == n


def test_how_long_things_take() -> None:
    """Means of the drawn lengths, seen through a queue of one: a caller's wait is the length of the call before."""
    p = load_parameters()
    triage = p.number("care.post_triage_minutes") * 60.0
    n = 4_000
    lab = make_lab(2 * n, triage=triage)
    waits = []
    for k in range(n // 40):
        before = lab.told(C.P_CALL_WAIT)
        # Twenty pairs a night, an hour and ten minutes apart: no third caller interferes (calls end within an hour).
        times = [8 * HOUR + 4300 * (j // 2) for j in range(40)]
        lab.night([Call(40 * k + j, 2, t % 86400, k + t // 86400) for j, t in enumerate(times)], nurses=1)
        waits.append((lab.told(C.P_CALL_WAIT) - before) / 20)
    mean, error = np.mean(waits), np.std(waits, ddof=1) / np.sqrt(len(waits))
    assert error < 0.03 * triage
    assert abs(mean - triage) < 3.0 * error


# At 8 h ---------------------------------------------------------------------------------------------------------------


def test_who_has_not_been_seen_when_practices_open_is_handed_to_the_own_practice() -> None:
    lab = make_lab(begin=date(2025, 3, 4))
    again = lab.night([Call(k, 2 + k, EVENING) for k in range(4)], gps=0)
    assert lab.told(C.P_CONSULTS) == 0 and lab.posts.waiting() == 0
    assert lab.ledger.practice[0, C.POST_FOLLOW_UPS] == 4
    assert sorted(zip(again.row.tolist(), again.urgency.tolist(), strict=True)) == [(0, 3), (1, 3), (2, 4), (3, 4)]
    assert set(again.step.tolist()) == {1} and set(again.born.tolist()) == {0}
    assert set(again.asked.tolist()) == {int(lab.calendar.working_day_number[1])}
    assert again.second.min() >= 8 * HOUR and again.second.max() < 17 * HOUR


def test_over_the_weekend_they_keep_waiting_until_monday() -> None:
    lab = make_lab()
    counts = [lab.night([Call(0, 3)], gps=0).row.size] + [lab.night(gps=0).row.size for _ in range(2)]
    assert counts == [0, 0, 1]  # Saturday, Sunday, Monday at 8 h


def test_and_are_seen_when_somebody_comes_on_duty() -> None:
    lab = make_lab()
    lab.night([Call(0, 3)], gps=0)
    lab.night(gps=[0] * 10 + [1] * 14)  # Saturday from 18 h on
    assert lab.told(C.P_CONSULTS) == 1 and lab.told(C.P_SEEN_WAIT + 2) == 24 * HOUR - 30


def test_callers_who_still_wait_at_8_are_handed_over_too() -> None:
    lab = make_lab(begin=date(2025, 3, 4), patience=0.0)
    again = lab.night([Call(0, 2), Call(1, 1), Call(2, 4)], nurses=0)
    assert sorted(again.row.tolist()) == [0, 1]
    assert lab.told(C.P_CALLS) == 3 and lab.told(C.P_CALLS_ABANDONED) == 1
    assert lab.ledger.practice[0, C.POST_FOLLOW_UPS] == 2


def test_the_own_practice_is_asked_after_some_contacts() -> None:
    n = 5_000
    lab = make_lab(n, sends_on=0.3)
    again = lab.night(crowd(n, 4), nurses=3_000, gps=3_000)
    assert abs(again.row.size / n - 0.3) < 3.0 * np.sqrt(0.3 * 0.7 / n)
    assert lab.told(C.P_CONSULTS) == n
    urgent = make_lab(50, sends_on=1.0)
    assert urgent.night(crowd(50, 3), nurses=50, gps=50).row.size == 0


def test_what_the_day_passes_on() -> None:
    n = 4_000
    lab = make_lab(n, least=0.6)
    lab.night([Call(k, 4, EVENING, 0, ordinal=0) for k in range(n)], nurses=2_000, gps=2_000)
    assert lab.told(C.P_FROM_DAY) == n
    u4, u5 = lab.by_urgency(C.P_URGENCY)[3:]
    assert u4 + u5 == n and abs(u5 / n - 0.6) < 3.0 * np.sqrt(0.24 / n)
    own = make_lab(10, least=1.0)
    own.night(crowd(10, 4))
    assert own.by_urgency(C.P_URGENCY) == [0, 0, 0, 10, 0] and own.told(C.P_FROM_DAY) == 0


# Nothing is lost ------------------------------------------------------------------------------------------------------


def test_every_call_has_one_end() -> None:
    """Thirty short-staffed nights with everything switched on; the books must balance every morning."""
    p = load_parameters()
    n = 3_000
    lab = make_lab(
        n, nodes=2, begin=date(2025, 3, 3), triage=420.0, consult=720.0, visit=2100.0, patience=2700.0,
        advice=p.column("care.post_outcome_advice"), home=p.column("care.post_outcome_visit"),
        emergency=p.column("care.post_emergency_department"), slack=np.array([0, 0, 1200, 2700, 3600]), sends_on=0.1,
    )  # fmt: skip
    rng = np.random.default_rng(2)
    handed = 0
    for day in range(30):
        m = int(rng.poisson(60 if lab.calendar.is_open[day] else 200))
        late = np.sort(rng.integers(17 * HOUR if lab.calendar.is_open[day] else 8 * HOUR, 32 * HOUR, m))
        chances = p.column("needs.post_urgency") / p.column("needs.post_urgency").sum()
        urgencies = 1 + rng.choice(5, m, p=chances)
        calls = [
            Call(int(rng.integers(n)), int(u), int(s) % 86400, day + int(s) // 86400, ordinal=32 + k % 20)
            for k, (u, s) in enumerate(zip(urgencies, late, strict=True))
        ]
        handed += lab.night(calls, nurses=1, gps=[0, 1] * 12, cars=[1, 0, 0] * 8).row.size
        answered = sum(lab.by_urgency(C.P_URGENCY))
        assert lab.told(C.P_ARRIVALS) == lab.told(C.P_CALLS) + int(lab.posts.calls.size.sum())
        assert lab.told(C.P_CALLS) >= answered + lab.told(C.P_CALLS_ABANDONED)
        # Who is sent on after a contact has an end at the post as well; all others handed over have none.
        ended = sum(lab.told(counter) for counter in (C.P_ADVICE, C.P_EMERGENCY, C.P_CONSULTS, C.P_VISITS))
        inside = lab.posts.waiting() - int(lab.posts.calls.size.sum())
        without_end = lab.told(C.P_CALLS) - lab.told(C.P_CALLS_ABANDONED) - ended - inside
        assert 0 <= without_end <= handed == lab.ledger.practice[0, C.POST_FOLLOW_UPS]
        assert sum(lab.by_urgency(C.P_SEEN)) == lab.told(C.P_CONSULTS) + lab.told(C.P_VISITS)
    assert handed > 50 and lab.told(C.P_CALLS_ABANDONED) > 50 and lab.told(C.P_VISITS) > 20


def test_order_of_the_requests_does_not_matter() -> None:
    results = []
    for step in (1, -1):
        lab = make_lab(300, triage=420.0, consult=720.0, patience=2700.0, advice=np.full(5, 0.4))
        calls = [Call(k, 1 + k % 5, EVENING + 20 * (k % 100)) for k in range(300)]
        again = lab.night(calls[::step], nurses=2, gps=3)
        results.append((lab.ledger.post.tolist(), sorted(again.row.tolist())))
    assert results[0] == results[1]
