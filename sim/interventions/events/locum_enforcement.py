"""Enforcement on false self-employment."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "locum_enforcement",
    name=("Enforcement on false self-employment", "Handhaving op schijnzelfstandigheid"),
    about=(
        "The tax authority acts on locums who work as if they were employed; they take employment, do less, or stop.",
        "De Belastingdienst handhaaft bij waarnemers die als werknemer werken; zij gaan in loondienst, doen minder of "
        "stoppen.",
    ),
    lasting=True,
    settings=(
        Setting(
            "employment", 2.0, 1.0, 4.0, "times the yearly share of changing locums who look for employment", "C",
            "Assumption: enforcement since January 2025; no count of locums who changed found",
            "Aanname: handhaving sinds januari 2025; geen telling gevonden van waarnemers die zijn overgestapt",
            "Locums who look for employment", "Waarnemers die loondienst zoeken", effect=True, neutral=1.0,
        ),
        Setting(
            "back", 0.5, 0.2, 1.0, "times the yearly share of employed GPs who become locum", "C",
            "Assumption: locum work has lost part of its appeal",
            "Aanname: waarnemen is minder aantrekkelijk geworden",
            "Employed GPs who become locum", "HIDHA's die waarnemer worden", effect=True, neutral=1.0,
        ),
        Setting(
            "begin", 0.8, 0.5, 1.0, "times the share of newcomers who begin as locum", "C",
            "Assumption: part of the new GPs begin in employment instead",
            "Aanname: een deel van de nieuwe huisartsen begint in plaats daarvan in loondienst",
            "Newcomers who begin as locum", "Nieuwe huisartsen die als waarnemer beginnen", effect=True, neutral=1.0,
        ),
        Setting(
            "stop", 0.02, 0.0, 0.08, "share of changing locums a year", "C",
            "Assumption: some, mostly near the end of their career, stop instead; no count found",
            "Aanname: sommigen, vooral tegen het einde van hun loopbaan, stoppen in plaats daarvan; geen telling "
            "gevonden",
            "Locums who stop", "Waarnemers die stoppen", effect=True, neutral=0.0,
        ),
        Setting(
            "duty", 0.85, 0.5, 1.0, "times the hours of duty that a changing locum will do", "C",
            "Assumption: duty for pay on a roster is work that looks like employment; posts have their own model "
            "agreements",
            "Aanname: betaalde diensten volgens een rooster lijken op loondienst; huisartsenposten hebben eigen "
            "modelovereenkomsten",
            "Duty that locums will do", "Diensten die waarnemers willen doen", effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def locum_enforcement(it: Instance) -> Iterator[Modifier]:
    """Changing locums look for employment more often, and employed GPs give it up less often. Whether a locum finds
    it hangs on the practices: they must have the work and the room for another employed GP within reach, as today.
    Fewer newcomers begin as locum, some locums stop altogether, and those who go on do less duty on the posts.

    So practices that employ get more fixed hours and more continuity, and the finite stock of locum hours shrinks,
    from which vacant seats, practices under temporary management, long illness, leave and sickness are covered; and
    shifts that owners would sell come back to them. The hours of who stops are gone. Ownership gains nothing by
    itself: who becomes an owner is still a matter of readiness and of practices that are looked at.
    """
    yield it.modify("careers.locum_to_employed", it.number("employment"))
    yield it.modify("careers.employed_to_locum", it.number("back"))
    yield it.modify("careers.pool_locum", it.number("begin"))
    yield it.modify("training.locum", it.number("begin"))
    yield it.modify("careers.locum_stops", it.number("stop"))
    yield it.modify("workforce.duty_willing[changing locum]", it.number("duty"))
