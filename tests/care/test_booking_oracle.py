"""Booking against a plain retelling of its rule, on random practices: every booking must fall in the same place.

The kernels search with hints, early ends and packed arrays; the oracle looks at every day of every GP, every time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from sim.care.books import CELL, GP, LOCUM
from tests.care.clinic import SLOT, TODAY, Ask, Booking, Clinic, make_clinic

CONSULT, PHONE, LONG = 0, 1, 2
SECONDS = np.array([200, 600, 1300, 1500])  # phone, consult, long, visit
LENGTH = {CONSULT: 600, PHONE: 200, LONG: 1300}
"""Complaints of these numbers always become a visit of this length."""


@dataclass
class Oracle:
    """One practice's books: capacity and bookings by (book, working day)."""

    gps: list[int]
    usual: list[int]
    hold: float
    sooner: int
    horizon: int
    any_gp: bool
    capacity: dict[tuple[int, int], int]
    overtime: list[float] = field(default_factory=list)
    cells: dict[tuple[int, int], list[Booking]] = field(default_factory=dict)
    now: int = 0
    lost: int = 0

    def fits(self, book: int, offset: int, seconds: int, share: float) -> bool:
        day = book, self.now + offset
        capacity, cell = self.capacity.get(day, 0), self.cells.get(day, [])
        used = sum(booking.seconds for booking in cell)
        return capacity > 0 and len(cell) < CELL and used + seconds <= int(capacity * share)

    def first(self, book: int, seconds: int) -> int | None:
        """First offset with room for a routine visit; the room held back is given away today only."""
        for offset in range(self.horizon + 1):
            share = 1.0 + self.overtime[book] - (self.hold if offset else 0.0)
            if self.fits(book, offset, seconds, share):
                return offset
        return None

    def place(self, ask: Ask) -> tuple[int, int] | None:
        """Where a routine request goes: (book, offset)."""
        usual = self.usual[ask.who]
        found = {book: offset for book in self.gps if (offset := self.first(book, LENGTH[ask.what])) is not None}
        own = found.pop(usual, None)
        other = min(found, key=lambda book: (found[book], self.gps.index(book)), default=None)
        if own is not None:
            gain = own - found[other] if other is not None else 0
            if other is None or gain <= (0 if self.any_gp else self.sooner):
                return usual, own
        return (other, found[other]) if other is not None else None

    def urgent(self, ask: Ask) -> tuple[int, int] | None:
        """Today at the usual GP, else where most room is left."""
        seconds = LENGTH[ask.what]
        if self.usual[ask.who] >= 0 and self.fits(self.usual[ask.who], 0, seconds, 1.0):
            return self.usual[ask.who], 0
        free = {
            book: self.capacity[book, self.now] - sum(b.seconds for b in self.cells.get((book, self.now), []))
            for book in self.gps
            if self.fits(book, 0, seconds, 1.0)
        }
        return (max(free, key=lambda book: (free[book], -self.gps.index(book))), 0) if free else None

    def live(self, asks: list[Ask]) -> None:
        for ask in sorted(asks, key=lambda ask: (ask.urgency > TODAY, ask.second)):
            where = self.urgent(ask) if ask.urgency <= TODAY else self.place(ask)
            if where is None:
                self.lost += 1
            else:
                book, offset = where
                booking = Booking(ask.who, self.now, 0, LENGTH[ask.what])
                self.cells.setdefault((book, self.now + offset), []).append(booking)
        self.now += 1


def shapes() -> dict[str, np.ndarray]:
    """Tables that fix the kind of visit by complaint."""
    phone, long = np.zeros(10), np.zeros(10)
    phone[PHONE] = long[LONG] = 1.0
    return {"phone": phone, "long": long, "gp_seconds": SECONDS}


@pytest.mark.parametrize("seed", range(8))
def test_every_booking_falls_where_the_rule_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    gps = int(rng.integers(1, 5))
    people = 160
    usual = [int(rng.integers(-1, gps)) for _ in range(people)]
    hold, sooner = (0.0, 0.22, 0.4)[seed % 3], int(rng.integers(1, 7))
    any_gp, horizon = bool(seed % 2), int(rng.integers(20, 63))
    clinic = make_clinic(
        (tuple([GP] * (gps - 1) + [LOCUM if gps > 1 else GP]),), [(0, u) for u in usual], hold=hold,
        sooner=float(sooner), any_gp=float(any_gp), horizon=horizon, **shapes(),
    )  # fmt: skip
    capacity = {}
    days = 25
    for book in range(gps):
        slots = [int(n) if rng.random() < 0.7 else 0 for n in rng.integers(1, 14, days + 63)]
        capacity |= {(book, day): n * SLOT for day, n in enumerate(slots)}
    oracle = Oracle(list(range(gps)), usual, hold, sooner, horizon, any_gp, capacity, [0.0] * gps)
    for day in range(days):
        for book in range(gps):
            clinic.capacity(book, [capacity[book, day + k] // SLOT for k in range(63)])
        n = int(rng.poisson(4.5 * gps))
        asks = [
            Ask(int(who), TODAY if rng.random() < 0.2 else 4, 30_000 + 7 * k, int(rng.integers(0, 3)))
            for k, who in enumerate(rng.choice(people, n, replace=False))
        ]
        clinic.live([asks[k] for k in rng.permutation(n)])
        oracle.live(asks)
        compare(clinic, oracle, gps)
    seen = sum(len(cell) for (_, day), cell in oracle.cells.items() if day < days)
    assert int(clinic.ledger.practice[:, 6].sum()) == seen > 100


def compare(clinic: Clinic, oracle: Oracle, gps: int) -> None:
    """The same bookings in the same order on all days to come, and as many people turned away."""
    assert clinic.flows().get("forgone", 0) + clinic.flows().get("to_post", 0) == oracle.lost
    for book in range(gps):
        for offset in range(62):
            assert clinic.bookings(book, offset) == oracle.cells.get((book, oracle.now + offset), [])
