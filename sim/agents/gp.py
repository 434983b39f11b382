"""GPs (huisartsen): role, age, hours, and the hours that were worked."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any, Protocol

import numpy as np

from sim.agents.mesa_bridge import Agent
from sim.region.practice_staff import GPRole

__all__ = ["GP", "GPRole", "Workplace"]

_HOUR = 3600


class Workplace(Protocol):
    """What a GP knows of the practice (``sim.agents.practice.Practice``)."""

    number: int
    node: int
    registered: int

    @property
    def owners(self) -> Sized:
        """The GPs who own it."""
        ...


class GP(Agent):
    """One GP.

    Attributes:
        number: index of the GP, never reused in a run.
        uid: id that means the same GP in every scenario.
        role: ``GPRole``.
        practice: the practice of a regular GP, None for a changing locum.
        group: local group (HAGRO) that a changing locum works in; a regular GP's is the practice's.
        birth_month: month index of birth.
        sex: 0 man, 1 woman.
        fte: full-time equivalents.
        hours: hours worked a week in a normal week, all work.
        agreed_hours: hours a week wished (owners, locums) or contracted (employed GPs).
        home_node: node of the home.
        week_seconds: daytime patient seconds on Monday to Friday of a normal week.
        patient_seconds, overtime_seconds, duty_seconds: worked since the month began.
        worked: the same three of each of the last twelve months, the latest last.
    """

    def __init__(
        self,
        model: Any,
        *,
        number: int,
        uid: int,
        role: GPRole,
        group: int,
        birth_month: int,
        sex: int,
        fte: float,
        hours: float,
        agreed_hours: float,
        home_node: int,
        week_seconds: tuple[int, int, int, int, int],
    ) -> None:
        super().__init__(model)
        self.number = number
        self.uid = uid
        self.role = role
        self.practice: Workplace | None = None
        self.group = group
        self.birth_month = birth_month
        self.sex = sex
        self.fte = fte
        self.hours = hours
        self.agreed_hours = agreed_hours
        self.home_node = home_node
        self.week_seconds = week_seconds
        self.patient_seconds = 0
        self.overtime_seconds = 0
        self.duty_seconds = 0
        self.worked: list[tuple[int, int, int]] = []

    @property
    def direct_seconds(self) -> int:
        """Daytime patient seconds of a normal week."""
        return sum(self.week_seconds)

    @property
    def is_owner(self) -> bool:
        """Owns (a share of) the practice."""
        return self.role == GPRole.OWNER

    @property
    def is_regular(self) -> bool:
        """Works in one practice: owner, employed GP or fixed locum."""
        return self.role != GPRole.CHANGING_LOCUM

    @property
    def duty_share(self) -> float:
        """Registered people for whose out-of-hours care this GP owes duty: the practice's list over its owners."""
        if self.practice is None or not self.is_owner:
            return 0.0
        return self.practice.registered / len(self.practice.owners)

    def age(self, month: int) -> int:
        """Age in whole years in a month (index)."""
        return (month - self.birth_month) // 12

    def reduce_hours(self, hours: float) -> None:
        """Work ``hours`` a week less; patient time, FTE and agreed hours shrink with it.

        Raises:
            ValueError: not above 0, or not fewer than the hours worked.
        """
        if not 0.0 < hours < self.hours:
            raise ValueError(f"a GP of {self.hours:.1f} h a week cannot work {hours} h less")
        self._scale((self.hours - hours) / self.hours)

    def add_hours(self, hours: float) -> None:
        """Work ``hours`` a week more.

        Raises:
            ValueError: not above 0.
        """
        if not hours > 0.0:
            raise ValueError(f"hours to add must be above 0, not {hours}")
        self._scale((self.hours + hours) / self.hours)

    def _scale(self, factor: float) -> None:
        self.hours *= factor
        self.agreed_hours *= factor
        self.fte *= factor
        mon, tue, wed, thu, fri = (int(np.rint(seconds * factor)) for seconds in self.week_seconds)
        self.week_seconds = (mon, tue, wed, thu, fri)

    def book_care(self, seconds: int, overtime: int = 0) -> None:
        """Count patient seconds worked in the practice and how many of them were overtime.

        Raises:
            ValueError: a negative number, or more overtime than work.
        """
        if not 0 <= overtime <= seconds:
            raise ValueError(f"cannot book {seconds} s of care with {overtime} s of overtime")
        self.patient_seconds += int(seconds)
        self.overtime_seconds += int(overtime)

    def book_duty(self, seconds: int) -> None:
        """Count seconds of out-of-hours duty.

        Raises:
            ValueError: a negative number.
        """
        if seconds < 0:
            raise ValueError(f"cannot book {seconds} s of duty")
        self.duty_seconds += int(seconds)

    def end_month(self) -> None:
        """Put this month's counters with the last twelve months and begin anew."""
        self.worked = [*self.worked[-11:], (self.patient_seconds, self.overtime_seconds, self.duty_seconds)]
        self.patient_seconds = self.overtime_seconds = self.duty_seconds = 0

    def strain_hours(self) -> float:
        """Mean weekly overtime over the last twelve months in hours, 0 before the first month has ended."""
        if not self.worked:
            return 0.0
        weeks = len(self.worked) * 365.25 / 12 / 7
        return sum(overtime for _, overtime, _ in self.worked) / _HOUR / weeks
