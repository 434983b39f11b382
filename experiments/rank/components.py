"""What the index of urgency is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["COMPONENTS", "Component", "WeightError", "weights_of"]


@dataclass(frozen=True)
class Component:
    """One component of the index.

    Attributes:
        id: of the component.
        indicator: that is read.
        when: in the first full year (present), the last (coming), or the change from the one to the other (coming).
        weight: of the index, before anybody says otherwise; an assumption, as the regional-support programme published
            no formula.
    """

    id: str
    indicator: str
    when: Literal["now", "end", "change"]
    weight: float


COMPONENTS = (
    Component("without_gp_now", "without_gp_share", "now", 0.15),
    Component("closed_now", "lists_full", "now", 0.10),
    Component("wait_now", "third_next_available", "now", 0.10),
    Component("load_now", "gp_load", "now", 0.15),
    Component("without_gp_end", "without_gp_share", "end", 0.15),
    Component("load_change", "gp_load", "change", 0.15),
    Component("searching_end", "practices_searching", "end", 0.10),
    Component("old_now", "share_60_plus", "now", 0.10),
)
"""Half for the present, half for what is coming. GPs of 60 and over are counted with what is coming: they leave."""


class WeightError(ValueError):
    """Weights that cannot be used; the message is one line that names the mend."""


def weights_of(said: tuple[str, ...]) -> tuple[float, ...]:
    """Weights of the components, adding up to 1: the defaults, but for those that are said.

    Args:
        said: ``ID=WEIGHT``, each 0 or more.

    Raises:
        WeightError: an id is unknown, a weight is no such number, or nothing is left.
    """
    found = {one.id: one.weight for one in COMPONENTS}
    for text in said:
        id, _, value = text.partition("=")
        if id not in found:
            raise WeightError(f"there is no component {id!r}; choose from {', '.join(found)}")
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not 0.0 <= weight < 1e6:
            raise WeightError(f"--weight {text}: write a number of 0 or more, such as {id}=0.2")
        found[id] = weight
    total = sum(found.values())
    if total <= 0.0:
        raise WeightError("all weights are 0: leave one above it")
    return tuple(weight / total for weight in found.values())
