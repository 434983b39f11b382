"""A month of succession: from an owner's stop through the search to the hand-over, or to the end of a search.

The order: seats fall vacant, signed successors begin, would-be owners look round and sign, practices without an owner
are carried for a time, searches that took too long end, and new practices begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice, PracticeState
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.workforce.employment import keeps_post
from sim.workforce.founding import found
from sim.workforce.local import by_practice
from sim.workforce.matching import Candidates, Openings, cooperative_members, looks_round, match_month
from sim.workforce.merging import end_searches
from sim.workforce.outlook import Outlook
from sim.workforce.parties import carry_ownerless, parties_of
from sim.workforce.takeover import begin_as_owner
from sim.workforce.vacancies import (
    Departures,
    HandOver,
    Month,
    Seeker,
    Settle,
    Succession,
    SuccessionOutcome,
    Vacancy,
    VacancyStatus,
    vacancy_id,
)

__all__ = ["match", "succession_month"]

type Bools = npt.NDArray[np.bool_]

_NO_WEEK = (0, 0, 0, 0, 0)


def succession_month(
    model: Any,
    state: Succession,
    departures: Departures,
    seekers: Sequence[Seeker],
    outlook: Outlook,
    seed: int,
    p: Parameters,
    settle: Settle,
) -> SuccessionOutcome:
    """Let a month of succession happen; people of practices that end are not moved here.

    Args:
        model: the model with its GPs, practices, regional parties and ledger.
        state: what goes on from month to month.
        departures: who has gone, announced a stop or gave up ownership this month.
        seekers: owners-to-be from outside who look in this month.
        outlook: the month.
        seed: seed of the run.
        p: parameters.
        settle: makes a seeker a GP of the region.
    """
    month = Month(model, state, outlook, seed, p)
    _vacate(month, departures)
    _forget_the_gone(month)
    _hand_over(month, settle)
    _sign(month, seekers, settle)
    carry_ownerless(month)
    end_searches(month)
    found(month)
    month.count_searches()
    return month.outcome


def _vacate(month: Month, departures: Departures) -> None:
    """Open searches, and keep the places of those who have gone."""
    for gp in departures.announced:
        practice = gp.practice
        if gp.stop_month is not None and isinstance(practice, Practice):
            _open(month, practice, gp, "announced", gp.stop_month)
    for one in departures.gone:
        practice = one.practice
        if one.role != GPRole.OWNER or practice is None or practice.closed_since is not None:
            continue
        vacancy = month.state.by_leaver(one.gp.uid) or _open(month, practice, one.gp, "sudden", month.now)
        vacancy.left, vacancy.stop = True, min(vacancy.stop, month.now)
        vacancy.fte, vacancy.week_seconds = one.gp.fte, one.gp.week_seconds
        practice.leave_seat(vacancy.uid, vacancy.fte, vacancy.week_seconds)
        if vacancy.status == VacancyStatus.SIGNED:  # earlier than announced: the successor comes as soon as can be
            vacancy.start = min(vacancy.start, month.now + _setup(month, vacancy))
            _tell(month, vacancy)
    for gp, practice in departures.stepped_back:
        _open(month, practice, gp, "steps back", month.now, place=False)


def _open(month: Month, practice: Practice, gp: GP, cause: str, stop: int, *, place: bool = True) -> Vacancy:
    return month.open(
        Vacancy(
            uid=vacancy_id(practice.uid, gp.uid, cause),
            practice=practice.number,
            leaver=gp.uid,
            cause=cause,
            opened=month.now,
            stop=stop,
            fte=gp.fte,
            week_seconds=gp.week_seconds if place else _NO_WEEK,
        )
    )


def _setup(month: Month, vacancy: Vacancy) -> int:
    """Months between signature and start at least; a shell practice, carrying it or free, saves the set-up."""
    usual, sudden = (round(float(each)) for each in month.p.column("succession.setup"))
    practice = month.practices[vacancy.practice]
    if vacancy.cause != "sudden" or practice.owners:
        return usual
    organisation = parties_of(month.model).organisation
    shell = practice.state == PracticeState.SHELL or organisation.free_shells > 0
    saved = round(month.p.number("parties.shell_months")) if shell else 0
    return max(usual, sudden - saved)


def _tell(month: Month, vacancy: Vacancy) -> None:
    """Let the successor know the month of the hand-over."""
    gp = month.gp_by_uid.get(vacancy.successor)
    if gp is not None:
        gp.signed = (vacancy.practice, vacancy.start)


def _forget_the_gone(month: Month) -> None:
    """Search again where the successor has left the region or owns elsewhere; not where the practice has closed."""
    for vacancy in month.state.having(VacancyStatus.OPEN, VacancyStatus.SIGNED):
        gp = month.gp_by_uid.get(vacancy.successor)
        if month.practices[vacancy.practice].closed_since is not None:
            vacancy.status = VacancyStatus.LAPSED
            if gp is not None:
                gp.signed = None
        if vacancy.status != VacancyStatus.SIGNED or vacancy.seeker is not None:
            continue
        if gp is None or gp.is_owner:
            vacancy.status, vacancy.successor, vacancy.signed, vacancy.start = VacancyStatus.OPEN, -1, -1, -1


def _hand_over(month: Month, settle: Settle) -> None:
    """Let successors begin whose month has come."""
    for vacancy in month.state.waiting():
        if vacancy.start > month.now:
            continue
        practice = month.practices[vacancy.practice]
        if vacancy.seeker is not None:
            gp = settle(month.model, vacancy.seeker, month.outlook, month.seed, month.p)
            gp.home_node = practice.node  # who comes from elsewhere goes to live near the practice
            month.gp_by_uid[gp.uid] = gp
        else:
            gp = month.gp_by_uid[vacancy.successor]
        before = gp.practice
        if isinstance(before, Practice) and before is not practice and keeps_post(before, month.outlook, month.p):
            before.leave_post(gp)
        begin_as_owner(gp, practice, vacancy.uid, month.now, month.seed, month.p)
        if parties_of(month.model).organisation.end(practice.number):
            month.log("temporary management ends", practice.number, gp=gp.number)
        vacancy.status, vacancy.seeker = VacancyStatus.FILLED, None
        month.log("practice handed over", practice.number, gp=gp.number, cause=vacancy.cause)
        month.outcome.hand_overs.append(HandOver(practice.number, gp, vacancy))
        month.outcome.new_owners.append(gp)


def match(
    month: Month, vacancies: list[Vacancy], gps: list[GP], seekers: Sequence[Seeker]
) -> tuple[dict[int, Vacancy], Bools]:
    """Match candidates with vacancies.

    Returns:
        The vacancy by place of the candidate (GPs first, then seekers), and who would accept which (C, V).
    """
    everyone: list[GP | Seeker] = [*gps, *seekers]
    candidates = Candidates(
        uid=np.array([one.uid for one in everyone], np.uint64),
        practice=np.array([-1 if gp.practice is None else gp.practice.number for gp in gps] + [-1] * len(seekers)),
        tie=np.array([gp.tie or gp.trained_here for gp in gps] + [one.tie for one in seekers], bool),
        outside=np.arange(len(everyone)) >= len(gps),
        fte=np.array([one.fte for one in everyone], np.float64),
        support=np.append(
            month.p.number("succession.cooperative_support") * _members(month, gps), np.zeros(len(seekers))
        ),
    )
    home = np.array([gp.home_node for gp in gps], np.int64)
    at = np.array([one.practice for one in vacancies], np.int64)
    minutes = np.full((len(everyone), at.size), month.p.number("succession.outside_minutes"))
    minutes[: home.size] = month.outlook.minutes[home[:, None], at]
    never = np.zeros(minutes.shape, bool)
    if month.state.refusals:
        column = {one.uid: v for v, one in enumerate(vacancies)}
        row = {one.uid: c for c, one in enumerate(everyone)}
        for who, what in month.state.refusals:
            if who in row and what in column:
                never[row[who], column[what]] = True
    seat, would = match_month(candidates, _openings(month, vacancies), minutes, never, month.now, month.seed, month.p)
    return {c: vacancies[v] for c, v in enumerate(seat.tolist()) if v >= 0}, would


def _members(month: Month, gps: Sequence[GP]) -> Bools:
    """Which GPs (C,) belong to a cooperative that helps changing locums to own."""
    uid = np.array([gp.uid for gp in gps], np.uint64)
    locum = np.array([gp.role == GPRole.CHANGING_LOCUM for gp in gps], np.bool_)
    return cooperative_members(uid, locum, month.seed, month.p)


def _openings(month: Month, vacancies: list[Vacancy]) -> Openings:
    """Vacant seats as candidates see them."""
    p = month.p
    practices = [month.practices[one.practice] for one in vacancies]
    people = np.array([month.outlook.lists[one.number] for one in practices], np.float64)
    extra = [0.0 if any(one.week_seconds) else one.fte for one in vacancies]  # a seat that comes on top
    fte = np.array([one.list_fte + one.vacant_fte for one in practices]) + np.array(extra)
    stays = [
        any(gp.stop_month is None for gp in practice.owners if gp.uid != vacancy.leaver)
        for practice, vacancy in zip(practices, vacancies, strict=True)
    ]
    dense = p.number("parties.people_per_square_metre")
    return Openings(
        uid=np.array([one.uid for one in vacancies], np.uint64),
        practice=np.array([one.number for one in practices], np.int64),
        over_norm=people / (month.outlook.norm_list * np.maximum(fte, 0.3)) - 1.0,
        co_owner=np.array(stays, bool),
        appeal=month.state.appeal[[one.municipality for one in practices]],
        fte=np.array([one.fte for one in vacancies]),
        short_of_room=np.array(
            [one.premises.short_of_room(int(n), dense) for one, n in zip(practices, people, strict=True)], bool
        ),
        support=by_practice(month.model, "succession.support", np.array([one.number for one in practices], int), p),
    )


def _sign(month: Month, seekers: Sequence[Seeker], settle: Settle) -> None:
    """Would-be owners look round; who takes a seat signs, and some seats become two."""
    vacancies = month.state.searching()
    ready = [gp for gp in month.gps if gp.looks_for_practice(month.now) and gp.stop_month is None and not gp.is_away]
    uid = np.array([gp.uid for gp in ready], np.uint64)
    looking = looks_round(uid, month.seed, month.now, month.p, _members(month, ready))
    gps = [gp for gp, looks in zip(ready, looking, strict=True) if looks]
    if not vacancies or not (gps or seekers):
        return
    signed, _ = match(month, vacancies, gps, seekers)
    for c, vacancy in sorted(signed.items(), key=lambda item: item[1].uid):
        sign(month, vacancy, gps[c] if c < len(gps) else None, None if c < len(gps) else seekers[c - len(gps)])
    _hand_over(month, settle)


def sign(month: Month, vacancy: Vacancy, gp: GP | None, seeker: Seeker | None) -> None:
    """Let a GP of the region, or a seeker from outside, sign for a seat."""
    who = gp if gp is not None else seeker
    assert who is not None
    vacancy.status, vacancy.signed, vacancy.successor = VacancyStatus.SIGNED, month.now, who.uid
    vacancy.start = max(vacancy.stop, month.now + _setup(month, vacancy))
    vacancy.seeker = seeker
    _tell(month, vacancy)
    months = month.now - vacancy.opened
    month.log("successor signs", vacancy.practice, months, gp=-1 if gp is None else gp.number, cause=vacancy.cause)
    if vacancy.counts:
        month.outcome.filled += 1
        month.outcome.filled_within_year += months <= 12
        month.outcome.vacancy_months += months
        _split(month, vacancy)


def _split(month: Month, vacancy: Vacancy) -> None:
    """Some seats become two: another owner is sought, to begin with the first or later."""
    p, practice = month.p, month.practices[vacancy.practice]
    luck = uniforms(month.seed, Stream.VACANCY_PREFERENCE, vacancy.uid)[0, 0]
    staying = sum(gp.uid != vacancy.leaver for gp in practice.owners) + sum(1 for _ in month.state.of(practice.number))
    uid = vacancy_id(practice.uid, vacancy.leaver, "second seat")
    if luck >= p.number("succession.split") or staying >= p.number("careers.owners_maximum"):
        return
    if uid in month.state.vacancies:  # a successor who withdrew had split the seat before
        return
    month.open(
        Vacancy(
            uid=uid,
            practice=practice.number,
            leaver=vacancy.leaver,
            cause="second seat",
            opened=month.now,
            stop=vacancy.start,
            fte=vacancy.fte,
            week_seconds=_NO_WEEK,
        )
    )
