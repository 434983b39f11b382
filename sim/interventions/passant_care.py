"""Care for people without a GP: practices see more of them as passants, at a higher tariff."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "passant_care",
    name=("Care for passants", "Passantenzorg"),
    about=(
        "Agreements that practices see people without a GP as passants by day, a desk that finds out which practice "
        "has room today, and a higher passant tariff.",
        "Afspraken dat praktijken mensen zonder huisarts overdag als passant zien, een loket dat weet waar vandaag "
        "plek is, en een hoger passantentarief.",
    ),
    where=("region", "municipalities"),
    settings=(
        Setting(
            "urgent", 1.25, 1.0, 1.5, "times the share who are accepted", "C",
            "Assumption: 0.7 of urgent needs (0.4 to 0.95) is the only estimate, no measurement found; the "
            "effect of pay is unmeasured",
            "Aanname: 0,7 van de spoedvragen (0,4 tot 0,95) is de enige schatting, geen meting gevonden; het effect "
            "van de betaling is niet gemeten",
            "Urgent needs accepted by day", "Spoedvragen overdag aangenomen", ("I28.2",), effect=True, neutral=1.0,
        ),
        Setting(
            "routine", 1.4, 1.0, 2.5, "times the share who are accepted", "C",
            "Assumption: no figure found; practices accept less for what can wait",
            "Aanname: geen cijfer gevonden; praktijken nemen minder aan van wat kan wachten",
            "Other needs accepted by day", "Andere vragen overdag aangenomen", effect=True, neutral=1.0,
        ),
        Setting(
            "tried", 1.5, 1.0, 3.0, "times the practices tried", "C",
            "Assumption: a desk looks further than somebody who rings around",
            "Aanname: een loket zoekt verder dan iemand die zelf rondbelt",
            "Practices tried", "Praktijken die geprobeerd worden", effect=True, neutral=1.0,
        ),
        Setting(
            "tariff", 1.25, 1.0, 2.0, "times the passant tariff", "C",
            "Assumption: already 2.8 times a consult of a registered person, without a fee for registration",
            "Aanname: nu al 2,8 maal een consult van een ingeschrevene, zonder inschrijftarief",
            "Passant tariff", "Passantentarief", ("I28.1", "C03.2"), effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "desk", 40_000, 15_000, 90_000, "yearly", "region", "insurer", "C",
            "Assumption: half to one FTE of an assistant; no cost found. The tariff itself is in the practices' income",
            "Aanname: een halve tot één fte assistent; geen kosten gevonden. Het tarief zelf zit in de inkomsten van "
            "de praktijken",
            "Desk for people without a GP", "Loket voor mensen zonder huisarts",
        ),
    ),
)  # fmt: skip
def passant_care(it: Instance) -> Iterator[Modifier]:
    """More of the needs of people without a GP are accepted by a practice near by on the same day, in more of the
    practices around, if a GP there has room left today. Who is not accepted or finds no room goes to the
    out-of-hours post or the emergency department, or forgoes care, as before; so posts get fewer of them.

    It makes no GP hours: urgent passants are seen before the other requests of registered people, whose waits grow,
    and the rest take what is left of the day. Somebody seen as passant is on no list, and each visit is dearer than a
    registered person's; the tariff draws no practice by itself, its effect on acceptance is the assumption above.
    """
    yield it.modify("care.passant_share[urgent]", it.number("urgent"))
    yield it.modify("care.passant_share[routine]", it.number("routine"))
    yield it.modify("care.passant_practices", it.number("tried"))
    yield it.modify("money.passant_fee", it.number("tariff"))
