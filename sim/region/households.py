"""Who lives with whom at the start: couples, parents with their children, lone parents, people alone.

People are given with municipality, sex and age; they are joined within their municipality so that every household is
consistent (children live with a woman who was 16 to 46 at their birth, or with their father; partners are near in
age). Couples are of a woman and a man; three generations under one roof, homes for the elderly and shared student
houses do not occur: their inhabitants live alone or with a partner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.streams import Stream
from sim.region.curves import normal, through_middles
from sim.region.traits import keyed, keyed_row
from sim.sorting import order_by

__all__ = ["Crowd", "form_households", "home_share"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YOUNGEST_PARENT, OLDEST_MOTHER = 16.0, 46.0
"""Ages at a child's birth between which a parent must have been."""

_WIDEST_GAP = 25.0  # years between partners
_USUAL_GAP = 31.0  # years between a child and the adult it is given to when no mother can be found


@dataclass(frozen=True)
class Crowd:
    """People before they have a household: n of each, in any order."""

    uid: npt.NDArray[np.uint64]
    municipality: Ints
    woman: npt.NDArray[np.bool_]
    age: Floats
    """Years, with fractions."""


def home_share(parameters: Parameters, age: npt.ArrayLike) -> Floats:
    """Share of people of these ages who live with their parents."""
    return through_middles(parameters, "demography.living_with_parents", age)


def _by_band(parameters: Parameters, name: str, age: Floats) -> Floats:
    return through_middles(parameters, f"demography.{name}", age)


def _ranked(group: Ints, priority: Floats) -> tuple[Ints, Ints]:
    """The elements group by group in order of priority, and the rank (0 first) of each element within its group."""
    order = order_by(priority, group)
    many = np.bincount(group)
    ranks = np.empty(group.size, np.int64)
    ranks[order] = np.arange(group.size) - np.repeat(np.cumsum(many) - many, many)
    return order, ranks


def _ranks(group: Ints, priority: Floats) -> Ints:
    """Rank (0 first) of each element within its group, by priority."""
    return _ranked(group, priority)[1]


def _match(group_a: Ints, value_a: Floats, group_b: Ints, value_b: Floats) -> tuple[Ints, Ints]:
    """Pair a with b within groups in order of their values; whoever is over is left out. Returns positions."""
    (order_a, rank_a), (order_b, rank_b) = _ranked(group_a, value_a), _ranked(group_b, value_b)
    size = int(max(group_a.max(initial=-1), group_b.max(initial=-1))) + 1
    many_a, many_b = np.bincount(group_a, minlength=size), np.bincount(group_b, minlength=size)
    both = np.minimum(many_a, many_b)
    keep_a = order_a[rank_a[order_a] < both[group_a[order_a]]]
    keep_b = order_b[rank_b[order_b] < both[group_b[order_b]]]
    return keep_a, keep_b


def _birth_slots(crowd: Crowd, women: Ints, parameters: Parameters, seed: int) -> tuple[Ints, Floats, Floats]:
    """Children that women may have borne: (woman, age of the child now, priority), one row a possible child.

    The first four follow from number of children, age at first birth and spacing; two more of low priority are in
    reserve, so that every child finds a mother even where the municipality has more children than usual.
    """
    uid, age = crowd.uid[women], crowd.age[women]
    life = keyed(seed, Stream.PERSON, uid, 0, 1)
    more = keyed(seed, Stream.PERSON, uid, 0, 2)
    turn = keyed(seed, Stream.PERSON, uid, 0, 3)
    shares = np.cumsum(parameters.column("demography.children_born"))
    number = np.searchsorted(shares / shares[-1], life[0], side="right")
    mean = _by_band(parameters, "first_birth_age", age)
    first = np.clip(normal(life[1], mean, parameters.number("demography.first_birth_spread")), 17.0, 43.0)
    second = first + 1.3 + 3.0 * life[2]
    third = second + 1.3 + 3.0 * life[3]
    at_birth = [first, second, third, third + 2.2]
    reserve = [np.clip(normal(more[0], 31.0, 5.0), 18.0, 45.0), 18.0 + 26.0 * more[1]]
    slots_woman, slots_age, slots_priority = [], [], []
    for k, born in enumerate(at_birth + reserve):
        child = age - np.minimum(born, OLDEST_MOTHER - 0.5)
        real = (child >= 0.0) & ((number > k) if k < len(at_birth) else True)
        slots_woman.append(women[real])
        slots_age.append(child[real])
        slots_priority.append((turn[k] if k < len(at_birth) else more[k - 2] + 1.0 + (k - len(at_birth)))[real])
    return np.concatenate(slots_woman), np.concatenate(slots_age), np.concatenate(slots_priority)


def _find_mothers(crowd: Crowd, child: npt.NDArray[np.bool_], parameters: Parameters, seed: int) -> Ints:
    """Position of the mother (or, where there is none, of another adult) of each child; -1 for everybody else."""
    mother = np.full(crowd.uid.size, -1, np.int64)
    children = np.flatnonzero(child)
    women = np.flatnonzero(~child & crowd.woman)
    slot_woman, slot_age, priority = _birth_slots(crowd, women, parameters, seed)
    span = 128
    slot_group = crowd.municipality[slot_woman] * span + slot_age.astype(np.int64)
    child_group = crowd.municipality[children] * span + crowd.age[children].astype(np.int64)
    size = int(max(slot_group.max(initial=0), child_group.max(initial=0))) + 1
    wanted = np.bincount(child_group, minlength=size)
    chosen = np.flatnonzero(_ranks(slot_group, priority) < wanted[slot_group])
    a, b = _match(child_group, crowd.age[children], slot_group[chosen], slot_age[chosen])
    mother[children[a]] = slot_woman[chosen[b]]
    for k in np.flatnonzero(child & (mother < 0)):  # a handful, in very small regions
        adults = np.flatnonzero(~child & (crowd.municipality == crowd.municipality[k]))
        if adults.size:
            off = np.abs(crowd.age[adults] - crowd.age[k] - _USUAL_GAP) + np.where(crowd.woman[adults], 0.0, 5.0)
            mother[k] = adults[np.lexsort((crowd.uid[adults], off))[0]]
    return mother


def _find_partners(
    crowd: Crowd, women: Ints, men: Ints, priority: Floats, parameters: Parameters, seed: int
) -> tuple[Ints, Ints]:
    """Couples (woman, man) within municipalities; the women of highest ``priority`` go first where men are scarce."""
    town_w, town_m = crowd.municipality[women], crowd.municipality[men]
    size = int(max(town_w.max(initial=-1), town_m.max(initial=-1))) + 1
    couples = np.minimum(np.bincount(town_w, minlength=size), np.bincount(town_m, minlength=size))
    weight = np.maximum(_by_band(parameters, "partner_weight", crowd.age[men]), 1e-6)
    race = -np.log1p(-keyed_row(seed, Stream.PERSON, crowd.uid[men], 2)) / weight
    men = men[_ranks(town_m, race) < couples[town_m]]
    chosen = _ranks(town_w, priority) < couples[town_w]
    women = women[chosen]
    gap = normal(
        keyed_row(seed, Stream.PERSON, crowd.uid[women], 3),
        parameters.number("demography.partner_age_gap"),
        parameters.number("demography.partner_age_spread"),
    )
    wish = crowd.age[women] + np.clip(gap, -8.0, 14.0)
    a, b = _match(crowd.municipality[women], wish, crowd.municipality[men], crowd.age[men])
    return women[a], men[b]


def form_households(crowd: Crowd, parameters: Parameters, seed: int) -> Ints:
    """Position of the reference person of everybody's household (n,); a reference person points to himself.

    In a couple that is the man, in a family with one parent that parent.
    """
    n = crowd.uid.size
    own = keyed(seed, Stream.PERSON, crowd.uid)
    child = (crowd.age < 18.0) | (own[1] < home_share(parameters, crowd.age))
    mother = _find_mothers(crowd, child, parameters, seed)
    child &= mother >= 0
    head = np.arange(n, dtype=np.int64)

    oldest = np.full(n, -1.0)
    kids = np.flatnonzero(child)
    np.maximum.at(oldest, mother[kids], crowd.age[kids])
    parent = np.zeros(n, np.bool_)
    parent[mother[kids]] = True

    women = np.flatnonzero(crowd.woman & ~child)
    lone = own[2][women] < _by_band(parameters, "lone_parent", crowd.age[women])
    # own[3] also gives the wished age gap, which has nothing to do with being alone
    father = lone & (
        keyed_row(seed, Stream.PERSON, crowd.uid[women], 0, 0, 4) < parameters.number("demography.lone_father")
    )
    together = own[2][women] < _by_band(parameters, "couple_without_children", crowd.age[women])
    seeks = np.where(parent[women], ~lone | father, together)
    men = np.flatnonzero(~crowd.woman & ~child & ~parent)
    seekers = women[seeks]
    priority = own[2][seekers] - np.where(parent[seekers], 2.0, 0.0)
    wives, husbands = _find_partners(crowd, seekers, men, priority, parameters, seed)

    gap = np.abs(crowd.age[wives] - crowd.age[husbands])
    fits = (gap <= _WIDEST_GAP) & (crowd.age[husbands] - oldest[wives] >= YOUNGEST_PARENT)
    wives, husbands = wives[fits], husbands[fits]
    apart = np.zeros(n, np.bool_)
    apart[women[father & parent[women]]] = True
    head[wives] = husbands
    head[kids] = head[mother[kids]]
    head[wives[apart[wives]]] = wives[apart[wives]]  # the children stay with the father, she lives alone
    return head
