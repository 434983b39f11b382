"""Where scenario files and regions lie: catalogues of the package, and files beside the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.scenario.schema import Folder, ScenarioError
from sim.texts.faults import nearest, show

__all__ = ["COUNTRY", "find_scenario", "list_regions", "list_scenarios", "listed", "region_folder"]


COUNTRY = "country"
"""Folder of a catalogue with the regions of the rest of the country: found by name, and in no list."""


def list_scenarios(catalogue: Folder) -> list[str]:
    """Names of the scenarios in a catalogue folder, sorted."""
    return sorted(item.name.removesuffix(".toml") for item in catalogue.iterdir() if item.name.endswith(".toml"))


def list_regions(catalogue: Folder) -> list[str]:
    """Ids of the regions under ``regions/`` of a catalogue folder, sorted."""
    folder = catalogue / "regions"
    if not folder.is_dir():
        return []
    return sorted(item.name for item in folder.iterdir() if (item / "region.toml").is_file())


def region_folder(region: str, *catalogues: Folder) -> Folder:
    """Folder of a region: the first catalogue that has it, or else has it for the rest of the country.

    Raises:
        ScenarioError: none has it; names the nearest.
    """
    for catalogue in catalogues:
        if region in list_regions(catalogue):
            return catalogue / "regions" / region
    for catalogue in catalogues:
        if region in list_regions(catalogue / COUNTRY):
            return catalogue / COUNTRY / "regions" / region
    known = sorted({name for catalogue in catalogues for name in list_regions(catalogue)})
    everywhere = [*known, *(name for catalogue in catalogues for name in list_regions(catalogue / COUNTRY))]
    raise ScenarioError(
        "unknown_region", "regions", value=show(region), hint=nearest(region, everywhere), expected=listed(known)
    )


def find_scenario(scenario: str | Path, catalogue: Folder) -> tuple[Folder, tuple[Folder, ...]]:
    """File of a scenario given by name or path, and the folders in which its bases and regions are looked for.

    Raises:
        ScenarioError: there is no such file.
    """
    text = str(scenario)
    if isinstance(scenario, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        path = Path(scenario)
        if path.is_file():
            return path, (path.parent, catalogue)
        there = [item.name for item in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        known = [*there, *list_scenarios(catalogue)]
        hint = nearest(path.name, there)
    else:
        known = list_scenarios(catalogue)
        if text in known:
            return catalogue / f"{text}.toml", (catalogue,)
        rest = catalogue / COUNTRY
        if rest.is_dir() and text in list_scenarios(rest):
            return rest / f"{text}.toml", (rest, catalogue)
        here = f"{text}.toml"
        everywhere = [*known, *(list_scenarios(rest) if rest.is_dir() else ())]
        hint = nearest(here, [here]) if Path(here).is_file() else nearest(text, everywhere)
    raise ScenarioError("unknown_scenario", "scenario", value=show(text), hint=hint, expected=listed(known))


def listed(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return ", ".join(names) or "(there are none)"
