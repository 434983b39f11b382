"""More training places: a second intake moment, and more trainees at each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_YEARS = 3.0


def _extra_trainees(it: Instance, facts: Facts) -> float:
    """Trainees beyond today's places, in training in a month: places times their fill, up to three years of them."""
    p = it.parameters
    places = p.number("training.places") * (it.number("places") - 1.0) * facts.inhabitants / 100_000.0
    fill = min(1.0, p.number("training.fill_extra") * it.number("applicants"))
    years = min((facts.month - it.start + 1) / 12.0, _YEARS)
    stay = float(np.sqrt(p.number("training.finish")))  # half-way through
    return max(0.0, places * fill * years * stay)


@intervention(
    "training_intake",
    name=("Second training intake", "Tweede instroommoment van de opleiding"),
    about=(
        "More places for GP training in the region, with a second intake moment in the year.",
        "Meer opleidingsplaatsen voor huisartsen in de regio, met een tweede instroommoment in het jaar.",
    ),
    settings=(
        Setting(
            "places", 2.0, 1.0, 2.25, "times today's places", "C",
            "Assumption: doubling of 14 places (1Twente, about 2019) as the region plans it",
            "Aanname: verdubbeling van 14 plaatsen (1Twente, ongeveer 2019), zoals de regio van plan is",
            "Training places", "Opleidingsplaatsen", ("I15.1",), effect=True, neutral=1.0,
        ),
        Setting(
            "applicants", 1.0, 0.5, 2.0, "times the fill of extra places", "C",
            "Assumption: nationally about 720 begin on 954 places (2024), so applicants are short; no figure of what "
            "draws more of them",
            "Aanname: landelijk beginnen er ongeveer 720 op 954 plaatsen (2024), dus er zijn te weinig kandidaten; "
            "geen cijfer over wat er meer aantrekt",
            "Fill of the extra places", "Vulling van de extra plaatsen", ("I15.4", "I15.6"), effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "trainee_year", 115_000, 90_000, 140_000, "yearly", "trainee", "state", "C",
            "Assumption: salary of about 65,000 to 75,000 euro, course and trainer; the official grant was not found",
            "Aanname: salaris van ongeveer 65.000 tot 75.000 euro, cursorisch onderwijs en opleider; de officiële "
            "subsidie is niet gevonden",
            "A trainee's year", "Een opleidingsjaar", ("C09.2",), count=_extra_trainees,
            per_text=Text("extra trainee", "extra aios"),
        ),
    ),
)  # fmt: skip
def training_intake(it: Instance) -> Iterator[Modifier]:
    """More places open at every intake moment. Places that exist today go on filling as they do; those beyond fill
    less, since applicants and not places are the bottleneck, and whoever takes one has chosen the region less
    often, so that only the causal part of the effect of the training region keeps them here.

    Trainees need a training practice in their first and third year: from the first intake on they see patients
    there and take their trainer's time. Training lasts three years and longer in part time, so the first
    independent GP comes in the fourth year, and then most begin as locum. Trainees without a training practice wait
    for one.
    """
    yield it.modify("training.places", it.number("places"))
    yield it.modify("training.fill_extra", it.number("applicants"))
