"""Undo and redo: the plans that the room went through."""

from __future__ import annotations

from dataclasses import dataclass

from viz.plan.plan import Plan

__all__ = ["History"]

_KEPT = 200


@dataclass(frozen=True)
class History:
    """Plans before and after the present one, nearest last."""

    now: Plan
    before: tuple[Plan, ...] = ()
    after: tuple[Plan, ...] = ()

    def to(self, plan: Plan) -> History:
        """A new plan; what was undone is forgotten. The same plan again changes nothing."""
        if plan == self.now:
            return self
        return History(plan, (*self.before, self.now)[-_KEPT:])

    def undo(self) -> History:
        """One back; the same where there is none."""
        if not self.before:
            return self
        return History(self.before[-1], self.before[:-1], (*self.after, self.now))

    def redo(self) -> History:
        """One forward; the same where there is none."""
        if not self.after:
            return self
        return History(self.after[-1], (*self.before, self.now), self.after[:-1])
