"""Many practices of one GP each, side by side: as many independent copies of one appointment book."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.care.books import GP
from sim.world.needs import MonthNeeds
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
