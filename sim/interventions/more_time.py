"""More time for the patient: longer consults and fewer people per GP."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_USUAL = 10.0  # minutes of the usual consult, of which the setting says how long it becomes


@intervention(
    "more_time",
    name=("More time for the patient", "Meer tijd voor de patiënt"),
    about=(
        "Consults of fifteen instead of ten minutes and fewer people per GP, paid by the insurer per patient.",
        "Consulten van vijftien in plaats van tien minuten en minder patiënten per huisarts, betaald door de "
        "verzekeraar per patiënt.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=12,
    reach=0.6,
    settings=(
        Setting(
            "minutes", 15.0, 12.0, 20.0, "minutes of a consult that took 10", "A",
            "LHV on practices in Afferden (2018): 15 minutes instead of 10",
            "LHV over praktijken in Afferden (2018): 15 minuten in plaats van 10",
            "Length of a consult", "Duur van een consult", ("I24.7",), effect=True, neutral=10.0,
        ),
        Setting(
            "long_left", 0.8, 0.5, 1.0, "times the share of long consults", "C",
            "Assumption: some of what took a double consult of 20 minutes or more fits in 15; no figure found",
            "Aanname: een deel van wat een dubbel consult van 20 minuten of meer kostte past in 15; geen cijfer "
            "gevonden",
            "Long consults that are left", "Lange consulten die overblijven", effect=True, neutral=1.0,
        ),
        Setting(
            "referrals", 0.98, 0.95, 1.0, "times the chance of a referral", "C",
            "Assumption: the national monitor (2025) says slightly down without a size; the pilot's fall by a fifth of "
            "unneeded referrals (2018) had no control",
            "Aanname: volgens de landelijke monitor (2025) iets minder, zonder omvang; de daling met een vijfde van "
            "onnodige verwijzingen in de pilot (2018) had geen controlegroep",
            "Referrals per contact", "Verwijzingen per contact", ("I24.4",), effect=True, neutral=1.0,
        ),
        Setting(
            "follow_ups", 1.03, 1.0, 1.09, "times the chance of a follow-up", "C",
            "Assumption: consults per patient slightly up (national monitor 2025, no size given), about 1 %: more "
            "comes up in a longer consult",
            "Aanname: iets meer consulten per patiënt (landelijke monitor 2025, geen omvang genoemd), ongeveer 1 %: "
            "in een langer consult komt meer ter sprake",
            "Follow-ups", "Vervolgcontacten", ("I24.3",), effect=True, neutral=1.0,
        ),
        Setting(
            "satisfaction", 0.3, 0.0, 0.8, "strain, of which one unit is hours 30 % over the norm", "C",
            "Assumption: GPs rate their work 8.05 of 10 in the scheme (national monitor 2025); an effect on staying in "
            "the profession is published nowhere",
            "Aanname: huisartsen geven hun werk in de regeling een 8,05 (landelijke monitor 2025); een effect op het "
            "blijven in het vak is nergens gepubliceerd",
            "Strain that satisfaction takes away", "Overbelasting die werkplezier wegneemt", ("I24.6",),
            effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "module", 12.92, 10.0, 16.0, "yearly", "registered", "insurer", "A",
            "3.23 euro per patient per quarter: about 27,000 euro a year for 2,095 patients",
            "3,23 euro per patiënt per kwartaal: ongeveer 27.000 euro per jaar voor 2.095 patiënten",
            "Module of the insurer", "Module van de verzekeraar", ("C06.11",),
        ),
    ),
)  # fmt: skip
def more_time(it: Instance) -> Iterator[Modifier]:
    """In a practice that takes part a consult takes longer, some double consults become single ones, and a GP refers
    a little less often and sees people back a little more often. Its GPs are more content: strain, which makes
    GPs leave, move and cut their hours, is lower by a term of its own.

    No hour of GP time comes with it. The same questions take more of the GPs' minutes, so at equal demand the book
    fills, the wait and overtime rise (and overtime is strain, which eats into the gain), people drop away or go to
    the post, and the list that the practice is ready to carry shrinks in proportion to the longer work: it closes
    its list, and people who move or look for a practice find none until GPs come. A busy practice has jobs for
    employed GPs, whom it takes from the locums and the neighbours there are. Diagnostics and drug costs, which went
    up slightly, are not in the model.
    """
    yield it.modify("care.gp_minutes[consult]", it.number("minutes") / _USUAL)
    yield it.modify("care.mode_long", it.number("long_left"))
    yield it.modify("care.referral", it.number("referrals"))
    yield it.modify("care.follow_up", it.number("follow_ups"))
    yield it.modify("careers.satisfaction", it.number("satisfaction"))
