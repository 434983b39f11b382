"""Vacancies of owners' seats, the state of succession, and what a month of it brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice, Premises
from sim.agents.staffing import gps_of, practices_of
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.workforce.outlook import Outlook

__all__ = [
    "CAUSES",
    "Departure",
    "Departures",
    "Founding",
    "HandOver",
    "Month",
    "Seeker",
    "Settle",
    "Succession",
    "SuccessionOutcome",
    "Vacancy",
    "VacancyStatus",
    "vacancy_id",
]

type Week = tuple[int, int, int, int, int]
"""Patient seconds on Monday to Friday."""

CAUSES = ("announced", "sudden", "steps back", "second seat", "at the start")
"""Why a seat is vacant."""

_LOW32 = 0xFFFFFFFF


class Seeker(Protocol):
    """An owner-to-be from outside the region who looks in this month; no agent of the model before signing."""

    @property
    def uid(self) -> int:
        """Id that means the same person in every scenario."""
        ...

    @property
    def tie(self) -> bool:
        """Has a family tie to the region."""
        ...

    @property
    def fte(self) -> float:
        """Full-time equivalents he or she wants to work."""
        ...


class Departure(Protocol):
    """A GP who has gone: released from the practice and no longer in the model."""

    @property
    def gp(self) -> GP:
        """Who."""
        ...

    @property
    def practice(self) -> Practice | None:
        """The practice that was left, None for a changing locum."""
        ...

    @property
    def role(self) -> GPRole:
        """Role before the departure."""
        ...


class Departures(Protocol):
    """What careers tell succession."""

    @property
    def gone(self) -> Sequence[Departure]:
        """Who has gone this month."""
        ...

    @property
    def announced(self) -> Sequence[GP]:
        """Owners who announced their stop this month."""
        ...

    @property
    def stepped_back(self) -> Sequence[tuple[GP, Practice]]:
        """Owners who go on as employed GP in their practice."""
        ...


class Settle(Protocol):
    """Makes a seeker from outside a GP of the region, with no practice yet (``sim.workforce.pool.settle_seeker``)."""

    def __call__(self, model: Any, seeker: Any, outlook: Outlook, seed: int, p: Parameters) -> GP:
        """Make the GP."""
        ...


class VacancyStatus(IntEnum):
    """Where a search stands."""

    OPEN = 0
    SIGNED = 1
    """Somebody has signed and waits for the hand-over."""
    FILLED = 2
    FAILED = 3
    LAPSED = 4
    """Ended without a result that counts: a second seat nobody took, or the practice closed."""


@dataclass
class Vacancy:
    """An owner's seat for which somebody is sought."""

    uid: int
    practice: int
    """Practice number."""
    leaver: int
    """Id of the owner who stops."""
    cause: str
    """One of ``CAUSES``."""
    opened: int
    """Month index in which the search began."""
    stop: int
    """Month in which the owner stops or stopped."""
    fte: float
    week_seconds: Week
    """Patient seconds of the seat on Monday to Friday; all 0 where no place falls empty."""
    status: VacancyStatus = VacancyStatus.OPEN
    left: bool = False
    """The owner has gone."""
    signed: int = -1
    """Month of the signature."""
    start: int = -1
    """Month in which the successor begins."""
    successor: int = -1
    """Id of the successor."""
    seeker: Seeker | None = None
    """The successor, when still outside the region."""

    @property
    def counts(self) -> bool:
        """A search of its own, not the second half of a filled seat."""
        return self.cause != "second seat"


def vacancy_id(practice: int, leaver: int, cause: str) -> int:
    """Id of a vacancy: the practice, the owner who leaves and why; the same in every scenario."""
    return int(identify(Kind.VACANCY, np.uint64(practice), leaver & _LOW32, CAUSES.index(cause)))


@dataclass
class Succession:
    """State of succession in a region.

    Attributes:
        vacancies: all of the run, by id.
        refusals: pairs (candidate id, vacancy id) that came to nothing before the run.
        appeal: appeal of each municipality, in units of utility.
    """

    appeal: npt.NDArray[np.float64]
    vacancies: dict[int, Vacancy] = field(default_factory=dict)
    refusals: set[tuple[int, int]] = field(default_factory=set)

    def add(self, vacancy: Vacancy) -> Vacancy:
        """Open a search.

        Raises:
            ValueError: there is one with this id.
        """
        if vacancy.uid in self.vacancies:
            raise ValueError(f"practice {vacancy.practice} has had vacancy {vacancy.uid} already")
        self.vacancies[vacancy.uid] = vacancy
        return vacancy

    def having(self, *status: VacancyStatus) -> list[Vacancy]:
        """Vacancies with one of these states, in the order of their ids."""
        return sorted((one for one in self.vacancies.values() if one.status in status), key=lambda one: one.uid)

    def searching(self) -> list[Vacancy]:
        """Vacancies nobody has signed for."""
        return self.having(VacancyStatus.OPEN)

    def waiting(self) -> list[Vacancy]:
        """Vacancies with a successor who has not begun."""
        return self.having(VacancyStatus.SIGNED)

    def of(self, practice: int) -> Iterator[Vacancy]:
        """Open and signed vacancies of a practice."""
        return (
            one for one in self.having(VacancyStatus.OPEN, VacancyStatus.SIGNED) if one.practice == practice
        )  # fmt: skip

    def by_leaver(self, leaver: int) -> Vacancy | None:
        """The open or signed vacancy of an owner who stops."""
        return next(
            (
                one
                for one in self.having(VacancyStatus.OPEN, VacancyStatus.SIGNED)
                if one.leaver == leaver and one.counts
            ),
            None,
        )


@dataclass(frozen=True)
class HandOver:
    """A successor who began this month."""

    practice: int
    gp: GP
    vacancy: Vacancy


@dataclass(frozen=True)
class Founding:
    """A new practice to be opened."""

    uid: int
    gp: GP
    node: int
    municipality: int
    x: float
    y: float
    premises: Premises
    most_people: int
    """List at which it stops filling."""
    people_a_month: int
    """Most people whom it takes on a month until then."""


@dataclass
class SuccessionOutcome:
    """What a month of succession brought; counts are of searches of their own, second seats left out."""

    hand_overs: list[HandOver] = field(default_factory=list)
    temporary: list[int] = field(default_factory=list)
    """Practices that the regional organisation began to run."""
    merges: list[tuple[int, int]] = field(default_factory=list)
    """(practice that ends, practice that takes it over); GPs and staff have gone over, the people have not."""
    closings: list[int] = field(default_factory=list)
    """Practices to close now; their people are still on the list."""
    foundings: list[Founding] = field(default_factory=list)
    new_owners: list[GP] = field(default_factory=list)
    opened: int = 0
    filled: int = 0
    filled_within_year: int = 0
    """Of those filled, after at most twelve months."""
    failed: int = 0
    vacancy_months: int = 0
    """Sum over those filled of the months from opening to signature."""


class Month:
    """One month of succession: what its steps read, and where they write."""

    def __init__(self, model: Any, state: Succession, outlook: Outlook, seed: int, p: Parameters) -> None:
        """Take the agents as they are now."""
        self.model, self.state, self.outlook, self.seed, self.p = model, state, outlook, seed, p
        self.practices: list[Practice] = practices_of(model)
        self.gps: list[GP] = gps_of(model)
        self.gp_by_uid = {gp.uid: gp for gp in self.gps}
        self.outcome = SuccessionOutcome()

    @property
    def now(self) -> int:
        """Month index."""
        return self.outlook.month

    def log(
        self, kind: str, practice: int, value: float = 0.0, *, gp: int = -1, other: int = -1, cause: str = ""
    ) -> None:
        """Write an event of this month."""
        self.model.ledger.log(self.outlook.day, kind, practice, value, gp=gp, other=other, cause=cause)

    def open(self, vacancy: Vacancy) -> Vacancy:
        """Begin a search."""
        self.state.add(vacancy)
        self.outcome.opened += vacancy.counts
        self.log("vacancy opens", vacancy.practice, vacancy.fte, cause=vacancy.cause)
        return vacancy

    def count_searches(self) -> None:
        """Tell the practices how many searches each has."""
        for practice in self.practices:
            practice.open_searches = 0
        for vacancy in self.state.searching():
            self.practices[vacancy.practice].open_searches += 1
