"""Careers at the start of a run, such that the first months are like all others.

Stops that are already announced, long illnesses and trainees are drawn with the draws that the months themselves use,
so nobody is drawn twice and nothing begins on the first day. Strain stands at its mean, not at zero. Among those who
own no practice are the ones who wish to and have not found one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_sites import normals
from sim.region.practice_staff import GPRole
from sim.region.region import Region
from sim.workforce.careers import announced_stops, months_ill, notice
from sim.workforce.crew import NEVER, Crew, Floats, Ints, crew_of
from sim.workforce.pool import ready_month
from sim.workforce.strain import first_strain
from sim.workforce.training import begin_training, drops_out

__all__ = ["start_careers"]

_WISH_YEARS = (5, 10, 15)  # years since the diploma at which the bands of careers.start_wish change
_SAME_SIZE = 0.05


def start_careers(
    model: Any, region: Region, seed: int, p: Parameters, month: int, people: npt.ArrayLike | None = None
) -> None:
    """Give every GP a past, strain, plans and a wish, and the region its trainees.

    Args:
        model: holds the practices and GPs as built.
        month: month index of the start.
        people: inhabitants by node (N,); without them the region's own, at the size of the model.
    """
    gps = gps_of(model)
    _pasts(gps, month, seed, p)
    crew = crew_of(gps)
    crew.strain[:] = first_strain(crew, practices_of(model), p)
    for gp, strain in zip(gps, crew.strain.tolist(), strict=True):
        gp.strain = strain
    _illnesses(crew, month, seed, p)
    _announcements(crew, month, seed, p)
    _trainees(model, region, month, _inhabitants(model, region) if people is None else np.asarray(people), seed, p)


def _pasts(gps: list[GP], month: int, seed: int, p: Parameters) -> None:
    """Diploma, ties, tenure and the wish to own."""
    uid = np.array([gp.uid for gp in gps], np.uint64)
    role = np.array([gp.role for gp in gps], np.int64)
    birth = np.array([gp.birth_month for gp in gps], np.int64)
    u = np.concatenate([uniforms(seed, Stream.CAREER_START, uid, 0, k) for k in range(2)], axis=1)
    youngest, oldest = p.column("careers.diploma_age") * 12
    diploma = np.minimum(birth + np.rint(youngest + (oldest - youngest) * u[:, 0]).astype(np.int64), month - 1)
    years = (month - diploma) / 12.0
    wish = p.column("careers.start_wish")[np.searchsorted(_WISH_YEARS, years, side="right")]
    wants = (u[:, 1] < wish) | (role == GPRole.OWNER)
    ties = u[:, 2] < p.number("careers.start_tie")
    ready = ready_month(diploma, normals(seed, Stream.CAREER_START, uid, 2), p)
    since = _tenure(role, diploma, u[:, 3], u[:, 4], month, p)
    for k, gp in enumerate(gps):
        gp.diploma_month, gp.arrived = int(diploma[k]), int(diploma[k])
        gp.tie, gp.wants_to_own, gp.ready_month = bool(ties[k]), bool(wants[k]), int(ready[k])
        gp.since = int(since[k])


def _tenure(role: Ints, diploma: Ints, u: Floats, luck: Floats, month: int, p: Parameters) -> Ints:
    """Month in which each began in the present role: owners some years after the diploma, others at random since."""
    fewest, most = p.column("careers.start_owner_years") * 12
    owner = diploma + np.rint(fewest + (most - fewest) * u).astype(np.int64)
    leaves = np.array([1.0, p.number("careers.employed_to_locum"), p.number("careers.employed_to_locum"), 0.0])
    leaves[GPRole.CHANGING_LOCUM] = p.number("careers.locum_to_employed")
    other = month - np.rint(-12.0 * np.log1p(-luck) / leaves[role]).astype(np.int64)
    began = np.where(role == GPRole.OWNER, owner, other)
    return np.asarray(np.minimum(np.maximum(began, diploma), month - 1))


def _illnesses(crew: Crew, month: int, seed: int, p: Parameters) -> None:
    """Who fell ill in the months before, and is not back yet."""
    longest = round(float(p.column("careers.illness_months")[1]))
    until = np.zeros(crew.size, np.int64)
    for before in range(longest, 0, -1):
        ill = months_ill(crew, month - before, seed, p)
        well = until <= month - before
        until = np.where(well & (ill > 0), month - before + ill, until)
    for row in np.flatnonzero(until > month).tolist():
        crew.gps[row].fall_ill(int(until[row]))
        crew.away[row] = True


def _announcements(crew: Crew, month: int, seed: int, p: Parameters) -> None:
    """Stops that have been announced before the start, and come true within the notice."""
    last = month + notice(p) - 1
    rows = np.flatnonzero(crew.owner)
    stop, due = announced_stops(crew, rows, np.full(rows.size, month), last, seed, p)
    oldest = p.number("careers.retiring_age")
    for row, when, strained in zip(rows.tolist(), stop.tolist(), due.tolist(), strict=True):
        gp = crew.gps[row]
        gp.scanned_to = last
        if when != NEVER:
            gp.announce_stop(when, "retires" if gp.age(when) >= oldest else "leaves the profession", strained)


def _inhabitants(model: Any, region: Region) -> Ints:
    """Inhabitants by node at the size of the model, judged by the lists (N,)."""
    people = np.asarray(region.node_population, np.float64)
    size = sum(practice.registered for practice in practices_of(model)) / max(people.sum(), 1.0)
    return np.rint(people if abs(size - 1.0) < _SAME_SIZE else people * size).astype(np.int64)


def _trainees(model: Any, region: Region, month: int, people: Ints, seed: int, p: Parameters) -> None:
    """Those who began in the years before and are neither qualified nor gone."""
    longest = round(p.number("training.months") / float(p.column("training.part_time")[1]))
    for past in range(month - longest, month):
        begin_training(model, region, past, people, seed, p)
        present = trainees_of(model)
        for one, drops in zip(present, drops_out(present, past, seed, p), strict=True):
            if drops:
                one.drop_out()
    for one in trainees_of(model):
        if one.diploma_month < month:
            one.graduate()
