"""Units in Dutch: those of parameters and settings from the table beside this file, the others as declared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from experiments.texts import Language
from sim.indicators.registry import UNITS
from sim.interventions.registry import declared

__all__ = ["dutch_units", "unit_in"]


@cache
def dutch_units() -> Mapping[str, str]:
    """Dutch by English: of indicators and costs as declared, of all else by ``units.toml``."""
    table = tomllib.loads(files("experiments").joinpath("units.toml").read_text(encoding="utf-8"))
    costs = {cost.unit("en"): cost.unit("nl") for one in declared().values() for cost in one.costs}
    return {**UNITS, **costs, **table}


def unit_in(unit: str, lang: Language) -> str:
    """A unit in the language; one that the table lacks, such as that of an older file, stays as it is."""
    return dutch_units().get(unit, unit) if lang == "nl" else unit
