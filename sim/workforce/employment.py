"""Jobs for GPs who own no practice: changing locum, employed, co-owner where they work.

Practices have room for employed GPs by their owners and by their list. Whoever looks for a job takes the best within
reach: taste is fixed for a GP and a practice, travel counts against it, a busy practice offers sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import GPRole
from sim.workforce.crew import Flags, Floats, Ints
from sim.workforce.hazards import chance
from sim.workforce.local import by_practice
from sim.workforce.outlook import Outlook

__all__ = ["Jobs", "employed_role", "employment_month", "jobs_of"]

_LOW32 = 0xFFFFFFFF
_TINY = 1e-12


@dataclass(frozen=True)
class Jobs:
    """Practices as employers (P), kept up to date while jobs are taken."""

    practices: Sequence[Practice]
    uid: npt.NDArray[np.uint64]
    group: Ints
    """Local group (P,)."""
    owners: Ints
    employed: Floats
    """FTE of employed GPs and fixed locums (P,)."""
    list_fte: Floats
    """FTE of owners and employed GPs (P,)."""
    posts: Ints
    """Posts of employed GPs that stand vacant (P,)."""

    def room(self, outlook: Outlook, p: Parameters) -> Flags:
        """Practices that take another employed GP (P,)."""
        per_practice, per_owner = p.column("careers.job_room")
        over = 1.0 + p.number("careers.job_room_list")
        fits = self.employed < per_practice + per_owner * self.owners
        long = outlook.lists > over * outlook.norm_list * self.list_fte
        busy = outlook.load >= p.number("careers.job_least_load")
        return np.asarray((self.owners > 0) & busy & (fits | long | (self.posts > 0)))

    def best(
        self, uid: int, home: int, outlook: Outlook, seed: int, p: Parameters, prefer: tuple[int, float] = (-1, 0.0)
    ) -> Practice | None:
        """The job that a GP takes, None without one within reach.

        Args:
            uid: id of the GP.
            home: node of the home.
            prefer: a practice number and what it is worth on top.
        """
        minutes = outlook.minutes[home].astype(np.float64)
        open_to = self.room(outlook, p) & (minutes < p.number("careers.job_reach"))
        if not open_to.any():
            return None
        taste = uniforms(seed, Stream.JOB_TASTE, self.uid, uid & _LOW32, (uid >> 32) & _LOW32)[:, 0]
        utility = -np.log(-np.log(np.maximum(taste, _TINY))) - p.number("careers.job_travel") * minutes
        utility += p.number("careers.job_load") * np.clip(outlook.load - 1.0, -0.3, 0.4)
        if prefer[0] >= 0:
            utility[prefer[0]] += prefer[1]
        return self.practices[int(np.argmax(np.where(open_to, utility, -np.inf)))]

    def take(self, gp: GP, practice: Practice, role: GPRole, month: int) -> None:
        """Let a GP take a job."""
        gp.become_employed(practice, month, role)
        self.posts[practice.number] = practice.posts_for_employed
        self.employed[practice.number] += gp.fte
        if role == GPRole.EMPLOYED:
            self.list_fte[practice.number] += gp.fte

    def give_up(self, gp: GP, outlook: Outlook, p: Parameters) -> None:
        """Let a GP leave a job and be a changing locum; a practice with enough to do keeps the post."""
        practice = gp.practice
        if isinstance(practice, Practice):
            if keeps_post(practice, outlook, p):
                practice.leave_post(gp)
                self.posts[practice.number] = practice.posts_for_employed
            self.employed[practice.number] -= gp.fte
            if gp.role == GPRole.EMPLOYED:
                self.list_fte[practice.number] -= gp.fte
        gp.become_locum(outlook.month)


def keeps_post(practice: Practice, outlook: Outlook, p: Parameters) -> bool:
    """A practice seeks another GP for one in employment who goes, if it has the work."""
    return bool(outlook.load[practice.number] >= p.number("careers.job_least_load"))


def jobs_of(model: Any) -> Jobs:
    """The model's practices as employers; closed ones employ nobody."""
    practices = practices_of(model)
    size = len(practices)
    seats = [(practice.number, gp.role, gp.fte) for practice in practices for gp in practice.gps]
    number = np.array([seat[0] for seat in seats], np.int64)
    role = np.fromiter((seat[1] for seat in seats), np.int64, len(seats))
    fte = np.array([seat[2] for seat in seats], np.float64)
    counted = role <= GPRole.EMPLOYED
    return Jobs(
        practices,
        uid=np.array([practice.uid for practice in practices], np.uint64),
        group=np.array([practice.group for practice in practices], np.int64),
        owners=np.bincount(number[role == GPRole.OWNER], minlength=size),
        employed=np.bincount(number, weights=np.where(role == GPRole.OWNER, 0.0, fte), minlength=size),
        list_fte=np.bincount(number[counted], weights=fte[counted], minlength=size),
        posts=np.array([practice.posts_for_employed for practice in practices], np.int64),
    )


def employed_role(draw: float, p: Parameters) -> GPRole:
    """Employed GP or fixed locum, by the published shares."""
    return GPRole.EMPLOYED if draw < p.number("practices.employed_share") else GPRole.FIXED_LOCUM


def employment_month(model: Any, outlook: Outlook, seed: int, p: Parameters) -> None:
    """Changing locums look for jobs, employed GPs leave theirs or become co-owner.

    Looking and leaving are keyed by GP and month; those who look choose in order of their draw.
    """
    month = outlook.month
    for employer in practices_of(model):
        if employer.posts_for_employed and not keeps_post(employer, outlook, p):
            employer.drop_posts()
    gps = [gp for gp in gps_of(model) if gp.role != GPRole.OWNER and gp.away_until is None and gp.signed is None]
    uid = np.array([gp.uid for gp in gps], np.uint64)
    locum = np.fromiter((gp.role == GPRole.CHANGING_LOCUM for gp in gps), np.bool_, len(gps))
    strain = np.array([gp.strain for gp in gps], np.float64)
    draw = uniforms(seed, Stream.CAREER_ROLE, uid, month)
    effect = p.number("careers.strain_move")
    places = np.array([-1 if gp.practice is None else gp.practice.number for gp in gps], np.int64)
    yearly = by_practice(model, "careers.employed_to_locum", places, p)
    leaves = draw[:, 0] < chance(yearly, strain, effect, p).present
    looks = draw[:, 0] < chance(p.number("careers.locum_to_employed"), strain, 0.0, p).present
    leavers, lookers = np.flatnonzero(leaves & ~locum), np.flatnonzero(looks & locum)
    if leavers.size + lookers.size:
        jobs = jobs_of(model)
        for row in leavers.tolist():
            jobs.give_up(gps[row], outlook, p)
            _log(model, outlook, gps[row], "employed to locum")
        for row in lookers[np.lexsort((uid[lookers], draw[lookers, 0]))].tolist():
            gp = gps[row]
            practice = jobs.best(gp.uid, gp.home_node, outlook, seed, p)
            if practice is not None:
                jobs.take(gp, practice, employed_role(float(draw[row, 1]), p), month)
                _log(model, outlook, gp, "locum to employed")
    _co_own(model, outlook, gps, draw[:, 2], p)


def _co_own(model: Any, outlook: Outlook, gps: Sequence[GP], draw: Floats, p: Parameters) -> None:
    """Employed GPs who are ready to own become partners where they work, sooner in a busy practice."""
    load = np.clip(outlook.load - 1.0, -0.3, 0.3)
    usual = by_practice(model, "careers.co_owner", np.arange(load.size), p)
    yearly = np.minimum(usual * np.exp(p.number("careers.co_owner_load") * load), 1.0)
    most = round(p.number("careers.owners_maximum"))
    offered = draw < 1.0 - (1.0 - yearly.max(initial=0.0)) ** (1 / 12)
    rows = np.flatnonzero(offered)
    for row in rows[np.argsort(draw[rows], kind="stable")].tolist():
        gp = gps[row]
        practice = gp.practice
        if not isinstance(practice, Practice) or not gp.looks_for_practice(outlook.month):
            continue
        monthly = 1.0 - (1.0 - float(yearly[practice.number])) ** (1 / 12)
        if draw[row] < monthly and 0 < len(practice.owners) < most:
            gp.become_owner(practice, outlook.month)
            _log(model, outlook, gp, "employed to owner")


def _log(model: Any, outlook: Outlook, gp: GP, cause: str) -> None:
    number = -1 if gp.practice is None else gp.practice.number
    model.ledger.log(outlook.day, "role changes", number, gp=gp.number, cause=cause)
