"""One session's room: the plan under its hands, what was asked of it, and what has come of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import solara

from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.prepare import Prepared
from experiments.texts import Language
from viz.desk import Answer, Desk, Standing, Ticket
from viz.plan.file import PlanError, prepared
from viz.plan.history import History
from viz.plan.plan import Plan, plan_of
from viz.room.ground import Ground, shipped

__all__ = ["MOST_PLANS", "PAIRS", "Asked", "Room"]

MOST_PLANS = 4
"""Plans side by side."""
PAIRS = 5
"""Pairs of the full population that a question gets, unless the command says otherwise."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question that was put to the desk.

    Attributes:
        plans: that are compared with the baseline; none for the baseline alone.
        names: of the runs of each, the baseline's first.
        ticket: of the desk.
        standing: newest that is known.
    """

    plans: tuple[Plan, ...]
    names: tuple[str, ...]
    ticket: Ticket
    standing: Standing

    @property
    def answer(self) -> Answer | None:
        """The best answer there is."""
        return self.ticket.sure if self.ticket.sure is not None else self.ticket.first

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.standing.running


class Room:
    """What one session sees. All that changes is reactive, and immutable in itself.

    Attributes:
        ground: of its region.
        history: the plan now, and those before and after it.
        asked: question that Explore put last.
        shown: question whose answer it shows: the one before, until there is something to show of the last.
        compared: question that Compare shows.
        saved: plans kept under a name, at most ``MOST_PLANS``.
        faults: why the last request could not be put.
        month: index of the month on the map; None for the last one known.
        chosen: what is told of: ``("practice", number)`` or ``("municipality", index)``.
        expected: what the room expects of an indicator, before it sees the result.
        revealed: whether results are shown although something is expected.
        notes: of who leads the workshop.
        taken: shipped scenario that the plan was begun with.
        pairs: of a question.
    """

    def __init__(self, desk: Desk, ground: Ground, session: str, lang: Language, pairs: int = PAIRS) -> None:
        self.desk, self.ground, self.session = desk, ground, session
        self.history = solara.reactive(History(ground.baseline(lang)))
        self.asked: solara.Reactive[Asked | None] = solara.reactive(None)
        self.shown: solara.Reactive[Asked | None] = solara.reactive(None)
        self.compared: solara.Reactive[Asked | None] = solara.reactive(None)
        self.saved: solara.Reactive[tuple[Plan, ...]] = solara.reactive(())
        self.faults: solara.Reactive[Mapping[Language, tuple[str, ...]]] = solara.reactive({})
        self.month: solara.Reactive[int | None] = solara.reactive(None)
        self.chosen: solara.Reactive[tuple[Literal["practice", "municipality"], int] | None] = solara.reactive(None)
        self.expected: solara.Reactive[Mapping[str, float]] = solara.reactive({})
        self.revealed = solara.reactive(True)
        self.notes = solara.reactive("")
        self.taken = solara.reactive(ground.name)
        self.pairs = solara.reactive(pairs)

    def close(self) -> None:
        """The session is gone."""
        self.desk.leave(self.session)

    # the plan

    @property
    def plan(self) -> Plan:
        """The plan under the room's hands."""
        return self.history.value.now

    def change(self, plan: Plan) -> None:
        """A step that can be undone; a plan with other content has no name yet."""
        if plan.name == self.plan.name and not plan.same_content(self.plan):
            plan = replace(plan, name="")
        self.history.value = self.history.value.to(plan)

    def turn(self, kind: str, key: str, value: Any) -> None:
        """What the panel of levers tells: a switch (``key`` empty) or a setting."""
        lever = self.ground.lever(kind)
        if lever is None:
            return
        sort: Literal["interventions", "events"] = "events" if lever.event else "interventions"
        tables = self.plan.events if lever.event else self.plan.interventions
        if key == "":
            self.change(self.plan.with_table(sort, kind, dict(lever.start) if value else None))
        elif kind in tables:
            self.change(self.plan.with_table(sort, kind, {**tables[kind], key: _plain(value, tables[kind].get(key))}))

    def take(self, name: str, lang: Language) -> None:
        """A shipped scenario as the plan."""
        self.taken.value = name
        self.change(replace(self.shipped_plan(name, lang), years=self.plan.years))

    def shipped_plan(self, name: str, lang: Language) -> Plan:
        """A shipped scenario as a plan."""
        return plan_of(shipped(name), self.ground.name, lang)

    def scenario(self, lang: Language) -> str:
        """Name of the shipped scenario that the plan is; empty when it is an own one."""
        if self.plan.is_baseline:
            return self.ground.name
        own = replace(self.shipped_plan(self.taken.value, lang), years=self.plan.years)
        return self.taken.value if own.same_content(self.plan) else ""

    def set_years(self, years: int) -> None:
        """Run the plan over so many years."""
        self.change(replace(self.plan, years=years))

    def undo(self) -> None:
        """Back to the plan before."""
        self.history.value = self.history.value.undo()

    def redo(self) -> None:
        """Forward again."""
        self.history.value = self.history.value.redo()

    def unset(self, parameter: str) -> None:
        """A figure as shipped again."""
        self.change(self.plan.with_parameter(parameter, None))

    def keep(self, name: str) -> None:
        """Keep the plan under a name, over one of that name; the oldest goes when there is no room."""
        others = [one for one in self.saved.value if one.name != name and not one.same_content(self.plan)]
        self.saved.value = (*others, replace(self.plan, name=name))[-MOST_PLANS:]

    def drop(self, name: str) -> None:
        """Forget a plan that was kept."""
        self.saved.value = tuple(one for one in self.saved.value if one.name != name)

    # asking

    def ask(self, plans: Sequence[Plan]) -> Asked | None:
        """Put a question to the desk; ``faults`` says why not when it cannot be put.

        Args:
            plans: to compare with the baseline, one of each content.
        """
        try:
            arms = [prepared(plan) for plan in plans if not plan.is_baseline]
        except PlanError as error:
            self.faults.value = error.faults
            return None
        self.faults.value = {}
        years = plans[0].years if plans else self.plan.years
        share = self.ground.base.share
        base = replace(replace_years(self.ground.base, years), share=share)
        arms = [replace(replace_years(one, years), share=share) for one in arms]
        alike = {one.scenario_hash: one for one in reversed([base, *arms])}
        kept = [one for one in [base, *arms] if alike[one.scenario_hash] is one]
        shown = tuple(
            plan for plan, one in zip([p for p in plans if not p.is_baseline], arms, strict=True) if one in kept
        )
        request = Request(tuple(kept), (), Rule(self.pairs.value, self.pairs.value), 1)
        ticket = self.desk.ask(request, self.session)
        return Asked(shown, request.names, ticket, ticket.standing)


def replace_years(one: Prepared, years: int) -> Prepared:
    """The same scenario over another number of years, so that it can be compared."""
    return one if one.scenario.years == years else one.under(years=years)


def _plain(value: Any, before: Any) -> Any:
    """A number as the file wants it: whole where it was whole."""
    if isinstance(before, int) and not isinstance(before, bool) and isinstance(value, float) and value == int(value):
        return int(value)
    return float(value) if isinstance(before, float) and isinstance(value, int) else value
