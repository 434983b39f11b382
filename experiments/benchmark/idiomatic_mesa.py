"""The same region as a Mesa user would write it: one agent object a patient, stepped in random order every day.

This is the yardstick for speed, so it is kind to itself: one random number a patient a day, first in, first out queues
without appointment books, no demography, no calls, one post for all. People, their rates, their practices and the
shares and minutes are the product's own.
"""

from __future__ import annotations

import time
from bisect import bisect
from collections import defaultdict, deque
from typing import Any

import mesa
import numpy as np

from sim.agents.people import People
from sim.parameters import Parameters
from sim.world.needs import NeedTables

__all__ = ["Region", "measure_idiomatic"]

LOAD = 0.97
OPEN_DAYS_A_YEAR = 252
MODES = ("phone", "consult", "long")


class Practice(mesa.Agent):  # type: ignore[misc]
    """A practice with one queue, served first in, first out, for so many seconds a day."""

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.queue: deque[tuple[Patient, int, int]] = deque()
        self.asked_a_day = 0.0
        self.waited = 0

    def step(self) -> None:
        """Serve until the day's seconds are used."""
        model = self.model
        seconds = self.asked_a_day / LOAD
        while self.queue and seconds > 0:
            patient, complaint, day = self.queue.popleft()
            seconds -= model.draw_seconds(complaint)
            self.waited += model.day - day
            model.served += 1
            if model.random.random() < model.follow_up[complaint]:
                days = 1 + int(model.random.expovariate(1 / model.follow_up_days[complaint]))
                model.due[model.day + days].append((self, patient, complaint))


class Post(mesa.Agent):  # type: ignore[misc]
    """The out-of-hours post: whoever came today is seen today, in order of arrival."""

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.queue: deque[Patient] = deque()

    def step(self) -> None:
        """See everybody."""
        while self.queue:
            self.queue.popleft()
            self.model.served += 1


class Patient(mesa.Agent):  # type: ignore[misc]
    """An inhabitant with a chance of a need by day and one out of hours."""

    def __init__(self, model: Region, day: float, post: float, group: int, practice: Practice | None) -> None:
        super().__init__(model)
        self.day_chance = day
        self.both_chance = day + post
        self.post_chance = post
        self.group = group
        self.practice = practice

    def step(self) -> None:
        """Perhaps feel a need today."""
        model = self.model
        u = model.random.random()
        if model.is_open:
            if u < self.day_chance:
                self.ask(bisect(model.complaints[self.group], model.random.random()))
            elif u < self.both_chance:
                self.go_to_post()
        elif u < self.post_chance:
            self.go_to_post()

    def ask(self, complaint: int) -> None:
        """Call the practice: advice at once, or a place in its queue."""
        model = self.model
        model.contacts += 1
        if self.practice is None or model.random.random() < model.advice[complaint]:
            model.advised += 1
        else:
            self.practice.queue.append((self, complaint, model.day))

    def go_to_post(self) -> None:
        """Join the post's queue."""
        self.model.contacts += 1
        self.model.post.queue.append(self)


class Region(mesa.Model):  # type: ignore[misc]
    """Patients, practices and a post; ``step`` is one day, starting on a Monday."""

    def __init__(self, people: People, parameters: Parameters, seed: int = 1) -> None:
        super().__init__(rng=seed)
        self.day = 0
        self.is_open = True
        self.contacts = self.advised = self.served = 0
        self.due: defaultdict[int, list[tuple[Practice, Patient, int]]] = defaultdict(list)
        self.complaints: list[list[float]] = NeedTables.of(parameters).complaint.tolist()
        self.advice = parameters.column("care.assistant_advice").tolist()
        self.follow_up = parameters.column("care.follow_up").tolist()
        self.follow_up_days = parameters.column("care.follow_up_days").tolist()
        self.phone = parameters.column("care.mode_phone").tolist()
        self.long = parameters.column("care.mode_long").tolist()
        self.seconds: list[float] = [
            60 * minutes for minutes in parameters.column("care.gp_minutes").tolist()[: len(MODES)]
        ]
        self._build(people)

    def _build(self, people: People) -> None:
        rows = people.rows
        practice = people.practice[rows]
        practices = list(Practice.create_agents(self, int(practice.max()) + 1))
        self.post = Post(self)
        years = -(people.birth_month[rows].astype(np.int64) - people.birth_month[rows].max()) // 12
        group = np.searchsorted([18, 45, 75], years, side="right")
        day = people.rate_day[rows].astype(np.float64) * 12 / OPEN_DAYS_A_YEAR
        post = people.rate_ooh[rows].astype(np.float64) * 12 / 365
        Patient.create_agents(
            self,
            rows.size,
            day.tolist(),
            post.tolist(),
            group.tolist(),
            [practices[number] if number >= 0 else None for number in practice],
        )
        seconds = self._seconds_a_need()
        asked = np.bincount(practice[practice >= 0], (day * seconds[group])[practice >= 0], len(practices))
        for one, mean in zip(practices, asked, strict=True):
            one.asked_a_day = float(mean)

    def _seconds_a_need(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Expected seconds that a need asks of the practice, follow-ups included, by age group (4,)."""
        phone, long, follow = np.array(self.phone), np.array(self.long), np.array(self.follow_up)
        each = phone * self.seconds[0] + (1 - phone - long) * self.seconds[1] + long * self.seconds[2]
        shares = np.diff(np.array(self.complaints), prepend=0.0, axis=1)
        asked: np.ndarray[Any, np.dtype[np.float64]] = shares @ ((1 - np.array(self.advice)) * each / (1 - follow))
        return asked

    def draw_seconds(self, complaint: int) -> float:
        """Seconds that one contact takes."""
        u: float = self.random.random()
        if u < self.phone[complaint]:
            return self.seconds[0]
        return self.seconds[2] if u > 1 - self.long[complaint] else self.seconds[1]

    def step(self) -> None:
        """One day."""
        self.is_open = self.day % 7 < 5
        if self.is_open:
            # a follow-up that falls on a closed day slides to the next open one
            for day in sorted(day for day in self.due if day <= self.day):
                for practice, patient, complaint in self.due.pop(day):
                    self.contacts += 1
                    practice.queue.append((patient, complaint, self.day))
        self.agents_by_type[Patient].shuffle_do("step")
        if self.is_open:
            self.agents_by_type[Practice].shuffle_do("step")
        self.post.step()
        self.day += 1

    @property
    def waiting(self) -> int:
        """Requests in the practices' queues; contacts = advised + served + waiting."""
        return sum(len(practice.queue) for practice in self.agents_by_type[Practice])


def measure_idiomatic(people: People, parameters: Parameters, days: int, seed: int = 1) -> dict[str, Any]:
    """CPU nanoseconds an inhabitant-day of stepping ``days`` days (building is timed apart)."""
    started = time.process_time()
    model = Region(people, parameters, seed)
    built = time.process_time()
    for _ in range(days):
        model.step()
    done = time.process_time()
    patients = len(model.agents_by_type[Patient])
    if model.contacts != model.advised + model.served + model.waiting:
        raise AssertionError("the idiomatic model loses requests")
    return {
        "inhabitants": patients,
        "days": days,
        "contacts": model.contacts,
        "waiting": model.waiting,
        "build_seconds": built - started,
        "step_ns": (done - built) / (patients * days) * 1e9,
        "contact_us": (done - built) / model.contacts * 1e6,
    }
