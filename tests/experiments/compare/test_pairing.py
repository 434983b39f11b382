"""What pairing is worth: 15 percentage points more digital consults in all of Twente, two years, careers frozen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.compare.request import checked
from experiments.compare.samples import samples
from experiments.compare.statistics import contrast
from experiments.executors.processes import cores, local
from experiments.prepare import prepare
from experiments.runs.carry_out import Finished, carry_out
from experiments.runs.store import Store
from experiments.runs.task import Task

PAIRS = 6
WAITS = ("wait_mean", "third_next_available")

SCENARIO = """
id = "digital-{percent}"
extends = "twente"
years = 2
[label]
nl = "Digitaal {percent} %"
en = "Digital {percent} %"
[parameters.careers]
strain_on = 0
pool_pull = 0
[interventions.digital_consult]
start = 2025-01-01
adoption_months = 0
reach = 1.0
share = 0.{percent}
"""


@pytest.mark.slow
def test_pairs_take_away_all_but_a_hundredth_of_the_variance_of_waits(tmp_path: Path) -> None:
    arms = []
    for percent in (15, 30):
        file = tmp_path / f"digital-{percent}.toml"
        file.write_text(SCENARIO.format(percent=percent), encoding="utf-8")
        arms.append(prepare(str(file), seed=1))
    arms = list(checked(arms))
    where, tasks = {}, []
    for pair in range(PAIRS):
        for number, arm in enumerate(arms):
            task = Task.of(replace(arm, seed=1 + pair), tables=("indicators",))
            where[task.key] = (number, pair)
            tasks.append(task)
    store = Store.create(tmp_path / "store", "comparison")
    with local(cores()) as executor:
        assert all(isinstance(one, Finished) for one in carry_out(store, tasks, executor))
    table = store.query("select * from indicators")
    door = samples(table, where, ("digital_door",), (2, PAIRS)).end("digital_door", window=1)
    assert door[1] == pytest.approx(2.0 * door[0], rel=0.05)  # twice as many requests go by that way
    found = samples(table, where, WAITS, (2, PAIRS))
    assert found.years == (2025, 2026)
    for name in WAITS:
        base, arm = found.end(name, window=1)
        told = contrast(name, arms[1].name, base, arm, np.zeros(PAIRS, np.int64), "lower")
        assert 100.0 <= told.reduction < np.inf, f"{name}: {told.reduction:.0f}-fold"
