"""Panel size against overflow: how often, and by how much, a day's requests exceed a day's visits.

Green, Savin and Murray (2007): with N patients who each ask at a rate r, and c visits a day that are to be had on the
same day, a day overflows with the chance that a Poisson number of mean N r exceeds c. Here the requests are the
product's own needs, of people of one rate, and all are to be seen today: who finds no room is sent to the post.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from sim.ledger import counts as C
from sim.source import COMPILED
from tests.verification.panel import live_needs, make_panels, told
from tests.verification.theory import assert_near

DAYS = 1_250
SLOTS = 20
RATE = 0.02
"""Requests of a patient on an open day: mean 18 and 21 for the panels below."""

large = pytest.mark.skipif(not COMPILED, reason="hundreds of thousands of visits need compiled kernels")


@large
@pytest.mark.parametrize("patients", [900, 1_050])
def test_overflow(patients: int) -> None:
    clinic = make_panels(45, patients, SLOTS)
    asked = np.array(list(live_needs(clinic, DAYS, RATE, urgent=True)))
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
