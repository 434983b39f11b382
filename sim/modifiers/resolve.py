"""What holds in a month: the parameters of the region, and those of practices and nodes where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.modifiers.modifier import Adoption, Modifier, adopting
from sim.modifiers.quantities import NEUTRAL, Effect, Known, Quantity, find_quantity, modified
from sim.parameters import Parameters

__all__ = ["Resolved", "Resolver"]

Ints = npt.NDArray[np.int64]
Key = tuple[tuple[int, float], ...]
"""Modifiers by number with the strength that they have: what tells one set of parameters from another."""


@dataclass(frozen=True, eq=False)
class Resolved:
    """The parameters of one month. While nothing changes it is the same object, so ``is`` tells whether to rebuild.

    Attributes:
        region: what holds wherever nothing local does.
        variants: ``region`` and what holds where local modifiers act, each different set once.
        practice_variant: (P,) place of each practice in ``variants``.
        node_variant: (N,) the same for nodes, that is for people wherever they are registered.
        municipality_variant: (M,) the same for municipalities.
    """

    region: Parameters
    variants: tuple[Parameters, ...]
    practice_variant: Ints
    node_variant: Ints
    municipality_variant: Ints

    def practice(self, number: int) -> Parameters:
        """The parameters of a practice; the region's for one that has opened since."""
        if number >= self.practice_variant.size:
            return self.region
        return self.variants[int(self.practice_variant[number])]

    def by_practice(
        self, name: str, practices: npt.NDArray[np.integer], index: int | None = None
    ) -> npt.NDArray[np.float64]:
        """Value of a parameter for practices given by number (n,); the region's for -1 and for new ones.

        Args:
            name: of a parameter, whose passport must not say that it is read elsewhere.
            practices: numbers.
            index: place in the parameter's list; None for one that is a single number.
        """
        assert self.region[name].read is None, f"{name} is declared to be read for the region alone"
        values = np.array([one.number(name) if index is None else one.column(name)[index] for one in self.variants])
        place = np.append(self.practice_variant, 0)  # the last place is that of no practice, and of new ones
        return np.asarray(values[place[np.where(practices < self.practice_variant.size, practices, -1)]])

    def node(self, number: int) -> Parameters:
        """The parameters of a node."""
        return self.variants[int(self.node_variant[number])]

    def municipality(self, number: int) -> Parameters:
        """The parameters of a municipality."""
        return self.variants[int(self.municipality_variant[number])]


class Resolver:
    """Lays the modifiers of a run over its parameters, month by month."""

    def __init__(self, base: Parameters, modifiers: Iterable[Modifier], seed: int) -> None:
        """Take in all modifiers of a run, in any order; neutral ones are forgotten.

        Raises:
            ParameterError: a quantity does not exist.
        """
        self.base, self.seed = base, seed
        found = [(one, find_quantity(base, one.quantity)) for one in modifiers]
        kept = [pair for pair in found if pair[0].value != NEUTRAL[base[pair[1].parameter].combine]]
        kept.sort(key=_order)
        self._modifiers: list[tuple[Modifier, Quantity]] = kept
        self._before: Resolved | None = None
        self._keys: tuple[Key, ...] = ()
        self._draws: dict[tuple[str, Adoption, int], npt.NDArray[np.bool_]] = {}

    def succeeded(self, modifiers: Iterable[Modifier], month: int) -> Resolver:
        """One with other modifiers from a month on, which remembers what this one does.

        So nothing is rebuilt that a run with those modifiers would not have rebuilt.

        Raises:
            ValueError: the modifiers that began before the month are not the same up to it.
            ParameterError: a quantity does not exist.
        """
        after = Resolver(self.base, modifiers, self.seed)
        mine, others = self._begun(month), after._begun(month)
        if [one for one, _ in mine] != [one for one, _ in others]:
            raise ValueError("other modifiers acted so far")
        renamed = {number: other for (_, number), (_, other) in zip(mine, others, strict=True)}
        after._keys = tuple(tuple((renamed[number], value) for number, value in key) for key in self._keys)
        after._before = self._before
        return after

    def _begun(self, month: int) -> list[tuple[Modifier, int]]:
        """Modifiers that began before a month, with their numbers; an end that has not come is forgotten."""
        return [
            (one if one.until is None or one.until < month else replace(one, until=None), number)
            for number, (one, _) in enumerate(self._modifiers)
            if one.first < month
        ]

    def resolve(
        self,
        month: int,
        uid: npt.NDArray[np.uint64],
        practice_municipality: npt.NDArray[np.integer],
        node_municipality: npt.NDArray[np.integer],
    ) -> Resolved:
        """What holds in a month.

        Args:
            month: month index.
            uid: ids of the practices by number (P,).
            practice_municipality: rows of their municipalities (P,).
            node_municipality: of the nodes (N,).
        """
        everywhere: list[tuple[int, float]] = []
        local: list[tuple[tuple[int, float], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]] = []
        self._draws.clear()
        for number, (one, quantity) in enumerate(self._modifiers):
            if not one.acts(month):
                continue
            strength = 1.0 if one.adoption.by == "practice" else one.adoption.share(month - one.first)
            combine = self.base[quantity.parameter].combine
            value = _ramped(one.value, strength, combine)
            if value == NEUTRAL[combine]:
                continue
            if one.adoption.by == "region" and one.scope.whole:
                everywhere.append((number, value))
                continue
            practices = one.scope.holds_practices(practice_municipality)
            nodes = np.zeros(node_municipality.size, bool)
            if one.adoption.by == "practice":
                practices &= self._adopting(one, month, uid)
            else:
                nodes = one.scope.holds_nodes(node_municipality)
            local.append(((number, value), practices, nodes))
        keys: dict[Key, int] = {tuple(everywhere): 0}
        practice_variant = _places(uid.size, [(pair, inside) for pair, inside, _ in local], everywhere, keys)
        node_variant = _places(node_municipality.size, [(pair, inside) for pair, _, inside in local], everywhere, keys)
        towns = np.zeros(int(node_municipality.max()) + 1, np.int64)
        towns[node_municipality] = node_variant  # scopes hold whole municipalities
        return self._remembered(tuple(keys), practice_variant, node_variant, towns)

    def _adopting(self, one: Modifier, month: int, uid: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        key = (one.source, one.adoption, month - one.first)
        if key not in self._draws:
            self._draws[key] = adopting(one.adoption, one.source, month - one.first, uid, self.seed)
        return self._draws[key]

    def _remembered(self, keys: tuple[Key, ...], practice_variant: Ints, node_variant: Ints, towns: Ints) -> Resolved:
        """Last month's objects wherever they are the same."""
        before = self._before
        known = dict(zip(self._keys, before.variants, strict=True)) if before is not None else {}
        if before is not None and keys == self._keys:
            if np.array_equal(practice_variant, before.practice_variant) and np.array_equal(
                node_variant, before.node_variant
            ):
                return before
            variants = before.variants
        else:
            changed: Known = {}  # practices differ in what they take up, and share what each of it does
            variants = tuple(known[key] if key in known else self._parameters(key, changed) for key in keys)
        self._keys = keys
        self._before = Resolved(variants[0], variants, practice_variant, node_variant, towns)
        return self._before

    def _parameters(self, key: Key, changed: Known) -> Parameters:
        effects = []
        for number, value in key:
            one, quantity = self._modifiers[number]
            effects.append(Effect(one.quantity, one.source, quantity, value))
        return modified(self.base, effects, changed)


def _order(pair: tuple[Modifier, Quantity]) -> tuple[object, ...]:
    """Quantity and instance, then whatever tells two modifiers of one instance apart."""
    one = pair[0]
    scope = (sorted(one.scope.municipalities or ()), sorted(one.scope.practices or ()))
    until = -1 if one.until is None else one.until
    return one.quantity, one.source, one.first, until, one.value, scope, one.adoption.by, one.adoption.months


def _ramped(value: float, strength: float, combine: str) -> float:
    if strength == 1.0:
        return value
    return strength * value if combine == "add" else 1.0 + (value - 1.0) * strength


def _places(
    size: int,
    local: list[tuple[tuple[int, float], npt.NDArray[np.bool_]]],
    everywhere: list[tuple[int, float]],
    keys: dict[Key, int],
) -> Ints:
    """Variant of each unit (size,); sets not yet known are added to ``keys`` in the order of the units."""
    out = np.zeros(size, np.int64)
    touched = np.zeros(size, bool)
    for _, inside in local:
        touched |= inside
    for unit in np.flatnonzero(touched).tolist():
        own = sorted([*everywhere, *(pair for pair, inside in local if inside[unit])])
        out[unit] = keys.setdefault(tuple(own), len(keys))
    return out
