"""Tables of a made-up year that can be worked out by hand: two practices, two municipalities, two age bands."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.ledger import counts as C
from sim.workforce.record import MonthRecord

Tables = dict[str, dict[str, np.ndarray[Any, Any]]]

MONTHS = 12
PEOPLE_COUNTERS = (
    "people", "on_waiting_list", "with_mediation", "born", "died", "left", "arrived", "moved", "joined", "refused",
    "sick_seconds", "sick_covered_seconds", "elsewhere_handled_gp", "elsewhere_handled_outside",
)  # fmt: skip
WORKFORCE_STOCKS = (
    *(f"{what}_{role}" for what in ("heads", "fte") for role in ("owner", "employed", "locum")),
    *(f"staff_fte_{role}" for role in ("assistant", "poh_somatic", "poh_mental", "advanced")),
    "ill", "strain_mean", "practices_open", "practices_temporary", "practices_searching",
)  # fmt: skip
STOCKS = (
    "people",
    "registered",
    "registered_outside",
    "without_gp",
    "months_without_gp",
    "wants_other_gp",
    "seen_in_year",
)


def months(year: int) -> np.ndarray[Any, Any]:
    """The labels of a year's months."""
    return np.array([f"{year}-{month:02d}" for month in range(1, MONTHS + 1)])


def practice_month(year: int = 2025, **values: tuple[float, float]) -> dict[str, np.ndarray[Any, Any]]:
    """Twelve equal months of practices 0 (municipality 0) and 1 (municipality 1); what is not given is 0."""
    names = ("list_size", "list_state", "stopped_12_months", "fte_owner_employed", "third_next_available")
    unknown = set(values) - {*names, *C.PRACTICE_NAMES}
    assert not unknown, unknown
    columns = {name: np.tile(np.array(values.get(name, (0, 0))), MONTHS) for name in (*names, *C.PRACTICE_NAMES)}
    return {
        "month": np.repeat(months(year), 2),
        "practice": np.tile([0, 1], MONTHS),
        "municipality": np.tile([0, 1], MONTHS),
        **columns,
    }


def post_month(year: int = 2025, **values: tuple[float, float]) -> dict[str, np.ndarray[Any, Any]]:
    """Twelve equal months of two posts."""
    names = ("shifts", "shifts_unfilled", *C.POST_NAMES)
    assert set(values) <= set(names), values
    columns = {name: np.tile(np.array(values.get(name, (0, 0))), MONTHS) for name in names}
    return {"month": np.repeat(months(year), 2), "post": np.tile([0, 1], MONTHS), **columns}


def people_month(year: int = 2025, **values: float | list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """Twelve months of the population; a single number holds for every month."""
    assert set(values) <= set(PEOPLE_COUNTERS), values
    columns = {name: np.broadcast_to(np.array(values.get(name, 0)), MONTHS) for name in PEOPLE_COUNTERS}
    return {"month": months(year), **columns}


def group_year(year: int = 2025, **values: list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """Four groups: nodes 0, 0, 1, 1 (municipalities alike), age bands 0, 6, 0, 6, deprivation 0, 1, 2, 2."""
    names = (*STOCKS, *C.GROUP_NAMES)
    assert set(values) <= set(names), values
    return {
        "year": np.full(4, year),
        "node": np.array([0, 0, 1, 1]),
        "municipality": np.array([0, 0, 1, 1]),
        "age_band": np.array([0, 6, 0, 6]),
        "deprivation": np.array([0, 1, 2, 2]),
        **{name: np.array(values.get(name, [0, 0, 0, 0])) for name in names},
    }


def gp_year(year: int = 2025, **values: list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """Four GPs: an owner in practice 0, an owner and an employed GP in practice 1, a changing locum."""
    names = (
        "fte", "hours_week", "direct_seconds", "overtime_seconds", "duty_seconds", "age", "sex", "strain", "origin",
        "other_work_hours",
    )  # fmt: skip
    assert set(values) <= set(names), values
    return {
        "year": np.full(4, year),
        "gp": np.arange(4),
        "practice": np.array([0, 1, 1, -1]),
        "role": np.array([0, 0, 1, 3]),
        **{name: np.array(values.get(name, [0, 0, 0, 0])) for name in names},
    }


def workforce_month(year: int = 2025, **values: float | list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """Twelve months of the workforce; a single number holds for every month."""
    names = (*WORKFORCE_STOCKS, *MonthRecord().columns())
    assert set(values) <= set(names), values
    columns = {name: np.broadcast_to(np.array(values.get(name, 0)), MONTHS) for name in names}
    return {"month": months(year), **columns}


def search_year(
    searches: list[int], filled: list[int], failed: list[int], year: int = 2025
) -> dict[str, np.ndarray[Any, Any]]:
    """Searches by whole months since they were opened."""
    return {
        "year": np.full(len(searches), year),
        "months": np.arange(len(searches)),
        "searches": np.array(searches),
        "filled": np.array(filled),
        "failed": np.array(failed),
    }


def practice_year(year: int = 2025, **values: list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """A year of practices 0 and 1."""
    names = ("list", "owner_fte", "income", "cost", "result", "risk", "benefit")
    assert set(values) <= set(names), values
    return {
        "year": np.full(2, year),
        "practice": np.arange(2),
        "municipality": np.arange(2),
        **{name: np.array(values.get(name, [0, 0])) for name in names},
    }


def insurer_year(total: int, posts: int, temporary: int, year: int = 2025) -> dict[str, np.ndarray[Any, Any]]:
    """Cents that GP care cost the insurer."""
    parts = {"total": total, "posts": posts, "temporary": temporary}
    return {"year": np.array([year]), **{name: np.array([value]) for name, value in parts.items()}}


def wait_year(requests: list[int], year: int = 2025) -> dict[str, np.ndarray[Any, Any]]:
    """Requests by working days waited."""
    return {
        "year": np.full(len(requests), year),
        "working_days": np.arange(len(requests)),
        "requests": np.array(requests),
    }


def access_year(year: int = 2025, **values: list[float]) -> dict[str, np.ndarray[Any, Any]]:
    """Two nodes in two municipalities."""
    return {
        "year": np.full(2, year),
        "node": np.arange(2),
        "municipality": np.arange(2),
        **{name: np.array(column) for name, column in values.items()},
    }
