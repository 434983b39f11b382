"""Closing weeks, months and years: counters since the last closing, next to what the stocks say at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, posts_of, practices_of
from sim.care.books import LOCUM as LOCUM_BOOK
from sim.care.effort import effort_of
from sim.care.registration import SearchResult
from sim.ledger import counts as C
from sim.ledger.ledger import quantile_of_histogram
from sim.money.tariffs import Tariffs
from sim.observation.access import access_by_node, practice_columns, standing_tables
from sim.observation.channels import ChannelMeter
from sim.observation.intervention_cost import CostMeter
from sim.observation.outlook import LoadMemory
from sim.observation.people_counts import by_group, standing
from sim.observation.workforce_tables import WorkforceTables, gp_columns
from sim.parameters import Parameters
from sim.workforce.leave import SickCover

if TYPE_CHECKING:
    from sim.model import RegionModel
    from sim.world.demography import DemographyResult

__all__ = ["Reporter"]

Ints = npt.NDArray[np.int64]


class Reporter:
    """Writes the ledger's tables at the end of each week, month and year of a model."""

    def __init__(self, model: RegionModel) -> None:
        self.model = model
        books = model.numbered.size
        self.used: Ints = np.zeros(books, np.int64)
        self.overtime: Ints = np.zeros(books, np.int64)
        self.month: dict[str, int] = {}
        self.week_first = 0
        self.load = LoadMemory()
        self.costs = CostMeter(model)
        self.channels = ChannelMeter(model)
        self.workforce: WorkforceTables | None = None

    def start(self, day: int) -> None:
        """The run-in is over: begin all periods on ``day`` and write the tables that do not change."""
        self.used[:] = 0
        self.overtime[:] = 0
        self.month.clear()
        self.week_first = day
        p = self.model.parameters
        self.workforce = WorkforceTables(self.model, p.number("succession.absorb") * p.number("practices.norm_list"))
        for name, columns in standing_tables(self.model).items():
            self.model.ledger.table(name).append(**columns)

    def renew(self, p: Parameters) -> None:
        """Go on with other parameters."""
        if self.workforce is not None:
            self.workforce.renew(p.number("succession.absorb") * p.number("practices.norm_list"), Tariffs.of(p))

    def practices_opened(self, opened: Sequence[Practice]) -> None:
        """New practices get their line in the table of practices."""
        self.model.ledger.table("practices").append(**practice_columns(opened))

    def count(self, **numbers: int) -> None:
        """Add to this month's numbers."""
        for name, number in numbers.items():
            self.month[name] = self.month.get(name, 0) + int(number)

    def sick_cover(self, cover: SickCover) -> None:
        """A day's GP time lost to sickness and what the locums' kept-back hours replaced."""
        self.model.turnover.locums.cover(cover)
        self.count(sick_seconds=int(cover.asked.sum()), sick_covered_seconds=int(cover.covered.sum()))

    def registered(self, result: SearchResult) -> None:
        """A month of searching."""
        self.count(joined=result.joined.size, refused=result.refused, mediated=result.mediated)

    def people_changed(self, changes: DemographyResult) -> None:
        """A month of demography."""
        self.count(
            born=changes.born.size,
            died=changes.died.size,
            left=changes.left.size,
            arrived=changes.arrived.size,
            moved=changes.moved.size,
        )

    def end_day(self, day: int) -> None:
        """After a day's flows."""
        model = self.model
        calendar = model.calendar
        if calendar.is_open[day]:
            self._room_for(model.care.used.size)
            self.used += model.care.used
            self.overtime += np.maximum(0, model.care.used - model.care.used_capacity)
        last = day + 1 == model.run_in + model.days_total
        if calendar.weekday[day] == 6 or last:
            self._end_week(day)
        if calendar.month_index[day + 1] != calendar.month_index[day] or last:
            self._end_month(day)
            if calendar.month_index[day] % 12 == 11 or last:
                self._end_year(day)

    def _room_for(self, rows: int) -> None:
        more = np.zeros(max(0, rows - self.used.size), np.int64)
        if more.size:
            self.used, self.overtime = np.append(self.used, more), np.append(self.overtime, more)

    def _end_week(self, day: int) -> None:
        ledger = self.model.ledger
        practice = ledger.since_last("week", "practice").sum(axis=0)
        post = ledger.since_last("week", "post").sum(axis=0)
        waits = ledger.since_last("week", "waits").sum(axis=0)
        ledger.table("region_week").append(
            week=str(self.model.calendar.date_of(self.week_first)),
            days=day - self.week_first + 1,
            **dict(zip(C.PRACTICE_NAMES, practice, strict=True)),
            **{f"post_{name}": value for name, value in zip(C.POST_NAMES[:31], post[:31], strict=True)},
            wait_median=quantile_of_histogram(waits, 0.5),
            wait_p90=quantile_of_histogram(waits, 0.9),
        )
        self.week_first = day + 1

    def _end_month(self, day: int) -> None:
        model = self.model
        ledger, month = model.ledger, int(model.calendar.month_index[day])
        label = f"{1900 + month // 12}-{month % 12 + 1:02d}"
        counters = ledger.since_last("month", "practice")
        waits = ledger.since_last("month", "waits")
        effort = effort_of(model.resolved, model.lists.size, model.resolver.base)
        self.load.end_month(counters, float(model.lists.sum() if effort is None else model.lists @ effort))
        going = [one for one in practices_of(model) if one.closed_since is None]
        rows = np.array([one.number for one in going])
        third = model.care.third_next(day)
        ledger.table("practice_month").append(
            month=label,
            practice=rows,
            municipality=np.array([p.municipality for p in going]),
            list_size=model.lists[rows],
            list_state=np.array([int(p.list_state) for p in going]),
            state=np.array([int(p.state) for p in going]),
            searching=np.array([p.searching for p in going]),
            stopped_12_months=np.array([p.stopped_within(month) for p in going]),
            fte_owner_employed=np.array([p.list_fte for p in going]),
            fte_regular=np.array([sum(gp.fte for gp in p.gps) for p in going]),
            third_next_available=third[rows],
            wait_median=quantile_of_histogram(waits[rows], 0.5),
            wait_p90=quantile_of_histogram(waits[rows], 0.9),
            **{name: counters[rows, k] for k, name in enumerate(C.PRACTICE_NAMES)},
        )
        self._workforce_month(label, month)
        self._post_month(label)
        self._people_month(label, counters[-1])
        self._end_gp_month()
        self.costs.end_month(month)
        self.channels.end_month(label)

    def _workforce_month(self, label: str, month: int) -> None:
        """What the month's roster and locums came to, with the decisions that were counted as it began."""
        model = self.model
        hours = model.turnover.locums.close()
        if self.workforce is None:
            return
        assert model.roster is not None
        record, books = model.workforce.record, model.numbered
        record.duty_price, record.shifts_sold = model.roster.duty_price, model.roster.shifts_sold
        record.locum_hours_asked = sum(asked for asked, _ in hours.values())
        record.locum_hours_given = sum(given for _, given in hours.values())
        seats = books.role == LOCUM_BOOK
        used = np.bincount(books.practice[seats], self.used[: books.size][seats], model.lists.size)
        record.locum_seconds = used.astype(np.int64)
        self.workforce.end_month(label, month, record)

    def _end_gp_month(self) -> None:
        """Book the month's care on the GPs."""
        model = self.model
        used, overtime = self.used.tolist(), np.minimum(self.used, self.overtime).tolist()
        for gp in gps_of(model):
            if (row := model.turnover.shelf.row_of.get(gp.number)) is not None:
                gp.book_care(used[row], overtime[row])
            gp.end_month()
        for post in posts_of(model):
            post.end_month()
        self.used[:] = 0
        self.overtime[:] = 0

    def _post_month(self, label: str) -> None:
        model = self.model
        posts = model.ledger.since_last("month", "post")
        assert model.roster is not None
        asked, unfilled = model.roster.counts()
        model.ledger.table("post_month").append(
            month=label,
            post=np.arange(posts.shape[0]),
            shifts=asked,
            shifts_unfilled=unfilled,
            population=np.array([post.population for post in posts_of(model)]),
            **{name: posts[:, k] for k, name in enumerate(C.POST_NAMES)},
        )

    def _people_month(self, label: str, elsewhere: Ints) -> None:
        model = self.model
        assert model.roster is not None
        names = (
            "born", "died", "left", "arrived", "moved", "joined", "refused", "mediated", "sick_seconds",
            "sick_covered_seconds",
        )  # fmt: skip
        model.ledger.table("people_month").append(
            month=label,
            people=len(model.people),
            **standing(model.people),
            duty_seconds=int(model.roster.duty_seconds.sum()),
            **{name: self.month.get(name, 0) for name in names},
            **{f"elsewhere_{name}": elsewhere[k] for k, name in enumerate(C.PRACTICE_NAMES[:17])},
        )
        self.month.clear()

    def _end_year(self, day: int) -> None:
        model = self.model
        year = int(1900 + model.calendar.month_index[day] // 12)
        ledger = model.ledger
        histogram = ledger.since_last("year", "waits").sum(axis=0)
        ledger.table("wait_year").append(year=year, working_days=np.arange(C.WAIT_DAYS), requests=histogram)
        self._groups(year, day)
        self._gps(year)
        ledger.table("access_year").append(year=year, **access_by_node(model))
        self.costs.end_year(year)
        if self.workforce is not None:
            self.workforce.end_year(year)

    def _groups(self, year: int, day: int) -> None:
        model = self.model
        month = int(model.calendar.month_index[day])
        stocks = by_group(model.people, month, day - 364, model.ledger.group.shape[0])
        counters = model.ledger.since_last("year", "group")
        used = np.flatnonzero((stocks["people"] > 0) | (counters.sum(axis=1) > 0))
        node, rest = np.divmod(used, C.AGE_BANDS * C.DEPRIVATION_GROUPS)
        age, deprivation = np.divmod(rest, C.DEPRIVATION_GROUPS)
        model.ledger.table("group_year").append(
            year=year,
            node=node,
            municipality=model.region.node_municipality[node].astype(np.int64),
            age_band=age,
            deprivation=deprivation,
            **{name: column[used] for name, column in stocks.items()},
            **{name: counters[used, k] for k, name in enumerate(C.GROUP_NAMES)},
        )

    def _gps(self, year: int) -> None:
        model = self.model
        gps = gps_of(model)
        month = int(model.calendar.month_index[model.run_in + model.day - 1])
        months = min(12, month - model.first_month + 1)
        worked = np.array([[sum(kind) for kind in zip(*gp.worked[-months:], strict=True)] for gp in gps], np.int64)
        worked = worked.reshape(-1, 3)  # a region may have no GP
        model.ledger.table("gp_year").append(
            year=year,
            gp=np.array([gp.number for gp in gps], np.int64),
            practice=np.array([-1 if gp.practice is None else gp.practice.number for gp in gps], np.int64),
            role=np.array([int(gp.role) for gp in gps], np.int64),
            fte=np.array([gp.fte for gp in gps], np.float64),
            hours_week=np.array([gp.hours for gp in gps], np.float64),
            other_work_hours=np.array([gp.other_work for gp in gps], np.float64),
            direct_seconds=worked[:, 0],
            overtime_seconds=worked[:, 1],
            duty_seconds=worked[:, 2],
            **gp_columns(gps, month),
        )
