"""Self-triage and the nurses' line: who still calls, who does not, and who would not have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.care.arrays import Requests
from sim.care.callers import Callers, DoubtLine, SelfTriage
from sim.interventions.package import instance_of
from sim.interventions.registry import declared
from sim.ledger import counts as C
from sim.parameters import load_parameters
from tests.care.clinic import Clinic, Ints, asks, make_clinic
from tests.interventions.tables import table
from tests.model.digest import prepared

PEOPLE = 4000
DAY = 5
P = load_parameters()


def crowd() -> Clinic:
    clinic = make_clinic(patients=[(0, 0)] * PEOPLE)
    clinic.people.digital[:PEOPLE] = 1.0
    clinic.refresh()
    return clinic


def callers(urgency: int = 5, hour: int = 20) -> Requests:
    """Everybody calls the post tonight."""
    out = Requests(*np.zeros((8, PEOPLE), np.int32))
    out.row[:], out.ordinal[:], out.urgency[:] = np.arange(PEOPLE), 32, urgency
    out.born[:], out.asked[:], out.second[:] = DAY, DAY, hour * 3600 + np.arange(PEOPLE) % 3600
    return out


def tool(**changes: Any) -> SelfTriage:
    """A tool that everybody is able to use."""
    usual: dict[str, Any] = {
        "use": 0.5, "no_call": np.array([0.0, 0.0, 0.2, 0.6, 0.6]),
        "follow": 0.8, "to_practice": 0.3, "extra": 0.0,
    }  # fmt: skip
    return SelfTriage(**usual | changes)


def night(tool: SelfTriage, urgency: int = 5) -> tuple[int, int, int]:
    """Calls, people sent to their practice, and those counted as such."""
    clinic = crowd()
    calls, later = tool.before(1, callers(urgency), clinic.care.persons, clinic.care.tallies, 9)
    assert later is None or set(later.asked.tolist()) == {9}
    return calls.row.size, 0 if later is None else later.row.size, clinic.told(C.POST_FOLLOW_UPS)


def test_deflected_is_use_times_advice_times_following() -> None:
    calls, _, _ = night(tool())
    assert (PEOPLE - calls) / PEOPLE == pytest.approx(0.5 * 0.6 * 0.8, abs=0.025)
    calls, _, _ = night(tool(), urgency=3)
    assert (PEOPLE - calls) / PEOPLE == pytest.approx(0.5 * 0.2 * 0.8, abs=0.02)


def test_who_is_in_danger_calls_at_once() -> None:
    assert night(tool(no_call=np.ones(5)), urgency=2)[0] == PEOPLE


def test_part_of_the_work_moves_to_the_day() -> None:
    calls, later, counted = night(tool())
    assert later == counted
    assert later / (PEOPLE - calls) == pytest.approx(0.3, abs=0.05)


def test_a_tool_that_resolves_little_and_draws_many_brings_more_calls() -> None:
    assert night(tool(no_call=np.zeros(5), extra=0.2))[0] > PEOPLE
    assert night(tool(extra=0.05))[0] < PEOPLE


def test_without_use_nothing_is_touched() -> None:
    clinic, asked = crowd(), callers()
    found, later = Callers.of(P).by_night(1, asked, clinic.care.persons, clinic.care.tallies, 9)
    assert found is asked and later is None


def test_calls_of_users_are_shorter_and_nobody_elses() -> None:
    one, ready = declared()["self_triage"], prepared()

    def length(**keys: Any) -> float:
        it = instance_of(one, table(one, **keys), ready.region, ready.parameters, 1500)
        (found,) = (m.value for m in one.function(it) if m.quantity == "care.post_triage_minutes")  # type: ignore[union-attr]
        return found

    assert length(shorter=0.0) == 1.0
    assert length(use=0.6) < length(use=0.2) < 1.0
    assert length(use=0.2, follow=0.98) > length(use=0.2, follow=0.65)  # fewer of the callers have used it
    assert length(use=0.6, shorter=2.0) > 1.0 - 2.0 / ready.parameters.number("care.post_triage_minutes")


# the line for people in doubt


def line(**changes: Any) -> DoubtLine:
    usual = {"nurses": 1e6, "seconds": 600.0, "use": 0.5, "resolved": 0.4, "induced": 0.0}
    return DoubtLine(**usual | changes)


def answered(one: DoubtLine, urgency: int = 5) -> tuple[Ints, Requests]:
    clinic, asked = crowd(), callers(urgency)
    return one.before(1, asked.asked.astype(np.int64), asked, clinic.care.persons.record, PEOPLE)


def test_the_line_ends_a_part_of_the_questions() -> None:
    ends, extra = answered(line())
    assert ends.size / PEOPLE == pytest.approx(0.5 * 0.4, abs=0.025)
    assert extra.row.size == 0
    assert answered(line(), urgency=3)[0].size == 0


def test_nurses_have_time_for_so_many_and_the_first_of_the_hour_get_through() -> None:
    one = line(nurses=25.0 * 100_000 / PEOPLE, resolved=1.0)  # 25 nurses, six questions an hour each
    ends, _ = answered(one)
    assert (one.served, ends.size) == (150, 150)
    assert one.asked > 1800
    assert callers().second[ends].max() - 20 * 3600 < 400


def test_with_many_who_would_not_have_asked_it_adds_work() -> None:
    ends, extra = answered(line(resolved=0.2, induced=1.0))
    assert extra.row.size > ends.size
    ends, extra = answered(line(resolved=0.4, induced=0.3))
    assert 0 < extra.row.size < ends.size


def test_by_day_requests_that_end_on_the_line_are_counted_and_nothing_is_lost() -> None:
    clinic = make_clinic(patients=[(0, 0)] * 400 + [(-1, -1)] * 50, slots=500)
    clinic.care.callers.line = line(induced=0.5)
    clinic.live(asks(0, 450))
    assert clinic.balance() == 0
    assert 60 < clinic.told(C.SELF_CARE, 0) < 100
    assert clinic.told(C.SELF_CARE, 1) > 0
    assert clinic.told(C.NEEDS) == 450 + clinic.care.callers.line.brought > 450
