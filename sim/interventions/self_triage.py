"""Self-triage before a call to the out-of-hours post."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_POST_SERVES = 400_000.0
_ABLE = 0.7  # of would-be callers, about: children and young adults are many among them
_LOW, _MIDDLE, _ALL = 0.48, 0.35, 0.83  # shares of U4 and U5, of U3 and of both in the contacts with posts


def _posts(it: Instance, facts: Facts) -> float:
    """Post regions with a licence: one for 400,000 inhabitants."""
    return facts.inhabitants / _POST_SERVES


def _length(it: Instance) -> float:
    """Times the mean length of a triage call: shorter for callers whose answers the triage nurse has already."""
    used = it.number("use") * _ABLE * _ALL
    advised = (_LOW * it.number("no_call") + _MIDDLE * it.number("missed")) / _ALL * it.number("follow")
    call = used * (1.0 - advised)
    minutes = it.parameters.number("care.post_triage_minutes")
    return 1.0 - call / (1.0 - used + call) * it.number("shorter") / minutes


@intervention(
    "self_triage",
    name=("Self-triage for out-of-hours questions", "Zelftriage voor vragen buiten kantooruren"),
    about=(
        "Advice and self-triage on a screen before people call the out-of-hours post, beyond what is in use in 2025.",
        "Zelfzorgadvies en zelftriage op een scherm voordat mensen de huisartsenpost bellen, bovenop wat er in 2025 "
        "al is.",
    ),
    adoption_months=12,
    settings=(
        Setting(
            "use", 0.2, 0.05, 0.6, "share of would-be callers, times digital ability", "C",
            "Assumption: 6,349 users in a six-week trial at 11 posts and 350 triages a week at one, of whom part "
            "would not have called; a campaign brings as many more as use it now",
            "Aanname: 6.349 gebruikers in een proef van zes weken bij 11 posten en 350 triages per week bij één, van "
            "wie een deel niet had gebeld; een campagne levert nog eens zoveel gebruikers als nu",
            "Would-be callers who use it", "Bellers die het gebruiken", ("I02.9", "I02.12"), effect=True, neutral=0.0,
        ),
        Setting(
            "no_call", 0.53, 0.35, 0.74, "share of uses of U4 and U5", "C",
            "Derived: 34 % of uses end with self-care (25 % at one post), nearly all in the half that is not urgent",
            "Afgeleid: 34 % van het gebruik eindigt met zelfzorg (25 % bij één post), bijna alles in de helft die "
            "niet urgent is",
            "Told that no call is needed", "Advies: bellen niet nodig", ("I02.3", "I02.4", "I02.10"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "missed", 0.16, 0.0, 0.2, "share of uses of U3", "A",
            "Van der Velden et al., Huisarts en Wetenschap (2019): sensitivity 84 % for need of contact",
            "Van der Velden et al., Huisarts en Wetenschap (2019): sensitiviteit 84 % voor noodzaak van contact",
            "Told the same though a call was needed", "Ten onrechte advies om niet te bellen", ("I02.8",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "follow", 0.8, 0.65, 0.98, "share of those told not to call", "C",
            "Derived: 65 to 84 % mean to follow it, 90 to 98 % of those whose use was followed did",
            "Afgeleid: 65 tot 84 % is van plan het op te volgen, 90 tot 98 % van wie gevolgd werd deed dat",
            "Follow the advice", "Volgen het advies op", ("I02.5", "I02.6"), effect=True, neutral=0.0,
        ),
        Setting(
            "to_practice", 0.3, 0.1, 0.6, "share of those who do not call", "C",
            "Assumption: the advice is often to ask the own GP by day; the split is published nowhere",
            "Aanname: het advies is vaak om overdag de eigen huisarts te bellen; de verdeling is nergens gepubliceerd",
            "Ask the own practice on the next working day", "Vragen op de volgende werkdag de eigen praktijk",
            effect=True, neutral=0.0,
        ),
        Setting(
            "extra", 0.05, 0.0, 0.2, "new calls per use that ends in a call", "C",
            "Assumption: an English online line raised calls by 1.3 % (-0.4 to 2.9) per 1,000 online contacts",
            "Aanname: een Engelse onlinelijn verhoogde het aantal telefoontjes met 1,3 % (-0,4 tot 2,9) per 1.000 "
            "onlinecontacten",
            "Calls of people who would not have called", "Telefoontjes van mensen die niet gebeld zouden hebben",
            ("I02.19",), effect=True, neutral=0.0,
        ),
        Setting(
            "shorter", 1.0, 0.0, 2.0, "minutes of a triage call", "C",
            "Assumption: half of what a consultancy model takes, where the answers reach the triage nurse",
            "Aanname: de helft van wat een adviesmodel rekent, waar de antwoorden de triagist bereiken",
            "Shorter calls of those who used it", "Kortere gesprekken met gebruikers", ("I02.15",),
            effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "licence", 60_000, 30_000, 150_000, "yearly", "region", "insurer", "C",
            "Assumption: licence and integration for a post region of 400,000 inhabitants; no price found",
            "Aanname: licentie en koppeling voor een huisartsenpostregio van 400.000 inwoners; geen prijs gevonden",
            "Licence and integration", "Licentie en koppeling", ("C10.8",), count=_posts,
            per_text=Text("post region of 400,000", "postregio van 400.000"),
        ),
    ),
)  # fmt: skip
def self_triage(it: Instance) -> Iterator[Modifier]:
    """What runs on the sites of posts in 2025 is part of the baseline; this adds to it. A would-be caller whose
    question is not of the highest urgency uses the tool with some probability, less with lower digital ability, is told
    that no call is needed with another, and follows that with a third: the product does not call. Of those who do
    not call a part asks the own practice on the next working day, so that work moves from night to day.

    It is not always right: of those who need a contact some are told to wait. It makes people call who would not have,
    and whoever calls after using it takes the triage nurse less time, for the answers are there.
    """
    use, follow = it.number("use"), it.number("follow")
    yield it.modify("digital.triage_use", use)
    yield it.modify("digital.triage_no_call[U3]", it.number("missed"))
    yield it.modify("digital.triage_no_call[U4]", it.number("no_call"))
    yield it.modify("digital.triage_no_call[U5]", it.number("no_call"))
    yield it.modify("digital.triage_follow", follow)
    yield it.modify("digital.triage_to_practice", it.number("to_practice"))
    yield it.modify("digital.triage_extra", it.number("extra"))
    yield it.modify("care.post_triage_minutes", _length(it))
