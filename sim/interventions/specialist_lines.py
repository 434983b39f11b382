"""Short lines between GP and specialist: co-consultation before a referral."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_REFERRALS = 0.327  # a year per registered person (Nivel 2021)
_CONTACTS = 4.5


def _questions(it: Instance, facts: Facts) -> float:
    """Questions to specialists in a year at today's referrals and contacts."""
    return facts.registered * (_REFERRALS * it.number("use") + _CONTACTS * it.number("extra_questions"))


@intervention(
    "specialist_lines",
    name=("Lines to specialists", "Korte lijnen met specialisten"),
    about=(
        "The GP asks a specialist to look along (co-consultation) before a referral, or sends to a diagnostic centre.",
        "De huisarts laat een specialist meekijken (meekijkconsult) voor een verwijzing, of stuurt naar een "
        "diagnostisch centrum.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=36,
    reach=0.8,
    settings=(
        Setting(
            "use", 0.05, 0.02, 0.25, "share of intended referrals", "C",
            "Assumption: a few percent of referrals today (2 to 5 %); more where the line is organised",
            "Aanname: nu enkele procenten van de verwijzingen (2 tot 5 %); meer waar de lijn georganiseerd is",
            "Intended referrals that are put to a specialist", "Voorgenomen verwijzingen die worden voorgelegd",
            ("I26.5",), effect=True, neutral=0.0,
        ),
        Setting(
            "prevents", 0.4, 0.0, 0.74, "share of them", "C",
            "Assumption: 74 % with teledermatology, 4 of 15 in the north of the country, nothing in nine trials",
            "Aanname: 74 % bij teledermatologie, 4 van 15 in het noorden van het land, niets in negen trials",
            "Referrals that are not made", "Verwijzingen die vervallen", ("I26.1", "I26.2", "I26.8"),
        ),
        Setting(
            "extra_questions", 0.002, 0.0, 0.01, "share of contacts without a referral in mind", "C",
            "Assumption: an easy line is used for advice too; share not published",
            "Aanname: een laagdrempelige lijn wordt ook voor advies gebruikt; aandeel niet gepubliceerd",
            "Questions without a referral in mind", "Vragen zonder voorgenomen verwijzing", effect=True, neutral=0.0,
        ),
        Setting(
            "induces", 0.16, 0.05, 0.3, "share of these questions", "A",
            "Van der Heijden et al., NTvG 156:A4253 (2012): 16 % of teleconsults for advice alone end in a referral",
            "Van der Heijden et al., NTvG 156:A4253 (2012): 16 % van de teleconsulten die alleen om advies vragen "
            "eindigt in een verwijzing",
            "Questions that end in a referral", "Vragen die tot een verwijzing leiden", ("I26.3",),
        ),
        Setting(
            "minutes", 5.0, 2.0, 15.0, "minutes of the GP's time", "C",
            "Assumption: to write the question and to act on the answer; no measured time found",
            "Aanname: de vraag schrijven en met het antwoord aan de slag gaan; geen gemeten tijd gevonden",
            "GP time for a question", "Tijd van de huisarts per vraag",
        ),
    ),
    costs=(
        Cost(
            "question", 55, 40, 90, "yearly", "region", "insurer", "C",
            "Assumption: half an hour of a specialist; the official fee was not found",
            "Aanname: een half uur van een specialist; het officiële tarief is niet gevonden",
            "A question to a specialist", "Een meekijkconsult", ("C06.16",), count=_questions,
            per_text=Text("question", "vraag"),
        ),
    ),
)  # fmt: skip
def specialist_lines(it: Instance) -> Iterator[Modifier]:
    """Where a contact would end in a referral, the GP may put it to a specialist first; part of these referrals is not
    made. The line is also used where no referral was in mind, and some of these questions end in one. Each question
    takes minutes of the GP after the day's visits, as overtime where the day is full and as far as overtime is allowed.

    Referrals fall by the product of use and what is prevented, less what is induced; the GP's own load rises, never
    falls. Patients who are not referred stay with the GP, whose follow-ups go on as they would have.
    """
    p = it.parameters
    yield it.modify("care.line_use", it.number("use"))
    yield it.modify("care.line_asks", it.number("extra_questions"))
    if it.number("use") > 0.0 or it.number("extra_questions") > 0.0:
        yield it.modify("care.line_prevents", it.number("prevents"))
        yield it.modify("care.line_induces", it.number("induces"))
        yield it.modify("care.line_minutes", it.number("minutes") / p.number("care.line_minutes"))
