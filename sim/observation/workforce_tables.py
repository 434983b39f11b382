"""The tables of GPs and practices: ``workforce_month``, ``search_year``, ``practice_year``, and columns of ``gp_year``.

Stocks are read off the agents at a month's end, flows come in a ``MonthRecord``. FTE and months are added up over the
year, because a practice may open, change hands or close within it; registration is counted at the ends of quarters, as
it is paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GP, GPRole
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.ledger import counts as C
from sim.money.accounts import YearInput, accounts_year, housing_cost
from sim.money.tariffs import Tariffs
from sim.observation.access import LIST_MINUTES
from sim.observation.people_counts import by_node_and_practice, by_practice
from sim.observation.resilience import practice_benefit, practice_risk
from sim.workforce.record import MonthRecord, SearchEnd
from sim.workforce.roster import ShiftKind

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["WorkforceTables", "gp_columns"]

MONTHS = 12
STAFF = ("assistant", "poh_somatic", "poh_mental", "advanced")
SEARCH_MONTHS = 60
"""Months of searching told apart; the last place holds all longer searches."""
_DUTY = {
    ShiftKind.WEEKDAY_EVENING: 0,
    ShiftKind.NIGHT: 1,
    ShiftKind.WEEKEND_DAY: 2,
    ShiftKind.WEEKEND_EVENING: 2,
}
"""Row of the duty tariff (evening, night, weekend) by kind of shift."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def gp_columns(gps: Sequence[GP], month: int) -> dict[str, npt.NDArray[Any]]:
    """Columns added to ``gp_year``: age in ``month`` (years), sex, strain, origin."""
    return {
        "age": np.array([gp.age(month) for gp in gps], np.int64),
        "sex": np.array([gp.sex for gp in gps], np.int64),
        "strain": np.array([gp.strain for gp in gps], np.float64),
        "origin": np.array([int(gp.origin) for gp in gps], np.int64),
    }


def _staff_fte(one: Practice) -> tuple[float, float, float, float]:
    """Staff at work, in the order of ``STAFF``."""
    return one.assistant_fte, one.somatic_nurse_fte, one.mental_nurse_fte, one.advanced_fte


class WorkforceTables:
    """Writes the tables of one model; give it every month's record at the month's end, and each year's end."""

    def __init__(self, model: RegionModel, room_per_fte: float) -> None:
        """Begin with an empty year.

        Args:
            model: the model.
            room_per_fte: people per FTE of owners and employed GPs up to which a practice takes over others' lists.
        """
        self.model, self.room_per_fte = model, room_per_fte
        self.tariffs = Tariffs.of(model.parameters)
        self._begin_year()

    def renew(self, room_per_fte: float, tariffs: Tariffs) -> None:
        """Go on with other norms and prices; the year's accounts are made with those of its last month."""
        self.room_per_fte, self.tariffs = room_per_fte, tariffs

    def _begin_year(self) -> None:
        p = len(practices_of(self.model))
        self.registered: Ints = np.zeros((p, C.AGE_BANDS, C.DEPRIVATION_GROUPS), np.int64)
        self.staff: Floats = np.zeros((p, 4))
        self.gp_fte: Floats = np.zeros((p, 3))
        self.locum_seconds: Ints = np.zeros(p, np.int64)
        self.rent: Floats = np.zeros(p)
        self.unrented: Ints = np.zeros_like(self.registered)
        self.temporary: Ints = np.zeros(p, np.int64)
        self.open: Ints = np.zeros(p, np.int64)
        self.duty: Ints = np.zeros((p, 3), np.int64)
        self.sold: Ints = np.zeros((p, 3), np.int64)
        self.sold_paid: Floats = np.zeros(p)
        self.searches: Ints = np.zeros((SEARCH_MONTHS, 3), np.int64)

    def _room_for(self, practices: int) -> None:
        """Lengthen the year's sums when practices have opened."""
        for name in ("registered", "staff", "gp_fte", "locum_seconds", "rent", "unrented", "temporary", "open", "duty",
                     "sold", "sold_paid"):  # fmt: skip
            old = getattr(self, name)
            if old.shape[0] < practices:
                more = np.zeros((practices - old.shape[0], *old.shape[1:]), old.dtype)
                setattr(self, name, np.concatenate((old, more)))

    def end_month(self, label: str, month: int, record: MonthRecord) -> None:
        """After a month: write ``workforce_month`` and add to the year.

        Args:
            label: as in the other tables ("2025-01").
            month: its index.
            record: what was counted in it.
        """
        gps = gps_of(self.model)
        practices = practices_of(self.model)
        self._room_for(len(practices))
        role = np.array([int(gp.role) for gp in gps], np.int64)
        fte = np.array([gp.fte for gp in gps])
        owner, locum = role == GPRole.OWNER, role == GPRole.CHANGING_LOCUM
        employed = ~owner & ~locum
        stocks: dict[str, float] = {}
        for name, rows in (("owner", owner), ("employed", employed), ("locum", locum)):
            stocks[f"heads_{name}"] = int(np.count_nonzero(rows))
            stocks[f"fte_{name}"] = float(fte[rows].sum())
        going = [one for one in practices if one.closed_since is None]
        staff = [_staff_fte(one) for one in going]
        for place, role_name in enumerate(STAFF):
            stocks[f"staff_fte_{role_name}"] = float(sum(fte[place] for fte in staff))
        self.model.ledger.table("workforce_month").append(
            month=label,
            **stocks,
            ill=sum(gp.away_until is not None for gp in gps),
            strain_mean=float(np.mean([gp.strain for gp in gps])) if gps else 0.0,
            practices_open=len(going),
            practices_temporary=sum(one.state.name == "TEMPORARY" for one in going),
            practices_searching=sum(one.searching for one in going),
            **record.columns(),
        )
        for search in record.searches:
            self.searches[min(search.months, SEARCH_MONTHS - 1), int(search.end)] += 1
        self._add_practices(going, record)
        self._add_duty(gps, record)
        if month % 3 == 2:
            self._add_registered(going, month)

    def _add_practices(self, going: list[Practice], record: MonthRecord) -> None:
        p = [one.number for one in going]
        self.open[p] += 1
        self.temporary[p] += np.array([one.state.name in ("TEMPORARY", "SHELL") for one in going], np.int64)
        self.staff[p] += np.array([_staff_fte(one) for one in going], np.float64).reshape(-1, len(STAFF))
        self.rent[p] += np.array([one.premises.rent_cents / MONTHS for one in going], np.float64)
        for one in going:
            for gp in one.gps:
                self.gp_fte[one.number, int(gp.role)] += gp.fte
        if record.locum_seconds is not None:
            self.locum_seconds[: record.locum_seconds.size] += record.locum_seconds

    def _add_duty(self, gps: list[GP], record: MonthRecord) -> None:
        """Duty of this month's roster, by practice of the owner who owed or did it."""
        roster = self.model.roster
        if roster is None or not roster.day.size:
            return
        own = [gp.practice.number if gp.role == GPRole.OWNER and gp.practice else -1 for gp in gps]
        owns = np.array([-1, *own], np.int64)  # nobody first: -1 in the roster, also in a region without any GP
        row = np.array([_DUTY[ShiftKind(kind)] for kind in range(len(ShiftKind))])[roster.kind]
        owed, done = owns[roster.owed_by + 1], owns[roster.done_by + 1]
        np.add.at(self.duty, (done[done >= 0], row[done >= 0]), roster.seconds[done >= 0])
        sold = (owed >= 0) & (roster.done_by >= 0) & (roster.done_by != roster.owed_by)
        np.add.at(self.sold, (owed[sold], row[sold]), roster.seconds[sold])
        price = np.maximum(record.duty_price, self.tariffs.duty[row])
        np.add.at(self.sold_paid, owed[sold], roster.seconds[sold] / 3600.0 * price[sold])

    def _add_registered(self, going: list[Practice], month: int) -> None:
        found = by_practice(self.model.people, month, self.registered.shape[0])
        self.registered += found
        rented = np.zeros(self.rent.size, bool)
        rented[[one.number for one in going if one.premises.rent_cents > 0]] = True
        self.unrented += np.where(rented[:, None, None], 0, found)

    def end_year(self, year: int) -> None:
        """After the last month of a year: write ``search_year`` and ``practice_year`` and begin anew."""
        ledger = self.model.ledger
        ledger.table("search_year").append(
            year=year,
            months=np.arange(SEARCH_MONTHS),
            searches=self.searches.sum(axis=1),
            filled=self.searches[:, SearchEnd.FILLED],
            failed=self.searches[:, SearchEnd.FAILED],
        )
        practices = practices_of(self.model)
        p = len(practices)
        post = ledger.since_last("year", "post")
        accounts = accounts_year(self._input(ledger.since_last("year", "practice"), post), self.tariffs)
        risk, benefit = self._resilience(practices)
        ledger.table("practice_year").append(
            year=year,
            practice=np.arange(p),
            municipality=np.array([one.municipality for one in practices]),
            list=self.model.lists,
            months_open=self.open,
            months_temporary=self.temporary,
            owner_fte=self.gp_fte[:, GPRole.OWNER] / MONTHS,
            **accounts.columns(),
            risk=risk,
            benefit=benefit,
        )
        ledger.table("insurer_year").append(
            year=year,
            practices=int(accounts.income.sum()),
            posts=accounts.posts,
            temporary=int(accounts.temporary.sum()),
            total=accounts.insurer,
        )
        self._begin_year()

    def _input(self, counters: Ints, post: Ints) -> YearInput:
        own = counters[:-1]
        whole = housing_cost(self.unrented, self.tariffs)
        beside = (self.registered - self.unrented).sum(axis=(1, 2)) * self.tariffs.beside_rent
        return YearInput(
            registered=self.registered,
            contacts=own[:, [C.MODE_PHONE, C.MODE_CONSULT, C.MODE_LONG, C.MODE_VISIT]],
            mental_contacts=own[:, C.HANDLED_POH_MENTAL],
            advanced_contacts=own[:, C.HANDLED_ADVANCED],
            passants=int(counters[-1, C.HANDLED_GP]),
            gp_seconds=own[:, C.GP_USED],
            staff_fte=self.staff / MONTHS,
            employed_fte=self.gp_fte[:, GPRole.EMPLOYED] / MONTHS,
            fixed_locum_fte=self.gp_fte[:, GPRole.FIXED_LOCUM] / MONTHS,
            locum_seconds=self.locum_seconds,
            rent=np.rint(self.rent).astype(np.int64) + beside + whole,
            temporary_months=self.temporary,
            duty_seconds=self.duty,
            sold_seconds=self.sold,
            sold_paid=np.rint(self.sold_paid).astype(np.int64),
            post_contacts=post[:, [C.P_ADVICE, C.P_CONSULTS, C.P_VISITS]].sum(axis=0),
        )

    def _resilience(self, practices: list[Practice]) -> tuple[Floats, Floats]:
        model = self.model
        by_node = by_node_and_practice(model.people, *model.minutes.shape)
        going = np.array([one.closed_since is None for one in practices])
        fte = np.array([one.list_fte for one in practices])
        room = np.where(going, self.room_per_fte * fte - model.lists, 0.0)
        near = model.minutes <= LIST_MINUTES
        return practice_risk(by_node, near, np.maximum(room, 0.0)), practice_benefit(by_node, near, room)
