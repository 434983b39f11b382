"""Prices of the tariff year in whole cents.

Parameters hold amounts as published, with their year. They are carried forward to 2025 by one of four indices: *fee* by
the ratio of the regular consult fees of the two years, *labour* and *material* by NZa's yearly percentages, *housing*
by its fixed yearly percentage. Nothing follows prices after 2025: all simulated years are at the prices of 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from sim.ledger.counts import AGE_EDGES
from sim.parameters import Parameters

__all__ = ["TARIFF_YEAR", "Index", "Tariffs", "price_level"]

TARIFF_YEAR = 2025
QUARTERS = 4
_FEE_AGES = (65, 75, 85)  # from these ages the registration fee is higher

Ints = npt.NDArray[np.int64]


class Index(Enum):
    """By what an older amount is carried forward."""

    FEE = "regular consult fee"
    LABOUR = "labour costs"
    MATERIAL = "material costs"
    HOUSING = "housing costs"


def price_level(p: Parameters, index: Index, year: int) -> float:
    """Factor that carries an amount of ``year`` to the tariff year.

    Raises:
        ValueError: the index does not reach back to that year, or the year is later than the tariff year.
    """
    if year == TARIFF_YEAR:
        return 1.0
    if index is Index.FEE:
        fees = dict(zip(p["money.consult_fee_history"].index or (), p.column("money.consult_fee_history"), strict=True))
        if str(year) not in fees:
            raise ValueError(f"no consult fee is known of {year}; known are {', '.join(fees)}")
        return float(fees[str(TARIFF_YEAR)] / fees[str(year)])
    if index is Index.HOUSING and year < TARIFF_YEAR:
        return float((1.0 + p.number("money.growth_housing")) ** (TARIFF_YEAR - year))
    name = "money.growth_labour" if index is Index.LABOUR else "money.growth_material"
    growth = dict(zip((int(k) for k in p[name].index or ()), p.column(name), strict=True))
    needed = range(year + 1, TARIFF_YEAR + 1)
    if not needed or not set(needed) <= set(growth):
        raise ValueError(f"{index.value} cannot be carried from {year} to {TARIFF_YEAR}")
    return float(np.prod([1.0 + growth[k] for k in needed]))


@dataclass(frozen=True)
class Tariffs:
    """Prices of 2025 in whole cents; lists of fees are int64 arrays."""

    registration: Ints
    """A quarter for each registered person, by age band of the ledger (7,)."""
    deprived: int
    """Mark-up a quarter for a person in a deprived area."""
    consult: Ints
    """By mode of GP contact as the ledger counts them: telephone or short, regular, long, home visit (4,)."""
    mental_nurse: int
    advanced: int
    """A visit to a PA or nurse practitioner, billed or not."""
    passant: int
    modules: int
    """Mental-health nurse and more time for the patient, a registered person a quarter."""
    contracted: int
    """Chronic-care programmes, procedures, regional modules, a registered person a quarter."""
    other_services: int
    """A registered person a quarter."""
    post: Ints
    """Contact with a post: telephone, consult, visit (3,)."""
    duty: Ints
    """An hour on duty: evening, night, weekend (3,)."""
    staff: Ints
    """A year's FTE: assistant, somatic nurse, mental nurse, PA or nurse practitioner (4,)."""
    other_staff: int
    """A registered person a quarter, as the next three."""
    material: int
    housing: int
    """Rent and all; where the rent is known, ``beside_rent`` comes on top of it instead."""
    beside_rent: int
    employed_gp: int
    """A year's FTE, as the next two."""
    fixed_locum: int
    labour_norm: int
    locum_patient_hour: int
    """An hour that a changing locum spends with patients: more than one paid hour."""
    temporary_month: int
    """The insurer's support of a practice under temporary management."""

    @classmethod
    def of(cls, p: Parameters) -> Tariffs:
        """Carry every price to the tariff year."""
        bands = np.searchsorted(_FEE_AGES, AGE_EDGES, side="right")
        short, regular, long, brief_visit, long_visit = p.column("money.consult_fee")
        share = p.number("money.long_visits")
        visit = (1.0 - share) * brief_visit + share * long_visit
        locum = p.number("money.locum_hour") * p.number("money.locum_paid_hours")
        return cls(
            registration=_many(p, "money.registration_fee", Index.FEE)[bands],
            deprived=_one(p, "money.deprived_fee", Index.FEE),
            consult=_cents(np.array([short, regular, long, visit])),
            mental_nurse=_one(p, "money.mental_nurse_fee", Index.FEE),
            advanced=_whole(p.number("money.advanced_billed") * regular),
            passant=_one(p, "money.passant_fee", Index.FEE),
            modules=_one(p, "money.mental_module", Index.FEE) + _one(p, "money.time_module", Index.FEE),
            contracted=_one(p, "money.contracted", Index.FEE, 1.0 / QUARTERS),
            other_services=_one(p, "money.other_services", Index.FEE, 1.0 / QUARTERS),
            post=_many(p, "money.post_fee", Index.FEE),
            duty=_many(p, "money.duty_pay", Index.LABOUR),
            staff=_many(p, "money.staff_cost", Index.LABOUR),
            other_staff=_one(p, "money.other_staff_cost", Index.LABOUR, 1.0 / QUARTERS),
            material=_one(p, "money.material_cost", Index.MATERIAL, 1.0 / QUARTERS),
            housing=_one(p, "money.housing_cost", Index.HOUSING, 1.0 / QUARTERS),
            beside_rent=_one(p, "money.beside_rent", Index.HOUSING, 1.0 / QUARTERS),
            employed_gp=_one(p, "money.employed_gp_cost", Index.LABOUR),
            fixed_locum=_one(p, "money.fixed_locum_cost", Index.LABOUR),
            labour_norm=_one(p, "money.labour_norm", Index.LABOUR),
            locum_patient_hour=_whole(locum * _level(p, "money.locum_hour", Index.LABOUR)),
            temporary_month=_one(p, "money.temporary_management", Index.LABOUR),
        )


def _level(p: Parameters, name: str, index: Index) -> float:
    year = p[name].year
    if not isinstance(year, int):
        raise ValueError(f"parameter {name!r} is a price and needs a year")
    return price_level(p, index, year)


def _cents(euro: npt.NDArray[np.float64]) -> Ints:
    return np.rint(100.0 * euro).astype(np.int64)


def _whole(euro: float) -> int:
    return round(100.0 * euro)


def _one(p: Parameters, name: str, index: Index, share: float = 1.0) -> int:
    return _whole(p.number(name) * _level(p, name, index) * share)


def _many(p: Parameters, name: str, index: Index) -> Ints:
    return _cents(p.column(name) * _level(p, name, index))
