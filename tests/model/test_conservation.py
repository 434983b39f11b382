"""Nothing is made or lost: asserted every day in every mode; and the assertion does see what goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.ledger import counts as C
from sim.model import RegionModel
from sim.observation.conservation import ConservationError, check_day
from tests.model.conftest import DAYS, MODES
from tests.model.digest import run


@pytest.mark.parametrize("mode", MODES)
def test_nothing_is_lost_in_400_days(checked: dict[str, RegionModel], mode: str) -> None:
    model = checked[mode]
    assert model.day == DAYS and model.check
    ledger = model.ledger
    # Something happened: every way in and every way out that a baseline has was taken.
    unused = {C.SELF_CARE, C.DIRECT_ACCESS, C.HANDLED_ADVANCED} | ({C.TO_EMERGENCY} if mode == "elastic" else set())
    for counter in set(C.SOURCES + C.SINKS) - unused:
        assert ledger.flow((counter,)) > 0, C.PRACTICE_NAMES[counter]
    assert ledger.post[:, C.P_CALLS].sum() > 1_000


@pytest.mark.parametrize("mode", MODES)
def test_who_waits_is_who_came_less_who_went(checked: dict[str, RegionModel], mode: str) -> None:
    """The same balance, counted from the books themselves instead of by the system's own method."""
    model = checked[mode]
    care, ledger = model.care, model.ledger
    boxes = [part.row.size for part in (care.again, care.from_post) if part is not None]
    assert ledger.flow(C.SOURCES) - ledger.flow(C.SINKS) == int(care.books.bookings.sum()) + sum(boxes)


@pytest.mark.parametrize("mode", MODES)
def test_counters_of_groups_and_practices_agree(checked: dict[str, RegionModel], mode: str) -> None:
    ledger = checked[mode].ledger
    practice, group = ledger.practice.sum(axis=0), ledger.group.sum(axis=0)
    assert group[C.G_GP] == practice[C.GP_CONTACTS] == practice[C.HANDLED_GP]
    assert group[C.G_CONTACTS] == sum(practice[k] for k in (C.HANDLED_GP, C.HANDLED_POH_MENTAL, C.HANDLED_ADVANCED))
    assert group[C.G_PLANNED] == practice[C.HANDLED_ASSISTANT] + practice[C.HANDLED_POH_SOMATIC]
    assert group[C.G_ROUTINE] == practice[C.ROUTINE_SEEN] == ledger.waits.sum()
    assert group[C.G_WAIT] == practice[C.ROUTINE_WAIT]
    assert group[C.G_USUAL] == practice[C.USUAL_CONTACTS]
    assert group[C.G_REFERRALS] == practice[C.REFERRALS]
    assert group[C.G_TO_POST] == practice[C.TO_POST]
    assert group[C.G_EMERGENCY] == practice[C.TO_EMERGENCY]
    assert group[C.G_FORGONE] == practice[C.FORGONE]
    assert group[C.G_ADVICE] == practice[C.ADVICE]
    assert practice[[C.MODE_PHONE, C.MODE_CONSULT, C.MODE_LONG, C.MODE_VISIT]].sum() == practice[C.GP_CONTACTS]
    assert practice[C.URGENT_TODAY] <= practice[C.URGENT]


@pytest.mark.parametrize("mode", MODES)
def test_minutes_used_are_minutes_of_visits(checked: dict[str, RegionModel], mode: str) -> None:
    total = checked[mode].ledger.practice.sum(axis=0)
    assert total[C.GP_USED] - total[C.GP_OVERTIME] <= total[C.GP_AVAILABLE]
    assert bool(total[C.GP_OVERTIME] == 0) is (mode == "hard")
    for used, available in (
        (C.ASSISTANT_USED, C.ASSISTANT_AVAILABLE),
        (C.SOMATIC_USED, C.SOMATIC_AVAILABLE),
        (C.MENTAL_USED, C.MENTAL_AVAILABLE),
    ):
        assert 0 < total[used] <= total[available]


# The check itself -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> RegionModel:
    return run(40, check=True)


def lose_a_request(model: RegionModel) -> None:
    model.ledger.practice[0, C.NEEDS] += 1


def lose_a_call(model: RegionModel) -> None:
    model.ledger.post[0, C.P_ARRIVALS] += 1


def forget_a_patient(model: RegionModel) -> None:
    row = int(model.people.rows[model.people.practice[model.people.rows] == 0][0])
    model.people.practice[row] = -1


def invent_a_state(model: RegionModel) -> None:
    model.people.practice[int(model.people.rows[0])] = -7


def book_a_minute(model: RegionModel) -> None:
    model.care.books.booked[0, 5] += 60


def work_too_long(model: RegionModel) -> None:
    book = int(np.argmax(model.care.used_capacity))
    model.care.used[book] = 2 * model.care.used_capacity[book]


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lose_a_request, "requests do not balance"),
        (lose_a_call, "calls to the posts do not balance"),
        (forget_a_patient, "lists"),
        (invent_a_state, "persons and registration states do not balance"),
        (book_a_minute, "minutes booked do not add up"),
        (work_too_long, "minutes used exceed"),
    ],
)
def test_the_check_sees_what_is_lost(small: RegionModel, harm: Callable[[RegionModel], None], message: str) -> None:
    import copy

    model = copy.deepcopy(small)
    check_day(model, 77)
    harm(model)
    with pytest.raises(ConservationError, match=f"^day 77: .*{message}"):
        check_day(model, 77)


def test_a_model_without_check_does_not_look(small: RegionModel) -> None:
    import copy

    model = copy.deepcopy(small)
    lose_a_request(model)
    with pytest.raises(ConservationError):
        model.advance(1)
    model.check = False
    model.advance(1)
