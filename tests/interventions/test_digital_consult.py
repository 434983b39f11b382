"""Digital first contacts: shorter, but what they leave open comes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.ledger import counts as C
from tests.care.clinic import SLOT, TODAY, Clinic, asks, make_clinic

PEOPLE = 300
VISIT, CALL = SLOT, SLOT // 2


def lived(days: int = 25, urgency: int = 4, able: float = 1.0, **changes: Any) -> Clinic:
    """Weeks after a day on which everybody asks; a visit takes ``VISIT`` seconds, a call ``CALL``."""
    seconds = np.array([CALL, VISIT, VISIT, VISIT])
    clinic = make_clinic(patients=[(0, 0)] * PEOPLE, slots=50, gp_seconds=seconds, **changes)
    clinic.people.digital[:PEOPLE] = able
    clinic.refresh()
    clinic.live(asks(0, PEOPLE, urgency))
    for _ in range(days):
        clinic.live()
    assert clinic.balance() == 0
    return clinic


def tables(minutes: float, visit: float, call: float = 0.0, **changes: Any) -> dict[str, Any]:
    """Everybody begins digitally, with ``minutes`` as a share of a visit."""
    usual = {
        "consult": 1.0, "consult_seconds": int(minutes * VISIT),
        "consult_to_visit": visit, "consult_to_call": call, "consult_days": 2.0,
    }  # fmt: skip
    return usual | changes


def test_contacts_rise_and_visits_fall() -> None:
    plain, digital = lived(), lived(**tables(0.5, 0.38, 0.32))
    assert plain.told(C.MODE_CONSULT) == plain.told(C.GP_CONTACTS) == PEOPLE
    assert 0.3 * PEOPLE < digital.told(C.MODE_CONSULT) < 0.46 * PEOPLE
    calls = digital.told(C.MODE_PHONE) - PEOPLE
    assert 0.24 * PEOPLE < calls < 0.4 * PEOPLE
    assert digital.told(C.GP_CONTACTS) == PEOPLE + digital.told(C.FOLLOW_UPS) > 1.5 * PEOPLE


@pytest.mark.parametrize(("resolved", "pays"), [(0.2, False), (0.45, True)])
def test_it_pays_only_above_the_break_even_share_resolved(resolved: float, pays: bool) -> None:
    """Three minutes before a visit of 9.24 pay when a third or more of the visits falls away."""
    digital = lived(**tables(3.0 / 9.24, 1.0 - resolved))
    assert (digital.told(C.GP_USED) < lived().told(C.GP_USED)) is pays


def test_the_easier_channel_brings_questions() -> None:
    plain, more = lived(**tables(0.5, 0.3)), lived(**tables(0.5, 0.3, induced=0.3))
    assert 0.2 * PEOPLE < more.told(C.NEEDS) - plain.told(C.NEEDS) < 0.4 * PEOPLE
    assert more.told(C.GP_USED) > 1.1 * plain.told(C.GP_USED)


def test_what_must_be_seen_today_is_seen_and_who_is_not_able_comes() -> None:
    clinic = lived(urgency=TODAY, days=0, **tables(0.5, 0.5))
    assert clinic.told(C.MODE_PHONE) == 0
    assert lived(able=0.0, **tables(0.5, 0.5)).told(C.MODE_PHONE) == 0


def test_a_first_contact_that_comes_back_refers_nobody_yet() -> None:
    everybody = np.ones(10)
    assert lived(referral=everybody, **tables(0.5, 1.0)).told(C.REFERRALS) == PEOPLE
    assert lived(referral=everybody, **tables(0.5, 0.0)).told(C.REFERRALS) == PEOPLE
