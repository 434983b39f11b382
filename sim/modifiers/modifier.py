"""A modifier: which quantity, by how much, when, where, for whose sake, and how it is taken up."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.randomness.streams import Stream

__all__ = ["Adoption", "Modifier", "Scope", "adopting", "instance_number"]


@dataclass(frozen=True)
class Scope:
    """Where something acts: the whole region, some municipalities, or some practices.

    Attributes:
        municipalities: rows of the region's municipalities; None where that is not how the scope is given.
        practices: numbers of practices; likewise.
    """

    municipalities: frozenset[int] | None = None
    practices: frozenset[int] | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole region."""
        return self.municipalities is None and self.practices is None

    def holds_practices(self, municipality: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Practices within it (P,), whose ``municipality`` (P,) is given by number."""
        inside = np.ones(municipality.size, bool)
        if self.municipalities is not None:
            inside &= np.isin(municipality, sorted(self.municipalities))
        if self.practices is not None:
            inside &= np.isin(np.arange(municipality.size), sorted(self.practices))
        return inside

    def holds_nodes(self, municipality: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Nodes within it (N,), whose ``municipality`` (N,) is given; none where it is a set of practices."""
        if self.practices is not None:
            return np.zeros(municipality.size, bool)
        if self.municipalities is None:
            return np.ones(municipality.size, bool)
        return np.isin(municipality, sorted(self.municipalities))


@dataclass(frozen=True)
class Adoption:
    """How something is taken up after its start.

    Attributes:
        by: ``region``, as one thing whose strength grows, or ``practice``: each takes part from some month on, or
            never.
        months: from the start until all who will ever take part do; growth is linear, and begins in the first month.
        reach: share of the practices that ever take part (``practice``), or of the strength that is reached
            (``region``).
    """

    by: Literal["region", "practice"] = "region"
    months: int = 0
    reach: float = 1.0

    def share(self, months: int) -> float:
        """Share that takes part ``months`` after the start: 0 before it, then growing to ``reach``."""
        if months < 0:
            return 0.0
        return self.reach * min(1.0, (months + 1) / (self.months + 1))


@dataclass(frozen=True)
class Modifier:
    """A timed modifier.

    Attributes:
        quantity: name of the quantity (see ``find_quantity``).
        value: factor or term at full strength.
        source: id of the instance of an intervention or event that it belongs to.
        first: month index from which it acts.
        until: month index from which it acts no more; None for no end.
        scope: where it acts.
        adoption: how it is taken up from ``first`` on.
    """

    quantity: str
    value: float
    source: str
    first: int
    until: int | None = None
    scope: Scope = Scope()
    adoption: Adoption = Adoption()

    def acts(self, month: int) -> bool:
        """Whether it acts in a month at all."""
        return self.first <= month and (self.until is None or month < self.until)


def instance_number(source: str) -> int:
    """A stable 32-bit number of an instance id: the time of its keyed draws."""
    return zlib.crc32(source.encode())


def adopting(
    adoption: Adoption, source: str, months: int, uid: npt.NDArray[np.uint64], seed: int
) -> npt.NDArray[np.bool_]:
    """Practices that take part ``months`` after the start (P,).

    A practice's draw depends on the seed, its id and the instance alone: the same ones take part in every scenario, and
    who takes part goes on doing so. All do where adoption is by region.

    Args:
        adoption: how it is taken up.
        source: id of the instance.
        months: since the start; nobody takes part before it.
        uid: ids of the practices (P,).
        seed: of the run.
    """
    if months < 0:
        return np.zeros(uid.size, bool)
    if adoption.by == "region":
        return np.ones(uid.size, bool)
    from sim.randomness.philox import uniforms  # checking a scenario needs no compiler

    draw = uniforms(seed, Stream.ADOPTION, uid, instance_number(source))[:, 0]
    return np.asarray(draw < adoption.share(months))
