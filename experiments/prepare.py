"""From words on the command line to everything a run is made of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from experiments.catalogue import packaged
from experiments.manifest import folder_hash, run_key
from experiments.texts import Language, number
from sim.interventions.registry import kinds
from sim.parameters import ParameterError, Parameters, load_parameters
from sim.region import Region, RegionError, load_region
from sim.scenario import Scenario, ScenarioError, load_scenario, region_folder, scenario_hash
from sim.scenario.schema import Folder

__all__ = ["INPUT_ERRORS", "Prepared", "prepare", "region_of"]

INPUT_ERRORS: tuple[type[Exception], ...] = (ParameterError, RegionError, ScenarioError)
"""What ``prepare`` raises when the user's input is at fault; the message is one line."""


@dataclass(frozen=True)
class Prepared:
    """A run before it starts: region, scenario and parameters as loaded, and the key that names the run."""

    region: Region
    scenario: Scenario
    parameters: Parameters
    seed: int
    name: str
    scenario_data: dict[str, Any]
    scenario_hash: str
    region_hash: str
    share: float = 1.0
    """Of the region's inhabitants and practices that is simulated."""
    region_folder: Any = None
    """Where the region was read from: parameters of the road network need it anew."""

    @cached_property
    def key(self) -> str:
        """Name of the run: same key, same results (see ``run_key``)."""
        return run_key(self.scenario_hash, self.region_hash, self.seed, self.parameters, self.share)

    @property
    def region_label(self) -> dict[Language, str]:
        """Name of the region in both languages."""
        return {"nl": self.region.label_nl, "en": self.region.label_en}

    @property
    def first_year_end(self) -> datetime.date:
        """The day on which the first full calendar year is over."""
        start = self.scenario.start
        full = start.year if (start.month, start.day) == (1, 1) else start.year + 1
        return datetime.date(full + 1, 1, 1)

    def under(self, **changes: Any) -> Prepared:
        """The same run with some fields of its scenario changed; they are taken as checked."""
        scenario = self.scenario.model_copy(update=changes)
        data, digest = scenario.model_dump(mode="json"), scenario_hash(scenario)
        return replace(self, scenario=scenario, scenario_data=data, scenario_hash=digest)

    def announcement(self, lang: Language) -> dict[str, object]:
        """What is going to be run, as values for the text ``starting``."""
        return {
            "scenario": self.name,
            "people": number(float(round(self.region.population * self.share)), lang),
            "region": self.region_label[lang],
            "years": self.scenario.years,
            "start": self.scenario.start.isoformat(),
            "seed": self.seed,
            "mode": self.scenario.capacity_mode,
        }


def prepare(
    scenario: str,
    *,
    seed: int,
    years: int | None = None,
    capacity_mode: str | None = None,
    parameters: Mapping[str, float | list[float]] | None = None,
    share: float = 1.0,
) -> Prepared:
    """Load a packaged scenario by name or a scenario file by path, with its region and the parameters.

    Args:
        scenario: name, or path of a TOML file; its bases and its region are looked for beside it first.
        seed: seed of the world.
        years: years to simulate instead of those of the scenario.
        capacity_mode: instead of that of the scenario.
        parameters: values by full name, over those of the scenario.
        share: of the region's inhabitants and practices that is simulated.

    Raises:
        ScenarioError, RegionError, ParameterError: bad input; the message is one line that names the mend.
    """
    defaults = load_parameters()
    loaded = load_scenario(scenario, packaged(), defaults, kinds())
    changes: dict[str, Any] = {"years": years, "capacity_mode": capacity_mode}
    if parameters:
        changes["parameters"] = {**loaded.parameters, **parameters}
    loaded = Scenario.model_validate(
        {**loaded.model_dump(), **{key: value for key, value in changes.items() if value is not None}}
    )
    values = defaults.replace(loaded.parameters)
    folder = region_folder(loaded.region, *_catalogues(scenario))
    return Prepared(
        region=load_region(folder, values),
        scenario=loaded,
        parameters=values,
        seed=seed,
        name=loaded.id,
        scenario_data=loaded.model_dump(mode="json"),
        scenario_hash=scenario_hash(loaded),
        region_hash=folder_hash(folder),
        share=share,
        region_folder=folder,
    )


def region_of(scenario: str, resolved: Scenario) -> tuple[Region, Parameters]:
    """Region and parameters of a scenario that has been checked.

    Args:
        scenario: name, or path of a TOML file, as for :func:`prepare`.
        resolved: what it came to.

    Raises:
        ScenarioError, RegionError: as :func:`prepare`.
    """
    values = load_parameters().replace(resolved.parameters)
    return load_region(region_folder(resolved.region, *_catalogues(scenario)), values), values


def _catalogues(scenario: str) -> list[Folder]:
    """Where a scenario's region is looked for: beside its file first."""
    beside: list[Folder] = [Path(scenario).parent] if scenario.endswith(".toml") else []
    return [*beside, packaged()]
