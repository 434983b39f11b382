"""Out-of-hours posts (huisartsenposten, spoedposten)."""

from __future__ import annotations

from typing import Any

from sim.agents.mesa_bridge import Agent

__all__ = ["Post"]


class Post(Agent):
    """One post; calls queue per organisation, consults and visits per post.

    Attributes:
        number: row of the region's posts.
        name: its name.
        organisation: row of the region's out-of-hours organisations.
        node, x, y: where it is.
        population: inhabitants of the nodes for which it is the nearest post.
        open_at_night: has its own GPs from 23 to 8 h.
        closed_since: month index in which it closed, None while it is open; that of the start if it was closed then.
        shifts_asked, shifts_unfilled: since the month began.
    """

    def __init__(
        self, model: Any, *, number: int, name: str, organisation: int, node: int, x: float, y: float, population: int
    ) -> None:
        super().__init__(model)
        self.number = number
        self.name = name
        self.organisation = organisation
        self.node = node
        self.x = x
        self.y = y
        self.population = population
        self.open_at_night = True
        self.closed_since: int | None = None
        self.shifts_asked = 0
        self.shifts_unfilled = 0

    def close_for_good(self, month: int) -> None:
        """End the post: it has neither people nor shifts.

        Raises:
            ValueError: it is closed already.
        """
        if self.closed_since is not None:
            raise ValueError(f"the post {self.name} closed in month {self.closed_since}")
        self.closed_since, self.population = month, 0

    def open_again(self) -> None:
        """Open the post, day and night.

        Raises:
            ValueError: it is open.
        """
        if self.closed_since is None:
            raise ValueError(f"the post {self.name} is open")
        self.closed_since, self.open_at_night = None, True

    def close_at_night(self) -> None:
        """Keep no GPs at the post from 23 to 8 h."""
        self.open_at_night = False

    def open_again_at_night(self) -> None:
        """Keep GPs at the post from 23 to 8 h again."""
        self.open_at_night = True

    def book_shifts(self, asked: int, unfilled: int) -> None:
        """Count shifts asked and left unfilled.

        Raises:
            ValueError: a negative number, or more unfilled than asked.
        """
        if not 0 <= unfilled <= asked:
            raise ValueError(f"cannot book {unfilled} unfilled of {asked} shifts")
        self.shifts_asked += int(asked)
        self.shifts_unfilled += int(unfilled)

    def end_month(self) -> None:
        """Begin the counters anew."""
        self.shifts_asked = self.shifts_unfilled = 0
