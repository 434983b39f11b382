"""The end of a search without result: an employed post, a shell practice, a merger or closing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.agents.practice import Practice, PracticeState
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.workforce.parties import carry_in_shell, parties_of
from sim.workforce.vacancies import Month, Vacancy, VacancyStatus

__all__ = ["carries", "end_searches", "room_for_lists"]

type Floats = npt.NDArray[np.float64]

_LOW32 = 0xFFFFFFFF


def end_searches(month: Month) -> None:
    """End the searches whose time is over.

    Beside an owner the seat becomes an employed post. Where no owner is left and nobody has signed, a shell practice
    carries on if there is one; else a neighbour takes the practice over, or it closes.
    """
    for vacancy in month.state.searching():
        practice = month.practices[vacancy.practice]
        if vacancy.status != VacancyStatus.OPEN or month.now <= _last_month(month, vacancy):
            continue  # not open: it lapsed with another of its practice
        if not vacancy.counts:
            vacancy.status = VacancyStatus.LAPSED
            continue
        others = [one for one in month.state.of(practice.number) if one is not vacancy]
        going_on = [
            one
            for one in others
            if one.status == VacancyStatus.SIGNED or (one.counts and month.now <= _last_month(month, one))
        ]
        alone = practice.ownerless and not going_on
        if alone and _shell(month, practice):
            continue
        vacancy.status = VacancyStatus.FAILED
        month.outcome.failed += 1
        month.log("search fails", practice.number, month.now - vacancy.opened, cause=vacancy.cause)
        practice.open_to_employed(vacancy.uid)
        if alone:
            for one in others:
                one.status = VacancyStatus.LAPSED
            _end(month, practice, vacancy)


def _last_month(month: Month, vacancy: Vacancy) -> int:
    """Last month of a search."""
    p, practice = month.p, month.practices[vacancy.practice]
    carried = bool(practice.owners) or practice.state in (PracticeState.TEMPORARY, PracticeState.SHELL)
    window = p.number("succession.window") if carried else p.number("succession.unmanaged_window")
    extra = {PracticeState.SHELL: "parties.shell_months", PracticeState.TEMPORARY: "parties.takeover_window"}
    more = p.number(extra[practice.state]) if practice.state in extra else 0.0
    return vacancy.stop + round(window + more)


def _shell(month: Month, practice: Practice) -> bool:
    """Carry a practice on in a shell practice, if one is free."""
    if practice.state == PracticeState.SHELL or not parties_of(month.model).organisation.free_shells:
        return False
    carry_in_shell(month, practice)
    return True


def _end(month: Month, practice: Practice, vacancy: Vacancy) -> None:
    """Merge a practice into a neighbour, or close it; its people are moved by the caller of the month."""
    if parties_of(month.model).organisation.end(practice.number):
        month.log("temporary management ends", practice.number, cause="no successor")
    people = float(month.outlook.lists[practice.number])
    into = _taker(month, practice, vacancy)
    if into is None:
        month.outcome.closings.append(practice.number)
        month.log("practice closes", practice.number, people, cause="no successor")
    else:
        practice.merge_into(into)
        month.outcome.merges.append((practice.number, into.number))
        month.log("practice merges", practice.number, people, other=into.number)


def _taker(month: Month, practice: Practice, vacancy: Vacancy) -> Practice | None:
    """The neighbour who takes a practice over: near, with an owner who stays, with room, and willing."""
    p, lists = month.p, month.outlook.lists
    minutes = month.outlook.minutes[practice.node]
    ending = {number for number, _ in month.outcome.merges} | set(month.outcome.closings)
    near = [
        one
        for one in month.practices
        if one is not practice
        and one.closed_since is None
        and one.number not in ending
        and minutes[one.number] <= p.number("succession.merge_reach")
        and any(gp.stop_month is None for gp in one.owners)
    ]
    if not near:
        return None
    luck = uniforms(
        month.seed,
        Stream.CLOSING,
        np.array([one.uid for one in near], np.uint64),
        vacancy.uid & _LOW32,
        (vacancy.uid >> 32) & _LOW32,
    )
    filled = p.number("succession.merge_vacant") * practice.vacant_fte
    fte = np.array([one.list_fte for one in near]) + practice.list_fte + filled
    full = (lists[[one.number for one in near]] + lists[practice.number]) / (month.outlook.norm_list * fte)
    small = [0 < one.premises.most_people < lists[one.number] + lists[practice.number] for one in near]
    fits = (
        ~np.array(small) & (full <= p.number("succession.absorb")) & (luck[:, 0] < p.number("succession.merge_willing"))
    )
    if not fits.any():
        return None
    order = np.lexsort((luck[:, 1], np.where(fits, full, np.inf)))
    return near[int(order[0])]


def carries(practices: list[Practice], norm_list: float, p: Parameters) -> Floats:
    """People whom each practice can carry when neighbours close (P,): the norm for its FTE, stretched; 0 if closed."""
    fte = np.array([one.list_fte if one.closed_since is None and one.owners else 0.0 for one in practices])
    return room_for_lists(practices, p.number("succession.absorb") * norm_list * fte)


def room_for_lists(practices: list[Practice], people: Floats) -> Floats:
    """Lists that practices can carry (P,), no longer than fits in where premises are tiny."""
    most = [one.premises.most_people for one in practices]
    return np.minimum(people, np.where(most, most, np.inf)) if any(most) else np.asarray(people)
