"""Years of careers without care: the region's GPs and practices, lists and load held where they are."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import mesa
import numpy as np

from sim.agents.gp import GP, Origin
from sim.agents.practice import Practice
from sim.agents.staffing import build_agents, gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.ledger.ledger import Ledger
from sim.parameters import Parameters
from sim.region import Region
from sim.region.practice_staff import GPRole
from sim.region.practices import PracticePlan
from sim.workforce.careers import Departures, careers_month
from sim.workforce.crew import crew_of
from sim.workforce.employment import employment_month
from sim.workforce.outlook import Outlook
from sim.workforce.pool import outside_seekers, pool_month, settle_seeker
from sim.workforce.start import start_careers
from sim.workforce.strain import update_strain
from sim.workforce.training import TrainingMonth, training_month
from tests.workforce.crowd import SEED, shipped, small, whole

START = 1500


def fresh(made: tuple[Region, Any, PracticePlan] | None = None) -> mesa.Model:
    """A light model with practices, GPs and an event log, before careers begin."""
    region, _, plan = made or small()
    model = mesa.Model(rng=1)
    build_agents(model, plan, region)
    model.ledger = Ledger.empty(plan.practices, 1, 1)
    return model


def outlook_of(model: mesa.Model, region: Region, people: Any, month: int = START, load: float = 1.0) -> Outlook:
    practices = practices_of(model)
    node = np.array([practice.node for practice in practices])
    return Outlook(
        month=month,
        day=(month - START) * 30,
        lists=np.array([practice.registered for practice in practices], np.int64),
        load=np.full(len(practices), load),
        regional_load=load,
        third_next=np.zeros(len(practices)),
        minutes=np.asarray(region.car_minutes, np.float32)[:, node],
        people=np.asarray(people, np.int64),
        without_gp=np.zeros(len(people), np.int64),
        norm_list=2095.0,
    )


@dataclass
class Record:
    """What happened, a list an event kind, and the stock at the end of every month."""

    heads: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    locums: list[int] = field(default_factory=list)
    fte: list[float] = field(default_factory=list)
    strain: list[float] = field(default_factory=list)
    trainees: list[int] = field(default_factory=list)
    ill: list[int] = field(default_factory=list)
    arrivals: Counter[tuple[int, Origin]] = field(default_factory=Counter)
    gone: list[tuple[int, int, str, int, bool, float]] = field(default_factory=list)
    """Month, uid, cause, role, due to strain, age."""
    announced: list[tuple[int, int, int]] = field(default_factory=list)
    """Month, uid, month of stopping."""
    training: list[tuple[list[int], ...]] = field(default_factory=list)
    """Ids of those who began, dropped out, graduated and settled, a month."""
    ready: list[int] = field(default_factory=list)


def take_over(model: mesa.Model, seats: list[Practice], outlook: Outlook) -> None:
    """A stand-in for succession: the longest ready candidate takes the first free seat."""
    month = outlook.month
    ready = sorted(
        (gp for gp in gps_of(model) if gp.looks_for_practice(month)), key=lambda gp: (gp.ready_month, gp.uid)
    )
    for practice, gp in zip(list(seats), ready, strict=False):
        gp.become_owner(practice, month)
        seats.remove(practice)


def live(
    months: int,
    p: Parameters | None = None,
    seed: int = SEED,
    made: tuple[Region, Any, PracticePlan] | None = None,
    prepare: Callable[[mesa.Model], None] | None = None,
    each_month: Callable[[mesa.Model, Outlook], Outlook] | None = None,
    alone: bool = False,
    later: tuple[int, Parameters] | None = None,
) -> tuple[mesa.Model, Record]:
    """Let months pass.

    Args:
        later: from this month on, other parameters.
        prepare: changes the model before the careers begin.
        each_month: changes the model or the outlook before the month's decisions.
        alone: only the decisions of the GPs themselves; nobody arrives, nobody takes over.
    """
    p = p or shipped()
    region, everybody, plan = made or small()
    people = np.bincount(everybody.node[: everybody.n], minlength=len(region.node_population))
    model = fresh((region, everybody, plan))
    if prepare is not None:
        prepare(model)
    start_careers(model, region, seed, p, START, people)
    record = Record()
    seats: list[Practice] = []
    for month in range(START, START + months):
        if later is not None and month == later[0]:
            p = later[1]
        outlook = outlook_of(model, region, people, month)
        if each_month is not None:
            outlook = each_month(model, outlook)
        gps = gps_of(model)
        crew = crew_of(gps)
        update_strain(crew, outlook, gps, practices_of(model), p)
        gone = careers_month(model, crew, outlook, seed, p)
        _note(record, gone, month)
        if not alone:
            learned = training_month(model, region, outlook, seed, p)
            record.training.append(_ids(learned))
            came = pool_month(model, region, outlook, seed, p) + learned.settled
            employment_month(model, outlook, seed, p)
            seats += [one.practice for one in gone.gone if one.practice is not None and one.role == GPRole.OWNER]
            seats += [practice for _, practice in gone.stepped_back]
            for seeker in outside_seekers(region, outlook, seed, p):
                if seats:
                    came.append(settle_seeker(model, seeker, outlook, seed, p))
                    came[-1].become_owner(seats.pop(0), month)
            take_over(model, seats, outlook)
            record.arrivals.update((month, gp.origin) for gp in came)
        _count(record, model, outlook)
    return model, record


def _ids(month: TrainingMonth) -> tuple[list[int], ...]:
    return tuple([one.uid for one in part] for part in (month.began, month.dropped_out, month.graduated, month.settled))


def _note(record: Record, gone: Departures, month: int) -> None:
    for one in gone.gone:
        age = (month - one.gp.birth_month) / 12
        record.gone.append((month, one.gp.uid, one.cause, one.role, one.due_to_strain, age))
    record.announced += [(month, gp.uid, gp.stop_month or 0) for gp in gone.announced]


def _count(record: Record, model: mesa.Model, outlook: Outlook) -> None:
    gps = gps_of(model)
    record.heads.append(len(gps))
    record.owners.append(sum(gp.is_owner for gp in gps))
    record.locums.append(sum(not gp.is_regular for gp in gps))
    record.fte.append(sum(gp.fte for gp in gps))
    record.strain.append(float(np.mean([gp.strain for gp in gps])))
    record.trainees.append(len(trainees_of(model)))
    record.ill.append(sum(gp.is_away for gp in gps))
    record.ready.append(sum(gp.looks_for_practice(outlook.month) for gp in gps))


def add_gp(model: mesa.Model, uid: int, practice: int | None = None) -> GP:
    """One GP more, aged 40, like the first of the model."""
    like = gps_of(model)[0]
    gp = GP(
        model,
        number=max(one.number for one in gps_of(model)) + 1,
        uid=uid,
        role=GPRole.CHANGING_LOCUM,
        group=like.group,
        birth_month=START - 480,
        sex=1,
        fte=0.7,
        hours=40.0,
        agreed_hours=38.0,
        home_node=like.home_node,
        week_seconds=like.week_seconds,
    )
    if practice is not None:
        practices_of(model)[practice].take_on(gp, GPRole.EMPLOYED)
    return gp


def with_load(load: float) -> Callable[[mesa.Model, Outlook], Outlook]:
    """Every month at this load."""
    return lambda _, outlook: dataclasses.replace(outlook, load=np.full(outlook.load.size, load), regional_load=load)


__all__ = ["START", "Record", "add_gp", "fresh", "live", "outlook_of", "whole", "with_load"]
