"""A line with nurses for people in doubt, day and night."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_SEATS = 8760.0 / 1400.0  # FTE for a seat that is taken day and night


def _nurses(it: Instance, facts: Facts) -> float:
    """FTE of nurses for the seats."""
    return it.number("nurses") * facts.inhabitants / 100_000.0 * _SEATS


@intervention(
    "doubt_line",
    name=("Nurses' line for people in doubt", "Verpleegkundige lijn bij twijfel"),
    about=(
        "Nurses answer people who doubt whether they need care, by telephone or chat, day and night.",
        "Verpleegkundigen helpen mensen die twijfelen of ze zorg nodig hebben, per telefoon of chat, dag en nacht.",
    ),
    adoption_months=24,
    settings=(
        Setting(
            "nurses", 0.5, 0.05, 3.0, "nurses at a time per 100,000 inhabitants", "C",
            "Assumption: one seat for 200,000 inhabitants; no staffing of the insurer's pilot is published",
            "Aanname: één plaats voor 200.000 inwoners; de bezetting van de pilot van de verzekeraar is niet "
            "gepubliceerd",
            "Nurses on the line", "Verpleegkundigen aan de lijn", effect=True, neutral=0.0,
        ),
        Setting(
            "use", 0.05, 0.01, 0.4, "share of requests that are not urgent", "C",
            "Assumption: no use of the insurer's pilot is published",
            "Aanname: het gebruik van de pilot van de verzekeraar is niet gepubliceerd",
            "People in doubt who ask the line first", "Mensen in twijfel die eerst de lijn vragen",
            effect=True, neutral=0.0,
        ),
        Setting(
            "resolved", 0.2, 0.0, 0.42, "share of questions answered", "C",
            "Assumption: no result of the insurer's pilot is published; below the 34 to 42 % that apps advise not to "
            "call, times those who follow",
            "Aanname: geen uitkomst van de pilot van de verzekeraar gepubliceerd; minder dan de 34 tot 42 % aan wie "
            "apps bellen afraden, maal wie dat opvolgt",
            "Questions that end on the line", "Vragen die aan de lijn eindigen", ("I01.8",), effect=True, neutral=0.0,
        ),
        Setting(
            "induced", 0.5, 0.0, 2.0, "questions per question of a would-be caller", "C",
            "Assumption: half as many people again ask a line that is free and near at hand; an English line of this "
            "kind lowered no calls and raised ambulance work by 2.9 %",
            "Aanname: de helft meer mensen vraagt een lijn die gratis en dichtbij is; een Engelse lijn van deze soort "
            "verminderde het aantal telefoontjes niet en gaf 2,9 % meer ambulancewerk",
            "Questions of people who would not have asked for care", "Vragen van mensen die geen zorg zouden vragen",
            ("I02.20",), effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "nurse", 75_000, 60_000, 95_000, "yearly", "region", "insurer", "C",
            "Assumption: employer cost of a nurse with irregular hours; no budget of the pilot found",
            "Aanname: werkgeverslasten van een verpleegkundige met onregelmatige diensten; geen budget van de pilot "
            "gevonden",
            "A nurse (6.3 FTE for a seat day and night)", "Een verpleegkundige (6,3 FTE voor een plaats dag en nacht)",
            count=_nurses, per_text=Text("FTE", "FTE"),
        ),
    ),
)  # fmt: skip
def doubt_line(it: Instance) -> Iterator[Modifier]:
    """Of people whose question is not urgent a part asks the line before they call their practice by day or the post
    by night. As many are answered as the nurses have time for in that hour; the others call as they would have. A
    part of those answered needs nothing more. The rest goes on and calls, as before.

    The line also hears from people who would not have asked for care. They take nurses' time that would-be callers
    then do not get, and a part of them is sent on: requests that were not there before. With few resolved and many
    who would not have called the line adds more work to practices and posts than it takes away.
    """
    yield it.modify("digital.line_nurses", it.number("nurses"))
    yield it.modify("digital.line_use", it.number("use"))
    yield it.modify("digital.line_resolved", it.number("resolved"))
    yield it.modify("digital.line_induced", it.number("induced"))
