"""More temporary management by the regional GP organisation, with lent support staff."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _managers(it: Instance, facts: Facts) -> float:
    """FTE of management beyond today's."""
    p = it.parameters
    size = facts.inhabitants / p.number("parties.region_size")
    return p.number("parties.manager_fte") * size * (it.number("capacity") - 1.0)


def _lent(it: Instance, facts: Facts) -> float:
    """Practices that are carried and to which staff is lent."""
    return it.number("lent") * facts.carried


@intervention(
    "temporary_takeover",
    name=("Temporary takeover", "Tijdelijke overname"),
    about=(
        "The regional organisation takes over more practices without a successor for a time, sooner and for longer, "
        "and lends support staff.",
        "De regionale organisatie neemt meer praktijken zonder opvolger tijdelijk over, eerder en langer, en leent "
        "ondersteunend personeel uit.",
    ),
    settings=(
        Setting(
            "capacity", 2.0, 1.0, 4.0, "times the practices run at a time", "C",
            "Assumption: no published capacity; single organisations report one to three at a time",
            "Aanname: geen gepubliceerde capaciteit; losse organisaties melden een tot drie tegelijk",
            "Practices that can be run at a time", "Praktijken die tegelijk gedragen kunnen worden",
            ("I14.1", "I14.2"), effect=True, neutral=1.0,
        ),
        Setting(
            "budget", 2.0, 1.0, 4.0, "times the budgets of organisation and insurer", "C",
            "Assumption: money grows with the number of practices",
            "Aanname: het geld groeit mee met het aantal praktijken",
            "Budget for temporary management", "Budget voor tijdelijk beheer", effect=True, neutral=1.0,
        ),
        Setting(
            "lead", 0.5, 0.0, 1.0, "times the lead time", "C",
            "Assumption: standing agreements with locums and the insurer save weeks",
            "Aanname: vaste afspraken met waarnemers en de verzekeraar schelen weken",
            "Lead time of temporary management", "Aanlooptijd van tijdelijk beheer", effect=True, neutral=1.0,
        ),
        Setting(
            "longer", 6.0, 0.0, 12.0, "months", "C",
            "Assumption: published takeovers ended within 6 to 13 months, all with a successor (only successes are "
            "published); a longer search is what more money allows",
            "Aanname: gepubliceerde overnames eindigden binnen 6 tot 13 maanden, alle met een opvolger (alleen "
            "successen worden gepubliceerd); met meer geld kan langer worden gezocht",
            "Search goes on longer while it is run", "Zoeken gaat langer door tijdens beheer", ("I14.1",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "lent", 0.5, 0.0, 1.0, "share of vacant posts a month", "C",
            "Assumption: no figure found on lent staff",
            "Aanname: geen cijfer over uitgeleend personeel gevonden",
            "Vacant posts that lent staff fills", "Openstaande functies vervuld door uitgeleend personeel",
            effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "manager", 95_000, 75_000, 120_000, "yearly", "region", "gp_organisation", "C",
            "Assumption: an experienced practice manager with overhead; no figure found",
            "Aanname: een ervaren praktijkmanager met overhead; geen cijfer gevonden",
            "A manager more", "Een extra manager", count=_managers,
            per_text=Text("FTE of management", "fte management"),
        ),
        Cost(
            "agency", 12_000, 0, 40_000, "yearly", "practice", "gp_organisation", "C",
            "Assumption: what lent staff costs above a usual salary, for a practice whose posts are half vacant",
            "Aanname: wat uitgeleend personeel boven een gewoon salaris kost, voor een praktijk met de helft van de "
            "formatie onvervuld",
            "Lent staff above usual pay", "Meerkosten van uitgeleend personeel", count=_lent,
            per_text=Text(
                "practice carried, were all its vacancies filled", "gedragen praktijk als elke vacature vervuld is"
            ),
        ),
    ),
)  # fmt: skip
def temporary_takeover(it: Instance) -> Iterator[Modifier]:
    """The regional organisation can run more practices without an owner at a time, has the money for its part of their
    loss and begins sooner. Locums cover most of the empty seats and support staff is lent, so that the list stays
    together; and while a practice is run the search for a successor goes on, longer than today.

    It makes no GP and finds no successor: a seat that nobody wants fails later. Locum hours come from the region's
    one stock and go to these practices first, so that other vacant seats, sickness, leave and busy practices get
    fewer of them. Lent staff is different: it comes from outside the region's practices, from agencies and the
    organisation's own people, is not limited, and stays as the practice's own once it is there. The loss on the
    practices (about 6,000 euro a month each) is paid from the budgets of organisation and insurer, and stands in the
    accounts of the run, not in the costs below.
    """
    yield it.modify("parties.manager_fte", it.number("capacity"))
    yield it.modify("parties.organisation_budget", it.number("budget"))
    yield it.modify("parties.insurer_budget", it.number("budget"))
    yield it.modify("parties.takeover_lead", it.number("lead"))
    yield it.modify("parties.takeover_window", it.number("longer"))
    yield it.modify("staff.lent", it.number("lent"))
