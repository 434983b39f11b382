"""Waits for mental health care grow."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "mental_care_wait",
    name=("Waiting for mental health care", "Wachten op de ggz"),
    about=(
        "People wait longer for mental health care and are seen in the GP practice meanwhile.",
        "Mensen wachten langer op geestelijke gezondheidszorg en komen intussen in de huisartsenpraktijk.",
    ),
    lasting=True,
    settings=(
        Setting(
            "months", 4.0, 1.0, 12.0, "months", "C", "Assumption: waits beyond today's; no forecast found",
            "Aanname: wachttijden boven de huidige; geen prognose gevonden",
            "Months that waits grow", "Maanden dat het wachten toeneemt", effect=True, neutral=0.0,
        ),
        Setting(
            "contacts", 0.3, 0.1, 0.6, "contacts per month of waiting", "C",
            "Assumption: a check about every three months; no count found. Half of those who wait use other help "
            "meanwhile, much of it in the practice (Nivel/Trimbos 2024)",
            "Aanname: ongeveer elke drie maanden een controle; geen telling gevonden. De helft van de wachtenden "
            "gebruikt intussen andere hulp, voor een groot deel in de praktijk (Nivel/Trimbos 2024)",
            "Contacts while waiting", "Contacten tijdens het wachten", ("I32.1", "I32.2"), effect=True, neutral=0.0,
        ),
        Setting(
            "relapse", 1.05, 1.0, 1.2, "times the needs of people with a mental disorder", "C",
            "Assumption: some get worse while they wait and ask again; size unknown",
            "Aanname: sommigen gaan tijdens het wachten achteruit en vragen opnieuw hulp; omvang onbekend",
            "Needs of people with a mental disorder", "Zorgvragen van mensen met een psychische aandoening",
            effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def mental_care_wait(it: Instance) -> Iterator[Modifier]:
    """Whoever is referred for a mental complaint waits longer, and comes back to the practice while waiting: the
    referrals per contact, times the extra months, times the contacts a month, add to the chance that a contact
    leads to another. It goes where mental complaints go: to the mental-health nurse (POH-GGZ) as far as there is
    room, otherwise to the GP, in long consults. People with a mental disorder get a little worse, and ask more of
    everything.

    The nurse's book fills first, so that people with lighter complaints wait longer or see the GP, who has less time
    for it. Crises at night are not modelled apart from the needs that these people have anyway. Fewer referrals
    because of the wait, which would hide it, are not assumed.
    """
    passport = it.parameters["care.referral"]
    at = (passport.index or []).index("mental")
    referred = float(it.parameters.column("care.referral")[at])
    chance = float(it.parameters.column("care.follow_up")[at])
    more = referred * it.number("months") * it.number("contacts")
    yield it.modify("care.follow_up[mental]", 1.0 + more / chance)
    yield it.modify("needs.condition_ratio[mental]", it.number("relapse"))
