"""Direct access to physiotherapy for complaints of muscles and joints."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "direct_physiotherapy",
    name=("Direct physiotherapy", "Fysiotherapie zonder huisarts"),
    about=(
        "The practice points people with complaints of muscles and joints to the physiotherapist, before they see a "
        "GP.",
        "De praktijk wijst mensen met klachten van het bewegingsapparaat op de fysiotherapeut, voordat zij een "
        "huisarts zien.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=24,
    reach=0.6,
    settings=(
        Setting(
            "goes", 0.05, 0.0, 0.12, "share of routine requests for muscles and joints", "C",
            "Assumption: Norway's opening (2018) took 10 % of GP contacts for these complaints; the Dutch door has "
            "been open since 2006 and half of patients use it, so only part of the rest can still move",
            "Aanname: de vrije toegang in Noorwegen (2018) scheelde 10 % van de huisartscontacten om deze klachten; "
            "in Nederland bestaat die sinds 2006 en gebruikt de helft van de patiënten haar, dus alleen een deel van "
            "de rest kan nog overgaan",
            "Go straight to the physiotherapist", "Gaan rechtstreeks naar de fysiotherapeut", ("I25.2", "I25.4"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "comes_back", 0.3, 0.1, 1.0, "share of those who go", "C",
            "Assumption: the opening of 2006 left the GPs' workload as it was, so many come to the GP as well, for "
            "diagnosis, drugs or a letter",
            "Aanname: de vrije toegang van 2006 liet de werklast van huisartsen gelijk, dus velen komen ook bij de "
            "huisarts, voor een diagnose, medicijnen of een brief",
            "Come to the GP all the same", "Komen toch ook bij de huisarts", ("I25.1",),
        ),
    ),
    costs=(
        Cost(
            "leaflet", 0.1, 0.02, 0.5, "yearly", "registered", "practice", "C",
            "Assumption: instruction of assistants and a page on the practice's site; the treatment itself is paid as "
            "today by supplementary insurance or the patient",
            "Aanname: instructie van assistenten en een pagina op de praktijksite; de behandeling zelf wordt zoals nu "
            "betaald door de aanvullende verzekering of de patiënt",
            "Instruction and information", "Instructie en voorlichting",
        ),
    ),
)  # fmt: skip
def direct_physiotherapy(it: Instance) -> Iterator[Modifier]:
    """At the call the assistant tells people with a routine complaint of muscles and joints that no GP is needed for
    physiotherapy, and some go. The call has been made, so the telephone is as busy as before; the GP's visit falls
    away for those who do not come back, and its follow-ups and referrals with it.

    The share that can move is small, for whoever knows the way does not call the GP today either. Urgent complaints
    and those of other kinds do not move. Whether physiotherapists have room, and what people pay, is outside the
    model.
    """
    moved = it.number("goes") * (1.0 - it.number("comes_back"))
    yield it.modify("care.direct_access[musculoskeletal]", moved)
