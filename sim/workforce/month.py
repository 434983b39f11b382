"""The month of GPs and practices: the parts of ``sim.workforce`` in their order, and what they leave behind.

Decisions see the region through an ``Outlook`` and change agents. Lists, books and telephone follow elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.agents.gp import GP, GPRole, Origin
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.parameters import Parameters
from sim.region.region import Region
from sim.workforce.careers import Departures, careers_month, notice
from sim.workforce.crew import crew_of
from sim.workforce.employment import employment_month
from sim.workforce.founding import new_list_room, open_practice
from sim.workforce.outlook import Outlook
from sim.workforce.parties import parties_month
from sim.workforce.patient_time import extra_posts
from sim.workforce.pool import Seeker, outside_seekers, pool_month, settle_seeker
from sim.workforce.record import MonthRecord, SearchEnd
from sim.workforce.staff import StaffMonth, staff_month, start_staff
from sim.workforce.start import start_careers
from sim.workforce.strain import update_strain
from sim.workforce.succession import succession_month
from sim.workforce.succession_start import start_succession
from sim.workforce.training import training_month
from sim.workforce.vacancies import Founding, Succession, SuccessionOutcome, VacancyStatus

__all__ = ["Decisions", "Workforce"]


@dataclass(frozen=True)
class Decisions:
    """What a month's decisions mean for lists, books and telephone."""

    merges: list[tuple[int, int]] = field(default_factory=list)
    """(practice that ends, practice that takes it over); the people have not been moved."""
    closings: list[int] = field(default_factory=list)
    """Practices that close; their people are still on the list."""
    opened: list[Practice] = field(default_factory=list)
    """New practices, with the next numbers."""


@dataclass
class Workforce:
    """Careers and going concerns of one region from month to month.

    Attributes:
        succession: vacancies and what belongs to them.
        record: what was counted of the present month; counts of its roster and hours are added as it ends.
        staff: the staff market's last month.
        first_gps, first_practices, first_trainees: how many there were when the run began.
        filling: new practices whose list still fills, by number.
        came, gone: GPs who arrived and who left since the start.
        opened, ended: practices that opened, and that closed or merged.
        began, finished: trainees who began, and who qualified or stopped.
        told: owners of whom an event made known, before the month began, when they stop.
    """

    model: Any
    region: Region
    seed: int
    succession: Succession
    record: MonthRecord
    staff: StaffMonth
    first_gps: int
    first_practices: int
    first_trainees: int
    filling: dict[int, Founding] = field(default_factory=dict)
    came: int = 0
    gone: int = 0
    opened: int = 0
    ended: int = 0
    began: int = 0
    finished: int = 0
    told: list[GP] = field(default_factory=list)

    @classmethod
    def start(cls, model: Any, region: Region, outlook: Outlook, seed: int, p: Parameters) -> Workforce:
        """Careers, searches and staff as they stand before the first month, which ``outlook`` is of."""
        start_careers(model, region, seed, p, outlook.month, outlook.people)

        def seekers_of(past: Outlook) -> list[Seeker]:
            return outside_seekers(region, past, seed, p)

        succession = start_succession(model, region, outlook, seed, p, notice(p), seekers_of)
        staff = start_staff(practices_of(model), p, seed)
        first = len(gps_of(model)), len(practices_of(model)), len(trainees_of(model))
        return cls(model, region, seed, succession, MonthRecord(), staff, *first)

    @property
    def parameters(self) -> Parameters:
        """The model's parameters of the month."""
        found: Parameters = self.model.parameters
        return found

    def month(self, outlook: Outlook) -> Decisions:
        """Let everybody decide.

        Args:
            outlook: the month that begins.
        """
        model, region, p, seed = self.model, self.region, self.parameters, self.seed
        self.record = record = MonthRecord()
        failed = self._failed()
        gps, practices = gps_of(model), practices_of(model)
        crew = crew_of(gps)
        update_strain(crew, outlook, gps, practices, p, model)
        departures = careers_month(model, crew, outlook, seed, p)
        departures.announced.extend(self.told)
        self.told.clear()
        training = training_month(model, region, outlook, seed, p)
        newcomers = [*training.settled, *pool_month(model, region, outlook, seed, p)]
        employment_month(model, outlook, seed, p)

        def settle(model: Any, seeker: Any, outlook: Outlook, seed: int, p: Parameters) -> GP:
            gp = settle_seeker(model, seeker, outlook, seed, p)
            newcomers.append(gp)
            return gp

        seekers = outside_seekers(region, outlook, seed, p)
        outcome = succession_month(model, self.succession, departures, seekers, outlook, seed, p, settle)
        opened = [self._open(founding, outlook) for founding in outcome.foundings]
        self.staff = staff_month(
            practices_of(model), outlook.month, p, seed, extra_posts(model, practices_of(model), p)
        )
        parties_month(model, region, outlook, p)
        self._count(record, departures, newcomers, outcome, failed, outlook.month)
        self.began += len(training.began)
        self.finished += len(training.graduated) + len(training.dropped_out)
        record.trainees = len(trainees_of(model))
        return Decisions(outcome.merges, outcome.closings, opened)

    def room_for(self, practice: Practice) -> int | None:
        """People whom a new practice takes on this month; None for one whose list has filled."""
        founding = self.filling.get(practice.number)
        if founding is None:
            return None
        room = new_list_room(practice, founding)
        if room == 0:
            del self.filling[practice.number]
        return room

    def _failed(self) -> set[int]:
        return {one.uid for one in self.succession.having(VacancyStatus.FAILED)}

    def _open(self, founding: Founding, outlook: Outlook) -> Practice:
        practices = practices_of(self.model)
        minutes = outlook.minutes[founding.node]
        going = [one for one in practices if one.closed_since is None and one.number < minutes.size]
        nearest = min(going, key=lambda one: (float(minutes[one.number]), one.uid))
        practice = open_practice(
            self.model, founding, len(practices), nearest.group, outlook, self.seed, self.parameters
        )
        self.filling[practice.number] = founding
        return practice

    def _count(
        self,
        record: MonthRecord,
        departures: Departures,
        newcomers: list[GP],
        outcome: SuccessionOutcome,
        failed: set[int],
        month: int,
    ) -> None:
        for one in departures.gone:
            record.leaves(one.cause, one.gp.age(month), due_to_strain=one.due_to_strain)
        for gp in newcomers:
            record.arrives(Origin(gp.origin).name)
        for gp in gps_of(self.model):
            if gp.role == GPRole.OWNER and gp.since == month:
                record.becomes_owner(max(0.0, (month - gp.diploma_month) / 12.0))
        for vacancy in self.succession.vacancies.values():
            if not vacancy.counts:
                continue
            if vacancy.signed == month:
                record.search(month - vacancy.opened, SearchEnd.FILLED)
            elif vacancy.status == VacancyStatus.OPEN:
                record.search(month - vacancy.opened)
            elif vacancy.status == VacancyStatus.FAILED and vacancy.uid not in failed:
                record.search(month - vacancy.opened, SearchEnd.FAILED)
        record.closures, record.merges = len(outcome.closings), len(outcome.merges)
        record.starts = len(outcome.foundings)
        record.staff_vacancies = tuple(self.staff.vacant.tolist())
        self.came += len(newcomers)
        self.gone += len(departures.gone)
        self.opened += record.starts
        self.ended += record.closures + record.merges
