"""More people without a GP ask the health insurer, which looks for a practice that has room."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_DESK_SERVES = 600_000.0  # inhabitants


def _desks(it: Instance, facts: Facts) -> float:
    """Mediators more."""
    return facts.inhabitants / _DESK_SERVES


@intervention(
    "insurer_mediation",
    name=("Mediation by the insurer", "Zorgbemiddeling door de verzekeraar"),
    about=(
        "People without a GP are told that their insurer must help; more of them ask, and the insurer rings practices "
        "for them every month.",
        "Mensen zonder huisarts horen dat hun verzekeraar moet helpen; meer van hen vragen dat, en de verzekeraar belt "
        "elke maand praktijken voor hen.",
    ),
    adoption_months=6,
    settings=(
        Setting(
            "asks", 0.06, 0.02, 0.15, "share of searchers a month", "C",
            "Assumption: about 6 % of people without a GP are on an insurer's list (3.5 to 15); no figure on how many "
            "more would ask",
            "Aanname: ongeveer 6 % van de mensen zonder huisarts staat op de lijst van een verzekeraar (3,5 tot 15); "
            "geen cijfer over hoeveel er meer zouden vragen",
            "Searchers more who ask the insurer", "Zoekers die extra de verzekeraar vragen", ("I27.3",),
            effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "mediator", 70_000, 50_000, 90_000, "yearly", "region", "insurer", "C",
            "Assumption: an FTE for 600,000 inhabitants; insurers report 150 to 300 requests a month, no cost",
            "Aanname: één fte voor 600.000 inwoners; verzekeraars melden 150 tot 300 verzoeken per maand, geen kosten",
            "A mediator more", "Een extra bemiddelaar", count=_desks,
            per_text=Text("600,000 inhabitants", "600.000 inwoners"),
        ),
    ),
)  # fmt: skip
def insurer_mediation(it: Instance) -> Iterator[Modifier]:
    """Of the households that look for a practice, more ask the insurer. For them it looks every month, and finds a
    place only with a practice within reach whose list is not full and that has room for the whole household; a list
    with conditions opens to who is brought by the insurer. The mediation of today, which also places people with full
    lists, goes on beside it for those who would have asked anyhow.

    It makes no room: where all lists are full the queue grows and nobody is placed. Places that it finds are no longer
    there for those who search on their own, and lists fill sooner.
    """
    yield it.modify("registration.mediation_extra", it.number("asks"))
