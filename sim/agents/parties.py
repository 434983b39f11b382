"""Regional parties: the regional GP organisation, the health insurer and the municipalities.

They decide by the month within a budget, a staff and a lead time. What they decide on lies in ``sim.workforce``; here
are their means and the verbs that keep their books in order. Money is in cents.
"""

from __future__ import annotations

from typing import Any

from sim.agents.mesa_bridge import Agent
from sim.agents.practice import Premises

__all__ = ["Insurer", "Municipality", "RegionalOrganisation"]


class Party(Agent):
    """A party with a yearly budget.

    Attributes:
        budget: cents a year.
        spent: cents spent since 1 January.
    """

    def __init__(self, model: Any, *, budget: int) -> None:
        super().__init__(model)
        self.budget = budget
        self.spent = 0

    @property
    def left(self) -> int:
        """Cents left this year."""
        return self.budget - self.spent

    def pay(self, cents: int) -> None:
        """Spend from this year's budget; a running obligation may overdraw it.

        Raises:
            ValueError: a negative amount.
        """
        if cents < 0:
            raise ValueError(f"cannot pay {cents} cents")
        self.spent += cents

    def begin_year(self) -> None:
        """Begin the year's budget anew."""
        self.spent = 0


class RegionalOrganisation(Party):
    """The regional GP organisation (regionale huisartsenorganisatie).

    Attributes:
        places: practices that its staff can run for a time.
        lead: months before temporary management begins.
        shells: ready-made legal practices (nulpraktijken) that it has.
        running: practice numbers it runs, with the month in which it began.
        asked: practice numbers that wait for it, with the month in which they asked.
        in_shell: practice numbers carried by a shell practice.
        division_places: people of closing lists that it and the insurer can place in a month.
        division_left: of those, left this month.
    """

    def __init__(
        self, model: Any, *, budget: int, places: int, lead: int, shells: int = 0, division_places: int = 0
    ) -> None:
        super().__init__(model, budget=budget)
        self.places = places
        self.lead = lead
        self.shells = shells
        self.running: dict[int, int] = {}
        self.asked: dict[int, int] = {}
        self.in_shell: set[int] = set()
        self.division_places = division_places
        self.division_left = division_places

    @property
    def free_shells(self) -> int:
        """Shell practices that carry nobody."""
        return max(self.shells - len(self.in_shell), 0)

    def ask(self, practice: int, month: int) -> None:
        """Put a practice without an owner on the list for temporary management; asking again changes nothing."""
        if practice not in self.running and practice not in self.in_shell:
            self.asked.setdefault(practice, month)

    def ready_to_run(self, month: int) -> list[int]:
        """Practices whose lead time is over and for which there is staff, those that asked first."""
        waiting = sorted(self.asked, key=lambda number: (self.asked[number], number))
        ready = [number for number in waiting if month - self.asked[number] >= self.lead]
        return ready[: max(self.places - len(self.running), 0)]

    def begin(self, practice: int, month: int) -> None:
        """Begin to run a practice.

        Raises:
            ValueError: all staff is at work, or it runs the practice already.
        """
        if len(self.running) >= self.places or practice in self.running:
            raise ValueError(f"the regional organisation cannot take practice {practice} on")
        self.asked.pop(practice, None)
        self.running[practice] = month

    def move_to_shell(self, practice: int) -> None:
        """Carry a practice in a shell practice from now on.

        Raises:
            ValueError: no shell practice is free.
        """
        if not self.free_shells:
            raise ValueError("no shell practice is free")
        self.end(practice)
        self.in_shell.add(practice)

    def end(self, practice: int) -> bool:
        """Stop running a practice, or take it off the list; whether it was run."""
        self.asked.pop(practice, None)
        ran = self.running.pop(practice, None) is not None or practice in self.in_shell
        self.in_shell.discard(practice)
        return ran

    def place_people(self, people: int) -> int:
        """How many of ``people`` of closing lists can still be placed this month; they are counted.

        Raises:
            ValueError: a negative number.
        """
        if people < 0:
            raise ValueError(f"cannot place {people} people")
        placed = min(people, self.division_left)
        self.division_left -= placed
        return placed

    def begin_month(self) -> None:
        """Begin the month's places anew."""
        self.division_left = self.division_places


class Insurer(Party):
    """The health insurer (zorgverzekeraar) that buys care for the region.

    Attributes:
        share: part of the loss on temporarily run practices that it pays while its budget lasts.
    """

    def __init__(self, model: Any, *, budget: int, share: float) -> None:
        super().__init__(model, budget=budget)
        self.share = share

    def finance(self, loss: int) -> int:
        """Pay its part of a loss, at most what is left of the budget; the cents paid."""
        paid = max(min(round(loss * self.share), self.left), 0)
        self.pay(paid)
        return paid


class Municipality(Party):
    """A municipality (gemeente).

    Attributes:
        number: row of the region's municipalities.
        name: its name.
        projects: months in which premises under preparation are ready.
        free: premises that stand ready for a practice.
        most_projects: premises that its staff can prepare at a time.
    """

    def __init__(self, model: Any, *, budget: int, number: int, name: str, most_projects: int) -> None:
        super().__init__(model, budget=budget)
        self.number = number
        self.name = name
        self.projects: list[int] = []
        self.free: list[Premises] = []
        self.most_projects = most_projects

    def can_prepare(self, cost: int) -> bool:
        """Whether there is staff and money for another project."""
        return len(self.projects) < self.most_projects and cost <= self.left

    def prepare_premises(self, ready: int, cost: int) -> None:
        """Begin to prepare premises.

        Raises:
            ValueError: there is no staff or money for it.
        """
        if not self.can_prepare(cost):
            raise ValueError(f"{self.name} has no staff or money for more premises")
        self.pay(cost)
        self.projects.append(ready)

    def finish_premises(self, month: int, premises: Premises) -> int:
        """Let what is ready by ``month`` stand ready as ``premises``; how many."""
        done = sum(ready <= month for ready in self.projects)
        self.projects = [ready for ready in self.projects if ready > month]
        self.free += [premises] * done
        return done

    def let_premises(self) -> Premises:
        """Hand the largest free premises to a practice.

        Raises:
            ValueError: none is free.
        """
        if not self.free:
            raise ValueError(f"{self.name} has no free premises")
        best = max(self.free, key=lambda one: (one.square_metres, one.rooms, -one.rent_cents))
        self.free.remove(best)
        return best
