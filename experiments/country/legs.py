"""A region from one New Year to another: on from a saved state, to the next one, with the flows of the years."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.country.exchange import Flows, Pool
from experiments.prepare import Prepared
from experiments.runs.parts import write_part
from experiments.runs.past import advance_to, begun
from experiments.runs.perform import Build
from sim.indicators.year import Tables, Year

__all__ = ["EVENT", "Leg", "event_of", "flows_of", "known_flows", "walk", "with_pool"]

EVENT = "national_gp_pool"
"""Id of the event that holds what the other regions leave."""

ELSEWHERE = "goes elsewhere"
"""Cause of a graduation after which nobody settles in the region, as the log of events says it."""


@dataclass(frozen=True)
class Leg:
    """A region up to a date.

    Attributes:
        run: with the pools of all years before it.
        begin: folder of the state to go on from; where there is none, it is simulated from the start.
        date: New Year's day.
        years: that are walked, whose flows are wanted.
        folder: of legs.
    """

    run: Prepared
    begin: str
    date: datetime.date
    years: tuple[int, ...]
    folder: str

    @property
    def name(self) -> str:
        """Name of its files: all that they follow from."""
        return hashlib.sha256(json.dumps([self.run.key, self.date.isoformat()]).encode()).hexdigest()[:16]

    @property
    def state(self) -> Path:
        """Where its state lies."""
        return Path(self.folder) / self.name

    @property
    def record(self) -> Path:
        """Where its flows lie; written last."""
        return Path(self.folder) / f"{self.name}.json"


def event_of(year: int, pool: Pool) -> dict[str, Any]:
    """The factors of a year as the event of a scenario."""
    return {
        "id": f"{EVENT}_{year}", "kind": EVENT, "date": f"{year}-01-01", "end": f"{year + 1}-01-01",
        "graduates": pool.graduates, "experienced": pool.experienced,
    }  # fmt: skip


def with_pool(run: Prepared, year: int, pool: Pool) -> Prepared:
    """The run with these factors in a year."""
    events = sorted([*run.scenario.events, event_of(year, pool)], key=lambda one: str(one["id"]))
    return run.under(events=tuple(events))


def walk(leg: Leg, attempt: int, *, build: Build) -> list[Flows]:
    """Simulate a leg; its state and then its flows are kept.

    Raises:
        StateError: the state that it begins with cannot be gone on from.
        OSError: state or flows cannot be written; nothing half is left.
    """
    from sim.state import save_state

    model = begun(leg.run, leg.begin if leg.begin and Path(leg.begin).is_dir() else "", build)
    advance_to(model, leg.date)
    tables = model.ledger.tables()
    flows = [flows_of(tables, leg.run.scenario.start, year) for year in leg.years]
    save_state(model, leg.state, replace=True)
    write_part(leg.record, json.dumps([asdict(one) for one in flows]).encode())
    return flows


def known_flows(leg: Leg) -> list[Flows] | None:
    """The flows of a leg that has been walked; None where there are none, or they cannot be read."""
    try:
        read = json.loads(leg.record.read_text(encoding="utf-8"))
        found = [Flows((int(a), int(b)), (int(c), int(d))) for (a, b), (c, d) in ((o["came"], o["left"]) for o in read)]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if len(found) == len(leg.years) else None


def flows_of(tables: Tables, start: datetime.date, year: int) -> Flows:
    """The flows of one year from a run's tables.

    Args:
        tables: of a run that began on ``start``.
        start: from which the days of its log are counted.
        year: simulated in full.

    Raises:
        TableError: the run has no such tables.
    """
    found = Year(tables, year)
    came, moved, out = (
        round(found.total("workforce_month", *columns))
        for columns in (("in_graduate",), ("in_mover", "in_locum", "in_owner"), ("out_moved",))
    )
    log = tables["events"]
    first, last = ((datetime.date(one, 1, 1) - start).days for one in (year, year + 1))
    day = np.asarray(log["day"])
    gone = (np.asarray(log["kind"]) == "trainee graduates") & (np.asarray(log["cause"]) == ELSEWHERE)
    return Flows((came, moved), (int(np.count_nonzero(gone & (day >= first) & (day < last))), out))
