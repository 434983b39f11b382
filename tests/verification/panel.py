"""Many practices of one GP each, side by side: as many independent copies of one appointment book."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim.care.books import GP
from sim.parameters import load_parameters
from sim.world.needs import MonthNeeds, NeedTables, draw_month
from tests.care.clinic import ROUTINE, Clinic, make_clinic

Ints = npt.NDArray[np.int64]


def make_panels(practices: int, patients: int, slots: int, seed: int = 1, **tables: object) -> Clinic:
    """Practices that share nothing, with so many patients each and ``slots`` visits a day."""
    return make_clinic(
        staff=((GP,),) * practices,
        patients=[(q, q) for q in range(practices) for _ in range(patients)],
        slots=slots,
        groups=range(practices),
        seed=seed,
        **tables,
    )


def live(clinic: Clinic, counts: Ints, urgency: int = ROUTINE) -> None:
    """One working day on which the first ``counts[q]`` patients of practice q call, a second apart from 9 h on."""
    patients = clinic.people.n // counts.size
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    n = place.size
    needs = MonthNeeds(
        first_day=clinic.day,
        start=np.array([0, n, n], np.int64),
        row=(np.repeat(np.arange(counts.size) * patients, counts) + place).astype(np.int32),
        ordinal=np.zeros(n, np.uint8),
        second=(9 * 3600 + place).astype(np.int32),
        what=np.zeros(n, np.uint8),
        urgency=np.full(n, urgency, np.uint8),
    )
    clinic.live_needs(needs)


def told(clinic: Clinic, counter: int) -> Ints:
    """A counter so far, by practice."""
    return clinic.ledger.practice[:-1, counter].astype(np.int64)


def live_needs(clinic: Clinic, days: int, rate: float, urgent: bool) -> Iterator[Ints]:
    """Live so many working days with needs that the product draws: of every patient ``rate`` on each open day.

    All are to be seen today (``urgent``) or all are routine. Yields the requests of each day by practice, once it has
    been lived.
    """
    people, calendar = clinic.people, clinic.calendar
    tables = NeedTables.of(load_parameters())
    tables.weekday[:] = tables.season[:] = 1.0
    tables.urgent_today[:], tables.urgent_high[:] = float(urgent), 0.0
    n = people.n
    people.rate_ooh[:n] = 0.0
    month, needs = -1, None
    for _ in range(days):
        if int(calendar.month_index[clinic.day]) != month:
            month = int(calendar.month_index[clinic.day])
            here = np.flatnonzero(calendar.month_index == month)
            # a rate a month that comes to the same on each open day, however many there are
            opened = int(np.count_nonzero(calendar.is_open[here]))
            people.rate_day[:n] = rate * opened / (here.size / (365.25 / 12.0))
            needs = draw_month(people, tables, 7, month, int(here[0]), here.size, calendar.weekday, calendar.is_open)
        assert needs is not None
        part = needs.slice_day(clinic.day)
        asked = np.bincount(people.practice[needs.row[part]], minlength=clinic.lists.size)
        clinic.live_needs(needs)
        yield asked
