"""Physician assistants and nurse practitioners: what they get done in an hour."""

from __future__ import annotations

import numpy as np

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import in_force
from sim.care.books import ADVANCED, CONSULT
from sim.care.tables import care_tables


@reproduction(
    "Consults of a shift with two nurse practitioners among four, against four GPs",
    ["advanced_practitioners"],
    Published(
        -7.2, -10.8, -3.6, "percent", "Van der Biezen et al., BMJ Open 7:e015509 (2017): 87.1 against 93.9; no "
        "interval read, half of it either way taken", ("I21.3",),
    ),
)  # fmt: skip
def practitioners_on_duty() -> Answer:
    """What two GPs and two practitioners get done in the time of four GPs, by the lengths of their consults in the
    tables of care with `advanced_practitioners` in force, for its range of lengths. Practitioners see patients by day
    only in the model, so this holds their pace and nothing else against a shift at a post; the pace comes from an
    earlier study of the same group, so the two are not quite independent.
    """
    changes = []
    for longer in (1.25, 1.0, 1.5):
        p = in_force("advanced_practitioners", service=longer)
        tables = care_tables([p], "bounded", np.zeros(1, np.int64), np.zeros(1, np.int64))
        pace = float(tables.gp_seconds[0, CONSULT] / tables.role_seconds[0, ADVANCED])
        changes.append(100.0 * ((2.0 + 2.0 * pace) / 4.0 - 1.0))
    return Answer(changes[0], min(changes), max(changes))
