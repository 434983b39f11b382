"""GP practices (huisartsenpraktijken): a list, its state, the GPs and the staff."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from sim.agents.gp import GP, GPRole
from sim.agents.mesa_bridge import Agent

__all__ = ["ListState", "Practice"]


class ListState(IntEnum):
    """Whether a practice takes new patients (patiëntenstop)."""

    OPEN = 0
    CONDITIONAL = 1
    """Only family of patients and the practice's own surroundings."""
    FULL = 2


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

    @property
    def owners(self) -> list[GP]:
        """The GPs who own it."""
        return [gp for gp in self.gps if gp.is_owner]

    @property
    def form(self) -> str:
        """``solo``, ``duo`` or ``group`` by the number of regular GPs; ``none`` without any."""
        return ("none", "solo", "duo", "group")[min(len(self.gps), 3)]

    @property
    def list_fte(self) -> float:
        """FTE of owners and employed GPs: the ones to hold the list against the norm with."""
        return sum(gp.fte for gp in self.gps if gp.role <= GPRole.EMPLOYED)

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
        """
        if role == GPRole.CHANGING_LOCUM:
            raise ValueError("a changing locum works for a local group, not in one practice")
        if gp.practice is not None:
            raise ValueError(f"GP {gp.number} works in practice {gp.practice.number}; release the GP there first")
        if self.closed_since is not None:
            raise ValueError(f"practice {self.number} is closed")
        gp.practice, gp.role, gp.group = self, role, self.group
        self.gps.append(gp)
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

    def close_for_good(self, month: int) -> None:
        """End the practice: the list closes, the GPs are released and the staff goes.

        Raises:
            ValueError: people are still registered, or it is closed already.
        """
        if self.registered:
            raise ValueError(f"practice {self.number} still has {self.registered} people on its list")
        if self.closed_since is not None:
            raise ValueError(f"practice {self.number} closed in month {self.closed_since}")
        self.close_list(month)
        self.closed_since = month
        for gp in list(self.gps):
            self.release(gp)
        self.assistant_fte = self.somatic_nurse_fte = self.mental_nurse_fte = self.advanced_fte = 0.0
        self.staff_week_seconds = tuple((0,) * 5 for _ in self.staff_week_seconds)
