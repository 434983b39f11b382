"""Training places stay empty."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "training_places_empty",
    name=("Training places stay empty", "Opleidingsplaatsen blijven leeg"),
    about=(
        "Fewer doctors choose the GP training, so that places in the region stay empty.",
        "Minder artsen kiezen de huisartsopleiding, waardoor plaatsen in de regio leeg blijven.",
    ),
    lasting=True,
    settings=(
        Setting(
            "filled", 0.6, 0.2, 1.0, "times the fill of the places", "C",
            "Assumption: nationally about 720 begin on 954 places (2024) and Twente's places are not all filled now; "
            "the scenario says how much fewer",
            "Aanname: landelijk beginnen er ongeveer 720 op 954 plaatsen (2024) en in Twente raken nu niet alle "
            "plaatsen gevuld; het scenario zegt hoeveel minder",
            "Fill of the places", "Vulling van de plaatsen", ("I15.4", "I15.6", "I15.7"), effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def training_places_empty(it: Instance) -> Iterator[Modifier]:
    """From its date on fewer of the seats of each intake are taken; those that a second intake adds suffer alike.
    Who is in training already goes on.

    At first this is felt as relief: training practices have fewer trainees to guide, and their GPs see more patients
    themselves, although they miss what a trainee does in the third year. New GPs are missing only after three years
    and more, first among locums, and owners later still; part of them is made up for by GPs from elsewhere, who come
    sooner where the load is high. When places fill again, the gap of these years moves on through the ages.
    """
    yield it.modify("training.fill", it.number("filled"))
    yield it.modify("training.fill_extra", it.number("filled"))
