"""Panel size against overflow: how often, and by how much, a day's requests exceed a day's visits.

Green, Savin and Murray (2007): with N patients who each ask at a rate r, and c visits a day that are to be had on the
same day, a day overflows with the chance that a Poisson number of mean N r exceeds c. Here the requests are the
product's own needs, of people of one rate, and all are to be seen today: who finds no room is sent to the post.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from sim.compiled import COMPILED
from sim.ledger import counts as C
from sim.parameters import load_parameters
from sim.world.needs import NeedTables, draw_month
from tests.care.clinic import TODAY, Clinic
from tests.verification.panel import Ints, make_panels, told
from tests.verification.theory import assert_near

DAYS = 1_250
SLOTS = 20
RATE = 0.02
"""Requests of a patient on an open day: mean 18 and 21 for the panels below."""

large = pytest.mark.skipif(not COMPILED, reason="hundreds of thousands of visits need compiled kernels")


def days_of_needs(clinic: Clinic, days: int) -> Ints:
    """Lives so many working days with the needs that the product draws; returns requests (days, practices)."""
    people, calendar = clinic.people, clinic.calendar
    tables = NeedTables.of(load_parameters())
    tables.weekday[:] = 1.0
    tables.season[:] = 1.0
    tables.urgent_today[:] = 1.0
    tables.urgent_high[:] = 0.0
    n, practices = people.n, clinic.lists.size
    people.rate_ooh[:n] = 0.0
    asked = []
    month, needs = -1, None
    while len(asked) < days:
        if int(calendar.month_index[clinic.day]) != month:
            month = int(calendar.month_index[clinic.day])
            here = np.flatnonzero(calendar.month_index == month)
            here = here[here >= clinic.day] if not asked else here
            # a rate a month that gives RATE on each open day, however many there are
            opened = int(np.count_nonzero(calendar.is_open[here]))
            people.rate_day[:n] = RATE * opened / (here.size / (365.25 / 12.0))
            needs = draw_month(people, tables, 7, month, int(here[0]), here.size, calendar.weekday, calendar.is_open)
        assert needs is not None
        part = needs.slice_day(clinic.day)
        assert (needs.urgency[part] == TODAY).all()
        asked.append(np.bincount(people.practice[needs.row[part]], minlength=practices))
        clinic.live_needs(needs)
    return np.array(asked)


@large
@pytest.mark.parametrize("patients", [900, 1_050])
def test_overflow(patients: int) -> None:
    clinic = make_panels(45, patients, SLOTS)
    asked = days_of_needs(clinic, DAYS)
    mean = patients * RATE
    over = np.maximum(asked - SLOTS, 0)
    # Day by day the clinic passes on what does not fit, neither more nor less.
    assert told(clinic, C.TO_POST).tolist() == over.sum(axis=0).tolist()
    assert told(clinic, C.HANDLED_GP).tolist() == np.minimum(asked, SLOTS).sum(axis=0).tolist()
    assert clinic.balance() == 0
    # And how often and how much that is, is the panel's size.
    batches = asked.reshape(50, -1)
    assert_near(batches.mean(axis=1), mean, "requests a day")
    assert_near((batches > SLOTS).mean(axis=1), float(poisson.sf(SLOTS, mean)), "days that overflow")
    k = np.arange(200)
    expected = float(poisson.pmf(k, mean) @ np.maximum(k - SLOTS, 0))
    assert_near(np.maximum(batches - SLOTS, 0).mean(axis=1), expected, "passed on a day")
    assert_near(batches.var(axis=1, ddof=1), mean, "variance of the requests of a day")
