"""GP practices (huisartsenpraktijken): a list, its state, the GPs and the staff."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from sim.agents.gp import GP, GPRole
from sim.agents.mesa_bridge import Agent

__all__ = ["ListState", "Practice", "PracticeState", "Premises", "VacantSeat"]

type Week = tuple[int, int, int, int, int]


class ListState(IntEnum):
    """Whether a practice takes new patients (patiëntenstop)."""

    OPEN = 0
    CONDITIONAL = 1
    """Only family of patients and the practice's own surroundings."""
    FULL = 2


class PracticeState(IntEnum):
    """Who carries the practice."""

    RUNNING = 0
    """Its owners do; or nobody does yet, after the last owner has gone."""
    TEMPORARY = 1
    """The regional GP organisation runs it while a successor is sought."""
    SHELL = 2
    """A ready-made legal practice (nulpraktijk) of the regional organisation carries it."""
    CLOSED = 3


@dataclass(frozen=True)
class Premises:
    """Where a practice is housed."""

    square_metres: float
    rooms: int
    rent_cents: int
    """A year."""
    most_people: int = 0
    """List that fits in at all; 0 where hours decide, as in most premises."""

    def short_of_room(self, people: int, people_per_square_metre: float) -> bool:
        """Whether the list is too large for the floor area."""
        return people > self.square_metres * people_per_square_metre


@dataclass(frozen=True)
class VacantSeat:
    """A GP's place that nobody fills; locums cover what they can of its hours."""

    fte: float
    week_seconds: Week
    """Patient seconds on Monday to Friday."""
    employed: bool = False
    """Nobody was found to own it: an employed GP may fill it."""


_UNKNOWN = Premises(0.0, 0, 0)
_NO_WEEK: Week = (0, 0, 0, 0, 0)


class Practice(Agent):
    """One practice.

    Attributes:
        number: practice number, as in the people's column ``practice``; never reused in a run.
        uid: id that means the same practice in every scenario.
        node, municipality: rows of the region's nodes and municipalities.
        x, y: km in the regional plane.
        group: local group (HAGRO).
        registered: people on the list.
        list_state: ``ListState``.
        state_since: month index in which the list took its present state.
        last_stop: last month index in which the list was not open, -1 if never.
        gps: regular GPs, owners first.
        assistant_fte, somatic_nurse_fte, mental_nurse_fte, advanced_fte: staff.
        staff_week_seconds: booked patient seconds by role (in that order) on Monday to Friday.
        closed_since: month index in which the practice closed for good, None while it is open.
        state: ``PracticeState``.
        founded: month index in which it opened, None if before the run.
        premises: floor area, rooms and rent.
        direct_per_fte: patient seconds a week for each FTE of its GPs; a seat keeps it when the GP changes.
        vacant_seats: places of GPs who have gone, by the id of the vacancy.
        open_searches: vacancies for which nobody has signed.
        staff_posts: established FTE by staff role, beside the filled FTE.
    """

    def __init__(
        self,
        model: Any,
        *,
        number: int,
        uid: int,
        node: int,
        municipality: int,
        x: float,
        y: float,
        group: int,
        registered: int,
        staff_fte: tuple[float, float, float, float],
        staff_week_seconds: tuple[tuple[int, ...], ...],
        month: int,
        founded: int | None = None,
        premises: Premises = _UNKNOWN,
        direct_per_fte: float = 0.0,
    ) -> None:
        super().__init__(model)
        self.number = number
        self.uid = uid
        self.node = node
        self.municipality = municipality
        self.x = x
        self.y = y
        self.group = group
        self.registered = registered
        self.list_state = ListState.OPEN
        self.state_since = month
        self.last_stop = -1
        self.gps: list[GP] = []
        self.assistant_fte, self.somatic_nurse_fte, self.mental_nurse_fte, self.advanced_fte = staff_fte
        self.staff_week_seconds = staff_week_seconds
        self.closed_since: int | None = None
        self.state = PracticeState.RUNNING
        self.founded = founded
        self.premises = premises
        self.direct_per_fte = direct_per_fte
        self.vacant_seats: dict[int, VacantSeat] = {}
        self.open_searches = 0
        self.staff_posts = staff_fte
        self._released: GP | None = None

    @property
    def owners(self) -> list[GP]:
        """The GPs who own it."""
        return [gp for gp in self.gps if gp.role == GPRole.OWNER]

    @property
    def form(self) -> str:
        """``solo``, ``duo`` or ``group`` by the number of regular GPs; ``none`` without any."""
        return ("none", "solo", "duo", "group")[min(len(self.gps), 3)]

    @property
    def list_fte(self) -> float:
        """FTE of owners and employed GPs: the ones to hold the list against the norm with."""
        return sum(gp.fte for gp in self.gps if gp.role <= GPRole.EMPLOYED)

    @property
    def searching(self) -> bool:
        """Seeks a successor or another owner."""
        return self.open_searches > 0

    @property
    def ownerless(self) -> bool:
        """Open without an owner."""
        return self.closed_since is None and not self.owners

    @property
    def vacant_week_seconds(self) -> Week:
        """Patient seconds of the unfilled seats on Monday to Friday."""
        if not self.vacant_seats:  # as most practices
            return _NO_WEEK
        mon, tue, wed, thu, fri = (
            sum(seat.week_seconds[day] for seat in self.vacant_seats.values()) for day in range(5)
        )
        return mon, tue, wed, thu, fri

    @property
    def vacant_fte(self) -> float:
        """FTE of the unfilled seats."""
        return sum(seat.fte for seat in self.vacant_seats.values())

    @property
    def posts_for_employed(self) -> int:
        """Unfilled seats that an employed GP may take."""
        return sum(seat.employed for seat in self.vacant_seats.values())

    # the list

    def open_list(self, month: int) -> None:
        """Take new patients."""
        self._set_state(ListState.OPEN, month)

    def set_conditional(self, month: int) -> None:
        """Take only family of patients and people of the own surroundings."""
        self._set_state(ListState.CONDITIONAL, month)

    def close_list(self, month: int) -> None:
        """Take no new patients; newborns of patients still join."""
        self._set_state(ListState.FULL, month)

    def _set_state(self, state: ListState, month: int) -> None:
        if self.closed_since is not None and state != ListState.FULL:
            raise ValueError(f"practice {self.number} closed in month {self.closed_since}; its list cannot open")
        if self.list_state != ListState.OPEN:
            self.last_stop = max(self.last_stop, month - 1, self.state_since)
        if state != ListState.OPEN:
            self.last_stop = max(self.last_stop, month)
        if state != self.list_state:
            self.list_state, self.state_since = state, month

    def stopped_within(self, month: int, months: int = 12) -> bool:
        """The list was not open at some time in the last ``months`` months."""
        return self.list_state != ListState.OPEN or (self.last_stop >= 0 and month - self.last_stop < months)

    # who works here

    def take_on(self, gp: GP, role: GPRole) -> None:
        """Let a GP work here as owner, employed GP or fixed locum.

        Raises:
            ValueError: the GP works in a practice already, the role is that of a changing locum, or the practice is
                closed.

        A new employed GP fills a vacant seat that nobody was found to own, if there is one.
        """
        if role == GPRole.CHANGING_LOCUM:
            raise ValueError("a changing locum works for a local group, not in one practice")
        if gp.practice is not None:
            raise ValueError(f"GP {gp.number} works in practice {gp.practice.number}; release the GP there first")
        if self.closed_since is not None:
            raise ValueError(f"practice {self.number} is closed")
        if role != GPRole.OWNER and gp is not self._released:  # not somebody who only changes roles here
            self._fill_employed_post()
        gp.practice, gp.role, gp.group = self, role, self.group
        self.gps.append(gp)
        self._order_gps()

    def _order_gps(self) -> None:
        self.gps.sort(key=lambda one: (not one.is_owner, one.number))

    def release(self, gp: GP) -> None:
        """Let a GP go; until another practice takes the GP on, he or she is a changing locum of the local group.

        Raises:
            ValueError: the GP does not work here.
        """
        if gp not in self.gps:
            raise ValueError(f"GP {gp.number} does not work in practice {self.number}")
        self.gps.remove(gp)
        gp.practice, gp.role = None, GPRole.CHANGING_LOCUM
        self._released = gp

    def _fill_employed_post(self) -> None:
        posts = [uid for uid, seat in self.vacant_seats.items() if seat.employed]
        if posts:
            del self.vacant_seats[min(posts)]

    # succession

    def leave_seat(self, vacancy: int, fte: float, week_seconds: Week) -> None:
        """Keep the place of a GP who has gone.

        Raises:
            ValueError: the practice is closed, or keeps a place for this vacancy already.
        """
        if self.closed_since is not None:
            raise ValueError(f"practice {self.number} is closed")
        if vacancy in self.vacant_seats:
            raise ValueError(f"practice {self.number} keeps a place for vacancy {vacancy} already")
        self.vacant_seats[vacancy] = VacantSeat(fte, week_seconds)

    def leave_post(self, gp: GP) -> None:
        """Keep the place of an employed GP or fixed locum who is about to go, for another one.

        Raises:
            ValueError: the GP does not work here.
        """
        if gp not in self.gps:
            raise ValueError(f"GP {gp.number} does not work in practice {self.number}")
        self.vacant_seats[gp.uid] = VacantSeat(gp.fte, gp.week_seconds, employed=True)

    def drop_posts(self) -> None:
        """Seek no employed GPs any more; searches for owners go on."""
        self.vacant_seats = {uid: seat for uid, seat in self.vacant_seats.items() if not seat.employed}

    def fill_seat(self, vacancy: int, *, by_colleague: bool = False) -> None:
        """A successor has begun: the vacant place is filled, and an owner carries the practice again.

        A colleague who worked here already leaves a place behind, which is open to an employed GP.

        Raises:
            ValueError: nobody owns the practice.
        """
        if not self.owners:
            raise ValueError(f"practice {self.number} has no owner")
        if by_colleague:
            self.open_to_employed(vacancy)
        else:
            self.vacant_seats.pop(vacancy, None)
        self.state = PracticeState.RUNNING

    def open_to_employed(self, vacancy: int) -> None:
        """Let an employed GP fill a seat that nobody was found to own."""
        if vacancy in self.vacant_seats:
            self.vacant_seats[vacancy] = replace(self.vacant_seats[vacancy], employed=True)

    def run_by_organisation(self, *, shell: bool = False) -> None:
        """Let the regional organisation carry the practice, in a shell practice if it has one.

        Raises:
            ValueError: somebody owns it, or it is closed.
        """
        if self.owners or self.closed_since is not None:
            raise ValueError(f"practice {self.number} is closed or has an owner")
        self.state = PracticeState.SHELL if shell else PracticeState.TEMPORARY

    def merge_into(self, other: Practice) -> None:
        """Let the GPs, the staff and the empty seats, for employed GPs now, go over to another practice.

        The list is moved apart; then the practice closes.

        Raises:
            ValueError: the other is this practice or is closed.
        """
        if other is self or other.closed_since is not None:
            raise ValueError(f"practice {self.number} cannot merge into practice {other.number}")
        for gp in list(self.gps):
            role = gp.role
            self.release(gp)
            other.take_on(gp, role)
        mine = (self.assistant_fte, self.somatic_nurse_fte, self.mental_nurse_fte, self.advanced_fte)
        other.assistant_fte += mine[0]
        other.somatic_nurse_fte += mine[1]
        other.mental_nurse_fte += mine[2]
        other.advanced_fte += mine[3]
        a, s, m, v = (mine + theirs for mine, theirs in zip(self.staff_posts, other.staff_posts, strict=True))
        other.staff_posts = (a, s, m, v)
        other.staff_week_seconds = tuple(
            tuple(x + y for x, y in zip(ours, theirs, strict=True))
            for ours, theirs in zip(self.staff_week_seconds, other.staff_week_seconds, strict=True)
        )
        self.assistant_fte = self.somatic_nurse_fte = self.mental_nurse_fte = self.advanced_fte = 0.0
        self.staff_posts = (0.0, 0.0, 0.0, 0.0)
        self.staff_week_seconds = tuple((0,) * 5 for _ in self.staff_week_seconds)
        for uid, seat in self.vacant_seats.items():
            other.vacant_seats[uid] = replace(seat, employed=True)
        self.vacant_seats.clear()

    def close_for_good(self, month: int) -> None:
        """End the practice: the list closes, the GPs are released, the staff goes and the search ends.

        Raises:
            ValueError: people are still registered, or it is closed already.
        """
        if self.registered:
            raise ValueError(f"practice {self.number} still has {self.registered} people on its list")
        if self.closed_since is not None:
            raise ValueError(f"practice {self.number} closed in month {self.closed_since}")
        self.close_list(month)
        self.closed_since = month
        self.state = PracticeState.CLOSED
        self.vacant_seats.clear()
        self.open_searches = 0
        self.staff_posts = (0.0, 0.0, 0.0, 0.0)
        for gp in list(self.gps):
            self.release(gp)
        self.assistant_fte = self.somatic_nurse_fte = self.mental_nurse_fte = self.advanced_fte = 0.0
        self.staff_week_seconds = tuple((0,) * 5 for _ in self.staff_week_seconds)
