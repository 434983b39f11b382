"""More practice nurses: somatic, mental health and youth."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_SOMATIC = ("heart, vessels, metabolism",)
_MENTAL = ("mental", "social")


def _nurses(it: Instance, facts: Facts) -> float:
    """FTE of practice nurses added."""
    return (it.number("somatic") + it.number("mental")) * facts.registered / 1000.0


@intervention(
    "practice_nurses",
    name=("Practice nurses", "Praktijkondersteuners"),
    about=(
        "More practice nurses for chronic care (POH-S) and mental health (POH-GGZ), and youth nurses (POH-jeugd).",
        "Meer praktijkondersteuners somatiek (POH-S) en geestelijke gezondheid (POH-GGZ), en POH-jeugd.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=36,
    reach=0.8,
    settings=(
        Setting(
            "somatic", 0.05, 0.0, 0.15, "FTE per 1,000 registered", "C",
            "Assumption: a quarter on top of the 0.207 FTE per 1,000 there are (NZa 2022)",
            "Aanname: een kwart boven op de 0,207 fte per 1.000 van nu (NZa 2022)",
            "Somatic nurses added", "POH-S erbij", effect=True, neutral=0.0,
        ),
        Setting(
            "mental", 0.035, 0.0, 0.1, "FTE per 1,000 registered", "C",
            "Assumption: insurers pay 16 instead of 12 hours per 2,350 people (VGZ 2023-24): a third on top of what "
            "there is",
            "Aanname: verzekeraars betalen 16 in plaats van 12 uur per 2.350 mensen (VGZ 2023-24): een derde boven op "
            "wat er is",
            "Mental-health nurses added", "POH-GGZ erbij", effect=True, neutral=0.0,
        ),
        Setting(
            "takes_over", 0.05, 0.0, 0.3, "share of the GP's follow-ups for their complaints", "C",
            "Assumption: Dutch reviews find extra care more than relief (between 10 % less and 5 % more GP time saved)",
            "Aanname: Nederlandse overzichtsstudies vinden vaker extra zorg dan verlichting (tussen 10 % minder en 5 "
            "% meer bespaarde huisartstijd)",
            "GP follow-ups that nurses take over", "Vervolgcontacten die zij overnemen", ("I18.1",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "added", 0.05, 0.02, 0.08, "chance per GP contact for their complaints", "C",
            "Assumption after 5 % more patients with a psychological problem recorded (odds ratio 1.02 to 1.08; Magnee "
            "et al., BMJ Open 2016), the same for somatic nurses",
            "Aanname op grond van 5 % meer patiënten met een geregistreerd psychisch probleem (odds ratio 1,02 tot "
            "1,08; Magnee et al., BMJ Open 2016), hetzelfde voor de POH-S",
            "Contacts with a nurse that come on top", "Contacten die erbij komen", ("I19.2",), effect=True, neutral=0.0,
        ),
        Setting(
            "youth", 0.3, 0.0, 0.8, "share of intended referrals of people under 18", "C",
            "Assumption: 54 % of municipalities paid for youth nurses in 2020 already; what they would have referred "
            "is not published",
            "Aanname: 54 % van de gemeenten betaalde in 2020 al voor een POH-jeugd; wat zij hadden verwezen is niet "
            "gepubliceerd",
            "Young people seen instead of referred", "Jongeren gezien in plaats van verwezen", ("I20.3",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "youth_added", 0.05, 0.0, 0.1, "chance per contact without a referral in mind, under 18", "C",
            "Assumption: chosen so that specialist use stays about the same, as in 221 municipalities (CPB 2020)",
            "Aanname: zo gekozen dat het gebruik van gespecialiseerde hulp ongeveer gelijk blijft, zoals in 221 "
            "gemeenten (CPB 2020)",
            "Young people seen on top", "Jongeren die erbij komen", ("I20.2",), effect=True, neutral=0.0,
        ),
        Setting(
            "youth_closed", 0.5, 0.4, 0.56, "share of those seen", "A",
            "Gemeente Den Haag (2021): 343 of 454 cases closed; 40 to 56 % without specialist referral",
            "Gemeente Den Haag (2021): 343 van de 454 trajecten afgesloten; 40 tot 56 % zonder verwijzing naar "
            "gespecialiseerde hulp",
            "Young people not referred in the end", "Jongeren die niet alsnog worden verwezen", ("I20.1",),
        ),
    ),
    costs=(
        Cost(
            "nurse", 64_000, 55_000, 75_000, "yearly", "region", "insurer", "C",
            "Assumption: full cost of the middle of the scale (CAO Huisartsenzorg 2022, raised)",
            "Aanname: volledige kosten halverwege de schaal (CAO Huisartsenzorg 2022, verhoogd)",
            "A practice nurse", "Een praktijkondersteuner", ("C07.3",), count=_nurses, per_text=Text("FTE", "fte"),
        ),
        Cost(
            "youth_nurse", 4.0, 2.0, 8.0, "yearly", "registered", "municipality", "C",
            "Assumption: one youth nurse of 64,000 euro for about 16,000 people; no price per inhabitant found",
            "Aanname: één POH-jeugd van 64.000 euro voor ongeveer 16.000 mensen; geen prijs per inwoner gevonden",
            "Youth nurses", "POH-jeugd", ("C07.3",),
        ),
    ),
)  # fmt: skip
def practice_nurses(it: Instance) -> Iterator[Modifier]:
    """Practices that have nurses get more posts for them, which are filled like all posts of staff: after months, and
    people leave again. A share of the GP's follow-ups for chronic, mental and social complaints goes to the nurse; and
    on some contacts that would have ended with the GP a contact with the nurse follows, which nobody asked for before
    (induced demand). The nurse's own contacts have follow-ups, so that part of the new room fills with new work.

    The GP's minutes do not fall one for one: first contacts stay with the GP, and a nurse's consult takes two or
    three times as long as the GP's. Where no nurse is found, or she has no room within a month, the GP keeps the
    patient. Youth nurses see some young people instead of a referral, half of whom are referred in the end, and
    others whom nobody would have referred; the net effect on referrals may have either sign.
    """
    for place, key in (("somatic nurse", "somatic"), ("mental nurse", "mental")):
        yield it.modify(f"staff.extra_posts[{place}]", it.number(key))
    for complaint in (*_SOMATIC, *_MENTAL):
        yield it.modify(f"care.nurse_follow_up[{complaint}]", it.number("takes_over"))
        yield it.modify(f"care.nurse_added[{complaint}]", it.number("added"))
    yield it.modify("care.youth_use", it.number("youth"))
    yield it.modify("care.youth_asks", it.number("youth_added"))
    if it.number("youth") > 0.0 or it.number("youth_added") > 0.0:
        yield it.modify("care.youth_closed", it.number("youth_closed"))
