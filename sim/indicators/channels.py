"""Digital and telephone channels that interventions open: how much goes through them, and what they bring or spare."""

from __future__ import annotations

from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year

TABLE = "channel_month"


def _used(year: Year, column: str) -> float:
    """A count of the table; nothing where there is none, as no channel has been used."""
    return year.total(TABLE, column) if year.tables.get(TABLE) else 0.0


def _channel(id: str, column: str, nl: str, en: str) -> None:
    """Declare a count by the channel per 1,000 inhabitants."""

    @indicator(
        id,
        unit="per 1,000 a year",
        nl=nl,
        en=en,
        better="none",
        definition_nl=f"{nl}, per 1.000 inwoners; nul zolang niemand het kanaal gebruikt.",
        definition_en=f"{en}, per 1,000 inhabitants; zero as long as nobody uses the channel.",
    )
    def through(year: Year) -> Ratio:
        return Ratio(_used(year, column), year.inhabitants, 1000.0)


_channel("digital_door", "door", "Vragen via de digitale voordeur", "Requests through the digital front door")
_channel("digital_door_ended", "door_ended", "Met advies geëindigd aan die deur", "Ended with advice at that door")
_channel(
    "digital_door_brought", "door_brought", "Extra vragen door digitale kanalen", "New requests by digital channels"
)
_channel("self_triage_spared", "self_triage_away", "Niet gebeld na zelftriage", "Calls spared by self-triage")
_channel("self_triage_brought", "self_triage_brought", "Extra gebeld na zelftriage", "Calls brought by self-triage")
_channel("doubt_line_asked", "line_asked", "Vragen aan de twijfellijn", "Questions to the nurses' line")
_channel("doubt_line_answered", "line_answered", "Beantwoord door de twijfellijn", "Answered by the nurses' line")
_channel("doubt_line_ended", "line_ended", "Afgedaan door de twijfellijn", "Ended by the nurses' line")
_channel("doubt_line_brought", "line_brought", "Extra vragen door de twijfellijn", "New requests by the nurses' line")
