"""GPs (huisartsen): role, age, hours, career, and the hours that were worked."""

from __future__ import annotations

from collections.abc import Sized
from enum import IntEnum
from typing import Any, Protocol

import numpy as np

from sim.agents.mesa_bridge import Agent
from sim.region.practice_staff import GPRole

__all__ = ["GP", "GPRole", "Origin", "Workplace", "new_number"]

_HOUR = 3600
_MONTHS = 12  # that a GP's work is remembered


class Origin(IntEnum):
    """Where a GP came from."""

    START = 0
    """Worked in the region when the run began."""
    TRAINEE = 1
    """Trained in the region."""
    GRADUATE = 2
    """Trained elsewhere, just qualified."""
    MOVER = 3
    """Worked elsewhere in the country."""
    LOCUM = 4
    """Changing locum elsewhere in the country."""
    OWNER_TO_BE = 5
    """Came from elsewhere to take over a practice."""

    @property
    def words(self) -> str:
        """The origin as the event log has it."""
        return self.name.lower().replace("_", "-")


class Workplace(Protocol):
    """What a GP knows of the practice (``sim.agents.practice.Practice``)."""

    number: int
    node: int
    registered: int

    @property
    def owners(self) -> Sized:
        """The GPs who own it."""
        ...

    def take_on(self, gp: GP, role: GPRole) -> None:
        """Let a GP work there."""
        ...

    def release(self, gp: GP) -> None:
        """Let a GP go."""
        ...


def new_number(model: Any) -> int:
    """The next number for a GP of this model; numbers of GPs who left are not given again."""
    return int(getattr(model, "gp_numbers_given", 0))


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
        duty_worked: duty in those months together.
        origin: ``Origin``.
        trained_here: did the GP training (huisartsopleiding) in the region.
        tie: has family in the region.
        wants_to_own: wishes a practice of his or her own, now or later.
        ready_month: month from which he or she is ready to own.
        diploma_month: month of qualifying as a GP.
        since: month in which the present role in the present practice began.
        arrived: month in which he or she began to work in the region.
        other_work: hours a week by which work without patients lies above a normal week's.
        strain: 0 when hours, list and duty are at the norm, 1 when they are about 30 % above it.
        stop_month, stop_cause: month in which an owner stops and why, once announced.
        due_to_strain: the announced stop would not have come without strain.
        scanned_to: last month for which it is known whether this owner stops in it.
        away_until: month in which a GP who is ill comes back, None when at work.
        signed: number of the practice to take over and month of the hand-over.
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
        origin: Origin = Origin.START,
        trained_here: bool = False,
        tie: bool = False,
        wants_to_own: bool = False,
        ready_month: int = 0,
        diploma_month: int = 0,
        arrived: int = 0,
    ) -> None:
        super().__init__(model)
        model.gp_numbers_given = max(new_number(model), number + 1)
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
        self.duty_worked = 0
        self.origin = origin
        self.trained_here = trained_here
        self.tie = tie
        self.wants_to_own = wants_to_own
        self.ready_month = ready_month
        self.diploma_month = diploma_month
        self.since = arrived
        self.arrived = arrived
        self.strain = 0.0
        self.other_work = 0.0
        self.stop_month: int | None = None
        self.stop_cause = ""
        self.due_to_strain = False
        self.scanned_to = -1
        self.away_until: int | None = None
        self.signed: tuple[int, int] | None = None

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

    @property
    def is_away(self) -> bool:
        """Ill for a long time."""
        return self.away_until is not None

    def looks_for_practice(self, month: int) -> bool:
        """Wants to own, is ready for it, and has signed for no practice yet."""
        return self.wants_to_own and not self.is_owner and month >= self.ready_month and self.signed is None

    # the career

    def announce_stop(self, month: int, cause: str, due_to_strain: bool = False) -> None:
        """Say that he or she stops in ``month``.

        Raises:
            ValueError: a stop was announced before.
        """
        if self.stop_month is not None:
            raise ValueError(f"GP {self.number} has announced to stop in month {self.stop_month}")
        self.stop_month, self.stop_cause, self.due_to_strain = month, cause, due_to_strain

    def stop_sooner(self, month: int) -> None:
        """Stop in ``month``, before the month that was announced.

        Raises:
            ValueError: no stop was announced, or an earlier one.
        """
        if self.stop_month is None or self.stop_month < month:
            raise ValueError(f"GP {self.number} does not stop after month {month} as announced")
        self.stop_month = month

    def retire(self) -> None:
        """Stop working at the end of a career."""
        self.leave()

    def leave(self) -> None:
        """Stop working in the region: leave the practice and the model."""
        if self.practice is not None:
            self.practice.release(self)
        self.signed = None
        self.remove()

    def fall_ill(self, until: int) -> None:
        """Be away for a long illness until month ``until``."""
        self.away_until = until

    def come_back(self) -> None:
        """Be at work again after a long illness."""
        self.away_until = None

    def become_locum(self, month: int) -> None:
        """Leave the practice and work as a changing locum in its local group."""
        if self.practice is not None:
            self.practice.release(self)
        self.since = month

    def become_employed(self, practice: Workplace, month: int, role: GPRole = GPRole.EMPLOYED) -> None:
        """Work in ``practice`` as employed GP or as fixed locum.

        Raises:
            ValueError: the role is another one, or the practice is closed.
        """
        if role not in (GPRole.EMPLOYED, GPRole.FIXED_LOCUM):
            raise ValueError(f"an employed GP is no {role.name}")
        self._work_for(practice, role, month)

    def become_owner(self, practice: Workplace, month: int) -> None:
        """Own (a share of) ``practice``, as taker or as partner of the one he or she works in.

        Raises:
            ValueError: owns a practice already, or the practice is closed.
        """
        if self.is_owner:
            raise ValueError(f"GP {self.number} owns a practice already")
        self._work_for(practice, GPRole.OWNER, month)
        self.signed = None

    def step_back(self, month: int) -> None:
        """Give up ownership and stay as employed GP; no wish to own remains.

        Raises:
            ValueError: owns no practice.
        """
        if self.practice is None or not self.is_owner:
            raise ValueError(f"GP {self.number} owns no practice")
        self._work_for(self.practice, GPRole.EMPLOYED, month)
        self.wants_to_own = False

    def _work_for(self, practice: Workplace, role: GPRole, month: int) -> None:
        if self.practice is not None:
            self.practice.release(self)
        practice.take_on(self, role)
        self.since = month

    # hours

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
        if len(self.worked) == _MONTHS:
            self.duty_worked -= self.worked.pop(0)[2]
        self.worked.append((self.patient_seconds, self.overtime_seconds, self.duty_seconds))
        self.duty_worked += self.duty_seconds
        self.patient_seconds = self.overtime_seconds = self.duty_seconds = 0

    def forget_work(self) -> None:
        """Know nothing of the months worked so far."""
        self.worked.clear()
        self.duty_worked = 0

    def strain_hours(self) -> float:
        """Mean weekly overtime over the last twelve months in hours, 0 before the first month has ended."""
        if not self.worked:
            return 0.0
        weeks = len(self.worked) * 365.25 / 12 / 7
        return sum(overtime for _, overtime, _ in self.worked) / _HOUR / weeks
