"""Twente's practices with simple careers: owners who stop by a fixed rate, newcomers who come by a fixed rate.

Stands in for ``sim.workforce.careers`` and ``pool`` so that succession can be tried alone. Draws of careers come from a
generator: only succession has to be keyed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import mesa
import numpy as np

from sim.agents.gp import GP, GPRole, new_number
from sim.agents.practice import Practice
from sim.agents.staffing import build_agents, gps_of, practices_of
from sim.ledger.ledger import Ledger
from sim.parameters import Parameters
from sim.region.region import Region
from sim.region.travel import journey
from sim.workforce.founding import open_practice
from sim.workforce.outlook import Outlook
from sim.workforce.parties import parties_month
from sim.workforce.succession import succession_month
from sim.workforce.succession_start import start_succession
from sim.workforce.vacancies import Succession, SuccessionOutcome
from tests.workforce.crowd import shipped, small, twente, whole

START = 1500
NOTICE = 14


@dataclass(frozen=True)
class Gone:
    gp: GP
    practice: Practice | None
    role: GPRole


@dataclass(frozen=True)
class Changes:
    gone: list[Gone] = field(default_factory=list)
    announced: list[GP] = field(default_factory=list)
    stepped_back: list[tuple[GP, Practice]] = field(default_factory=list)


@dataclass(frozen=True)
class Outsider:
    uid: int
    tie: bool
    fte: float


class Loose(mesa.Model):  # type: ignore[misc]
    """Region, agents, ledger and lists that stay as they are unless a practice ends."""

    def __init__(self, seed: int, size: str = "whole", p: Parameters | None = None) -> None:
        super().__init__(rng=seed)
        self.region: Region = twente()
        self.p = shipped() if p is None else p
        self.seed = seed
        self.luck = np.random.default_rng(seed + 1000)
        _, _, plan = whole() if size == "whole" else small()
        build_agents(self, plan, self.region)
        self.ledger = Ledger.empty(plan.practices, len(self.region.node_name), len(self.region.post_name))
        sites = plan.sites
        self.minutes = journey(
            self.region,
            np.arange(len(self.region.node_name))[:, None],
            self.region.node_x[:, None],
            self.region.node_y[:, None],
            sites.node,
            sites.x,
            sites.y,
        )[1]
        self.lists = np.array([one.registered for one in practices_of(self)], np.int64)
        self.without = np.rint(self.region.node_population * 0.005).astype(np.int64)
        self._careers()

    def outlook(self, month: int) -> Outlook:
        return Outlook(
            month=month,
            day=(month - START) * 30,
            lists=self.lists,
            load=np.ones(self.lists.size),
            regional_load=1.0,
            third_next=np.full(self.lists.size, 3.0),
            minutes=self.minutes,
            people=self.region.node_population.astype(np.int64),
            without_gp=self.without,
            norm_list=self.p.number("practices.norm_list"),
        )

    def _careers(self) -> None:
        """Announced stops of the months to come, and would-be owners among the others."""
        for gp in gps_of(self):
            u = self.luck.random(4)
            gp.tie = bool(u[0] < 0.7)
            if gp.is_owner and u[1] < STOPS * NOTICE / 12:
                gp.announce_stop(START + int(u[2] * NOTICE), "retires")
            elif not gp.is_owner:
                age = (START - gp.birth_month) / 12
                gp.wants_to_own = bool(u[1] < WISH_STOCK and age < 50)
                gp.ready_month = gp.birth_month + round(12 * (33 + 5.2 * float(np.exp(0.6 * self.luck.normal()))))

    def changes(self, month: int) -> Changes:
        out = Changes()
        for gp in gps_of(self):
            u = self.luck.random(2)
            practice, role = gp.practice, GPRole(gp.role)
            if gp.is_owner and gp.stop_month is None and u[0] < STOPS / 12:
                gp.announce_stop(month + NOTICE, "retires")
                out.announced.append(gp)
            stops = gp.stop_month is not None and gp.stop_month <= month
            rate = (SUDDEN if gp.is_owner else LEAVES) / 12
            if stops or u[1] < rate:
                gp.leave()
                out.gone.append(Gone(gp, practice if isinstance(practice, Practice) else None, role))
        for _ in range(self.luck.poisson(ENTRANTS / 12)):
            self._enter(month)
        return out

    def _enter(self, month: int) -> None:
        fte = float(self.luck.uniform(0.55, 0.85))
        uid = int(self.luck.integers(1 << 40, 1 << 41))
        people = self.region.node_population / self.region.node_population.sum()
        seconds = round(fte * 20 * 3600)
        gp = GP(
            self,
            number=new_number(self),
            uid=uid,
            role=GPRole.CHANGING_LOCUM,
            group=0,
            birth_month=month - 12 * 33,
            sex=1,
            fte=fte,
            hours=fte * 55,
            agreed_hours=fte * 50,
            home_node=int(self.luck.choice(people.size, p=people)),
            week_seconds=(seconds // 5,) * 5,  # type: ignore[arg-type]
            tie=bool(self.luck.random() < 0.5),
            wants_to_own=bool(self.luck.random() < 0.7),
            ready_month=month + round(12 * 5.2 * float(np.exp(0.6 * self.luck.normal()))),
            diploma_month=month,
            arrived=month,
        )
        assert gp.practice is None

    def seekers(self) -> list[Outsider]:
        return [
            Outsider(int(self.luck.integers(1 << 41, 1 << 42)), bool(self.luck.random() < 0.3), 0.8)
            for _ in range(self.luck.poisson(OUTSIDE / 12))
        ]

    def start(self) -> Succession:
        return start_succession(
            self, self.region, self.outlook(START), self.seed, self.p, NOTICE, lambda _: self.seekers()
        )

    def month(self, state: Succession, month: int) -> SuccessionOutcome:
        """A month, after which practices that ended have closed and new ones are open."""
        outlook = self.outlook(month)
        out = succession_month(
            self, state, self.changes(month), self.seekers(), outlook, self.seed, self.p, settle
        )  # fmt: skip
        practices = practices_of(self)
        for number in [*(one for one, _ in out.merges), *out.closings]:
            self.lists[number] = practices[number].registered = 0
            practices[number].close_for_good(month)
        for founding in out.foundings:
            practice = open_practice(self, founding, len(practices_of(self)), 0, outlook, self.seed, self.p)
            self.lists = np.append(self.lists, 1)
            node_minutes = self.region.car_minutes[:, [practice.node]]
            self.minutes = np.concatenate([self.minutes, node_minutes], axis=1)
        parties_month(self, self.region, outlook, self.p)
        return out


STOPS, SUDDEN, LEAVES, ENTRANTS, OUTSIDE, WISH_STOCK = 0.043, 0.007, 0.055, 30.0, 4.5, 0.65


def settle(model: Any, seeker: Any, outlook: Outlook, seed: int, p: Parameters) -> GP:
    return GP(
        model,
        number=new_number(model),
        uid=seeker.uid,
        role=GPRole.CHANGING_LOCUM,
        group=0,
        birth_month=outlook.month - 12 * 38,
        sex=0,
        fte=seeker.fte,
        hours=45.0,
        agreed_hours=42.0,
        home_node=0,
        week_seconds=(15000,) * 5,
        tie=seeker.tie,
        wants_to_own=True,
        ready_month=outlook.month,
    )


@cache
def run(seed: int, months: int = 120) -> tuple[Loose, Succession, list[SuccessionOutcome]]:
    """Ten years of Twente; look, do not touch."""
    model = Loose(seed)
    state = model.start()
    return model, state, [model.month(state, START + k) for k in range(months)]


def share_filled(outcomes: Sequence[SuccessionOutcome]) -> tuple[int, int, int, int]:
    """Searches that ended, filled, filled within a year, and months of those filled."""
    filled, failed = sum(one.filled for one in outcomes), sum(one.failed for one in outcomes)
    year, months = sum(one.filled_within_year for one in outcomes), sum(one.vacancy_months for one in outcomes)
    return filled + failed, filled, year, months


def go(model: Loose, state: Succession, month: int, changes: Changes | None = None) -> SuccessionOutcome:
    """A month in which only this happens."""
    return succession_month(
        model, state, changes or Changes(), [], model.outlook(month), model.seed, model.p, settle
    )  # fmt: skip


def leave(model: Loose, state: Succession, gp: GP, month: int) -> SuccessionOutcome:
    """A month in which this GP goes."""
    practice, role = gp.practice, GPRole(gp.role)
    assert isinstance(practice, Practice)
    gp.leave()
    return go(model, state, month, Changes(gone=[Gone(gp, practice, role)]))


def solo_of(model: Loose, owners: int = 1) -> Practice:
    """A practice in which nobody but its owners works."""
    return next(one for one in practices_of(model) if len(one.owners) == owners and len(one.gps) == owners)
