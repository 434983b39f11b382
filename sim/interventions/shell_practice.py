"""Shell practices (nulpraktijken): ready-made practices of the regional organisation for a sudden loss."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _kept(it: Instance, facts: Facts) -> float:
    """Shell practices kept ready."""
    return it.number("places")


@intervention(
    "shell_practice",
    name=("Shell practice", "Nulpraktijk"),
    about=(
        "An empty legal practice with contract, systems and premises, kept ready for when an owner falls out suddenly.",
        "Een lege praktijk met contract, systemen en ruimte, klaargehouden voor als een praktijkhouder plotseling "
        "uitvalt.",
    ),
    settings=(
        Setting(
            "places", 1, 1, 6, "practices", "A",
            "Zilveren Kruis (1 May 2023): several core regions have one; range assumed",
            "Zilveren Kruis (1 mei 2023): verschillende kernregio's hebben er een; bereik aangenomen",
            "Shell practices kept ready", "Nulpraktijken die klaarstaan", ("I12.1",),
            effect=True, neutral=0, whole=True,
        ),
        Setting(
            "saved", 3.0, 1.0, 6.0, "months", "C",
            "Assumption: no evaluation found; contracting, registration code, lease and payroll take months",
            "Aanname: geen evaluatie gevonden; contractering, AGB-code, huur en salarisadministratie kosten maanden",
            "Set-up time saved", "Bespaarde opstarttijd", ("I12.2",), effect=True, neutral=3.0,
        ),
    ),
    costs=(
        Cost(
            "standby", 10_000, 3_000, 25_000, "yearly", "region", "gp_organisation", "C",
            "Assumption: legal entity, contract and licence; no figure found, and rent of premises not in it",
            "Aanname: rechtspersoon, contract en licentie; geen cijfer gevonden, en huur van praktijkruimte zit er "
            "niet in",
            "Keeping a shell practice ready", "Een nulpraktijk klaarhouden", ("C10.11",),
            count=_kept, per_text=Text("shell practice", "nulpraktijk"),
        ),
    ),
)  # fmt: skip
def shell_practice(it: Instance) -> Iterator[Modifier]:
    """When the last owner of a practice falls out without an announcement, a free shell practice carries it from
    that month on, so that the list stays together: the weeks in which nobody runs it and the set-up time before a
    successor can begin are saved, and locums come as they do to any practice under temporary management. This needs
    locums: without enough of their hours left the shell stays empty and the practice waits its turn as usual. A free
    shell also carries a practice on for some months when its search has failed.

    It makes no GP and no successor. The locum hours that it takes are missing elsewhere, its loss weighs on the same
    budgets as temporary management, and a shell that is in use is not free for the next loss. With few sudden losses
    a year a region may pay for years without using it.
    """
    yield it.modify("parties.shell_places", it.number("places"))
    yield it.modify("parties.shell_months", it.number("saved") / it.parameters.number("parties.shell_months"))
