"""A commercial chain: digital GP care for groups, with its risk of failing."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_MONTHS = 480  # longer than any run


@intervention(
    "commercial_chain",
    name=("Commercial chain with digital GP care", "Commerciële keten met digitale huisartsenzorg"),
    about=(
        "A firm takes on people who have no GP, handles most of their questions at a distance and has the rest seen by "
        "local practices under contract; it may fail.",
        "Een bedrijf neemt mensen zonder huisarts aan, handelt de meeste vragen op afstand af en laat de rest door "
        "lokale praktijken onder contract zien; het kan omvallen.",
    ),
    settings=(
        Setting(
            "uptake", 0.05, 0.0, 0.2, "share of people without a GP a month, times digital ability", "C",
            "Assumption: one firm came to 10,000 patients in the country in some years; no uptake is published",
            "Aanname: één bedrijf kwam landelijk in enkele jaren op 10.000 patiënten; geen deelname gepubliceerd",
            "People without a GP who join", "Mensen zonder huisarts die zich aansluiten", ("I05.2",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "most", 1_000, 50, 5_000, "members per 100,000 inhabitants", "C",
            "Assumption: between one firm's 10,000 patients in the country and half of the people without a GP in a "
            "short region",
            "Aanname: tussen de landelijk 10.000 patiënten van één bedrijf en de helft van de mensen zonder huisarts "
            "in een tekortregio",
            "Most members", "Hoogste aantal deelnemers", ("I05.2",), whole=True,
        ),
        Setting(
            "handles", 0.7, 0.6, 0.85, "share of needs", "C",
            "Assumption: firms say 80 to 85 %, and their patients are younger; 60 to 85 % by the range of the rest",
            "Aanname: bedrijven noemen 80 tot 85 %, en hun patiënten zijn jonger; 60 tot 85 % op grond van het bereik "
            "voor de overigen",
            "Needs handled at a distance", "Vragen op afstand afgehandeld", ("I05.1", "I05.4", "I05.9"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "failure", 0.08, 0.03, 0.2, "chance a year", "C",
            "Assumption: two failures in some 25 years of chains (Quin 2021, Co-Med 2024)",
            "Aanname: twee faillissementen in zo'n 25 jaar ketens (Quin 2021, Co-Med 2024)",
            "Chance that the chain fails", "Kans dat de keten omvalt", ("I05.8",), effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "contract", 50_000, 20_000, 150_000, "yearly", "region", "insurer", "C",
            "Assumption: contracts with local practices and supervision; what a member costs lies in the usual tariffs",
            "Aanname: contracten met praktijken ter plaatse en toezicht; de kosten per deelnemer zitten in de gewone "
            "tarieven",
            "Contracts and supervision", "Contracten en toezicht",
        ),
    ),
)  # fmt: skip
def commercial_chain(it: Instance) -> Iterator[Modifier | Act]:
    """Each month some of the people without a GP join, those released by closing practices among them, the more so
    the greater their digital ability, up to the chain's most members. They count as registered with a practice
    outside the region. The chain handles most of their questions; the rest, and whatever is most urgent, comes to
    practices near by, which have a contract and see them as far as there is room that day. That room is not there for
    their own patients. Members go on looking for a practice near by as others without a GP do.

    The chain's GPs are elsewhere: it takes none from the region and brings none. Each month it may fail: then all its
    people are without a GP at once, look for one together, and ask the post and the emergency department meanwhile.
    After that nobody joins any more. An event `chain_fails` sets the date.
    """
    yield it.modify("digital.chain_handles", it.number("handles"))
    last = _MONTHS if it.end is None else it.end - it.start
    for after in range(last):
        yield it.act(
            "chain enrols", after=after, uptake=it.number("uptake"), most=it.number("most"),
            failure=it.number("failure"), since=it.start,
        )  # fmt: skip
    if it.end is not None:
        yield it.act("chain fails", after=last, practices=0, members=1.0, fallback=0.0)
