"""What the workforce decides reaches lists, appointment books, telephone and roster.

The workforce changes agents; here people follow: lists of practices that end are divided, new practices get books,
bookings with GPs who have gone move, and the hours of the month are planned anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.bookshelf import Bookshelf, Renewal
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.care.books import RING
from sim.care.division import Division, divide_list, move_list
from sim.care.effort import effort_of
from sim.care.system import make_structure, nearest_practices
from sim.compiled import kernel
from sim.region.travel import journey
from sim.workforce.leave import capacity_for_day, plan_leave, update_leave
from sim.workforce.locums import LocumTally, LocumUse, duty_above_usual, find_gaps, locum_stock, pooled_seconds
from sim.workforce.merging import carries, room_for_lists
from sim.workforce.month import Decisions
from sim.workforce.parties import parties_of
from sim.workforce.patient_time import patient_time
from sim.workforce.roster import book_roster, duty_pool_from_agents, month_roster
from sim.workforce.staff import equilibrium_vacancy, lines_of
from sim.workforce.training import training_seconds

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["Turnover"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_LOCUM_SEAT = 1
_LONGEST_MONTH = 31


class Turnover:
    """Keeps the arrays that care runs on in step with the agents of one model.

    Attributes:
        shelf: the appointment books.
        leave: planned leave, locum hours and gaps.
        locums: locum hours asked and given this month, by purpose.
        near: (N, K) practices by nearness.
    """

    def __init__(self, model: RegionModel) -> None:
        """Take over the plan that the model was built with."""
        self.model = model
        self.shelf = Bookshelf(model.plan.books, practices_of(model))
        p = model.parameters
        years = sorted({int(model.calendar.iso_year[0]), int(model.calendar.iso_year[RING * 2])})
        self.leave = plan_leave(self.shelf.books, years, p, model.seed)
        self.locums = LocumTally()
        self.groups = int(model.plan.group.max()) + 1
        self.closed: npt.NDArray[np.bool_] = np.zeros(model.plan.practices, bool)
        self.near = nearest_practices(model.minutes)
        self._near_of = (model.plan.practices, 0)
        self._carry = model.room.carries / np.maximum(_gp_seconds(practices_of(model)), 1.0)

    # lists

    def follow(self, decisions: Decisions, month: int, day: int) -> None:
        """Move the people of practices that end, and make room for practices that open.

        Args:
            decisions: of the month.
            month: month index.
            day: day of the run, for the event log.
        """
        practices = practices_of(self.model)
        for old, new in decisions.merges:
            self._end(practices[old], month, day, into=practices[new])
        for number in decisions.closings:
            self._end(practices[number], month, day)
        if decisions.opened:
            self._add(decisions.opened)

    def release(self, numbers: Iterable[int], month: int, day: int) -> None:
        """Close practices at once and divide their lists, just before a month begins; their GPs are locums then."""
        practices = practices_of(self.model)
        for number in numbers:
            self._end(practices[number], month, day)
            self.model.workforce.ended += 1

    def _end(self, practice: Practice, month: int, day: int, into: Practice | None = None) -> None:
        model = self.model
        if into is not None:
            done = move_list(model.people, practice.number, into.number, month)
            into.registered += practice.registered
        else:
            done = self._divide(practice, month)
        model.lists = model.count_lists()
        self._log(practice, done, day)
        practice.registered = 0
        practice.close_for_good(month)
        self.closed[practice.number] = True
        model.room.closed[practice.number] = True

    def _divide(self, practice: Practice, month: int) -> Division:
        model, p = self.model, self.model.parameters
        practices = practices_of(model)[: model.lists.size]
        norm = p.number("practices.norm_list") / model.reporter.load.demand()
        able = carries(practices, norm, p)
        if (effort := effort_of(model.resolved, len(practices), model.resolver.base)) is not None:
            able /= effort
        slack = np.floor(np.maximum(able - model.lists, 0.0))
        at_most = parties_of(model).organisation.place_people(int(model.lists[practice.number]))
        reach = p.number("succession.divide_reach")
        return divide_list(model.people, practice.number, month, model.seed, model.minutes, slack, reach, at_most)

    def _log(self, practice: Practice, done: Division, day: int) -> None:
        counts, left = done.counts(self.model.lists.size)
        for number in np.flatnonzero(counts).tolist():
            self.model.ledger.log(day, "people move to practice", practice.number, float(counts[number]), other=number)
        if left:
            self.model.ledger.log(day, "people move to practice", practice.number, float(left), cause="without a GP")

    def _add(self, opened: list[Practice]) -> None:
        """Columns for new practices wherever there is one a practice."""
        model = self.model
        region, nodes, n = model.region, len(model.region.node_name), len(opened)
        at, x, y = (np.array([getattr(one, name) for one in opened]) for name in ("node", "x", "y"))
        home = (np.arange(nodes)[:, None], region.node_x[:, None], region.node_y[:, None])
        minutes = journey(region, *home, at, x, y, model.scale)[1]
        model.minutes = np.concatenate((model.minutes, minutes), axis=1)
        model.lists = np.append(model.lists, np.zeros(n, np.int64))
        model.ledger.add_practices(n)
        model.room.add_practices(n)
        self.closed = np.append(self.closed, np.zeros(n, bool))
        model.reporter.practices_opened(opened)

    # what lists can carry

    def update_room(self, settled: bool = False) -> None:
        """List sizes that practices are ready to carry follow the hours of their GPs, demand per person and missing
        assistants, with a memory of some months. Locums stand in for part of the hours of vacant seats.

        Args:
            settled: things have been as they are for long; no memory.
        """
        model, p = self.model, self.model.parameters
        practices = practices_of(model)
        seconds, known = _gp_seconds(practices), self._carry.size
        if len(practices) > known:
            listed = p.number("practices.norm_list") * np.array([one.list_fte for one in practices[known:]])
            self._carry = np.append(self._carry, listed / np.maximum(seconds[known:], 1.0))
        missing = np.zeros(len(practices))
        short = model.workforce.staff.assistants_missing
        missing[: short.size] = short
        usual = float(equilibrium_vacancy(model.resolver.base)[0])  # practices carried their lists with these vacancies
        able = 1.0 - p.number("staff.missing_assistants_list") * (missing - usual)
        vacant = np.array([sum(one.vacant_week_seconds) for one in practices], np.float64)
        seconds += vacant * p.column("workforce.locum_cover")[1]
        if (time := patient_time(model, practices, p)) is not None:
            seconds *= time
        carries = self._carry * seconds * able / model.reporter.load.demand()
        if (effort := effort_of(model.resolved, len(practices), model.resolver.base)) is not None:
            carries /= effort
        memory = np.full(len(practices), 0.0 if settled else p.number("registration.capacity_memory"))
        memory[known:] = 0.0
        model.room.carries = room_for_lists(practices, memory * model.room.carries + (1.0 - memory) * carries)

    # books and hours

    def renew(self, month: int, day: int) -> Renewal:
        """Roster, locum hours, books and capacity of the month that begins.

        Args:
            month: month index.
            day: day of the calendar on which it begins.
        """
        model, p = self.model, self.model.parameters
        calendar, seed = model.calendar, model.seed
        practices, gps = practices_of(model), gps_of(model)
        days = int(np.count_nonzero(calendar.month_index == month))
        pool = duty_pool_from_agents(model, model.region)
        model.roster = month_roster(pool, calendar, month, p, seed, before=model.roster, scale=model.scale)
        book_roster(model, model.roster)
        pooled = pooled_seconds(gps, self.groups)
        renewal = self.shelf.renew(
            practices, pooled, training_seconds(model, len(practices), month, p), patient_time(model, practices, p)
        )
        books = self.shelf.books
        self._forget_usual(renewal)
        above = duty_above_usual(gps, model.roster.duty_seconds, days, self.groups, p)
        now = int(calendar.working_day_number[calendar.next_open[day]])
        ahead = calendar.open_days[now : now + RING - 1]
        reach = calendar.open_days[now : now + RING + _LONGEST_MONTH]  # until the next renewal the far end moves on
        years = sorted({int(year) for year in calendar.iso_year[reach]})
        load = model.reporter.load.by_practice(len(practices))
        stock, gaps = locum_stock(pooled, above, p), find_gaps(practices, gps, books, p, load)
        self.leave = update_leave(self.leave, books, years, p, seed, stock=stock, gaps=gaps)
        near_of = (self.closed.size, int(np.count_nonzero(self.closed)))
        if near_of != self._near_of:  # a practice has opened or ended
            self.near, self._near_of = nearest_practices(model.minutes, self.closed), near_of
        model.care.renew(books, make_structure(books, self.near, model.care.structure.node_post), model.ledger)
        model.care.telephone.equip(np.array([one.uid for one in practices], np.uint64), lines_of(practices, p))
        capacities, uses = zip(*(self._planned(number) for number in range(now, now + ahead.size)), strict=True)
        model.care.set_capacities(now, np.stack(capacities, axis=1))
        in_month = calendar.month_index[ahead] == month
        self.locums.plan(use for use, here in zip(uses, in_month.tolist(), strict=True) if here)
        return renewal

    def _forget_usual(self, renewal: Renewal) -> None:
        """Patients of GPs who have gone have no usual GP until they choose another."""
        if renewal.emptied.size:
            people, n = self.model.people, self.model.people.n
            gone = np.zeros(self.shelf.books.size + 2, bool)  # the last places are those of people without a usual GP
            gone[renewal.emptied] = True
            _forget(people.usual[:n], gone)

    def hand_over(self, renewal: Renewal, day: int) -> None:
        """Move the bookings of GPs who have gone and of practices that have ended; people are packed already.

        Args:
            renewal: of the books.
            day: day of the calendar that is about to begin.
        """
        shared = self.shelf.books.practice_role_book[self.closed, _LOCUM_SEAT:].ravel().astype(np.int64)
        rows = np.union1d(renewal.emptied, shared)
        rows = rows[self.model.care.books.bookings[rows].any(axis=1)]
        if rows.size:
            self.model.care.hand_over(rows, day)

    def plan(self, working_day: int) -> LocumUse:
        """Fill the books of a working day, with planned leave; what the locums do on it."""
        capacity, use = self._planned(working_day)
        self.model.care.set_capacity(working_day, capacity)
        return use

    def _planned(self, working_day: int) -> tuple[npt.NDArray[np.int32], LocumUse]:
        calendar = self.model.calendar
        day = int(calendar.open_days[min(working_day, calendar.open_days.size - 1)])
        return capacity_for_day(
            self.shelf.books,
            self.leave,
            int(calendar.iso_year[day]),
            int(calendar.iso_week[day]),
            int(calendar.weekday[day]),
            True,
        )


@kernel(lean=True)
def _forget(usual, gone):  # type: ignore[no-untyped-def]
    for i in range(usual.shape[0]):
        if gone[int(usual[i])]:  # -1 and -2, without a usual GP, are the last places
            usual[i] = -1


def _gp_seconds(practices: Sequence[Practice]) -> Floats:
    """Patient seconds of a normal week of each practice's GPs (P,)."""
    return np.array([sum(gp.direct_seconds for gp in one.gps) for one in practices], np.float64)
