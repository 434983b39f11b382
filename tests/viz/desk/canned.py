"""A model without people whose tables are made up in a moment; the share of missed appointments is its switch."""

from __future__ import annotations

import datetime
import os
import signal
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from experiments.prepare import Prepared

_OF_PRACTICES = (
    "list_size", "list_state", "third_next_available", "fte_owner_employed", "gp_asked_seconds",
    "gp_available_seconds", "routine_wait_days", "routine_seen", "forgone",
)  # fmt: skip
SLOW, FAILS, DIES, STUCK = 0.031, 0.032, 0.033, 0.034
"""Values of ``care.no_show``. A run fails; or, when it is of the whole region, it is slow, takes its process along or
never ends a month.
"""


class CannedModel:
    """Twelve months a year; people without a GP are told by seed and plan, so that runs can be told apart."""

    def __init__(self, prepared: Prepared, sign: Path | None = None) -> None:
        self.prepared, self._sign = prepared, sign
        self.kind = prepared.parameters.number("care.no_show")
        self.start = prepared.scenario.start
        self.days_total = (datetime.date(self.start.year + prepared.scenario.years, 1, 1) - self.start).days
        self.day = 0
        self.ledger = SimpleNamespace(tables=self.tables)

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        whole = self.prepared.share == 1.0
        if self.kind == SLOW and whole:
            time.sleep(0.1)
        if self.kind == FAILS and self.day > 60:
            raise RuntimeError("broken on purpose")
        if self.kind == DIES and whole:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == STUCK and whole:
            if self._sign is not None:
                self._sign.touch()
            time.sleep(3600.0)
        self.day += days

    @property
    def without_gp(self) -> int:
        """Of this run: thousands by plan, ones by seed."""
        return round(1e6 * self.kind) + self.prepared.seed

    def tables(self) -> dict[str, dict[str, Any]]:
        months = (self.today.year - self.start.year) * 12 + self.today.month - self.start.month
        labels = np.array([f"{self.start.year + k // 12}-{k % 12 + 1:02d}" for k in range(months)], np.str_)
        ones = np.ones(months)
        years = np.array([self.start.year + k for k in range(months // 12)], np.int64)
        people = {"people": ones * 50_000, "without_gp": ones * self.without_gp}
        one_place = {
            name: np.zeros(years.size, np.int64) for name in ("node", "municipality", "age_band", "deprivation")
        }
        return {
            "people_month": {"month": labels} | people,
            "workforce_month": {"month": labels, "strain_mean": ones}
            | {f"fte_{role}": ones for role in ("owner", "employed", "locum")},
            "post_month": {"month": labels, "advice": ones, "consults": ones, "visits": ones},
            "practice_month": {"month": labels, "practice": np.zeros(months, np.int64)}
            | dict.fromkeys(_OF_PRACTICES, ones),
            "practices": {name: np.zeros(1, np.int64) for name in ("practice", "municipality", "node", "x", "y")},
            "region_week": {"week": labels},
            "group_year": {"year": years, "people": np.full(years.size, 50_000)}
            | {"without_gp": np.full(years.size, self.without_gp)}
            | one_place,
            "events": {name: np.zeros(0, np.int64) for name in ("day", "practice", "gp", "other")}
            | {"value": np.zeros(0)}
            | {name: np.zeros(0, np.str_) for name in ("kind", "cause")},
        }  # fmt: skip


def build(prepared: Prepared, sign: Path | None = None) -> CannedModel:
    """For ``Desk(build=...)``.

    Args:
        prepared: what to run.
        sign: a file made when a run has got stuck.
    """
    return CannedModel(prepared, sign)
