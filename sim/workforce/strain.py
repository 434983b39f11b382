"""Strain: how far hours, list and out-of-hours duty lie over the norm.

Zero is the norm, not today: with lists 8 to 10 % over the norm and a little more work than wished, GPs stand at about
a third. One unit is about 30 % over the norm in everything but duty. Strain follows its cause with a memory of half
a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.parameters import Parameters
from sim.workforce.crew import Crew, Flags, Floats, Ints
from sim.workforce.local import by_practice
from sim.workforce.outlook import Outlook

__all__ = ["first_strain", "momentary_strain", "other_work", "searching_practices", "update_strain"]

_WEEKS_A_YEAR = 365.25 / 7


def other_work(
    crew: Crew,
    load: Floats,
    regional_load: float,
    p: Parameters,
    spared: npt.ArrayLike = 0.0,
    share: npt.ArrayLike | None = None,
) -> Floats:
    """Hours a week by which work without patients lies above a normal week's (A,); negative below it.

    Letters, results, prescriptions and consultation with assistants follow what the list asks rather than the visits
    that fit in a day.

    Args:
        load: minutes asked over minutes supplied by practice (P,).
        regional_load: the same of the region, for changing locums.
        p: parameters.
        spared: hours a week by which other work has become less (A,); never more than there are.
        share: ``careers.other_work`` by GP (A,), where it differs.
    """
    usual = np.nan_to_num(crew.duty_hours) / _WEEKS_A_YEAR
    without_patients = np.maximum(crew.hours - crew.direct_hours - usual, 0.0)
    over = np.clip(np.append(load, regional_load)[crew.practice] - 1.0, *p.column("careers.other_work_bounds"))
    follows = p.number("careers.other_work") if share is None else np.asarray(share)
    more = follows * without_patients * over
    return np.where(crew.away, 0.0, more - np.minimum(spared, without_patients))


def momentary_strain(
    crew: Crew,
    lists: Ints,
    vacant: Flags,
    norm_list: float,
    p: Parameters,
    extra: npt.ArrayLike = 0.0,
    content: npt.ArrayLike = 0.0,
) -> Floats:
    """Strain of the month alone, without memory (A,).

    Args:
        lists: registered people by practice (P,).
        vacant: practices in which an owner's seat is or will be vacant (P,).
        norm_list: norm list per FTE, at today's demand per person.
        extra: of :func:`other_work` (A,); none if left out.
        content: strain that satisfaction with the work takes away (A,).

    A GP who is ill feels none. A practice whose owners and employed GPs are all gone counts as far over the norm.
    """
    scale = p.column("careers.strain_scale")
    lowest, highest = p.column("careers.strain_lowest"), p.column("careers.strain_highest")
    fte = crew.list_fte(lists.size)
    room = np.maximum(fte * norm_list, 1.0)
    over = np.append(lists / room - 1.0, 0.0)  # the last place is that of changing locums
    over[-1] = (lists.sum() / max(float(room.sum()), 1.0) - 1.0) * p.number("careers.strain_locum_list")
    usual = p.column("practices.duty_hours")[crew.role]
    duty = np.where(np.isnan(crew.duty_hours), 0.0, crew.duty_hours / usual - 1.0)
    worked = crew.hours + crew.overtime + np.asarray(extra, np.float64)
    excess = np.stack([worked / np.maximum(crew.agreed_hours, 1.0) - 1.0, over[crew.practice], duty], axis=1)
    parts = np.clip(excess / scale, lowest, highest)
    strain = parts @ p.column("careers.strain_weight")
    strain += p.number("careers.strain_vacancy") * np.append(vacant, False)[crew.practice]
    strain -= np.asarray(content, np.float64)
    strain = np.clip(strain, *p.column("careers.strain_bounds"))
    strain[~crew.owner] *= p.number("careers.strain_non_owner")
    return np.where(crew.away, 0.0, strain)


def searching_practices(gps: Sequence[GP], practices: Sequence[Practice], size: int) -> Flags:
    """Practices with a vacancy for an owner, or an owner who has announced to stop (size,)."""
    vacant = np.zeros(size, bool)
    for practice in practices:
        vacant[practice.number] = practice.searching
    for gp in gps:
        if gp.stop_month is not None and gp.practice is not None:
            vacant[gp.practice.number] = True
    return vacant


def update_strain(
    crew: Crew,
    outlook: Outlook,
    gps: Sequence[GP],
    practices: Sequence[Practice],
    p: Parameters,
    model: Any = None,
) -> None:
    """Let everybody's strain follow this month's hours, list, duty and vacancies; ``crew.strain`` follows too.

    Args:
        crew, gps, practices: everybody.
        outlook: the month that begins.
        p: parameters.
        model: whose practices may have parameters of their own.
    """
    vacant = searching_practices(gps, practices, outlook.lists.size)
    spared, share, content = (
        by_practice(model, f"careers.{name}", crew.practice, p)
        for name in ("spared_hours", "other_work", "satisfaction")
    )
    extra = other_work(crew, outlook.load, outlook.regional_load, p, spared * crew.fte, share)
    now = momentary_strain(crew, outlook.lists, vacant, outlook.norm_list, p, extra, content)
    crew.strain[:] += (now - crew.strain) / p.number("careers.strain_memory")
    for gp, strain, hours in zip(crew.gps, crew.strain.tolist(), extra.tolist(), strict=True):
        gp.strain, gp.other_work = strain, hours


def first_strain(crew: Crew, practices: Sequence[Practice], p: Parameters) -> Floats:
    """Strain at the start (A,): where its memory would have it.

    Before anybody has worked, overtime and duty are not known; strain then differs between GPs by hours and list, and
    its mean is that of the years in which the rates were observed.
    """
    lists = np.array([practice.registered for practice in practices], np.int64)
    vacant = searching_practices(crew.gps, practices, lists.size)
    strain = momentary_strain(crew, lists, vacant, p.number("practices.norm_list"), p)
    if crew.size and not any(gp.worked for gp in crew.gps):
        strain += p.number("careers.strain_observed") - strain.mean()
    return strain
