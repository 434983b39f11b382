"""What digital and telephone channels did in a month, in the table ``channel_month``; none while none is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["ChannelMeter"]


class ChannelMeter:
    """Writes the differences of the channels' counters."""

    def __init__(self, model: RegionModel) -> None:
        self.model = model
        self._before: dict[str, int] = {}

    def end_month(self, label: str) -> None:
        """Write a month's line, once anything has been used.

        Columns: requests through a digital front door, those that ended there, those that it brought; would-be callers
        to the posts who stayed away after self-triage, and calls that it brought; questions to the nurses' line, those
        answered and ended there (as self-care where it was by day), and requests that it brought.
        """
        door, triage, line = self.model.care.front_door, self.model.care.callers.triage, self.model.care.callers.line
        now = {
            "door": door.through,
            "door_ended": door.ended,
            "door_brought": door.brought,
            "self_triage_away": triage.away,
            "self_triage_brought": triage.brought,
            "line_asked": line.asked,
            "line_answered": line.served,
            "line_ended": line.ended,
            "line_brought": line.brought,
        }
        if not any(now.values()):
            return
        change = {name: count - self._before.get(name, 0) for name, count in now.items()}
        self.model.ledger.table("channel_month").append(month=label, **change)
        self._before = now
