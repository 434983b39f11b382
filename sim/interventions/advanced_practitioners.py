"""Physician assistants and nurse practitioners, trained in the region."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.gp_hours import PATIENTS
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_CONSULT = 1


def _per_thousand(it: Instance) -> float:
    """FTE added per 1,000 people registered with the practices that take part."""
    return it.number("density") / 100.0 / PATIENTS / max(it.adoption.reach, 0.01)


def _in_training(it: Instance, facts: Facts) -> float:
    """Trainees: as many as there will be practitioners, until they have qualified."""
    if facts.month >= it.start + round(it.number("months")):
        return 0.0
    return _per_thousand(it) * facts.registered / 1000.0


def _at_work(it: Instance, facts: Facts) -> float:
    """Practitioners added, once they have qualified."""
    if facts.month < it.start + round(it.number("months")):
        return 0.0
    return _per_thousand(it) * facts.registered / 1000.0


@intervention(
    "advanced_practitioners",
    name=("Physician assistants and nurse practitioners", "Physician assistants en verpleegkundig specialisten"),
    about=(
        "Physician assistants and nurse practitioners who are trained in the region's practices and then see patients "
        "within their scope.",
        "Physician assistants (PA) en verpleegkundig specialisten (VS) die in praktijken van de regio worden opgeleid "
        "en daarna patiënten zien binnen hun bereik.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=24,
    reach=0.15,
    settings=(
        Setting(
            "density", 4.0, 0.0, 10.0, "FTE per 100 FTE of GPs in the place where it acts", "C",
            "Assumption: about as many again as there are (4.1 per 100; Dankers et al. 2023), all of them in practices "
            "that take part",
            "Aanname: ongeveer evenveel erbij als er nu zijn (4,1 per 100; Dankers et al. 2023), allemaal in "
            "praktijken die meedoen",
            "Practitioners added", "PA en VS erbij", ("I21.8",), effect=True, neutral=0.0,
        ),
        Setting(
            "months", 30, 24, 36, "months", "A", "Training of physician assistants: 30 months",
            "Opleiding tot physician assistant: 30 maanden",
            "Length of training", "Duur van de opleiding", ("I21.9",), whole=True,
        ),
        Setting(
            "service", 1.25, 1.0, 1.6, "times a GP's consult", "A",
            "Van der Biezen et al., BMC Fam Pract 17:132 (2016): 2.4 against 3.0 consults an hour, out of hours",
            "Van der Biezen et al., BMC Fam Pract 17:132 (2016): 2,4 tegenover 3,0 consulten per uur, buiten "
            "kantoortijd",
            "Length of a practitioner's visit", "Duur van een consult bij PA of VS", ("I21.1",),
        ),
        Setting(
            "supervision", 0.1, 0.03, 0.2, "GP time, as share of their patient time", "C",
            "Assumption: with follow-up it is 15 % in the planning value of 0.60 GP-FTE per practitioner",
            "Aanname: met nazorg is het 15 % van de rekenwaarde van 0,60 fte huisarts per PA of VS",
            "Supervision by GPs", "Begeleiding door huisartsen", ("I21.7",), effect=True, neutral=0.0,
        ),
        Setting(
            "teaching", 0.02, 0.0, 0.06, "share of patient time of the practice's GPs", "C",
            "Assumption: a training GP spends some hours a week on a trainee; no figure found for PA and VS",
            "Aanname: een opleidende huisarts besteedt enkele uren per week aan wie in opleiding is; geen cijfer voor "
            "PA en VS gevonden",
            "Time that training takes", "Tijd die opleiden kost", effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "trainee", 50_000, 35_000, 65_000, "yearly", "region", "gp_organisation", "A",
            "De Eerstelijns (2019): 50,000 euro a year after the state's grant of 22,500",
            "De Eerstelijns (2019): 50.000 euro per jaar na de rijkssubsidie van 22.500",
            "A practitioner in training", "Een PA of VS in opleiding", ("C07.6",), count=_in_training,
            per_text=Text("trainee", "opleideling"),
        ),
        Cost(
            "practitioner", 90_000, 75_000, 110_000, "yearly", "region", "practice", "C",
            "Assumption: full cost of the middle of scale 10 (CAO Huisartsenzorg)",
            "Aanname: volledige kosten halverwege schaal 10 (CAO Huisartsenzorg)",
            "A practitioner", "Een PA of VS", ("C07.5",), count=_at_work, per_text=Text("FTE", "fte"),
        ),
    ),
)  # fmt: skip
def advanced_practitioners(it: Instance) -> Iterator[Modifier]:
    """Practices that take part train a practitioner for thirty months; meanwhile their GPs have less time for
    patients, and nobody sees a patient more. Then the practice has a post, which is filled in the staff market, most
    of it within half a year. From then on a request within the scope of the practitioner goes there when there is room
    on the same day or clearly sooner than with a GP; the visit takes longer than a GP's, leads to follow-ups as theirs
    do, and what lies outside the scope stays with the GP.

    Supervision takes GP time for each hour that a practitioner sees patients, so that one practitioner is worth
    less than one GP, and the wait gets worse before it gets better. A practitioner's post is vacant like any other
    when its holder leaves.
    """
    months = round(it.number("months"))
    taught = 1.0 - it.number("teaching")
    yield it.modify("practices.patient_time", taught)
    yield it.modify("practices.patient_time", 1.0 / taught, after=months)
    yield it.modify("staff.extra_posts[advanced]", _per_thousand(it), after=months)
    yield it.modify("staff.supervision", it.number("supervision"), after=months)
    if it.number("density") > 0.0:
        p = it.parameters
        gp = p.column("care.gp_minutes")[_CONSULT] * p.number("care.closure")
        yield it.modify(
            "care.advanced_minutes", it.number("service") * gp / p.number("care.advanced_minutes"), after=months
        )
