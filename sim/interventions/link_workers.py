"""Link workers: a welfare coach or neighbourhood team for complaints that are not medical."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_COMPLAINTS = ("mental", "social")
_COACH_TAKES = 150.0  # people a year


def _coaches(it: Instance, facts: Facts) -> float:
    """FTE of link workers for the places there are: 150 people a year each."""
    return it.number("places") * facts.registered / 1000.0 / _COACH_TAKES


@intervention(
    "link_workers",
    name=("Link workers", "Welzijnscoach en wijkteam"),
    about=(
        "A welfare coach, a member of the neighbourhood team or a citizens' initiative to whom the practice sends "
        "people whose complaints are not medical.",
        "Een welzijnscoach, een lid van het wijkteam of een burgerinitiatief waar de praktijk mensen heen stuurt van "
        "wie de klachten niet medisch zijn.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=24,
    reach=0.6,
    settings=(
        Setting(
            "recognised", 0.4, 0.1, 0.8, "share of contacts for a psychosocial complaint", "C",
            "Assumption: half of patients belong to the target group in principle (20 to 50 %), a fifth of consults "
            "has a mainly social cause; how often it is raised is not published",
            "Aanname: de helft van de patiënten hoort in beginsel tot de doelgroep (20 tot 50 %), een vijfde van de "
            "consulten heeft vooral een sociale oorzaak; hoe vaak het ter sprake komt is niet gepubliceerd",
            "Contacts in which it is recognised and offered", "Contacten waarin het wordt herkend en aangeboden",
            ("I22.5", "I23.3"), effect=True, neutral=0.0,
        ),
        Setting(
            "accepted", 0.5, 0.2, 0.8, "share of those to whom it is offered", "C",
            "Assumption: half drop out before the first talk where the coach has no desk in the practice (Nunspeet)",
            "Aanname: de helft valt vóór het eerste gesprek af waar de coach geen plek in de praktijk heeft (Nunspeet)",
            "Accept and come", "Aanvaarden en komen", ("I22.8",), effect=True, neutral=0.0,
        ),
        Setting(
            "places", 7.0, 1.5, 20.0, "people a year per 1,000 registered", "C",
            "Assumption: 15 people a year per full-time GP (3 to 40); London had 17 a practice",
            "Aanname: 15 mensen per jaar per voltijds huisarts (3 tot 40); Londen had er 17 per praktijk",
            "People whom the link worker can take on", "Mensen die de coach kan aannemen", ("I22.6",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "rate", 0.9, 0.8, 1.0, "times the rate of daytime needs, for a year", "C",
            "Assumption between -20 % and none: uncontrolled reports say -14 to -28 %, with controls nothing is left "
            "(regression to the mean)",
            "Aanname tussen -20 % en geen effect: ongecontroleerde rapporten noemen -14 tot -28 %, met een "
            "controlegroep blijft er niets over (regressie naar het gemiddelde)",
            "Needs of those taken on", "Zorgvraag van wie is aangenomen", ("I23.4",), effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "coach", 75_000, 60_000, 90_000, "yearly", "region", "municipality", "C",
            "Assumption: full cost of one FTE on the scale of social work, for 150 people a year",
            "Aanname: volledige kosten van één fte in de schaal van sociaal werk, voor 150 mensen per jaar",
            "A link worker", "Een welzijnscoach", ("C07.10",), count=_coaches, per_text=Text("FTE", "fte"),
        ),
    ),
)  # fmt: skip
def link_workers(it: Instance) -> Iterator[Modifier]:
    """At a contact with GP or mental-health nurse for a mental or social complaint the professional may see that the
    trouble is not medical and offer a talk with the link worker; who accepts goes, as long as the link worker has a
    place this month. For a year afterwards the person's *rate* of daytime needs is lower.

    Who is sent comes out of the model: people with many contacts have most occasions to be sent. They would have come
    less often afterwards anyhow (regression to the mean), which a comparison before and after would count as an
    effect and the model does not. Places are few, about seven in a thousand people a year, so that the effect on a
    practice's contacts is far below one percent even at the best rate; more places than people who accept stay empty.
    """
    chance = it.number("recognised") * it.number("accepted")
    for complaint in _COMPLAINTS:
        yield it.modify(f"care.link_share[{complaint}]", chance)
    yield it.modify("care.link_places", it.number("places"))
    yield it.modify("needs.linked_rate", it.number("rate"))
