"""GP trainees (aios): three years, of which the first and the third in a training practice."""

from __future__ import annotations

from typing import Any

from sim.agents.mesa_bridge import Agent

__all__ = ["Trainee", "trainees_of"]


class Trainee(Agent):
    """One trainee.

    Attributes:
        uid: id that means the same trainee in every scenario; the GP keeps it.
        intake_month: month in which the training began.
        months: length of the training, longer for part-timers.
        share: working time as a share of full time.
        birth_month: month index of birth.
        sex: 0 man, 1 woman.
        home_node: node of the home while in training.
        tie: has family in the region.
        practice: number of the training practice, -1 in the second year and when no practice has room.
    """

    def __init__(
        self,
        model: Any,
        *,
        uid: int,
        intake_month: int,
        months: int,
        share: float,
        birth_month: int,
        sex: int,
        home_node: int,
        tie: bool,
    ) -> None:
        super().__init__(model)
        self.uid = uid
        self.intake_month = intake_month
        self.months = months
        self.share = share
        self.birth_month = birth_month
        self.sex = sex
        self.home_node = home_node
        self.tie = tie
        self.practice = -1

    @property
    def diploma_month(self) -> int:
        """Month in which the training ends."""
        return self.intake_month + self.months

    def year(self, month: int) -> int:
        """Year of the training, 1 to 3, a part-timer's years being longer."""
        return min(3, 1 + 3 * (month - self.intake_month) // self.months)

    def join(self, practice: int) -> None:
        """Work in a training practice."""
        self.practice = practice

    def drop_out(self) -> None:
        """Stop without a diploma."""
        self.remove()

    def graduate(self) -> None:
        """Qualify as a GP."""
        self.remove()


def trainees_of(model: Any) -> list[Trainee]:
    """The model's trainees by uid."""
    return sorted(model.agents_by_type.get(Trainee, ()), key=lambda one: one.uid)
