"""What the digital channels of a daytime practice share: how they are taken up, and what an easier way in brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.interventions.base import Cost, Keys, Setting
from sim.interventions.registry import Mechanism, intervention

__all__ = ["induced", "practice_channel"]


def practice_channel(
    id: str, *, name: tuple[str, str], about: tuple[str, str], settings: Iterable[Keys], costs: Iterable[Cost]
) -> Callable[[Mechanism], Mechanism]:
    """Declare a channel that practices take up one by one: 60 % of them within three years, unless a file says else."""
    return intervention(
        id, name=name, about=about, where=("region", "municipalities", "practices"), by="practice",
        adoption_months=36, reach=0.6, settings=settings, costs=costs,
    )  # fmt: skip


def induced(default: float, high: float, unit: str, source: str, source_nl: str) -> Setting:
    """Requests that would not have come without the channel, none at the least."""
    return Setting(
        "induced", default, 0.0, high, unit, "C", source, source_nl,
        "Requests that would not have come", "Zorgvragen die niet gesteld zouden zijn", effect=True, neutral=0.0,
    )  # fmt: skip
