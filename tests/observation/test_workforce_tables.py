"""The tables against two practices and four GPs whose year can be reckoned by hand."""

from __future__ import annotations

from enum import IntEnum
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice
from sim.ledger import counts as C
from sim.ledger.ledger import Ledger
from sim.observation.workforce_tables import WorkforceTables, gp_columns
from sim.parameters import load_parameters
from sim.workforce.record import MonthRecord, SearchEnd
from sim.workforce.roster import ShiftKind

HOUR = 3600
JANUARY = 1500


class State(IntEnum):
    """As the practices' own."""

    RUNNING = 0
    TEMPORARY = 1


class Origin(IntEnum):
    """As the GPs' own."""

    START = 0
    MOVER = 3


def make_gp(number: int, role: GPRole, practice: Any, *, fte: float = 0.8, strain: float = 0.0) -> Any:
    gp = SimpleNamespace(
        number=number, role=role, practice=practice, fte=fte, sex=number % 2, strain=strain, origin=Origin.START,
        away_until=None, age=lambda month: 40 + number + (month - JANUARY) // 12,
    )  # fmt: skip
    if practice is not None:
        practice.gps.append(gp)
    return gp


def make_practice(number: int, *, rent: int = 0) -> Any:
    return SimpleNamespace(
        number=number, municipality=number, closed_since=None, state=State.RUNNING, searching=False, gps=[],
        premises=SimpleNamespace(rent_cents=rent), list_fte=1.0, assistant_fte=1.0,
        somatic_nurse_fte=0.5, mental_nurse_fte=0.25, advanced_fte=0.0,
    )  # fmt: skip


@pytest.fixture
def model() -> Any:
    """Practice 0 rents, practice 1 does not say; 30 people on list 0, 10 on list 1."""
    practices = [make_practice(0, rent=1_200_000), make_practice(1)]
    gps = [
        make_gp(0, GPRole.OWNER, practices[0], fte=1.0, strain=0.6),
        make_gp(1, GPRole.OWNER, practices[1], strain=0.2),
        make_gp(2, GPRole.EMPLOYED, practices[1], fte=0.6),
        make_gp(3, GPRole.CHANGING_LOCUM, None),
    ]
    people = SimpleNamespace(
        n=41,
        alive=np.array([True] * 40 + [False]),
        practice=np.array([0] * 30 + [1] * 10 + [0]),
        node=np.array([0] * 40 + [0]),
        birth_month=np.full(41, JANUARY - 12 * 50),
        deprivation=np.array([2] * 5 + [0] * 36),
    )
    return SimpleNamespace(
        agents_by_type={GP: gps, Practice: practices},
        people=people,
        ledger=Ledger.empty(2, 1, 1),
        parameters=load_parameters(),
        lists=np.array([30, 10]),
        minutes=np.array([[2.0, 3.0]]),
        roster=SimpleNamespace(
            day=np.array([1, 1, 2]),
            kind=np.array([ShiftKind.NIGHT, ShiftKind.WEEKDAY_EVENING, ShiftKind.WEEKEND_DAY]),
            owed_by=np.array([0, 1, 0]),
            done_by=np.array([0, 3, -1]),  # an own night, a sold evening, a day that nobody did
            seconds=np.array([9, 6, 9]) * HOUR,
        ),
    )


def one_year(model: Any, **changes: Any) -> dict[str, dict[str, Any]]:
    tables = WorkforceTables(model, room_per_fte=25.0)
    for k in range(12):
        record = MonthRecord(duty_price=14_000.0, shifts_sold=1, locum_seconds=np.array([HOUR, 0]), **changes)
        record.search(k, SearchEnd.FILLED if k == 11 else SearchEnd.GOES_ON)
        if k == 3:
            model.agents_by_type[Practice][1].state = State.TEMPORARY
        tables.end_month(f"2025-{k + 1:02d}", JANUARY + k, record)
    own = model.ledger.practice
    own[0, C.MODE_CONSULT], own[-1, C.HANDLED_GP], own[:2, C.GP_USED] = 100, 2, (300, 100)
    model.ledger.post[0, C.P_CONSULTS] = 10
    tables.end_year(2025)
    return model.ledger.tables()  # type: ignore[no-any-return]


def test_month_holds_stocks_and_flows(model: Any) -> None:
    found = {name: column[0] for name, column in one_year(model)["workforce_month"].items()}
    assert found["month"] == "2025-01"
    assert [found[f"heads_{role}"] for role in ("owner", "employed", "locum")] == [2, 1, 1]
    assert [found[f"fte_{role}"] for role in ("owner", "employed", "locum")] == pytest.approx([1.8, 0.6, 0.8])
    assert found["strain_mean"] == pytest.approx(0.2) and found["ill"] == 0
    assert (found["practices_open"], found["practices_temporary"], found["staff_fte_assistant"]) == (2, 0, 2.0)
    assert (found["shifts_sold"], found["duty_price"], found["vacancies_open"]) == (1, 14_000.0, 1)


def test_shifts_of_a_region_without_any_gp(model: Any) -> None:
    model.agents_by_type[GP].clear()
    for practice in model.agents_by_type[Practice]:
        practice.gps.clear()
    model.roster.owed_by[:] = model.roster.done_by[:] = -1
    tables = one_year(model)
    assert tables["workforce_month"]["heads_owner"].tolist() == [0] * 12
    duty = [name for name in tables["practice_year"] if name.startswith(("duty_", "sold_"))]
    assert duty and all(not tables["practice_year"][name].any() for name in duty)


def test_searches_of_the_year_by_age(model: Any) -> None:
    found = one_year(model)["search_year"]
    assert found["months"].size == 60 and found["searches"].sum() == 12
    assert found["searches"][:12].tolist() == [1] * 12
    assert found["filled"].sum() == found["filled"][11] == 1 and not found["failed"].any()


def test_year_of_the_practices(model: Any) -> None:
    tables = one_year(model)
    found = tables["practice_year"]
    tariffs = WorkforceTables(model, 25.0).tariffs
    assert found["months_open"].tolist() == [12, 12] and found["months_temporary"].tolist() == [0, 9]
    assert found["owner_fte"] == pytest.approx([1.0, 0.8])
    quarters = np.array([4 * 30, 4 * 10])
    assert found["income_registration"].tolist() == [120 * 2035 + 20 * tariffs.deprived, 40 * 2035]
    assert found["income_consults"].tolist() == [124_300, 0]
    assert found["income_passants"].sum() == 2 * tariffs.passant
    assert found["income_passants"][0] == round(2 * tariffs.passant * 0.75)
    assistant, somatic, mental, _ = tariffs.staff.tolist()
    staff = assistant + somatic / 2 + mental / 4
    assert found["cost_staff"] == pytest.approx(staff + quarters * tariffs.other_staff, abs=1)
    assert found["cost_employed_gps"] == pytest.approx([0, 0.6 * tariffs.employed_gp], abs=1)
    assert found["cost_locums"].tolist() == [12 * tariffs.locum_patient_hour, 0]
    assert found["cost_rent"].tolist() == [1_200_000 + 120 * tariffs.beside_rent, 40 * tariffs.housing]
    evening, night, _ = tariffs.duty.tolist()
    assert found["duty_pay"].tolist() == [12 * 9 * night, 0]
    assert found["duty_sold"].tolist() == [0, 12 * 6 * (14_000 - evening)]
    assert found["temporary"].tolist() == [0, 9 * tariffs.temporary_month]
    insurer = {name: column[0] for name, column in tables["insurer_year"].items()}
    assert insurer["posts"] == 10 * tariffs.post[1]
    assert insurer["total"] == found["income"].sum() + found["temporary"].sum() + insurer["posts"]


def test_risk_and_benefit_follow_room(model: Any) -> None:
    found = one_year(model)["practice_year"]
    assert found["risk"] == pytest.approx([15.0, 10.0], abs=0.5)  # list 1 has 15 places, list 0 is over its room
    assert found["benefit"].tolist() == [0.0, 15.0]


def test_a_closed_practice_has_no_room_and_no_months(model: Any) -> None:
    model.agents_by_type[Practice][1].closed_since = JANUARY
    found = one_year(model)["practice_year"]
    assert found["months_open"].tolist() == [12, 0] and found["benefit"][1] == 0.0
    assert found["risk"][0] == 30.0
    assert found["owner_fte"][1] == 0.0 and found["cost_employed_gps"][1] == 0


def test_a_practice_that_opens_gets_a_row(model: Any) -> None:
    tables = WorkforceTables(model, 25.0)
    tables.end_month("2025-01", JANUARY, MonthRecord())
    new = make_practice(2)
    make_gp(4, GPRole.OWNER, new)
    model.agents_by_type[Practice].append(new)
    model.agents_by_type[GP].append(new.gps[0])
    tables.end_month("2025-02", JANUARY + 1, MonthRecord())
    assert tables.open.tolist() == [2, 2, 1]
    assert tables.gp_fte[2].tolist() == [0.8, 0.0, 0.0]


def test_the_next_year_begins_anew(model: Any) -> None:
    tables = WorkforceTables(model, 25.0)
    tables.end_month("2025-12", JANUARY + 11, MonthRecord())
    tables.end_year(2025)
    tables.end_year(2026)
    found = model.ledger.tables()["practice_year"]
    assert found["months_open"].tolist() == [1, 1, 0, 0]
    assert not found["income"][2:].any() and not found["cost"][2:].any()


def test_columns_of_gps(model: Any) -> None:
    gps = model.agents_by_type[GP]
    gps[1].origin = Origin.MOVER
    found = gp_columns(gps, JANUARY + 12)
    assert {name: column.tolist() for name, column in found.items()} == {
        "age": [41, 42, 43, 44], "sex": [0, 1, 0, 1], "strain": [0.6, 0.2, 0.0, 0.0], "origin": [0, 3, 0, 0],
    }  # fmt: skip
