"""GP training in the region: who begins, in which practices they learn, who qualifies and who stays.

Places are seats of an intake month. A seat that exists today fills by today's rate; seats beyond fill less, since
applicants are the bottleneck, and only add trainees. Of the difference between trainees from here and from elsewhere
in who settles here, a part is selection of those with family here; extra trainees have only the causal part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, Origin
from sim.agents.practice import Practice
from sim.agents.staffing import practices_of
from sim.agents.trainee import Trainee, trainees_of
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import name_key, normals
from sim.region.region import Region
from sim.workforce.crew import Flags, Floats, Ints
from sim.workforce.employment import jobs_of
from sim.workforce.outlook import Outlook
from sim.workforce.pool import Newcomer, begin, entry_fte, home_by_people, ready_month

__all__ = [
    "TrainingMonth",
    "begin_training",
    "drops_out",
    "settling_chance",
    "training_month",
    "training_seconds",
]

_SEATS = 512  # an intake, more than there are places
_LEARNS_IN_PRACTICE = (1, 3)
_HOUR = 3600
_WORKDAYS = 5
_LOW32 = 0xFFFFFFFF
_TINY = 1e-12
_DROP_OUT, _SETTLE, _PERSON = 10, 20, 21  # draw numbers, after those of the start


@dataclass(frozen=True)
class TrainingMonth:
    """What a month brought to the training."""

    began: list[Trainee] = field(default_factory=list)
    dropped_out: list[Trainee] = field(default_factory=list)
    graduated: list[Trainee] = field(default_factory=list)
    settled: list[GP] = field(default_factory=list)
    """The graduates who begin as GP in the region."""


def training_month(model: Any, region: Region, outlook: Outlook, seed: int, p: Parameters) -> TrainingMonth:
    """Trainees qualify or drop out, new ones begin, and all who learn in a practice have one."""
    month = outlook.month
    out = TrainingMonth()
    present = trainees_of(model)
    out.dropped_out.extend(one for one, drops in zip(present, drops_out(present, month, seed, p), strict=True) if drops)
    for one in out.dropped_out:
        one.drop_out()
        model.ledger.log(outlook.day, "trainee drops out", one.practice)
    done = [one for one in present if one.diploma_month <= month and one not in out.dropped_out]
    _graduate(model, done, outlook, seed, p, out)
    out.began.extend(begin_training(model, region, month, outlook.people, seed, p))
    for _ in out.began:
        model.ledger.log(outlook.day, "trainee begins")
    _place(model, outlook, seed, p)
    return out


def begin_training(model: Any, region: Region, month: int, people: Ints, seed: int, p: Parameters) -> list[Trainee]:
    """Trainees who begin in a month; none outside the intake months.

    Args:
        people: inhabitants by node (N,).
    """
    rounds = np.rint(p.column("training.intake_months")).astype(int)
    if month % 12 + 1 not in rounds:
        return []
    size = people.sum() / 100_000 / rounds.size
    seat = np.arange(_SEATS)
    places = np.clip(p.number("training.places") * size - seat, 0.0, 1.0)
    today = np.minimum(places, np.clip(p.number("training.places_today") * size - seat, 0.0, 1.0))
    usual = p.number("training.fill") * today
    filled = usual + p.number("training.fill_extra") * (places - today)
    uid = identify(Kind.TRAINEE, name_key(region.id), month, seat)
    draw = uniforms(seed, Stream.INTAKE_SEAT, uid, month)[:, 0]
    comes = draw < filled
    u = np.concatenate([uniforms(seed, Stream.TRAINEE, uid[comes], 0, k) for k in range(2)], axis=1)
    chose_region = draw[comes] < usual[comes]
    part_time, hours = p.column("training.part_time")
    youngest, oldest = p.column("training.start_age") * 12
    family = p.number("training.home_share")
    family += (1.0 - family) * p.number("training.home_first")
    trainees = []
    for k, each in enumerate(uid[comes].tolist()):
        share = float(hours) if u[k, 0] < part_time else 1.0
        trainees.append(
            Trainee(
                model,
                uid=each,
                intake_month=month,
                months=round(p.number("training.months") / share),
                share=share,
                birth_month=month - round(youngest + (oldest - youngest) * u[k, 1]),
                sex=int(u[k, 2] < p.number("training.women")),
                home_node=home_by_people(people, u[k, 4]),
                tie=bool(chose_region[k] and u[k, 3] < family),
            )
        )
    return trainees


def drops_out(trainees: list[Trainee], month: int, seed: int, p: Parameters) -> Flags:
    """Trainees who stop in a month without a diploma (n,); over the whole training the published share qualifies."""
    uid = np.array([one.uid for one in trainees], np.uint64)
    stays = p.number("training.finish") ** (1.0 / np.array([one.months for one in trainees], np.float64))
    begun = np.array([one.intake_month < month <= one.diploma_month for one in trainees], np.bool_)
    return np.asarray((uniforms(seed, Stream.TRAINEE, uid, month, _DROP_OUT)[:, 0] >= stays) & begun)


def settling_chance(tie: npt.ArrayLike, regional_load: float, p: Parameters) -> Floats:
    """Chance that a graduate settles in the region, by family tie (n,).

    Trainees of today's places settle as published on average; those without a tie, and all on extra places, with what
    graduates from elsewhere do plus the causal part of the difference. Guidance helps all, a partner's job those who
    have no family here.
    """
    elsewhere = p.number("training.settle_elsewhere")
    effect = p.number("training.settle") - elsewhere
    causal = p.number("training.settle_causal")
    selected = (1.0 - causal) * effect / p.number("training.home_share")
    base = np.clip(elsewhere + causal * effect + selected * np.asarray(tie, np.float64), 0.0, 0.99)
    odds = base / (1.0 - base) * np.exp(p.number("training.settle_load") * np.clip(regional_load - 1.0, -0.3, 0.3))
    partner = np.where(np.asarray(tie, np.bool_), 0.0, p.number("training.partner_job"))
    odds *= np.exp(p.number("training.guidance") + partner)
    return np.asarray(odds / (1.0 + odds))


def training_seconds(model: Any, practices: int, month: int, p: Parameters) -> npt.NDArray[np.int64]:
    """Patient seconds on Monday to Friday that trainees add to each practice less those they cost (practices, 5)."""
    adds, costs = p.column("training.direct_hours"), p.column("training.trainer_hours")
    out = np.zeros((practices, _WORKDAYS), np.int64)
    for one in trainees_of(model):
        if one.practice >= 0:
            year = _LEARNS_IN_PRACTICE.index(one.year(month))
            out[one.practice] += round((adds[year] - costs[year]) * one.share * _HOUR / _WORKDAYS)
    return out


def _graduate(model: Any, done: list[Trainee], outlook: Outlook, seed: int, p: Parameters, out: TrainingMonth) -> None:
    """Diplomas; who settles begins as changing locum or in a job, the own training practice first."""
    if not done:
        return
    month = outlook.month
    jobs = jobs_of(model)
    uid = np.array([one.uid for one in done], np.uint64)
    settles = uniforms(seed, Stream.TRAINEE, uid, 0, _SETTLE)[:, 0] < settling_chance(
        [one.tie for one in done], outlook.regional_load, p
    )
    u = uniforms(seed, Stream.TRAINEE, uid, 0, _PERSON)
    ready = ready_month(month, normals(seed, Stream.TRAINEE, uid, _PERSON + 1), p)
    worth = p.number("training.own_practice")
    for k, one in enumerate(done):
        model.ledger.log(
            outlook.day, "trainee graduates", one.practice, cause="settles" if settles[k] else "goes elsewhere"
        )
        practice = one.practice
        one.graduate()
        out.graduated.append(one)
        if settles[k]:
            newcomer = Newcomer(
                uid=one.uid,
                origin=Origin.TRAINEE,
                birth_month=one.birth_month,
                sex=one.sex,
                fte=entry_fte(p.column("careers.entry_fte"), one.sex, float(u[k, 0])),
                home_node=one.home_node,
                diploma_month=month,
                tie=one.tie,
                trained_here=True,
                wants_to_own=bool(u[k, 1] < p.number("careers.wish_to_own")),
                ready_month=int(ready[k]),
            )
            locum = p.number("training.locum")
            out.settled.append(begin(model, newcomer, jobs, locum, outlook, seed, p, (practice, worth)))


def _place(model: Any, outlook: Outlook, seed: int, p: Parameters) -> None:
    """Trainees in their first and third year have a training practice, one trainee each; the second year has none."""
    month = outlook.month
    practices = practices_of(model)
    waiting = []
    taken = []
    for one in trainees_of(model):
        in_practice = one.year(month) in _LEARNS_IN_PRACTICE
        if not in_practice or (one.practice >= 0 and not practices[one.practice].owners):
            one.join(-1)
        if one.practice >= 0:
            taken.append(one.practice)
        elif in_practice:
            waiting.append(one)
    if not waiting:
        return
    trains = np.array([_can_train(practice, month, p) for practice in practices], np.bool_)
    trains[taken] = False
    uid = np.array([practice.uid for practice in practices], np.uint64)
    for one in waiting:
        if not trains.any():
            break
        key = ((one.uid >> 32) & _LOW32) ^ one.year(month)
        taste = uniforms(seed, Stream.TRAINEE, uid, one.uid & _LOW32, key)[:, 0]
        utility = -np.log(-np.log(np.maximum(taste, _TINY)))
        utility -= p.number("careers.job_travel") * outlook.minutes[one.home_node]
        best = int(np.argmax(np.where(trains, utility, -np.inf)))
        one.join(best)
        trains[best] = False


def _can_train(practice: Practice, month: int, p: Parameters) -> bool:
    """An owner of some years can train, who has announced no stop or one that is further away than the usual notice."""
    since = month - 12 * p.number("training.trainer_year")
    last = month + p.number("careers.notice")
    return any(
        gp.since <= since and (gp.stop_month is None or gp.stop_month > last) and not gp.is_away
        for gp in practice.owners
    )  # fmt: skip
