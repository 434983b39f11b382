"""The model itself, so small and so short that a run takes half a second, most of which is the region's run-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from experiments.prepare import Prepared
from experiments.runs.perform import build_model
from experiments.runs.task import Task
from tests.experiments.runs.toy import base

DAYS = 28


class Beginning:
    """A hundredth of Twente that ends after four weeks; what it lacks is the model's."""

    def __init__(self, prepared: Prepared) -> None:
        self.model, self.days_total = build_model(prepared), DAYS

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)


def real(prepared: Prepared) -> Beginning:
    return Beginning(prepared)


def real_tasks(count: int) -> list[Task]:
    """So many runs, seeds from 1, with tables of every kind."""
    return [
        Task.of(replace(base(seed), share=0.01), tables=("region_week", "events", "indicators", "groups"))
        for seed in range(1, count + 1)
    ]
