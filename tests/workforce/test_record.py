"""The record of a month: each verb counts what it says, and columns keep their order."""

from __future__ import annotations

import pytest

from sim.workforce.record import MonthRecord, SearchEnd


def test_arrivals_and_departures() -> None:
    record = MonthRecord()
    record.arrives("TRAINEE")
    record.arrives("OWNER_TO_BE")
    record.leaves("retires", 66, due_to_strain=False)
    record.leaves("sudden loss", 60, due_to_strain=True)
    record.leaves("leaves the profession", 59, due_to_strain=False)
    record.leaves("moves away", 64, due_to_strain=True)
    found = {name: number for name, number in record.columns().items() if number}
    assert found == {
        "in_trainee": 1, "in_owner": 1, "out_retired": 1, "out_sudden": 1, "out_profession": 1, "out_moved": 1,
        "out_under_60": 1, "out_60_64": 1, "out_65_plus": 1, "out_due_to_strain": 2,
    }  # fmt: skip


def test_searches_are_counted_by_what_became_of_them() -> None:
    record = MonthRecord()
    for months, end in ((3, SearchEnd.GOES_ON), (5, SearchEnd.FILLED), (20, SearchEnd.FILLED), (24, SearchEnd.FAILED)):
        record.search(months, end)
    record.search(0)
    found = record.columns()
    assert [found[f"vacancies_{what}"] for what in ("open", "filled", "failed")] == [2, 2, 1]
    assert found["vacancy_months"] == 25


def test_new_owners_and_staff() -> None:
    record = MonthRecord(staff_vacancies=(1.5, 0.5, 0.0, 0.25))
    record.becomes_owner(4.0)
    record.becomes_owner(7.5)
    found = record.columns()
    assert (found["new_owners"], found["years_to_ownership"]) == (2, 11.5)
    assert found["staff_vacancies"] == 2.25 and found["staff_vacancies_poh_somatic"] == 0.5


def test_two_records_do_not_share_their_counts() -> None:
    one, other = MonthRecord(), MonthRecord()
    one.arrives("MOVER")
    one.search(1)
    assert not other.flows["in_mover"] and not other.searches
    assert list(one.columns()) == list(other.columns())


def test_what_has_no_counter_is_refused() -> None:
    record = MonthRecord()
    with pytest.raises(ValueError, match="no arrival is counted from 'START'"):
        record.arrives("START")
    with pytest.raises(ValueError, match="no departure is counted with cause 'tired'"):
        record.leaves("tired", 50, due_to_strain=False)
    with pytest.raises(ValueError, match="cannot be open for -1 months"):
        record.search(-1)
    with pytest.raises(ValueError, match="before the diploma"):
        record.becomes_owner(-1.0)
    assert not any(record.columns().values())
