"""Care shifts from the hospital to the GP, beyond what is in the growth of demand."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier

_BANDS = ("18-44", "45-64", "65-74", "75-84", "85+")
_FOLLOWED = ("musculoskeletal", "skin and wounds", "heart, vessels, metabolism", "abdomen and urogenital")


@event(
    "hospital_shift",
    name=("Shift of hospital care", "Verschuiving van ziekenhuiszorg"),
    about=(
        "Hospitals leave more of their care to the GP than the forecast of demand counts on.",
        "Ziekenhuizen laten meer zorg aan de huisarts dan de raming van de zorgvraag verwacht.",
    ),
    settings=(
        Setting(
            "growth", 0.5, 0.2, 1.5, "% more contacts of adults a year", "C",
            "Assumption: scenario increments of a planning model, about 5 % in ten years (van Greuningen 2012); "
            "contacts rose by 1.7 % a year from 2017 to 2021 for all reasons (NZa)",
            "Aanname: scenario-ophogingen uit een ramingsmodel, ongeveer 5 % in tien jaar (van Greuningen 2012); door "
            "alle oorzaken samen stegen de contacten van 2017 tot 2021 met 1,7 % per jaar (NZa)",
            "New contacts a year", "Nieuwe contacten per jaar", ("I30.1", "I30.2"), effect=True, neutral=0.0,
        ),
        Setting(
            "checks", 1.05, 1.0, 1.2, "times the chance of a follow-up", "C",
            "Assumption: checks after treatment and of stable disease come to the practice; no count found",
            "Aanname: nacontroles en controles bij stabiele ziekte komen naar de praktijk; geen aantal gevonden",
            "Follow-ups of bodily complaints", "Vervolgcontacten bij lichamelijke klachten", effect=True, neutral=1.0,
        ),
        Setting(
            "years", 10, 1, 10, "years", "C", "Assumption: the shift goes on for a plan's time",
            "Aanname: de verschuiving duurt zo lang als een plan",
            "Years in which it grows", "Jaren waarin zij groeit", whole=True,
        ),
    ),
)  # fmt: skip
def hospital_shift(it: Instance) -> Iterator[Modifier]:
    """From its date on adults come to the practice with more needs that would have gone to hospital, a little more
    every month until the plan's time is over, and contacts for bodily complaints lead to a check more often. Both
    come on top of the horizontal component in the growth of demand, which has the shift that is expected anyway.

    These are ordinary requests: they take the consults, assistants' calls, overtime and waits that others take, and
    GPs get neither time nor money for them here beyond the tariffs. Relief for the hospital is not counted, and
    referrals per contact stay as they are; co-consultation and diagnostic centres are interventions of their own.
    """
    years = int(it.number("years"))
    ramp = 12 * years - 1
    for band in _BANDS:
        yield it.modify(f"needs.contact_rate[{band}]", 1.0 + it.number("growth") * years / 100.0, ramp=ramp)
    for complaint in _FOLLOWED:
        yield it.modify(f"care.follow_up[{complaint}]", it.number("checks"), ramp=ramp)
