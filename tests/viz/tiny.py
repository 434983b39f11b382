"""A small region that was really simulated, once a process, and a desk without processes that hands its runs out."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.glance import Glance, glance
from experiments.prepare import Prepared
from experiments.run import new_model
from experiments.texts import Language
from viz.desk import Answer, Desk, Ticket, answer_of
from viz.desk.ticket import Stage
from viz.plan.file import prepared
from viz.plan.plan import Plan, plan_of
from viz.room.ground import Ground, ground, shipped
from viz.room.room import Asked, Room

__all__ = ["LANGUAGES", "PAIRS", "PLAN", "SHARE", "FakeDesk", "answer", "asked", "plan", "room", "small"]

LANGUAGES: tuple[Language, ...] = ("nl", "en")
SHARE, PAIRS, YEARS = 0.02, 3, 1
PLAN = "twente-deltaplan"


def small() -> Ground:
    """Twente, of which a fiftieth is simulated, for a year."""
    return ground("twente", "", SHARE, YEARS)


@functools.cache
def plan() -> Plan:
    """What all that was simulated here changes: the shipped plan, at once."""
    whole = plan_of(shipped(PLAN), "twente", "nl")
    at_once = {kind: {**table, "start": "2025-01-01"} for kind, table in whole.interventions.items()}
    changed = replace(whole, name="Groep 1", years=YEARS, interventions=at_once)
    return changed.with_parameter("care.no_show", 0.06)  # so that a year of few people tells the arms apart


@functools.cache
def _prepared() -> tuple[Prepared, Prepared]:
    return small().base, replace(prepared(plan()), share=SHARE)


@functools.cache
def runs(finished: bool) -> tuple[tuple[Glance, ...], ...]:
    """Glances by arm and pair: at the end, or half a year before it."""
    return tuple(tuple(_run(arm, pair)[finished] for pair in range(PAIRS)) for arm in (0, 1))


@functools.cache
def _run(arm: int, pair: int) -> tuple[Glance, Glance]:
    one = _prepared()[arm]
    model = new_model(replace(one, seed=one.seed + pair), check=False)
    found = []
    for days in (181, model.days_total - 181):
        model.advance(days)
        finished = model.day == model.days_total
        found.append(glance(model.ledger.tables(), one.region, one.scenario.start, finished=finished))
    return found[0], found[1]


def request(*scenarios: Prepared) -> Request:
    """A question of three pairs."""
    return Request(scenarios or _prepared(), (), Rule(PAIRS, PAIRS), 1)


@functools.cache
def answer(finished: bool = True, pairs: int = PAIRS) -> Answer:
    """The plan against the baseline."""
    return answer_of(request(), [arm[:pairs] for arm in runs(finished)], SHARE)


class FakeDesk:
    """A desk that answers when it is told to, with the runs above: every plan does what the one plan does.

    Attributes:
        tickets: of the questions put, newest last.
        left: sessions that are gone.
    """

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.left: list[str] = []

    def ask(self, request: Request, session: str) -> Ticket:
        keys = {
            part: [[f"{part} {arm} {pair}" for pair in range(PAIRS)] for arm in range(len(request.scenarios))]
            for part in ("first", "sure")
        }
        ticket = Ticket(
            request, session, keys["first"], keys["sure"], SHARE / 2.0, lambda ticket: ticket.tell("stopped")
        )
        self.tickets.append(ticket)
        return ticket

    def leave(self, session: str) -> None:
        self.left.append(session)

    def first(self, finished: bool = True) -> None:
        """The sample's runs of the newest question, or half of each."""
        self._give("first", finished, PAIRS, "sure" if finished else "first")

    def sure(self, pairs: int = PAIRS) -> None:
        """Pairs of the whole region; with the last of them it is done."""
        self._give("sure", True, pairs, "done" if pairs == PAIRS else "sure")

    def _give(self, part: str, finished: bool, pairs: int, stage: Stage) -> None:
        ticket = self.tickets[-1]
        for arm, keys in enumerate(ticket.keys[part]):
            for pair, key in enumerate(keys[:pairs]):
                ticket.take(key, runs(finished)[min(arm, 1)][pair])
        ticket.tell(stage)


def room(lang: Language = "nl") -> tuple[Room, FakeDesk]:
    """A session's room, and the desk behind it."""
    desk = FakeDesk()
    made = Room(cast(Desk, desk), small(), "session of a test", lang, PAIRS)
    return made, desk


def asked(room: Room, desk: FakeDesk, plans: Sequence[Plan], pairs: int = PAIRS) -> Asked:
    """A question that is answered."""
    found = room.ask(plans)
    assert found is not None, room.faults.value
    desk.sure(pairs)
    return Asked(found.plans, found.names, found.ticket, found.ticket.standing)
