"""The region as a Mesa model: it builds the agents, sets the three clocks and names the order of day and month.

The *day* moves flows (calls, booking, visits, the posts' night). The *month* moves decisions and registration; its
events lie in Mesa's event list, half a day before the month's first step. The *year* closes the tables of groups, GPs
and spatial access.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from sim.acts import check_acts, perform
from sim.agents.column_model import ColumnModel
from sim.agents.people import NOBODY, People
from sim.agents.practice import Practice
from sim.agents.staffing import build_agents, gps_of, posts_of, practices_of
from sim.care.arrays import Requests, pack_persons
from sim.care.books import RING
from sim.care.link_worker import link_month
from sim.care.post import OutOfHours
from sim.care.registration import CONDITIONAL, FULL, ListRoom, list_sizes, new_wishes, search_month, without_usual
from sim.care.system import CareSystem, make_structure
from sim.care.telephone import Telephone
from sim.dates import Calendar, date_of_month, month_of
from sim.interventions.package import Package
from sim.ledger.ledger import Ledger
from sim.modifiers import Resolved, Resolver
from sim.observation.conservation import check_day
from sim.observation.outlook import outlook_of
from sim.observation.reporting import Reporter
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.population import synthesise
from sim.region.practice_books import Books
from sim.region.practices import make_practices
from sim.region.region import Region
from sim.region.travel import journey
from sim.scenario import Scenario
from sim.sorting import order_by
from sim.source import remember_warm
from sim.turnover import Turnover
from sim.workforce.leave import apply_sickness, sickness_week
from sim.workforce.month import Workforce
from sim.workforce.parties import renew_parties
from sim.workforce.roster import Roster
from sim.workforce.shock import Order, remove_gps
from sim.world.chronic import planned_visits, visit_intervals
from sim.world.continuity import Continuity, start_tenure
from sim.world.demography import Demography, DemographyResult, demography_month
from sim.world.growth import Growth
from sim.world.needs import MonthNeeds, NeedTables, draw_month, person_factor_norm, set_rates

__all__ = ["RegionModel"]

type Staff = tuple[npt.NDArray[np.integer], ...]
"""Triage nurses (organisations, 24), GPs for consults and GPs for visits (posts, 24) by hour."""

_BEYOND = 130  # days of calendar after the last day: the appointment books reach 62 working days ahead
_MORNING = 8  # hour at which the posts' day begins
_WARM_FROM = 31  # days after which a run has met every kernel that it calls day by day or month by month


class RegionModel(ColumnModel):
    """One run of one region.

    Attributes:
        region, assumed, seed: what it was made from (``assumed`` is our scenario; Mesa keeps its own as ``scenario``).
        package: the interventions and events of the scenario.
        resolved: the parameters of the month, with their variants by practice and node.
        parameters: those of the region in the month (``resolved.region``); without interventions always the same.
        calendar: days of the run.
        people, patients: the inhabitants (see ``ColumnModel``).
        ledger: counters, closed periods, events.
        node_post: (N,) post that serves each node, the nearest one that is open.
        care: state of care.
    """

    def __init__(
        self,
        region: Region,
        scenario: Scenario,
        parameters: Parameters,
        seed: int = 1,
        check: bool = False,
        scale: float = 1.0,
    ) -> None:
        """Build everything; nothing has been simulated yet.

        Args:
            region: where.
            scenario: what is assumed; its parameter overrides must already be in ``parameters``.
            parameters: all parameters.
            seed: seed of the world, 0 to 2**32 - 1.
            check: assert conservation of persons, lists, requests and minutes after every day.
            scale: size of the region against the real one (tests and benchmarks).

        Raises:
            ValueError: the seed or scale is out of range, or an event asks for an act that nothing can do.
        """
        if not 0 <= seed < 2**32:
            raise ValueError(f"the seed must lie between 0 and {2**32 - 1}, not {seed}")
        super().__init__(rng=seed, people=People(0))
        self.region, self.assumed, self.parameters, self.seed, self.check = region, scenario, parameters, seed, check
        self.package = Package.of(scenario, region, parameters)
        check_acts(self.package.acts)
        self.resolver = Resolver(parameters, self.package.modifiers, seed)
        self.begin = scenario.start
        self.first_month = month_of(self.begin)
        early = date_of_month(self.first_month - int(parameters.number("care.run_in_months")))
        self.run_in = (self.begin - early).days
        self._set_end()
        self.scale = scale
        self._populate(scale)
        self._staff()
        self.reporter = Reporter(self)
        self._load()
        self.schedule_event(self._month_event, at=0.5)

    # building

    def _set_end(self) -> None:
        """The last day, and a calendar that reaches beyond it."""
        begin = self.begin
        self.days_total = (date(begin.year + self.assumed.years, begin.month, begin.day) - begin).days
        days = self.run_in + self.days_total + _BEYOND
        early = begin - timedelta(days=self.run_in)
        self.calendar = Calendar(early, days, school_region=self.region.school_region)
        if hasattr(self, "care"):
            self.care.calendar = self.calendar

    def _populate(self, scale: float) -> None:
        """People, their practices and the agents. Rows are put in the order of practices: neighbours in memory."""
        columns = synthesise(self.region, self.parameters, self.seed, scale)
        people = People(0)
        people.add(len(columns["uid"]), day=0, **columns)
        columns.clear()
        self.needs_tables = NeedTables.of(self.parameters)
        self.norm = person_factor_norm(people, self.needs_tables, self.first_month)
        set_rates(people, self.needs_tables, self.norm, self.first_month)
        expected = people.rate_day[: people.n].astype(np.float64) * 12.0
        plan = make_practices(self.region, people, self.parameters, self.seed, expected, self.first_month, scale)
        n = people.n
        order = order_by(people.uid[:n], people.household[:n], people.practice[:n])
        names = [column.name for column in People.SCHEMA if column.name != "alive"]
        self.people = People(0)
        self._listen()
        self.people.add(n, day=0, **{name: getattr(people, name)[:n][order] for name in names})
        self.plan = plan
        build_agents(self, plan, self.region, self.first_month)
        sites = plan.sites
        self.minutes = journey(
            self.region,
            np.arange(len(self.region.node_name))[:, None],
            self.region.node_x[:, None],
            self.region.node_y[:, None],
            sites.node,
            sites.x,
            sites.y,
            scale,
        )[1]
        self.demography = Demography.of(self.region, self.parameters, self.people, self.seed, self.first_month)

    def _staff(self) -> None:
        """Care and the workforce's arrays."""
        p, region, plan = self.parameters, self.region, self.plan
        practices, nodes = plan.practices, len(region.node_name)
        self.resolved: Resolved = self._resolve(-1)  # nothing acts yet; the first month renews what it must
        self.ledger = Ledger.empty(practices, nodes, len(region.post_name))
        self.node_post = node_post = region.node_post.astype(np.int64)
        self._organisation = region.post_organisation.astype(np.int64)
        to_post = journey(
            region,
            np.arange(nodes)[:, None],
            region.node_x[:, None],
            region.node_y[:, None],
            region.post_node,
            region.post_x,
            region.post_y,
        )[1].astype(np.float64)
        self.lists = self.count_lists()
        without = np.array([town.without_gp.value for town in region.municipalities])[plan.sites.municipality]
        self.room = ListRoom.start(self.lists, plan.sites.uid, without, p, self.seed)
        self.roster: Roster | None = None
        self.turnover = Turnover(self)
        structure = make_structure(self.numbered, self.turnover.near, node_post)
        # summed in order of size: rounding hangs on none of the rows
        rates = np.sort(self.people.rate_day[: self.people.n])
        self.needs_per_person = needs = float(rates.sum(dtype=np.float64)) * 12.0 / self.people.n
        telephone = Telephone.of(p, self.seed, plan.sites.uid, plan.phone_lines, needs)
        posts = OutOfHours.of(p, self.seed, node_post, self._organisation, to_post)
        mode = self.assumed.capacity_mode
        self.care = CareSystem.of(
            p, mode, self.seed, self.calendar, self.numbered, structure, self.ledger, telephone, posts
        )
        self.intervals = visit_intervals(p)
        self.growth = Growth()
        self.workforce: Workforce
        self.night_staff: Staff = tuple(
            np.zeros((k, 24), np.int64) for k in (len(region.organisations), *2 * [len(region.post_name)])
        )
        self.needs: MonthNeeds
        self.planned: list[npt.NDArray[np.int64]] = []
        self.passed_on: Requests | None = None
        self.month_first = 0
        self._week = -1
        self._sick: npt.NDArray[np.int16] = np.zeros((5, self.numbered.size), np.int16)

    @property
    def numbered(self) -> Books:
        """The appointment books as they are numbered."""
        return self.turnover.shelf.books

    def count_lists(self) -> npt.NDArray[np.int64]:
        """Registered people by practice (P,), counted anew."""
        return list_sizes(self.people, self.minutes.shape[1])

    # clocks

    @property
    def today(self) -> date:
        """The next day to be simulated."""
        return self.begin + timedelta(days=self.day)

    def advance(self, days: int) -> None:
        """Simulate ``days`` more days, at most up to the end of the scenario."""
        days = min(days, self.days_total - self.day)
        if days > 0:
            self.run_for(days)
        if self.day >= _WARM_FROM:
            remember_warm()

    def step(self) -> None:
        """One day of the run."""
        self._simulate(self.run_in + self.day - 1)

    def shock(self, share: float, order: Order = "random") -> npt.NDArray[np.uint64]:
        """Take a share of the GPs away before the month that begins; practices without an owner close at once.

        For stress tests: nobody is sought in the place of those who go, so that no search window is measured.

        Args:
            share: share of all GPs, 0 to 1; within a run a larger share takes the same ones and more.
            order: ``random``, or ``age`` for the oldest first.

        Returns:
            Ids of the people whose list was released.

        Raises:
            ValueError: the next day is not the first of a month, or the share or order is wrong.
        """
        if self.today.day != 1:
            raise ValueError(f"a shock comes on the first of a month, not on {self.today}")
        people, n = self.people, self.people.n
        gone, numbers = remove_gps(self, self.workforce.succession, share, order, self.seed, self.day)
        rows = np.flatnonzero(people.alive[:n] & np.isin(people.practice[:n], numbers))
        displaced: npt.NDArray[np.uint64] = people.uid[rows].copy()
        month = int(self.calendar.month_index[self.run_in + self.day])
        self.turnover.release(numbers, month, self.day)
        self.workforce.gone += len(gone)
        return displaced

    def take_up(self, scenario: Scenario) -> None:
        """Go on under a scenario that is the same up to today (``sim.state.take_up`` sees to that).

        Raises:
            ValueError: what acted so far is not the same, or an event asks for an act that nothing can do.
        """
        month = month_of(self.today)
        package = Package.of(scenario, self.region, self.resolver.base)
        check_acts(package.acts)
        done = [[act for act in one.acts if act.month < month] for one in (self.package, package)]
        if done[0] != done[1]:
            raise ValueError("other acts were done so far")
        self.resolver = self.resolver.succeeded(package.modifiers, month)
        self.assumed, self.package = scenario, package
        self._set_end()

    def _month_event(self) -> None:
        """The month's turn in Mesa's event list, half a day before its first step; keeps itself there."""
        day = self.run_in + self.day
        self.begin_month(day)
        following = int(np.count_nonzero(self.calendar.month_index == self.calendar.month_index[day]))
        if self.day + following < self.days_total:
            self.schedule_event(self._month_event, at=self.day + following + 0.5)

    def _load(self) -> None:
        """The run-in: books, posts and list states as they are in a system that has been at work for some months."""
        for day in range(self.run_in):
            if self.calendar.day_of_month[day] == 1:
                self.begin_month(day)
            self._simulate(day)
        outlook = outlook_of(self, self.first_month, self.run_in)
        self.workforce = Workforce.start(self, self.region, outlook, self.seed, self.parameters)
        for agent in gps_of(self):
            agent.forget_work()
        self.turnover.update_room(settled=True)
        self.room.update(self.lists, self.care.third_next(self.run_in), self.parameters, first=True)
        self._show_states(np.arange(self.lists.size), self.first_month)
        self._start_continuity()
        self.ledger.forget()
        self.reporter.start(self.run_in)

    def _start_continuity(self) -> None:
        """How long everybody has had the usual GP, and the level at which that leaves published rates as they are."""
        people, p, month = self.people, self.parameters, self.first_month
        since = np.full(self.numbered.size, month - 1)
        for gp in gps_of(self):
            if (book := self.turnover.shelf.row_of.get(gp.number)) is not None:
                since[book] = gp.since
        start_tenure(people, since, month, p, self.seed)
        set_rates(people, self.needs_tables, self.norm, month)
        self.continuity = Continuity.of(p).levelled(people, month)

    def _simulate(self, day: int) -> None:
        """A day in the calendar: the posts' night until 8 h, the practices' day, the ledger."""
        place = day - self.month_first
        roster = self.roster
        assert roster is not None  # the month's first day made one
        today: Staff = (roster.triage_nurses[:, place], roster.consult_gps[:, place], roster.car_gps[:, place])
        night = [
            np.concatenate((before[:, _MORNING:], now[:, :_MORNING]), axis=1).astype(np.int64)
            for before, now in zip(self.night_staff, today, strict=True)
        ]
        self.night_staff = today
        self.care.night(day, self.needs, night[0], night[1], night[2], self.passed_on)
        self.passed_on = None
        if self.calendar.is_open[day]:
            now = int(self.calendar.working_day_number[day])
            self.turnover.plan(now + RING - 2)
            self._fall_sick(day, now)
            # a copy or a loaded model has columns of its own: the record must not go on writing in the original's
            self.care.persons = self.care.persons._replace(last_seen=self.people.last_seen, linked=self.people.linked)
            planned = self.planned[now - int(self.calendar.working_day_number[self.month_first])]
            self.passed_on = self.care.daytime(day, self.needs, planned, self.lists)
        if self.check:
            check_day(self, day)
        self.reporter.end_day(day)

    def _resolve(self, month: int) -> Resolved:
        """The parameters of a month."""
        practices = practices_of(self)
        uid = np.array([one.uid for one in practices], np.uint64)
        town = np.array([one.municipality for one in practices], np.int64)
        return self.resolver.resolve(month, uid, town, self.region.node_municipality)

    def _renew(self, before: Resolved) -> None:
        """What is read from the parameters is read anew; nothing that has happened changes."""
        self.parameters = p = self.resolved.region
        if hasattr(self, "workforce"):  # in the run-in there are no parties yet
            renew_parties(self, self.region, p)
        self.care.renew_tables(self.resolved, self.assumed.capacity_mode, self.needs_per_person, self._organisation)
        if p is before.region:
            return
        self.needs_tables = NeedTables.of(p)
        if hasattr(self, "continuity"):
            self.continuity = self.continuity.renewed(p)
        if p.differs(before.region, "demography"):
            self.demography.renew(p)
        self.intervals = visit_intervals(p)
        self.reporter.renew(p)

    def begin_month(self, day: int) -> None:
        """Before a month's first day: interventions and events, people, registration, rosters, needs.

        Args:
            day: day of the calendar, which begins with the run-in.
        """
        month = int(self.calendar.month_index[day])
        days = int(np.count_nonzero(self.calendar.month_index == month))
        self.month_first = day
        before, self.resolved = self.resolved, self._resolve(month)
        if self.resolved is not before:
            self._renew(before)
        perform(self, self.package.acts_of(month), day)
        p = self.parameters
        if month >= self.first_month:
            changes = demography_month(self.people, self.demography, self.seed, month, day)
            self.people.usual_since[changes.born] = month
            self.reporter.people_changed(changes)
            self.turnover.follow(self.workforce.month(outlook_of(self, month, day)), month, day - self.run_in)
            renewal = self.turnover.renew(month, day)
            self._register(month, day, changes)
        else:
            renewal = self.turnover.renew(month, day)
            if day > 0:
                self.room.observe(self.care.third_next(day), p)
        self.care.persons, self.lists = pack_persons(self.people, month, self.lists.size)
        for practice, registered in zip(practices_of(self), self.lists.tolist(), strict=True):
            practice.registered = registered
        self.turnover.hand_over(renewal, day)
        self._week = -1  # sickness is drawn again for the books as they are now
        set_rates(self.people, self.needs_tables, self.norm, month)
        if month >= self.first_month:  # nobody has got a past before
            self.continuity.apply(self.people, month)
        link_month(self.people, self.care, self.resolved, self.lists, month)
        self.needs = draw_month(
            self.people,
            self.needs_tables,
            self.seed,
            month,
            day,
            days,
            self.calendar.weekday,
            self.calendar.is_open,
            self.growth.begin_month(month - self.first_month, self.needs_tables.growth),
        )
        opened = int(np.count_nonzero(self.calendar.is_open[day : day + days]))
        self.planned = planned_visits(self.people, self.intervals, month, opened)

    # parts of the day and the month

    def _fall_sick(self, day: int, now: int) -> None:
        """Sickness of today, covered as far as the locums' kept-back hours go."""
        weekday = int(self.calendar.weekday[day])
        week = (day + int(self.calendar.weekday[0])) // 7
        if week != self._week:
            self._week = week
            self._sick = sickness_week(self.numbered, week, self.parameters, self.seed)
        planned = self.care.books.capacity[:, now % RING].copy()
        cover = apply_sickness(self.numbered, self.turnover.leave, planned, self._sick[weekday], weekday, True)
        self.care.set_capacity(now, cover.capacity)
        self.reporter.sick_cover(cover)

    def _register(self, month: int, day: int, changes: DemographyResult) -> None:
        """Lists after births, deaths and moves; list states; a month of searching."""
        people, p = self.people, self.parameters
        people.usual[changes.arrived] = -1
        people.search_since[changes.arrived] = month
        far = changes.moved[people.practice[changes.moved] >= 0]
        far = far[self.minutes[people.node[far], people.practice[far]] > p.number("registration.distance_minutes")]
        wants = np.concatenate((far, new_wishes(people, month, self.seed, p.number("registration.wish_rate"))))
        new = wants[people.wants_other[wants] == 0]
        people.wants_other[new] = 1
        people.search_since[new] = month
        self.lists = self.count_lists()
        self.turnover.update_room()
        third = self.care.third_next(day)
        self.room.observe(third, p)
        changed = self.room.update(self.lists, third, p)
        self._show_states(changed, month, day - self.run_in)
        room = self.room.room(self.lists, third, p)
        for practice in practices_of(self):
            if (places := self.workforce.room_for(practice)) is not None:
                room[practice.number] = min(room[practice.number], places)
        result = search_month(
            people, month, self.seed, p, room, self.room.state, self.care.structure.near, self.minutes
        )
        people.usual[result.joined] = NOBODY
        self._choose_usual(without_usual(people), month)
        self.reporter.registered(result)

    def _choose_usual(self, rows: npt.NDArray[np.int64], month: int) -> None:
        """A usual GP for people who have joined a practice, in proportion to the GPs' hours."""
        if not rows.size:
            return
        books = self.numbered.practice_gp_books.astype(np.int64)
        hours = np.where(books >= 0, self.numbered.week_seconds.sum(axis=1)[books], 0)
        reach = np.cumsum(hours, axis=1)
        own = self.people.practice[rows].astype(np.int64)
        u = uniforms(self.seed, int(Stream.SEARCH), self.people.uid[rows], month, 2)[:, 0]
        place = (u[:, None] * reach[own, -1:] >= reach[own]).sum(axis=1)
        self.people.usual[rows] = books[own, np.minimum(place, (books >= 0).sum(axis=1)[own] - 1)]
        self.people.usual_since[rows] = month

    def _show_states(self, changed: npt.NDArray[np.int64], month: int, day: int = -1) -> None:
        """Bring list states to the practices, and to the log once the run is under way."""
        names = {FULL: "list closed", CONDITIONAL: "list conditional"}
        agents = practices_of(self)
        for number in changed.tolist():
            state = int(self.room.state[number])
            practice: Practice = agents[number]
            verb = {FULL: practice.close_list, CONDITIONAL: practice.set_conditional}.get(state, practice.open_list)
            verb(month)
            if day >= 0:
                self.ledger.log(day, names.get(state, "list open"), number, float(self.lists[number]))

    def gps(self) -> list[object]:
        """The GPs by number."""
        return list(gps_of(self))

    def posts(self) -> list[object]:
        """The posts by number."""
        return list(posts_of(self))

    def summary(self) -> list[dict[str, object]]:
        """Headline indicators of the first and last full year; see ``sim.indicators``."""
        from sim.indicators.summary import summarise

        return summarise(self.ledger.tables())
