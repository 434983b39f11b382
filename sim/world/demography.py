"""A month of the population: deaths, births, moves, conditions. A function of the region and the seed only.

Everybody takes one row of random words keyed by person and month (death, birth, leaving home, conditions), and one
keyed by household and month (moves), so that a household moves as one. Partners neither meet nor part, and children
whose parents die stay where they are: households are here to move and to share an address, not to be studied.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.compiled import kernel
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify, kind_of, with_kind
from sim.randomness.philox import fill_words
from sim.randomness.streams import Stream
from sim.region.curves import AGES
from sim.region.region import Region
from sim.region.traits import keyed, prevalence, scatter
from sim.world.births import born as newborn_columns
from sim.world.conditions import change_conditions
from sim.world.moves import Destinations, Templates, arrive, net_migration
from sim.world.tables import CHILD_GAP, MonthTables, natural_increase

__all__ = ["Demography", "DemographyResult", "demography_month"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

_DIES, _BEARS, _LEAVES_HOME, _CHANGES = 1, 2, 4, 8
_MOVES_OUT, _MOVES_OTHER, _MOVES_WITHIN = 16, 32, 64
_BLOCK = 4096
_SPARE, _SPARE_SHARE = 50.0, 0.01
"""Persons, and share of its inhabitants at the start, by which a municipality may be ahead of what it is owed: beyond
what chance does (in the five regions of the project it stays within 32 persons at a fifth of the people)."""


@dataclass
class Demography:
    """What a month needs, resolved once a run, and the persons that municipalities are owed by moves (M,)."""

    region: Region
    parameters: Parameters
    tables: MonthTables
    destinations: Destinations
    templates: Templates
    prevalence: Floats
    net: Floats
    """Net migration in persons a month by municipality (M,)."""
    owed: Floats = field(repr=False)
    natural: Floats = field(repr=False)
    """Natural increase per inhabitant a year at the start (M,)."""
    inhabitants: npt.NDArray[np.int64] = field(repr=False)
    """At the start (M,)."""
    homes: Floats = field(repr=False)
    """Persons that municipalities are owed where households that came by an event have gone (M,)."""
    guests: dict[str, npt.NDArray[np.uint64]] = field(default_factory=dict, repr=False)
    """Households that stay for some months, by the event that brought them."""

    @classmethod
    def of(cls, region: Region, parameters: Parameters, people: People, seed: int, month: int) -> Demography:
        """Resolve from the people at the start of ``month`` (the start of the run)."""
        rows, towns = people.rows, len(region.municipalities)
        town = region.node_municipality[people.node[rows]]
        age = np.clip((month - people.birth_month[rows].astype(np.int64)) // 12, 0, AGES - 1)
        # counted first: a sum of fractions over people would depend on the order of the rows
        cells = (town.astype(np.int64) * 2 + people.sex[rows]) * AGES + age
        counts = np.bincount(cells, minlength=towns * 2 * AGES).reshape(towns, 2, AGES)
        inhabitants = counts.sum(axis=(1, 2))
        natural = (counts * natural_increase(parameters)).sum(axis=(1, 2)) / np.maximum(inhabitants, 1)
        return cls(
            region=region,
            parameters=parameters,
            tables=MonthTables.of(region, parameters),
            destinations=Destinations.of(region, parameters),
            templates=Templates.of(region, parameters, people, seed, month),
            prevalence=prevalence(region, parameters),
            net=net_migration(region, parameters, natural) * inhabitants / 12.0,
            owed=np.zeros(len(region.municipalities)),
            natural=natural,
            inhabitants=inhabitants,
            homes=np.zeros(len(region.municipalities)),
        )

    def full(self) -> npt.NDArray[np.bool_]:
        """Municipalities that cannot make good what came to them from the rest of the region (M,).

        Beside a city that holds nearly all of the region, its movers would fill the others without end: they have
        hardly anybody to lose. Movers to such a municipality leave the region instead.
        """
        return self.owed < -(_SPARE + _SPARE_SHARE * self.inhabitants)

    def renew(self, parameters: Parameters) -> None:
        """Go on with other parameters; who was there at the start stays as it was."""
        self.parameters = parameters
        self.tables = MonthTables.of(self.region, parameters)
        self.destinations = Destinations.of(self.region, parameters)
        self.prevalence = prevalence(self.region, parameters)
        self.net = net_migration(self.region, parameters, self.natural) * self.inhabitants / 12.0


@dataclass(frozen=True)
class DemographyResult:
    """Rows (int64) of those to whom something happened; the numbers of people are the lengths.

    Attributes:
        born, arrived: new people.
        died, left: people gone (moved out of the region); their columns stay readable until the row is reused.
        moved: people with another address in the region; they keep their practice.
        onset, recovered: people whose conditions changed.
    """

    born: Rows
    died: Rows
    left: Rows
    arrived: Rows
    moved: Rows
    onset: Rows
    recovered: Rows


@kernel(lean=True)
def _scan(  # type: ignore[no-untyped-def]
    n,
    alive,
    uid,
    birth,
    sex,
    deprivation,
    household,
    household_birth,
    month,
    seed,
    person_stream,
    household_stream,
    death,
    bears,
    leaves,
    moves,
    change,
    most,
    child_gap,
    person,
    house,
    some,
    keep,
    rows,
    what,
    word,
):
    """Whom something befalls this month: rows, what (bits) and the word for conditions; returns how many."""
    death0, death1 = death[0], death[1]
    out, other, within = moves[0], moves[1], moves[2]
    most0, most1, most2, most3, most_house = most[0], most[1], most[2], most[3], most[4]
    p0, p1, p2, p3 = person[0], person[1], person[2], person[3]
    h0 = house[0]
    oldest = death.shape[1] - 1
    size = p0.shape[0]
    m = 0
    first = 0
    while first < n:
        last = min(n, first + size)
        fill_words(seed, person_stream, uid[first:last], month, 0, person)
        fill_words(seed, household_stream, household[first:last], month, 0, house)
        # nine in ten are above every threshold there is: one loop without branches, which the compiler vectorises,
        # and one that keeps the others
        for j in range(last - first):
            some[j] = (p0[j] < most0) | (p1[j] < most1) | (p2[j] < most2) | (p3[j] < most3) | (h0[j] < most_house)
        kept = 0
        for j in range(last - first):
            keep[kept] = j
            kept += int(some[j])
        for k in range(kept):
            j = int(keep[k])
            i = first + j
            if not alive[i]:
                continue
            age = min(month - int(birth[i]), oldest)
            of_head = min(month - int(household_birth[i]), oldest)
            at_home = int(birth[i]) - int(household_birth[i]) >= child_gap
            bits = 0
            if sex[i] == 0:
                if p0[j] < death0[age]:
                    bits = _DIES
            else:
                if p0[j] < death1[age]:
                    bits = _DIES
                if p1[j] < bears[age] and not at_home:
                    bits |= _BEARS
            if p2[j] < leaves[age] and at_home:
                bits |= _LEAVES_HOME
            if p3[j] < change[int(sex[i]), int(deprivation[i]), age]:
                bits |= _CHANGES
            if h0[j] < within[of_head]:
                if h0[j] < out[of_head]:
                    bits |= _MOVES_OUT
                elif h0[j] < other[of_head]:
                    bits |= _MOVES_OTHER
                else:
                    bits |= _MOVES_WITHIN
            if bits != 0:
                rows[m] = i
                what[m] = bits
                word[m] = p3[j]
                m += 1
        first = last
    return m


def demography_month(people: People, demography: Demography, seed: int, month: int, day: int) -> DemographyResult:
    """Let one month's births, deaths, moves and conditions happen to ``people``.

    Args:
        people: all inhabitants; changed in place, its arrays may be replaced by longer ones.
        demography: from :meth:`Demography.of`; keeps what municipalities are owed.
        seed: the run's seed.
        month: month index, (year - 1900) * 12 + month - 1.
        day: number of the month's first day (for the reuse of rows).
    """
    before = len(people)
    region, parameters = demography.region, demography.parameters
    tables, towns = demography.tables, region.node_municipality
    rows, what, word = _befalls(people, tables, seed, month)

    died = rows[what & _DIES > 0]
    stays = what & _DIES == 0
    rows, what, word = rows[stays], what[stays], word[stays]
    moves = what & (_MOVES_OUT | _MOVES_OTHER | _MOVES_WITHIN)
    alone = (what & _LEAVES_HOME > 0) & (moves == 0)
    u = keyed(seed, Stream.LEAVE_HOME, people.uid[rows[alone]], month)
    far = u[0] < parameters.number("demography.leave_home_other")
    gone = far & (u[1] < parameters.number("demography.leave_region"))
    moves[alone] = np.where(gone, _MOVES_OUT, np.where(far, _MOVES_OTHER, _MOVES_WITHIN))

    # households that came by an event have an account of their own: nobody else's seats may hang on them
    kind = kind_of(people.household[rows])
    # a new household takes the number of whoever founds it
    founded = identify(Kind.HOUSEHOLD, people.uid[rows[alone]], month, 0)
    people.household[rows[alone]] = with_kind(founded, kind[alone])
    people.household_birth[rows[alone]] = people.birth_month[rows[alone]]

    settles = (moves > 0) & (moves != _MOVES_OUT)
    other = moves[settles] == _MOVES_OTHER
    origin = people.node[rows[settles]].astype(np.int64)
    u = keyed(seed, Stream.MOVE_WITHIN, people.household[rows[settles]], month)
    node = demography.destinations.choose(origin, other, u[0])
    turned = other & demography.full()[towns[node]]
    if turned.any():
        moves[np.flatnonzero(settles)[turned]] = _MOVES_OUT
        settles = (moves > 0) & (moves != _MOVES_OUT)
        node, origin = node[~turned], origin[~turned]

    leaving = moves == _MOVES_OUT
    left = rows[leaving]
    changes = ~leaving & (what & _CHANGES > 0)
    onset, recovered = change_conditions(people, rows[changes], word[changes], tables, month)
    was = towns[people.node[left]]
    moved = rows[settles]
    people.node[moved] = node
    people.x[moved], people.y[moved] = scatter(region, seed, people.household[moved], node, month)

    mothers = rows[~leaving & (what & _BEARS > 0)]
    children = newborn_columns(people, mothers, parameters, demography.prevalence, seed, month)
    size = demography.owed.size
    usual = kind < Kind.SETTLER
    gone, here = usual[leaving], usual[settles]
    demography.owed += demography.net + np.bincount(was[gone], minlength=size)
    demography.owed += np.bincount(towns[origin[here]], minlength=size) - np.bincount(towns[node[here]], minlength=size)
    gone, here = (kind == Kind.SETTLER)[leaving], (kind == Kind.SETTLER)[settles]
    demography.homes += np.bincount(was[gone], minlength=size)
    demography.homes += np.bincount(towns[origin[here]], minlength=size)
    demography.homes -= np.bincount(towns[node[here]], minlength=size)
    newcomers = arrive(
        region,
        parameters,
        demography.prevalence,
        demography.templates,
        demography.destinations,
        demography.owed,
        seed,
        month,
    )
    instead = arrive(
        region,
        parameters,
        demography.prevalence,
        demography.templates,
        demography.destinations,
        demography.homes,
        seed,
        month,
        series=1,
        kind=Kind.SETTLER,
    )
    people.remove(died, day)
    people.remove(left, day)
    both = {name: np.concatenate([children[name], newcomers[name], instead[name]]) for name in children}
    born, arrived = np.split(people.add(both["uid"].size, day=day, **both), [mothers.size])
    expected = before + born.size + arrived.size - died.size - left.size
    assert len(people) == expected, f"{len(people)} people, {expected} expected"
    return DemographyResult(born, died, left, arrived, moved, onset, recovered)


def _befalls(
    people: People, tables: MonthTables, seed: int, month: int
) -> tuple[Rows, npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    n = people.n
    rows, what, word = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.uint32)
    size = min(_BLOCK, max(n, 1))
    person, house = np.empty((4, size), np.uint32), np.empty((4, size), np.uint32)
    m = int(
        _scan(
            n,
            people.alive,
            people.uid,
            people.birth_month,
            people.sex,
            people.deprivation,
            people.household,
            people.household_birth,
            month,
            seed,
            int(Stream.DEATH),
            int(Stream.MOVE_OUT),
            tables.death,
            tables.birth,
            tables.leave_home,
            tables.move,
            tables.change,
            tables.most,
            CHILD_GAP,
            person,
            house,
            np.empty(size, np.bool_),
            np.empty(size, np.int64),
            rows,
            what,
            word,
        )
    )
    return rows[:m], what[:m], word[:m]
