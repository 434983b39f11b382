"""Where movers go, and who moves into the region.

Households that move in resemble those that move out of the same municipality at the start, with more or fewer young
people where the municipality's ages ask for it (a student town draws them at 18 and loses them at 25). Their number
makes up for everybody who left the municipality, plus its net migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.people import NOBODY, OUTSIDE_PRACTICE, People, Search
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.streams import Stream
from sim.region.curves import AGES
from sim.region.region import Region
from sim.region.traits import condition_bits, deprivation_groups, digital_ability, frailty, keyed, scatter
from sim.sorting import order_by
from sim.world.tables import CHILD_GAP, LEAVE_FROM, LEAVE_UNTIL, leave_home_rate, move_rates

__all__ = ["Destinations", "Templates", "arrive", "net_migration"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SLOTS = 1024  # households kept per municipality as examples of who moves in
_SEATS = 16  # numbers of persons reserved per household that moves in
_JITTER = 13  # months over which the ages of an example are shifted
_YOUNG = slice(LEAVE_FROM, 40)  # ages at which arrivals follow the age structure


def net_migration(region: Region, parameters: Parameters, natural: Floats) -> Floats:
    """Persons per inhabitant a year by municipality (M,), moves within the region included; their mean is given.

    A municipality's part is what its forecast growth asks for on top of its natural increase (births less deaths per
    inhabitant, ``natural`` (M,)) in the first year; those without a forecast take the mean.
    """
    people = np.array([m.population for m in region.municipalities], np.float64)
    known = np.array([m.change_2035 is not None for m in region.municipalities])
    change = np.array([m.change_2035 or 0.0 for m in region.municipalities])
    wanted = change / parameters.number("demography.forecast_years") - natural
    mean = float(np.average(wanted[known], weights=people[known])) if known.any() else 0.0
    return parameters.number("demography.net_migration") / 1000.0 + np.where(known, wanted - mean, 0.0)


@dataclass(frozen=True)
class Destinations:
    """Where movers settle: cumulative shares of the nodes, row after row, each row raised by its number.

    Rows 0 to N-1 are moves within the municipality by node of origin, N to 2N-1 moves to another municipality of the
    region, the M rows from 2N on are for people from elsewhere by municipality.
    """

    ladder: Floats
    nodes: int

    @classmethod
    def of(cls, region: Region, parameters: Parameters) -> Destinations:
        """Pull of a node: its inhabitants, for another municipality times exp(-minutes by car / scale)."""
        people = region.node_population.astype(np.float64)
        town = region.node_municipality
        same = town[:, None] == town[None, :]
        near = np.exp(-region.car_minutes.astype(np.float64) / parameters.number("demography.move_minutes"))
        within = np.where(same, people[None, :], 0.0)
        other = np.where(same, 0.0, people[None, :] * near)
        other = np.where(other.sum(axis=1, keepdims=True) > 0.0, other, within)
        into = np.where(town[None, :] == np.arange(len(region.municipalities))[:, None], people[None, :], 0.0)
        total = np.cumsum(np.concatenate([within, other, into]), axis=1)
        total /= np.maximum(total[:, -1:], 1e-300)
        return cls((total + np.arange(total.shape[0])[:, None]).ravel(), people.size)

    def choose(self, origin: Ints, to_other: npt.NDArray[np.bool_], u: Floats) -> Ints:
        """Node (n,) that people from node ``origin`` move to, within their municipality or to another one."""
        return self._look_up(np.where(to_other, origin + self.nodes, origin), u)

    def settle(self, municipality: Ints, u: Floats) -> Ints:
        """Node (n,) in which people from outside the region settle."""
        return self._look_up(municipality + 2 * self.nodes, u)

    def _look_up(self, row: Ints, u: Floats) -> Ints:
        return np.searchsorted(self.ladder, row + u, side="right").astype(np.int64) - row * self.nodes


@dataclass(frozen=True)
class Templates:
    """Examples of households that move in: ``_SLOTS`` a municipality.

    Attributes:
        start: (M * _SLOTS + 1,) where each example's members begin.
        age, sex: of the members, age in months, the reference person first.
        any: (M,) whether the municipality has examples at all.
    """

    start: Ints
    age: npt.NDArray[np.int16]
    sex: npt.NDArray[np.uint8]
    any: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, region: Region, parameters: Parameters, people: People, seed: int, month: int) -> Templates:
        """Draw the examples from the people at the start; the order of rows plays no part."""
        rows = people.rows
        birth = people.birth_month[rows].astype(np.int64)
        reference = people.household_birth[rows].astype(np.int64)
        order = order_by(people.uid[rows], birth != reference, people.household[rows])
        rows, birth, reference = rows[order], birth[order], reference[order]
        household = people.household[rows]
        town = region.node_municipality[people.node[rows]].astype(np.int64)
        age = np.clip((month - birth) // 12, 0, AGES - 1)

        first = np.flatnonzero(np.concatenate([[True], household[1:] != household[:-1]])[: rows.size])
        size = np.diff(np.append(first, rows.size))
        _, other = move_rates(parameters)
        grown = (birth - reference >= CHILD_GAP) & (age >= LEAVE_FROM) & (age < LEAVE_UNTIL)
        alone = np.flatnonzero(grown)
        leave = leave_home_rate(parameters) * parameters.number("demography.leave_home_other")
        head_age = np.clip((month - reference[first]) // 12, 0, AGES - 1)
        member = np.concatenate([first, alone])
        many = np.concatenate([size, np.ones_like(alone)])
        weight = np.concatenate([other[head_age], leave[age[alone]]]) * parameters.number("demography.leave_region")
        at = np.concatenate([head_age, age[alone]])
        at_town = town[member].astype(np.int16)  # short numbers are sorted digit by digit

        towns = len(region.municipalities)
        slot = np.arange(_SLOTS, dtype=np.uint64)
        picks = np.zeros((towns, _SLOTS), np.int64)
        some = np.zeros(towns, np.bool_)
        of_town = np.split(np.argsort(at_town, kind="stable"), np.cumsum(np.bincount(at_town, minlength=towns))[:-1])
        by_ages = np.bincount(town * AGES + age, minlength=towns * AGES).reshape(towns, AGES).astype(np.float64)
        for m, here in enumerate(of_town):
            if here.size == 0:
                continue
            some[m] = True
            share = weight[here] * _young_factor(by_ages[m], at[here], weight[here], many[here])[at[here]]
            total = np.cumsum(share)
            u = keyed(seed, Stream.MOVE_IN, (np.uint64(m + 1) << np.uint64(32)) | slot)[0]
            picks[m] = here[np.minimum(np.searchsorted(total, u * total[-1], side="right"), here.size - 1)]
        flat = picks.ravel()
        length = np.where(np.repeat(some, _SLOTS), many[flat], 0)
        start = np.concatenate([[0], np.cumsum(length)])
        inside = np.arange(start[-1]) - np.repeat(start[:-1], length)
        source = np.repeat(member[flat], length) + inside
        return cls(start, (month - birth[source]).astype(np.int16), people.sex[rows[source]], some)


def _young_factor(by_age: Floats, at: Ints, weight: Floats, many: Ints) -> Floats:
    """Arrivals over departures by age (AGES,): what keeps the number of people at each young age where it is."""
    window = np.ones(5) / 5.0
    smooth = np.convolve(np.pad(by_age, 2, mode="edge"), window, mode="valid")
    wanted = np.diff(smooth, prepend=smooth[:1])
    households = np.bincount(at, weight, AGES)
    persons = np.bincount(at, weight * many, AGES)
    leaving = np.convolve(np.pad(persons, 2, mode="edge"), window, mode="valid")
    factor = np.ones(AGES)
    young = np.zeros(AGES, np.bool_)
    young[_YOUNG] = True
    busy = young & (leaving > 0.0) & (households > 0.0)
    factor[busy] = np.clip(1.0 + wanted[busy] / leaving[busy], 0.1, 6.0)
    return factor


def arrive(
    region: Region,
    parameters: Parameters,
    shares: Floats,
    templates: Templates,
    destinations: Destinations,
    owed: Floats,
    seed: int,
    month: int,
    *,
    series: int = 0,
    kind: Kind = Kind.HOUSEHOLD,
) -> dict[str, npt.NDArray[Any]]:
    """Columns of the people who move in this month; ``owed`` (M,) persons is reduced by them.

    Households come one by one until the municipality has what it is owed; the last may bring it below zero, which
    the next month makes good. They are registered with a practice outside the region and look for one.

    Args:
        shares: :func:`sim.region.traits.prevalence`.
        series: another number gives other seats, which leave those of series 0 as they are.
        kind: of the households' ids.
    """
    seats = np.where(templates.any, np.ceil(np.maximum(owed, 0.0)), 0.0).astype(np.int64)
    town = np.repeat(np.arange(owed.size), seats)
    before = np.repeat(np.cumsum(seats) - seats, seats)
    seat = np.arange(town.size) - before
    place = town + 1 + (series << 16)
    u = keyed(seed, Stream.MOVE_IN, (place.astype(np.uint64) << np.uint64(32)) | seat.astype(np.uint64), month)
    example = town * _SLOTS + (u[0] * _SLOTS).astype(np.int64)
    size = templates.start[example + 1] - templates.start[example]
    already = np.cumsum(size) - size
    already = already - np.repeat(already[(np.cumsum(seats) - seats)[seats > 0]], seats[seats > 0])
    come = already < owed[town]
    town, place, seat, u, example, size = town[come], place[come], seat[come], u[:, come], example[come], size[come]
    owed -= np.bincount(town, size, owed.size)

    house = np.repeat(np.arange(town.size), size)
    inside = np.arange(house.size) - np.repeat(np.cumsum(size) - size, size)
    source = templates.start[example][house] + inside
    shift = (u[2] * _JITTER).astype(np.int64) - _JITTER // 2
    age = np.maximum(templates.age[source].astype(np.int64) + shift[house], 0)
    sex = templates.sex[source]
    uid = identify(Kind.IN_MOVER, place[house], month, seat[house] * _SEATS + inside)
    household = identify(kind, uid[inside == 0], month, 0)
    node = destinations.settle(town, u[1])
    x, y = scatter(region, seed, household, node, month)
    group = deprivation_groups(region, parameters, seed, household, town)[house]
    birth = month - age
    return {
        "uid": uid,
        "birth_month": birth,
        "sex": sex,
        "node": node[house],
        "x": x[house],
        "y": y[house],
        "household": household[house],
        "household_birth": birth[inside == 0][house],
        "deprivation": group,
        "conditions": condition_bits(seed, uid, age, sex, group, shares),
        "frailty": frailty(parameters, seed, uid),
        "digital": digital_ability(parameters, seed, uid, age, group),
        "practice": np.full(uid.size, OUTSIDE_PRACTICE, np.int16),
        "usual": np.full(uid.size, NOBODY, np.int16),
        "search": np.full(uid.size, int(Search.LOOKING), np.uint8),
        "search_since": np.full(uid.size, month, np.int16),
    }
