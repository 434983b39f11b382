"""Thinning of Poisson demand: keyed draws part a stream of needs into streams that are Poisson and independent."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sim.ledger import counts as C
from sim.source import COMPILED
from tests.verification.panel import live_needs, make_panels, told
from tests.verification.theory import assert_near

SELF_CARE, ADVICE, REFERRED = 0.35, 0.4, 0.3
SHARES = {
    C.SELF_CARE: SELF_CARE,
    C.ADVICE: (1.0 - SELF_CARE) * ADVICE,
    C.HANDLED_GP: (1.0 - SELF_CARE) * (1.0 - ADVICE),
}
RATE, PATIENTS, PRACTICES, DAYS = 0.02, 800, 40, 420


@pytest.mark.skipif(not COMPILED, reason="hundreds of thousands of needs need compiled kernels")
def test_parts_of_a_stream_are_poisson_and_independent() -> None:
    ten = np.ones(10)
    clinic = make_panels(
        PRACTICES, PATIENTS, 60, self_care=SELF_CARE * ten, advice=ADVICE * ten, referral=REFERRED * ten
    )
    counters = [*SHARES, C.REFERRALS]
    so_far = np.array([told(clinic, counter) for counter in counters])
    days = []
    for _ in live_needs(clinic, DAYS, RATE, urgent=False):
        now = np.array([told(clinic, counter) for counter in counters])
        days.append(now - so_far)
        so_far = now
    assert clinic.balance() == 0 and clinic.care.books.bookings.sum() == 0
    counts = np.array(days).transpose(1, 0, 2).astype(np.float64)  # (counter, day, practice)
    batches = 40
    mean = RATE * PATIENTS
    for k, (counter, share) in enumerate(SHARES.items()):
        name = C.PRACTICE_NAMES[counter]
        own = counts[k].T.reshape(batches, -1)
        assert_near(own.mean(axis=1), mean * share, f"{name} a day")
        # a Poisson number has a variance like its mean; standard error of their ratio: sqrt(2 / n)
        assert abs(own.var(ddof=1) / own.mean() - 1.0) <= 3.0 * np.sqrt(2.0 / own.size), name
    referred = counts[3].T.reshape(batches, -1)
    assert_near(referred.mean(axis=1), mean * SHARES[C.HANDLED_GP] * REFERRED, "referrals a day")
    seen_on = counts[2] - counts[3]
    streams = {"self-care": counts[0], "advice": counts[1], "referred": counts[3], "not referred": seen_on}
    for (one, a), (other, b) in combinations(streams.items(), 2):
        together = np.corrcoef(a.ravel(), b.ravel())[0, 1]
        assert abs(together) <= 3.0 / np.sqrt(a.size), f"{one} and {other}: correlation {together:.4f}"
