"""The tariffs change."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting, Text
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier

_CHOSEN = Text(
    "Assumption: the scenario says how much; on top of the yearly indexation",
    "Aanname: het scenario zegt hoeveel; boven op de jaarlijkse indexering",
)


@event(
    "tariff_change",
    name=("Change of tariffs", "Wijziging van tarieven"),
    about=(
        "Registration fee, consult fee or passant fee are set higher or lower.",
        "Inschrijftarief, consulttarief of passantentarief gaan omhoog of omlaag.",
    ),
    lasting=True,
    settings=(
        Setting(
            "registration", 1.0, 0.7, 1.5, "times the registration fee", "C", *_CHOSEN,
            "Registration fee", "Inschrijftarief", effect=True, neutral=1.0,
        ),
        Setting(
            "consult", 1.1, 0.7, 1.5, "times the fee for each consult and visit", "C", *_CHOSEN,
            "Consult fee", "Consulttarief", effect=True, neutral=1.0,
        ),
        Setting(
            "passant", 1.0, 0.5, 2.0, "times the passant fee", "C", *_CHOSEN,
            "Passant fee", "Passantentarief", effect=True, neutral=1.0,
        ),
        Setting(
            "duty", 1.0, 0.7, 1.5, "times the pay of an hour of duty", "C", *_CHOSEN,
            "Pay of duty", "Vergoeding van diensten", effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def tariff_change(it: Instance) -> Iterator[Modifier]:
    """Practices earn more or less for the same work, and insurers pay it. In the model nobody works more or less for
    it: no figure was found that says how Dutch GPs answer to the mix of fees, and the target income that some studies
    abroad speak of works against the obvious direction. Who settles where is known to answer little to pay.

    What is seen is therefore income, cost and who gains: a registration fee rewards long lists and a consult fee
    busy ones, so that of two changes that cost the same one helps the practice with old people and the other the one
    with many. Pay of duty does act: it is what an hour on the post costs and the price from which shifts are sold.
    """
    yield it.modify("money.registration_fee", it.number("registration"))
    yield it.modify("money.consult_fee", it.number("consult"))
    yield it.modify("money.passant_fee", it.number("passant"))
    yield it.modify("money.duty_pay", it.number("duty"))
    yield it.modify("workforce.duty_tariff", it.number("duty"))
