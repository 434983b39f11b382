"""Care in miniature with the tables that an intervention makes: paired runs of a few practices, with real luck."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.care.books import GP, MENTAL, SOMATIC
from sim.care.tables import care_tables
from sim.interventions.package import instance_of
from sim.interventions.registry import declared
from sim.modifiers import Modifier, Resolver
from sim.parameters import Parameters
from tests.care.clinic import Clinic, asks, make_clinic
from tests.interventions.tables import table
from tests.model.digest import prepared

MONTH = 1500
YEARS_LATER = MONTH + 60


def with_it(id: str, month: int = YEARS_LATER, **settings: Any) -> Parameters:
    """The parameters of a practice that takes part, some years after the start."""
    ready = prepared()
    one = declared()[id]
    keys = {"reach": 1.0, **settings} if one.by == "practice" else settings
    instance = instance_of(one, table(one, **keys), ready.region, ready.parameters, MONTH)
    parts = [part for part in one.function(instance) if isinstance(part, Modifier)]
    ids = np.arange(1, 3, dtype=np.uint64)
    towns = np.zeros(2, np.int64)
    return Resolver(ready.parameters, parts, 1).resolve(month, ids, towns, towns).practice(0)


def usual() -> Parameters:
    """The parameters as shipped."""
    return prepared().parameters


def clinic_of(p: Parameters, people: int = 300, slots: int = 60, mode: str = "hard", **tables: Any) -> Clinic:
    """One practice of two GPs, a mental-health nurse and a somatic nurse, working by these parameters.

    Nobody fails to come, nothing ends at the door but what the parameters send elsewhere, everybody wants a GP.
    """
    clinic = make_clinic(((GP, GP, MENTAL, SOMATIC),), [(0, k % 2) for k in range(people)], slots, mode)
    n = clinic.care.tables.variant.size
    made = care_tables([p], mode, np.zeros(n, np.int64), np.zeros(1, np.int64))
    clinic.care.set_tables(made)
    zeros = np.zeros(10)
    quiet: dict[str, Any] = {
        "self_care": zeros, "advice": zeros, "assistant": zeros, "mental": zeros, "advanced": zeros,
        "no_show": 0.0, "drop_rate": 0.0, "phone_share": 0.0, "hold": 0.0,
    }  # fmt: skip
    clinic.assume(**(quiet | tables))
    return clinic


def work(clinic: Clinic, days: int, a_day: int = 20, what: int = 1) -> None:
    """Days on which so many people ask, the same ones in every clinic."""
    people = len(clinic.people)
    for day in range(days):
        first = (day * a_day) % (people - a_day + 1)
        clinic.live(asks(first, first + a_day, what=what))
