"""The stress test: GPs are taken away until access collapses, to see where it tips and which practices carry it.

A shock is one world (a seed) that loses one share of its GPs. After a year as usual the GPs go on one day, at random or
the oldest first, and with them the search for their successors: their lists are released at once. That is on purpose.
With a search and temporary management in between, as the model has them for GPs who leave one by one, collapse comes
when that window ends, and the test would measure the window. From then on the region lives on month by month (people
search, lists fill and close, GPs strain, leave and come), and 6, 12 and 24 months later those whose list was released
are counted: how many of them who still live in the region are on no list within 15 minutes by car.

The idea of a tipping point a region, and of a risk and a benefit a physician, is published for Austria (Kaleta and
others, Stress-testing the resilience of the Austrian healthcare system using agent-based simulation, Nature
Communications 13:4259, 2022, doi:10.1038/s41467-022-31766-7); there physicians disappear from a network of shared
patients, here time and behaviour are in it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared
from experiments.runs.past import advance_to
from sim.dates import date_of_month, month_of
from sim.observation.access import LIST_MINUTES

__all__ = [
    "HORIZONS", "MOST", "NARROW", "RANKED_AT", "SCORES", "YEARS", "Columns", "Count", "Order", "Shock", "StressModel",
    "measure", "shock_date",
]  # fmt: skip

type Order = Literal["random", "age"]
type Columns = dict[str, npt.NDArray[Any]]

HORIZONS = (6, 12, 24)
"""Months after the release of the lists."""
RANKED_AT = 12
"""Horizon at which practices are compared."""
USUAL_MONTHS = 12
"""Months as usual before the shock: the practices' yearly accounts, with risk and benefit, are of that day."""
YEARS = (USUAL_MONTHS + HORIZONS[-1]) // 12
MOST = 0.6
"""Largest share of GPs lost."""
NARROW = 0.025
"""Shocks around a tipping point lie at most so far apart."""

SCORES = ("practice", "municipality", "list", "risk", "benefit")


class StressModel(Protocol):
    """What the stress test asks of a model."""

    people: Any
    """Columns ``practice``, ``node`` and the method ``find`` (see ``sim.agents.people``)."""
    minutes: npt.NDArray[np.float32]
    """Car minutes from nodes to practices (N, P)."""
    ledger: Any
    """Its ``tables()`` hold ``practice_year``: year, practice, municipality, list, risk, benefit."""

    @property
    def today(self) -> datetime.date:
        """The next day to be simulated."""

    def advance(self, days: int) -> None:
        """Simulate so many days."""

    def shock(self, share: float, order: Order) -> npt.NDArray[np.uint64]:
        """Remove a share of the GPs; ids of the people whose list was released."""


@dataclass(frozen=True)
class Count:
    """How the people stand whose list was released, some months later."""

    months: int
    present: int
    """Alive and living in the region."""
    without: int
    """On no list."""
    far: int
    """On the list of a practice of more than 15 minutes away."""

    @property
    def lost(self) -> float:
        """Share on no list within 15 minutes; 0 where nobody is left to count."""
        return (self.without + self.far) / self.present if self.present else 0.0


@dataclass(frozen=True)
class Shock:
    """One shock and what came of it; arrays are by practice number (P,)."""

    seed: int
    share: float
    released: int
    """People whose list was released."""
    far_before: int
    """Of them: the list that was released lay more than 15 minutes away."""
    counts: tuple[Count, ...]
    scores: Columns
    """Risk and benefit of the practices on the eve of the shock."""
    released_from: npt.NDArray[np.int64]
    lost_from: npt.NDArray[np.int64]
    """Of them: on no list within 15 minutes after ``RANKED_AT`` months."""
    taken_in: npt.NDArray[np.int64]
    """Released people on the practice's list then."""


def shock_date(prepared: Prepared) -> datetime.date:
    """The day of the shock."""
    return date_of_month(month_of(prepared.scenario.start) + USUAL_MONTHS)


def measure(model: StressModel, seed: int, share: float, order: Order) -> Shock:
    """Simulate one shock.

    Args:
        model: a region on the eve of the shock; it is used up.
        seed: of its world.
        share: of the GPs, that goes.
        order: who goes first.
    """
    month = month_of(model.today)
    scores = _scores(model)
    before = model.people.practice.astype(np.int64)
    node = model.people.node.astype(np.int64)
    uids = model.shock(share, order)
    rows = model.people.find(uids)
    origin = before[rows]
    far_before = model.minutes[node[rows], origin] > LIST_MINUTES
    counts, lost_from, taken_in = [], np.empty(0, np.int64), np.empty(0, np.int64)
    for months in HORIZONS:
        advance_to(model, date_of_month(month + months))
        rows = model.people.find(uids)
        here = rows >= 0
        practice = model.people.practice[rows[here]].astype(np.int64)
        listed = practice >= 0
        far = np.zeros(practice.size, bool)
        far[listed] = model.minutes[model.people.node[rows[here]][listed], practice[listed]] > LIST_MINUTES
        counts.append(Count(months, practice.size, int((~listed).sum()), int(far.sum())))
        if months == RANKED_AT:
            lost_from = np.bincount(origin[here][~listed | far])
            taken_in = np.bincount(practice[listed])
    return Shock(
        seed=seed,
        share=share,
        released=int(uids.size),
        far_before=int(far_before.sum()),
        counts=tuple(counts),
        scores=scores,
        released_from=np.bincount(origin),
        lost_from=lost_from,
        taken_in=taken_in,
    )


def _scores(model: StressModel) -> Columns:
    """Last yearly risk and benefit of the practices."""
    table = model.ledger.tables()["practice_year"]
    last = np.asarray(table["year"]) == np.max(table["year"])
    return {name: np.asarray(table[name])[last] for name in SCORES}
