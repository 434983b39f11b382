"""An inventory of who will stop: searches begin earlier, and vacancies and locums are brought together."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "succession_inventory",
    name=("Inventory of stoppers and early succession", "Inventarisatie van stoppers en vroege opvolging"),
    about=(
        "The region asks its owners when they will stop, lets the search begin years earlier and brings vacancies "
        "and locums together.",
        "De regio vraagt praktijkhouders wanneer zij stoppen, laat het zoeken jaren eerder beginnen en brengt "
        "vacatures en waarnemers bij elkaar.",
    ),
    adoption_months=12,
    settings=(
        Setting(
            "earlier", 24.0, 6.0, 36.0, "months", "C",
            "Assumption: no evaluation found; the search begins three years ahead instead of one. Of owners 40 % "
            "expect to retire within five years (VvAA 2022)",
            "Aanname: geen evaluatie gevonden; het zoeken begint drie jaar van tevoren in plaats van één. Van de "
            "praktijkhouders verwacht 40 % binnen vijf jaar te stoppen (VvAA 2022)",
            "Stops known earlier", "Stoppen eerder bekend", ("I13.1", "I13.5"), effect=True, neutral=0.0,
        ),
        Setting(
            "looks", 1.15, 1.0, 1.5, "times the chance of looking round", "C",
            "Assumption: who is shown vacancies looks at them more often; no figure found",
            "Aanname: wie vacatures te zien krijgt bekijkt ze vaker; geen cijfer gevonden",
            "Would-be owners who look round", "Praktijkzoekers die rondkijken", effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "coordinator", 60_000, 20_000, 120_000, "yearly", "region", "gp_organisation", "C",
            "Assumption: half to one and a half days of work a week for each hundred owners; no budget found",
            "Aanname: een halve tot anderhalve dag werk per week per honderd praktijkhouders; geen budget gevonden",
            "Coordinator of the inventory", "Coördinator van de inventarisatie",
        ),
    ),
)  # fmt: skip
def succession_inventory(it: Instance) -> Iterator[Modifier]:
    """Owners stop when they would have stopped; it is known earlier. So the search for a successor begins earlier and
    meets more would-be owners before the stop, and a practice stands empty less often. Bringing vacancies and locums
    together lets those who are ready look round more often; what they want of a seat stays as it is.

    It makes no GP, and helps nothing where nobody wants the seat. Who has signed for a seat that falls vacant years
    later no longer takes one that is empty now, and a practice whose partner is known to stop offers less company to
    a newcomer. Sudden losses are not foreseen.
    """
    yield it.modify("careers.notice_extra", it.number("earlier"))
    yield it.modify("succession.look_round", it.number("looks"))
