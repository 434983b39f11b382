"""A year's accounts: what each practice earns and pays, and what the region's GP care costs the insurer.

The day's care and the out-of-hours duty are kept apart. ``result`` is what the day practice leaves for its owners (or,
without owners, for whoever runs it): the labour norm in the tariffs stands for the same work. Duty is paid by the posts
out of their own fees and is an income of the GP who does it.

Left out because no published price was found or because they lie outside the tariffs: flu vaccination, screening,
medical examinations, fees for training, the own savings and loans of owners, tax. People registered outside the region
cost their insurer there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sim.money.tariffs import Tariffs

__all__ = ["Accounts", "YearInput", "accounts_year", "housing_cost"]

HOUR = 3600
DEPRIVED = 2  # group of people in deprived areas

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class YearInput:
    """What was counted in a year; P practices, closed ones too. FTE are means over the whole year (FTE-years)."""

    registered: Ints
    """People on the list at the four quarters' ends, added up, by age band and deprivation group (P, 7, 3)."""
    contacts: Ints
    """GP contacts by mode (P, 4): telephone or short, regular, long, home visit."""
    mental_contacts: Ints
    """Visits to the mental-health nurse (P,)."""
    advanced_contacts: Ints
    """Visits to PA or nurse practitioner (P,)."""
    passants: int
    """Visits of people without a practice in the region, all practices together."""
    gp_seconds: Ints
    """Patient seconds worked by GPs and locums (P,): by these the passants are divided over practices."""
    staff_fte: Floats
    """Assistants, somatic nurses, mental nurses, PA and nurse practitioners (P, 4)."""
    employed_fte: Floats
    fixed_locum_fte: Floats
    """Each (P,)."""
    locum_seconds: Ints
    """Patient seconds that changing locums worked in the practice (P,)."""
    rent: Ints
    """Rent and other housing costs in cents (P,)."""
    temporary_months: Ints
    """Months under temporary management (P,)."""
    duty_seconds: Ints
    """Duty that the practice's owners did themselves: evening, night, weekend (P, 3)."""
    sold_seconds: Ints
    """Duty that they owed and others did (P, 3)."""
    sold_paid: Ints
    """What those others were paid, in cents (P,)."""
    post_contacts: Ints
    """Contacts with all posts: telephone, consults, visits (3,)."""

    def __post_init__(self) -> None:
        p = self.registered.shape[0]
        wide = {"contacts": 4, "staff_fte": 4, "duty_seconds": 3, "sold_seconds": 3}
        for field in fields(self):
            if field.name in ("registered", "passants", "post_contacts"):
                continue
            shape = (p, wide[field.name]) if field.name in wide else (p,)
            if getattr(self, field.name).shape != shape:
                raise ValueError(f"{field.name} must have the shape {shape}")


@dataclass(frozen=True)
class Accounts:
    """Income and cost parts of each practice in cents (P,), and what the region costs the insurer."""

    registration: Ints
    consults: Ints
    """Of GPs, mental-health nurses, PA and nurse practitioners."""
    passants: Ints
    modules: Ints
    contracted: Ints
    """Chronic-care programmes, procedures and regional modules."""
    other_services: Ints
    staff: Ints
    employed_gps: Ints
    """Employed GPs and fixed locums."""
    locums: Ints
    """Changing locums in the day practice."""
    material: Ints
    rent: Ints
    duty_pay: Ints
    """Duty that owners did themselves."""
    duty_sold: Ints
    """What sold duty cost the owners above the tariff (negative: they kept something of it)."""
    temporary: Ints
    """Support of practices under temporary management, paid by the insurer; not an income of owners."""
    posts: int
    """What the posts' contacts cost the insurer."""

    @property
    def income(self) -> Ints:
        """All income of the day practice (P,)."""
        return self.registration + self.consults + self.passants + self.modules + self.contracted + self.other_services

    @property
    def cost(self) -> Ints:
        """All costs of the day practice (P,), the owners' own work aside."""
        return self.staff + self.employed_gps + self.locums + self.material + self.rent

    @property
    def result(self) -> Ints:
        """What the day practice leaves for the owners (P,)."""
        return self.income - self.cost

    @property
    def insurer(self) -> int:
        """What GP care in the region costs the insurer, posts and temporary management included."""
        return int(self.income.sum() + self.temporary.sum()) + self.posts

    def columns(self) -> dict[str, Ints]:
        """All parts and sums by practice, as columns of a table (cents)."""
        parts = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "posts"}
        incomes = ("registration", "consults", "passants", "modules", "contracted", "other_services")
        costs = ("staff", "employed_gps", "locums", "material", "rent")
        return {
            **{f"income_{name}": parts[name] for name in incomes},
            **{f"cost_{name}": parts[name] for name in costs},
            "income": self.income,
            "cost": self.cost,
            "result": self.result,
            **{name: parts[name] for name in ("duty_pay", "duty_sold", "temporary")},
        }


def accounts_year(year: YearInput, tariffs: Tariffs) -> Accounts:
    """The accounts of one year at the prices of ``tariffs``; nothing is drawn and nothing is kept."""
    people = year.registered.sum(axis=(1, 2))
    deprived = year.registered[:, :, DEPRIVED].sum(axis=1)
    contacts = year.contacts @ tariffs.consult
    other = year.mental_contacts * tariffs.mental_nurse + year.advanced_contacts * tariffs.advanced
    sold_tariff = _cents(year.sold_seconds @ tariffs.duty / HOUR)
    gps = year.employed_fte * tariffs.employed_gp + year.fixed_locum_fte * tariffs.fixed_locum
    return Accounts(
        registration=year.registered.sum(axis=2) @ tariffs.registration + deprived * tariffs.deprived,
        consults=contacts + other,
        passants=_divide(year.passants * tariffs.passant, year.gp_seconds),
        modules=people * tariffs.modules,
        contracted=people * tariffs.contracted,
        other_services=people * tariffs.other_services,
        staff=_cents(year.staff_fte @ tariffs.staff) + people * tariffs.other_staff,
        employed_gps=_cents(gps),
        locums=_cents(year.locum_seconds * tariffs.locum_patient_hour / HOUR),
        material=people * tariffs.material,
        rent=year.rent,
        duty_pay=_cents(year.duty_seconds @ tariffs.duty / HOUR),
        duty_sold=year.sold_paid - sold_tariff,
        temporary=year.temporary_months * tariffs.temporary_month,
        posts=int(year.post_contacts @ tariffs.post),
    )


def housing_cost(registered: Ints, tariffs: Tariffs) -> Ints:
    """Housing costs in cents of practices whose rent is not known, from ``registered`` as in ``YearInput`` (P,)."""
    return registered.sum(axis=(1, 2)) * tariffs.housing


def _cents(amount: npt.NDArray[np.floating]) -> Ints:
    return np.rint(amount).astype(np.int64)


def _divide(total: int, weight: Ints) -> Ints:
    """Divide whole cents by weight; the last cents go to those cut off most, the first of equals first."""
    whole = int(weight.sum())
    if whole == 0 or total == 0:
        return np.zeros(weight.size, np.int64)
    part = [total * int(w) for w in weight]
    out = np.array([x // whole for x in part], np.int64)
    cut = np.array([-(x % whole) for x in part], object)
    short = total - int(out.sum())
    out[np.argsort(cut, kind="stable")[:short]] += 1
    return out
