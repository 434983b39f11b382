"""One use of a declaration in a scenario: what its mechanism is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.interventions.base import Declaration
from sim.modifiers import Adoption, Modifier, Scope, find_quantity
from sim.parameters import Parameters
from sim.region.region import Region
from sim.texts.faults import nearest

__all__ = ["Act", "Facts", "Instance"]


@dataclass(frozen=True)
class Act:
    """Something that is done once: an owner stops, a post closes, people arrive.

    Attributes:
        kind: names the handler in ``sim.acts`` that does it.
        month: month index before whose first day it is done.
        source: id of the instance.
        data: what the handler needs to know.
    """

    kind: str
    month: int
    source: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What is known of the region in a month, for the count of a cost; of practices those that take part.

    Attributes:
        month: month index.
        practices: their numbers.
        municipalities: in scope.
        inhabitants: in scope.
        registered: on the lists of the practices.
        gps, owners: of the practices.
        trainees: in the region.
        carried: practices that the regional organisation runs for a time.
        new_owners: GPs of the region who own a practice since the start of what is counted for, or later.
        tiny: tiny practices at work.
    """

    month: int
    practices: npt.NDArray[np.int64]
    municipalities: int
    inhabitants: int
    registered: int
    gps: int
    owners: int
    trainees: int
    carried: int = 0
    new_owners: int = 0
    tiny: int = 0


@dataclass(frozen=True)
class Instance:
    """An intervention or event as a scenario has it.

    Attributes:
        id: name of its table.
        declaration: its kind.
        values: every key of the table with its value, defaults filled in.
        start: month index from which it acts; of an event that of its date.
        end: month index from which it acts no more; None for no end.
        scope, adoption: where it acts and how it is taken up.
        region: where the run plays.
        parameters: those of the run, before anything modifies them.
    """

    id: str
    declaration: Declaration
    values: Mapping[str, Any]
    start: int
    end: int | None
    scope: Scope
    adoption: Adoption
    region: Region
    parameters: Parameters

    def number(self, key: str) -> float:
        """Value of a setting or a cost that is a number.

        Raises:
            KeyError: the declaration has no such setting; says which there are.
        """
        return float(self._value(key))

    def text(self, key: str) -> str:
        """Value of a setting that is a word or a name.

        Raises:
            KeyError: as of ``number``.
        """
        return str(self._value(key))

    def _value(self, key: str) -> Any:
        try:
            return self.values[key]
        except KeyError:
            kind = self.declaration
            own = [one.key for one in (*kind.settings, *kind.costs)]
            raise KeyError(f"{kind.id} has no setting {key!r}{nearest(key, own)}; it has {', '.join(own)}") from None

    def modify(
        self,
        quantity: str,
        value: float,
        *,
        after: int = 0,
        lasts: int | None = None,
        ramp: int | None = None,
        regional: bool = False,
    ) -> Modifier:
        """A modifier of this instance: its scope, adoption and end.

        Args:
            quantity: a parameter, or a place of one (``care.follow_up[respiratory]``).
            value: factor, or term where the quantity's passport says ``add``.
            after: months after the start from which it acts; the adoption begins then.
            lasts: months for which it acts, at most until the end of the instance; None for no end of its own.
            ramp: months in which it grows instead of ``adoption_months``.
            regional: acts in the whole region, with the share that takes part as its strength, although the rest goes
                by practice or place.

        Raises:
            ParameterError: there is no such quantity.
        """
        find_quantity(self.parameters, quantity)
        months = self.adoption.months if ramp is None else ramp
        by = "region" if regional else self.adoption.by
        adoption = Adoption(by, months, self.adoption.reach)
        scope = Scope() if regional else self.scope
        first, until = self.start + after, self.end
        if lasts is not None:
            until = first + lasts if until is None else min(until, first + lasts)
        return Modifier(quantity, value, self.id, first, until, scope, adoption)

    def act(self, kind: str, *, after: int = 0, **data: Any) -> Act:
        """Something done once, ``after`` months after the start."""
        return Act(kind, self.start + after, self.id, data)
