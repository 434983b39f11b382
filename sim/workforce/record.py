"""What is counted of one month's decisions of GPs and practices: flows, searches, the duty market, staff.

Whoever carries out the month fills a record; stocks (heads, FTE, strain, states of practices) are read off the agents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["CAUSES", "ORIGINS", "MonthRecord", "Search", "SearchEnd"]

ORIGINS: dict[str, str] = {
    "TRAINEE": "in_trainee",
    "GRADUATE": "in_graduate",
    "MOVER": "in_mover",
    "LOCUM": "in_locum",
    "OWNER_TO_BE": "in_owner",
}
"""Counter of an arrival by the name of its origin."""

CAUSES: dict[str, str] = {
    "retires": "out_retired",
    "leaves the profession": "out_profession",
    "moves away": "out_moved",
    "sudden loss": "out_sudden",
}
"""Counter of a departure by its cause, in the words of the event log."""

_OLDER, _OLDEST = 60, 65
_BANDS = ("out_under_60", "out_60_64", "out_65_plus")


class SearchEnd(IntEnum):
    """What became of a search for a successor in a month."""

    GOES_ON = 0
    FILLED = 1
    """A successor signed."""
    FAILED = 2
    """Given up: the seat stays empty, or the practice merges or closes."""


class Search(NamedTuple):
    """One search for a successor that was open in the month."""

    months: int
    """Whole months since it was opened."""
    end: SearchEnd


@dataclass
class MonthRecord:
    """Counts of one month; all begin at zero.

    Attributes:
        flows: arrivals by origin and departures by cause, under the names of the table's columns.
        searches: every search that was open at some time in the month, those filled or failed in it too.
        new_owners, years_to_ownership: GPs who became owner, and the years since their diploma added up.
        closures, merges, starts: practices that closed (merged ones aside), merged into another, opened.
        trainees: in training in the region at the month's end.
        duty_price: mean price of a sold hour of duty in cents, 0 when none was sold.
        shifts_sold: shifts that another GP did for pay.
        staff_vacancies: FTE of established posts without staff, by role: assistant, somatic nurse, mental nurse, PA or
            nurse practitioner.
        locum_hours_asked, locum_hours_given: hours of changing locums that practices asked for and got.
        locum_seconds: patient seconds of changing locums by practice (P,), None where not counted.
    """

    flows: dict[str, int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    new_owners: int = 0
    years_to_ownership: float = 0.0
    closures: int = 0
    merges: int = 0
    starts: int = 0
    trainees: int = 0
    duty_price: float = 0.0
    shifts_sold: int = 0
    staff_vacancies: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    locum_hours_asked: float = 0.0
    locum_hours_given: float = 0.0
    locum_seconds: npt.NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        self.flows = dict.fromkeys((*ORIGINS.values(), *CAUSES.values(), *_BANDS, "out_due_to_strain"), 0) | self.flows

    def arrives(self, origin: str) -> None:
        """A GP came to the region or settled after training.

        Args:
            origin: name of the GP's ``Origin``.

        Raises:
            ValueError: GPs do not arrive from there.
        """
        if origin not in ORIGINS:
            raise ValueError(f"no arrival is counted from {origin!r}; known are {', '.join(ORIGINS)}")
        self.flows[ORIGINS[origin]] += 1

    def leaves(self, cause: str, age: int, *, due_to_strain: bool) -> None:
        """A GP stopped working in the region.

        Args:
            cause: a word of ``CAUSES``.
            age: in whole years; counted for those who leave the profession, not for moves.
            due_to_strain: would not have left without strain.

        Raises:
            ValueError: an unknown cause.
        """
        if cause not in CAUSES:
            raise ValueError(f"no departure is counted with cause {cause!r}; known are {', '.join(CAUSES)}")
        self.flows[CAUSES[cause]] += 1
        self.flows["out_due_to_strain"] += due_to_strain
        if cause != "moves away":
            self.flows[_BANDS[(age >= _OLDER) + (age >= _OLDEST)]] += 1

    def search(self, months: int, end: SearchEnd = SearchEnd.GOES_ON) -> None:
        """Count a search that was open in the month.

        Args:
            months: whole months since it was opened.
            end: what became of it this month.

        Raises:
            ValueError: opened in the future.
        """
        if months < 0:
            raise ValueError(f"a search cannot be open for {months} months")
        self.searches.append(Search(months, end))

    def becomes_owner(self, years: float) -> None:
        """A GP became owner, so many years after the diploma.

        Raises:
            ValueError: before the diploma.
        """
        if years < 0.0:
            raise ValueError(f"nobody becomes owner {-years:.1f} years before the diploma")
        self.new_owners += 1
        self.years_to_ownership += years

    def columns(self) -> dict[str, float]:
        """The counts as columns of the table ``workforce_month``, in its order."""
        filled = [one.months for one in self.searches if one.end == SearchEnd.FILLED]
        assistant, somatic, mental, advanced = self.staff_vacancies
        return {
            "trainees": self.trainees,
            **self.flows,
            "vacancies_open": sum(one.end == SearchEnd.GOES_ON for one in self.searches),
            "vacancies_filled": len(filled),
            "vacancies_failed": sum(one.end == SearchEnd.FAILED for one in self.searches),
            "vacancy_months": sum(filled),
            "closures": self.closures,
            "merges": self.merges,
            "starts": self.starts,
            "new_owners": self.new_owners,
            "years_to_ownership": self.years_to_ownership,
            "duty_price": self.duty_price,
            "shifts_sold": self.shifts_sold,
            "staff_vacancies": sum(self.staff_vacancies),
            "staff_vacancies_assistant": assistant,
            "staff_vacancies_poh_somatic": somatic,
            "staff_vacancies_poh_mental": mental,
            "staff_vacancies_advanced": advanced,
            "locum_hours_asked": self.locum_hours_asked,
            "locum_hours_given": self.locum_hours_given,
        }
