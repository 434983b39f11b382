"""Less work without patients: hours of administration, meetings and management that come free."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.gp_hours import PATIENTS, mean_of_roles
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _assistant_hours(it: Instance) -> float:
    """Hours of assistants a week for each FTE of GPs."""
    p = it.parameters
    hours = p.column("practices.staff_week_hours")[0]
    return float(p.number("practices.assistant_fte") * PATIENTS * hours)


@intervention(
    "less_non_patient_work",
    name=("Less work without patients", "Minder niet-patiëntgebonden werk"),
    about=(
        "Fewer hours of administration, meetings and management for GPs: rules that are dropped, tasks that staff take "
        "over. A part of the hours goes to patients, the rest shortens the week.",
        "Minder uren administratie, overleg en bestuur voor huisartsen: regels die vervallen, taken die medewerkers "
        "overnemen. Een deel van de uren gaat naar patiënten, de rest verkort de week.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=36,
    reach=0.6,
    settings=(
        Setting(
            "hours", 1.5, 0.25, 5.0, "hours a week per FTE", "C",
            "Assumption: work without patients went from 8 to 13 hours a week between 2013 and 2024 (Nivel, De "
            "werkweek van de Nederlandse huisarts); how much can be undone is not published, all five hours at most",
            "Aanname: niet-patiëntgebonden werk ging tussen 2013 en 2024 van 8 naar 13 uur per week (Nivel, De "
            "werkweek van de Nederlandse huisarts); hoeveel daarvan terug te draaien is, is niet gepubliceerd, "
            "hooguit alle vijf uur",
            "Hours without patients that come free", "Niet-patiëntgebonden uren die vrijkomen",
            effect=True, neutral=0.0,
        ),
        Setting(
            "to_patients", 0.5, 0.0, 1.0, "share of the hours that come free", "C",
            "Assumption: between none and all; as non-patient hours rose by 5, direct hours fell by 2 only",
            "Aanname: tussen niets en alles; terwijl de niet-patiëntgebonden uren met 5 stegen, daalden de directe "
            "uren maar met 2",
            "Part that goes to patients", "Deel dat naar patiënten gaat",
        ),
        Setting(
            "to_staff", 0.3, 0.0, 0.8, "hours of assistants per hour that comes free", "C",
            "Assumption: the rest vanishes with the rules that asked for it; no figure found",
            "Aanname: de rest vervalt met de regels die erom vroegen; geen cijfer gevonden",
            "Work that assistants take over", "Werk dat assistenten overnemen",
        ),
    ),
    costs=(
        Cost(
            "management", 2.44, 1.0, 5.0, "yearly", "registered", "insurer", "C",
            "Assumption: once more the module for a practice manager, 0.61 euro per patient per quarter (2018)",
            "Aanname: nog eens de module praktijkmanagement, 0,61 euro per patiënt per kwartaal (2018)",
            "Practice management", "Praktijkmanagement", ("C06.15",),
        ),
    ),
)  # fmt: skip
def less_non_patient_work(it: Instance) -> Iterator[Modifier]:
    """GPs of practices that take part have fewer hours of work without patients. One part of what comes free is
    booked for patients: their weeks hold more consults, and the list that the practice can carry grows with them. The
    other part makes the week shorter, which lowers strain and with it leaving and cutting of hours, and does nothing
    for the wait.

    Part of the work does not vanish but moves: assistants do it, and are at the telephone for fewer hours, so that
    calls wait longer. Nothing is gained where the hours that come free are filled by other meetings; that is the low
    end of the range. Changing locums, who bill hours, do not take part.
    """
    p = it.parameters
    hours, share = it.number("hours"), it.number("to_patients")
    direct = mean_of_roles(p, "practices.direct_hours")
    yield it.modify("practices.patient_time", 1.0 + hours * share / direct)
    yield it.modify("careers.spared_hours", hours * (1.0 - share))
    moved = hours * it.number("to_staff") / _assistant_hours(it)
    yield it.modify("practices.phone_share", max(0.5, 1.0 - moved), regional=True)
