"""Who is registered where at the start: a gravity choice of whole households, balanced to the practices' list sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.streams import Stream
from sim.region.practice_sites import GROUP, Floats, Ints, Sites, normals
from sim.region.region import Region
from sim.region.traits import keyed, keyed_row
from sim.region.travel import journey
from sim.sorting import grouped, order_by

__all__ = [
    "Cells",
    "Homes",
    "Residents",
    "balance",
    "catchments",
    "choose_practices",
    "draw_targets",
    "find_cells",
    "find_homes",
    "register",
    "shores_served",
]

_CELL_KM = 0.5
_ROUNDS = 1000
_CLOSE = 1e-4  # relative error of a list at which the balancing stops
_LOOKING = 1  # first search state of people without a practice


class Residents(Protocol):
    """The people's columns that are read and written here; rows from ``n`` on are unused."""

    n: int
    alive: npt.NDArray[Any]
    uid: npt.NDArray[Any]
    household: npt.NDArray[Any]
    node: npt.NDArray[Any]
    x: npt.NDArray[Any]
    y: npt.NDArray[Any]
    practice: npt.NDArray[Any]
    usual: npt.NDArray[Any]
    search: npt.NDArray[Any]
    search_since: npt.NDArray[Any]
    wants_other: npt.NDArray[Any]


@dataclass(frozen=True)
class Homes:
    """Households (H) of the living: id, position, number of members and the row of each person (N) in these arrays."""

    uid: npt.NDArray[np.uint64]
    node: Ints
    x: Floats
    y: Floats
    size: Ints
    rows: Ints
    """Rows of the living in the people's columns (N,)."""
    of_person: Ints
    """Household of each of ``rows`` (N,)."""


@dataclass(frozen=True)
class Cells:
    """Squares of built-up area per node (C): where households live close enough to face the same practices."""

    node: Ints
    x: Floats
    y: Floats
    people: Floats
    of_home: Ints
    """Cell of each household (H,)."""
    minutes: Floats
    """Minutes by car, door to door, from cell to practice (C, P)."""


def find_homes(people: Residents) -> Homes:
    """The households of everybody alive, ordered by id; somebody without one (0) is a household alone."""
    rows = np.flatnonzero(people.alive[: people.n])
    household = people.household[rows]
    uid, first, of_person, size = grouped(np.where(household == 0, people.uid[rows], household))
    at = rows[first]
    return Homes(
        uid=uid,
        node=people.node[at].astype(np.int64),
        x=people.x[at].astype(np.float64),
        y=people.y[at].astype(np.float64),
        size=size,
        rows=rows,
        of_person=of_person,
    )


def find_cells(region: Region, homes: Homes, sites: Sites, scale: float = 1.0) -> Cells:
    """Squares of half a kilometre with their travel times to the practices, in a region of that scale."""
    column = np.floor(homes.x / _CELL_KM).astype(np.int64)
    row = np.floor(homes.y / _CELL_KM).astype(np.int64)
    column -= column.min()
    row -= row.min()
    wide, high = int(column.max()) + 1, int(row.max()) + 1
    key = (homes.node * wide + column) * high + row
    known, _, of_home, _ = grouped(key)
    node, rest = np.divmod(known, wide * high)
    x = (rest // high + np.floor(homes.x.min() / _CELL_KM) + 0.5) * _CELL_KM
    y = (rest % high + np.floor(homes.y.min() / _CELL_KM) + 0.5) * _CELL_KM
    minutes = journey(region, node[:, None], x[:, None], y[:, None], sites.node, sites.x, sites.y, scale)[1]
    return Cells(
        node=node,
        x=x,
        y=y,
        people=np.bincount(of_home, weights=homes.size, minlength=known.size),
        of_home=of_home,
        minutes=minutes.astype(np.float64),
    )


def catchments(pull: Floats, people: Floats, attraction: Floats) -> Floats:
    """People that each practice would draw (P,) if every cell chose by ``attraction`` x ``pull`` (C, P) (Huff)."""
    weight = pull * attraction[None, :]
    return np.asarray(np.einsum("cp,c->p", weight, people / weight.sum(axis=1)))


def shores_served(region: Region, cells: Cells, sites: Sites) -> tuple[Ints, Ints]:
    """Number of the land whose practices serve each cell (C,), and of that on which each practice lies (P,).

    People look for a practice on their own land (an island behind a ferry); without one there, on that of the nearest.
    """
    at = region.shore[sites.node].astype(np.int64)
    own = region.shore[cells.node].astype(np.int64)
    return np.where(np.isin(own, at), own, at[np.argmin(cells.minutes, axis=1)]), at


def draw_targets(
    sites: Sites,
    form: npt.NDArray[np.int8],
    heads: Ints,
    pull: Floats,
    people: Floats,
    shore: tuple[Ints, Ints],
    parameters: Parameters,
    seed: int,
) -> Floats:
    """List size that each practice aims at (P,): its form, chance and neighbourhood.

    A list holds at most the largest number of patients per regular GP; what is cut off goes to the others. On each
    land (``shore``, see :func:`shores_served`) the lists add up to the people there: no list fills over the water.
    """
    mean = parameters.column("practices.form_list")[form]
    grouped = form == GROUP
    if grouped.any():
        mean[grouped] *= heads[grouped] / heads[grouped].mean()
    spread = np.sqrt(np.log1p(parameters.number("practices.form_list_cv") ** 2))
    drawn = mean * np.exp(spread * normals(seed, Stream.PRACTICE, sites.uid, 1))
    total = float(people.sum())
    drawn *= total / drawn.sum()
    weight = parameters.number("practices.catchment_weight")
    target = drawn ** (1.0 - weight) * catchments(pull, people, drawn) ** weight
    of_cell, of_practice = shore
    for land in np.unique(of_practice):
        here = of_practice == land
        total, wanted = float(people[of_cell == land].sum()), target[here]
        most = heads[here] * max(parameters.number("practices.list_per_gp_maximum"), 1.05 * total / heads[here].sum())
        for _ in range(50):
            wanted = np.minimum(wanted * (total / wanted.sum()), most)
        target[here] = wanted * (total / wanted.sum())
    return np.asarray(target)


def balance(pull: Floats, people: Floats, targets: Floats) -> Floats:
    """Expected people of each cell on each list (C, P), by iterative proportional fitting.

    Rows add up to ``people`` (C,) exactly, columns to ``targets`` (P,) within a hundredth of a percent when both have
    the same total.
    """
    column = targets.copy()
    for _ in range(_ROUNDS):
        # einsum, not BLAS: its sums do not depend on the number of threads
        row = people / np.einsum("cp,p->c", pull, column)
        drawn = np.einsum("cp,c->p", pull, row)
        if np.max(np.abs(drawn * column / targets - 1.0)) < _CLOSE:
            break
        column = targets / drawn
    return np.asarray(pull * row[:, None] * column[None, :])


def choose_practices(flow: Floats, homes: Homes, of_home: Ints, luck: Floats, step: Floats) -> Ints:
    """Practice of each household (H,): the members of a cell, in the order of ``luck`` (H,), fill its flow (C, P).

    ``step`` (H,) is an independent uniform that places a household within its own stretch of the flow. Households
    stand in a keyed random order, so each one's choice is as random as an independent draw, but the lists come out at
    their expected size up to a few households.
    """
    cells, practices = flow.shape
    order = order_by(homes.uid, luck, of_home)
    size = homes.size[order].astype(np.float64)
    before = np.cumsum(size) - size
    total = np.bincount(of_home, weights=homes.size, minlength=cells)
    start = np.cumsum(total) - total
    cell = of_home[order]
    u = np.empty(homes.uid.size)
    u[order] = (before - start[cell] + size * step[order]) / total[cell]
    reach = np.cumsum(flow, axis=1)
    reach /= reach[:, -1:]
    reach[:, -1] = 1.0
    shelf = (reach + np.arange(cells)[:, None]).ravel()
    found = np.searchsorted(shelf, of_home + u, side="right") - of_home * practices
    return np.asarray(np.clip(found, 0, practices - 1))


def register(
    people: Residents,
    homes: Homes,
    cells: Cells,
    flow: Floats,
    without: Floats,
    parameters: Parameters,
    seed: int,
    month: int,
) -> None:
    """Write ``practice``, ``search``, ``search_since`` and ``wants_other`` of everybody alive.

    Whole households choose; a share per node (``without``, one entry a node) has no practice and looks for one. The
    usual GP is set later, when the practices have hours.
    """
    u = keyed(seed, Stream.REGISTRATION_START, homes.uid)
    step = keyed_row(seed, Stream.REGISTRATION_START, homes.uid, 0, 0, 4)
    chosen = choose_practices(flow, homes, cells.of_home, u[0], step)
    chosen[u[1] < without[homes.node]] = -1
    state = np.searchsorted(np.cumsum(parameters.column("practices.search_state"))[:-1], u[2], side="right")
    since = np.floor(-np.log(1.0 - u[3]) * parameters.number("practices.search_months"))

    mine = chosen[homes.of_person]
    rows = homes.rows
    out = mine < 0
    people.practice[rows] = mine
    people.search[rows] = np.where(out, _LOOKING + state[homes.of_person], 0)
    people.search_since[rows] = np.where(out, month - since[homes.of_person], -1)
    wish = keyed_row(seed, Stream.REGISTRATION_START, people.uid[rows], 0, 0, 1)
    people.wants_other[rows] = ~out & (wish < parameters.number("practices.wants_other"))
