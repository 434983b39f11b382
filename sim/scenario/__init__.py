"""Scenarios: what is assumed in a run, as TOML files that extend one another.

A scenario names a region, a period, a capacity mode, parameter values that differ from the shipped ones, interventions
and events. ``extends`` names a base of which only the differences are listed. ``check_scenario`` follows the chain,
checks every file on its own (so a fault names the file where the mend belongs) and what they come to together, and
gives all faults at once; ``load_scenario`` returns the resolved scenario or raises.
"""

from sim.scenario.branching import Difference, differences, first_difference
from sim.scenario.catalogue import find_scenario, list_regions, list_scenarios, region_folder
from sim.scenario.check import Checked, check_scenario, load_scenario
from sim.scenario.json_schema import scenario_schema
from sim.scenario.schema import (
    BASE_DATE,
    CapacityMode,
    Kind,
    Kinds,
    Label,
    Scenario,
    ScenarioError,
    first_month,
    scenario_hash,
)

__all__ = [
    "BASE_DATE",
    "CapacityMode",
    "Checked",
    "Difference",
    "Kind",
    "Kinds",
    "Label",
    "Scenario",
    "ScenarioError",
    "check_scenario",
    "differences",
    "find_scenario",
    "first_difference",
    "first_month",
    "list_regions",
    "list_scenarios",
    "load_scenario",
    "region_folder",
    "scenario_hash",
    "scenario_schema",
]
