"""People whom an event brings: refugees, visitors, and households in new homes.

Every household is a seat: (event, municipality, month, number), so that one more seat changes nobody else. Whoever
comes by an event never takes a seat of those who move in anyway, for these keep an account of their own
(``Demography.owed``); households in new homes are replaced when they go, the others are not.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sim.agents.people import NO_PRACTICE, NOBODY, OUTSIDE_PRACTICE, People, Search
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.streams import Stream
from sim.region.region import Region
from sim.region.traits import condition_bits, digital_ability, frailty, keyed, scatter
from sim.world.demography import Demography
from sim.world.moves import arrive

__all__ = ["AGE_FROM", "district_node", "households", "in_new_homes", "older_households", "rows_of"]

type Columns = dict[str, npt.NDArray[Any]]
type Floats = npt.NDArray[np.float64]

AGE_FROM = np.array([0, 18, 30, 45, 65, 86])
"""Ages at which the bands of ``arrivals`` begin, and where the last one ends."""

_SEATS = 16
_MOST_DEPRIVED = 2
_OLDER = np.array([60, 80])
_EVENT = 32  # binary places of a place's number below that of the event


def _picks(cumulative: Floats, u: Floats) -> npt.NDArray[np.int64]:
    return np.minimum(np.searchsorted(cumulative, u, side="right"), cumulative.size - 1)


def _entity(source: int, town: int, seat: npt.NDArray[np.integer]) -> npt.NDArray[np.uint64]:
    place = (np.uint64(source) << np.uint64(_EVENT)) | np.uint64((town + 1) << 16)
    return np.asarray(place | seat.astype(np.uint64))


def households(
    who: Literal["newcomer", "visitor"],
    demography: Demography,
    town: int,
    persons: int,
    needs: float,
    source: int,
    seed: int,
    month: int,
    helped: float = 0.0,
) -> Columns:
    """Columns of households of refugees or visitors who arrive in a month, until there are so many ``persons``.

    The head of a household is grown up; the others have the ages that make up the published mix. They settle where
    people live. Refugees are in the most deprived group, without a GP and looking for one; visitors keep their
    practice elsewhere and look for none.

    Args:
        demography: of the run.
        town: row of the municipality.
        needs: times the need for care of people of their age, group and conditions.
        source: number of the event (``instance_number``); each has seats of its own.
        helped: share of the households of refugees who have help in their search.
    """
    p, region = demography.parameters, demography.region
    sizes = np.cumsum(p.column(f"arrivals.{who}_household"))
    seat = np.arange(max(persons, 0))
    u = keyed(seed, Stream.ARRIVAL, _entity(source, town, seat), month)
    size = 1 + _picks(sizes / sizes[-1], u[0])
    come = np.cumsum(size) - size < persons
    seat, u, size = seat[come], u[:, come], size[come]

    house = np.repeat(np.arange(seat.size), size)
    inside = np.arange(house.size) - np.repeat(np.cumsum(size) - size, size)
    uid = identify(Kind.IN_MOVER, _entity(source, town, np.zeros(1, np.int64)), month, seat[house] * _SEATS + inside)
    household = identify(Kind.NEWCOMER, uid[inside == 0], month, 0)
    age, sex = _members(who, p, inside == 0, keyed(seed, Stream.ARRIVAL, uid))
    node = demography.destinations.settle(np.full(seat.size, town, np.int64), u[1])
    x, y = scatter(region, seed, household, node, month)
    refugee = who == "newcomer"
    group = np.full(uid.size, _MOST_DEPRIVED if refugee else 1, np.uint8)
    looks = np.where(u[2] < helped, int(Search.HELPED), int(Search.LOOKING))[house]
    birth = month - age
    return {
        "uid": uid,
        "birth_month": birth.astype(np.int16),
        "sex": sex,
        "node": node[house],
        "x": x[house],
        "y": y[house],
        "household": household[house],
        "household_birth": birth[inside == 0][house].astype(np.int16),
        "deprivation": group,
        "conditions": condition_bits(seed, uid, age, sex, group, demography.prevalence),
        "frailty": frailty(p, seed, uid) * np.float32(needs),
        "digital": digital_ability(p, seed, uid, age, group),
        "practice": np.full(uid.size, NO_PRACTICE if refugee else OUTSIDE_PRACTICE, np.int16),
        "usual": np.full(uid.size, NOBODY, np.int16),
        "search": np.where(refugee, looks, int(Search.VISITING)).astype(np.uint8),
        "search_since": np.full(uid.size, month if refugee else -1, np.int16),
    }


def _members(
    who: str, p: Parameters, head: npt.NDArray[np.bool_], u: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Age in months and sex (n,) of the members of households, so that all together have the mix of ages."""
    share = p.column(f"arrivals.{who}_age") / p.column(f"arrivals.{who}_age").sum()
    others = max(int(np.count_nonzero(~head)), 1)
    child = min(share[0] * head.size / others, 1.0)
    grown = np.cumsum(share[1:]) / share[1:].sum()
    band = 1 + _picks(grown, u[0])
    band = np.where(~head & (u[3] < child), 0, band)
    first, after = AGE_FROM[band] * 12, AGE_FROM[band + 1] * 12
    age = (first + u[1] * (after - first)).astype(np.int64)
    return age, (u[2] < p.number(f"arrivals.{who}_women")).astype(np.uint8)


def _seats_of_movers(
    demography: Demography, town: int, count: int, source: int, seed: int, month: int, kind: Kind
) -> Columns:
    """Columns of the first ``count`` seats of an event: households like those that move into a municipality."""
    owed = np.zeros(demography.inhabitants.size)
    owed[town] = 12.0 * count  # more persons than they are: the surplus is not taken
    columns = arrive(
        demography.region, demography.parameters, demography.prevalence, demography.templates,
        demography.destinations, owed, seed, month, series=2 + source % 60_000, kind=kind,
    )  # fmt: skip
    house = columns["household"]
    first = np.concatenate([[True], house[1:] != house[:-1]])[: house.size]
    keep = np.cumsum(first) <= count
    return {name: column[keep] for name, column in columns.items()}


def in_new_homes(demography: Demography, node: int, count: int, source: int, seed: int, month: int) -> Columns:
    """Columns of the households that move into ``count`` new homes at a node from outside the region."""
    town = int(demography.region.node_municipality[node])
    columns = _seats_of_movers(demography, town, count, source, seed, month, Kind.SETTLER)
    house = columns["household"]
    where = np.full(house.size, node, np.int64)
    columns["node"] = where
    columns["x"], columns["y"] = scatter(demography.region, seed, house, where, month)
    return columns


def older_households(demography: Demography, town: int, count: int, source: int, seed: int, month: int) -> Columns:
    """Columns of ``count`` households that settle in a municipality late in life: of one or two, 60 to 80 years old."""
    columns = _seats_of_movers(demography, town, count, source, seed, month, Kind.NEWCOMER)
    house = columns["household"]
    first = np.concatenate([[True], house[1:] != house[:-1]])[: house.size]
    place = np.arange(house.size) - np.maximum.accumulate(np.where(first, np.arange(house.size), 0))
    columns = {name: column[place < 2] for name, column in columns.items()}
    u = keyed(seed, Stream.ARRIVAL, columns["household"])[0]
    age = (12 * (_OLDER[0] + u * (_OLDER[1] - _OLDER[0]))).astype(np.int64)
    columns["birth_month"] = month - age
    columns["household_birth"] = month - age
    uid, sex, group = columns["uid"], columns["sex"], columns["deprivation"]
    p = demography.parameters
    columns["conditions"] = condition_bits(seed, uid, age, sex, group, demography.prevalence)
    columns["digital"] = digital_ability(p, seed, uid, age, group)
    return columns


def district_node(region: Region, place: int) -> int:
    """The node at which a new district of a place is built: the one farthest from the middle of the place."""
    here = np.flatnonzero(region.node_place == place)
    weight = region.node_population[here].astype(np.float64)
    x, y = (float(np.average(at[here], weights=weight)) for at in (region.node_x, region.node_y))
    return int(here[np.argmax((region.node_x[here] - x) ** 2 + (region.node_y[here] - y) ** 2)])


def rows_of(people: People, households_: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Rows of the living in these households."""
    n = people.n
    return np.flatnonzero(people.alive[:n] & np.isin(people.household[:n], households_))
