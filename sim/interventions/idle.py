"""What an intervention or event of a scenario changes to no effect, as the passport of the quantity says."""

from __future__ import annotations

from sim.interventions.package import Package
from sim.modifiers import NEUTRAL, Modifier, find_quantity
from sim.parameters import Parameters
from sim.region.region import Region
from sim.scenario import Scenario, ScenarioError

__all__ = ["idle_notes", "why_idle"]


def why_idle(modifier: Modifier, parameters: Parameters) -> str | None:
    """Key of the sentence that says why a modifier does nothing; None where it may do something, or is neutral."""
    passport = parameters[find_quantity(parameters, modifier.quantity).parameter]
    if modifier.value == NEUTRAL[passport.combine]:
        return None
    if passport.read == "start":
        return "idle_start"
    local = not modifier.scope.whole or modifier.adoption.by == "practice"
    return "idle_local" if passport.read == "region" and local else None


def idle_notes(scenario: Scenario, region: Region, parameters: Parameters) -> list[ScenarioError]:
    """A sentence for each quantity that an intervention or event of a checked scenario changes to no effect.

    Args:
        scenario: without faults.
        region, parameters: of the run.
    """
    place = {str(one["id"]): "events" for one in scenario.events}
    found: dict[tuple[str, str, str], None] = {}
    for one in Package.of(scenario, region, parameters).modifiers:
        if (why := why_idle(one, parameters)) is not None:
            found[one.source, find_quantity(parameters, one.quantity).parameter, why] = None
    return [
        ScenarioError(why, f"{scenario.id}.toml", f"{place.get(source, 'interventions')}.{source}", value=name)
        for source, name, why in sorted(found)
    ]
