"""A small model with the interface that a run uses, so that running and saving are tested without simulating."""

from __future__ import annotations

import datetime
import signal
from types import SimpleNamespace
from typing import Any

import numpy as np

from experiments.prepare import Prepared
from sim.parameters import Parameter, Parameters

PARAMETERS = Parameters(
    {
        name: Parameter(
            value=value,
            low=low,
            high=high,
            unit="share",
            year=2024,
            grade="C",
            source="Assumption",
            source_nl="Aanname",
            en=name,
            nl=name,
        )
        for name, value, low, high in (("care.no_show", 0.03, 0.01, 0.06), ("care.overtime", 0.1, 0.0, 0.3))
    }
)


class FakeModel:
    """Two years that count days; ``interrupt_on`` presses Ctrl-C, ``fail_on`` breaks, on that day."""

    def __init__(self, prepared: Prepared, *, check: bool = False, interrupt_on: int = -1, fail_on: int = -1) -> None:
        self.start = prepared.scenario.start
        self.days_total = (datetime.date(self.start.year + prepared.scenario.years, 1, 1) - self.start).days
        self.day = 0
        self.rng = np.random.default_rng(prepared.seed)
        self.interrupt_on, self.fail_on, self.check = interrupt_on, fail_on, check
        self.advances: list[int] = []
        self.waits: list[float] = []
        self.people = range(prepared.region.population)
        self.ledger = SimpleNamespace(
            tables=self._tables,
            flow=lambda sources: self.day * len(sources),
            notes={"region_week": {"wait": {"unit": "working days", "description": "mean wait"}}},
        )

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        self.advances.append(days)
        for _ in range(days):
            if self.day == self.fail_on:
                raise RuntimeError("broken on purpose")
            if self.day == self.interrupt_on:
                signal.raise_signal(signal.SIGINT)
            self.waits.append(self.rng.random())
            self.day += 1

    def _tables(self) -> dict[str, dict[str, Any]]:
        weeks = len(self.waits) // 7
        wait = np.asarray(self.waits[: weeks * 7], np.float32).reshape(weeks, 7).mean(axis=1)
        return {
            "group_decade": {},
            "region_week": {"week": np.arange(weeks, dtype=np.int32), "wait": wait},
            "events": {"day": np.array([3, 5], np.int32), "what": np.array(["list closed", "list opened"])},
        }

    def summary(self) -> list[dict[str, Any]]:
        return [
            self._row("contacts", "Contacten per inwoner", "Contacts per person", 4.7, 4.9, 4.0, 5.0),
            self._row("wait", "Wachttijd", "Wait", 12.0, 14.0, 1.0, 5.0),
            self._row("gap", "Zonder huisarts", "Without a GP", 1234.5, 1300.0, None, None),
        ]

    @staticmethod
    def _row(key: str, nl: str, en: str, first: float, last: float, low: Any, high: Any) -> dict[str, Any]:
        return {
            "id": key,
            "nl": nl,
            "en": en,
            "unit": "a year",
            "first": first,
            "last": last,
            "low": low,
            "high": high,
            "source": "none",
        }


def prepared(seed: int = 1, years: int = 2, capacity_mode: str = "bounded", region_hash: str = "r") -> Prepared:
    """A prepared run of the fake model."""
    start = datetime.date(2025, 1, 1)
    region: Any = SimpleNamespace(id="toy", label_nl="Speelstad", label_en="Toytown", population=100)
    scenario: Any = SimpleNamespace(start=start, years=years, capacity_mode=capacity_mode)
    return Prepared(
        region=region,
        scenario=scenario,
        parameters=PARAMETERS,
        seed=seed,
        name="toy",
        scenario_data={"years": years, "start": start.isoformat(), "capacity_mode": capacity_mode},
        scenario_hash=f"{years}-{capacity_mode}",
        region_hash=region_hash,
    )
