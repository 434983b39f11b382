"""What can be run: the packaged scenarios and regions, and what scenarios may hold.

Reads only labels, so shell completion is quick.
"""

from __future__ import annotations

import csv
import re
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from experiments.texts import Language, number, say
from sim.scenario.catalogue import COUNTRY, list_regions
from sim.scenario.schema import NAME

__all__ = ["catalogue", "packaged", "scenario_file", "scenario_names"]


def packaged() -> Traversable:
    """Folder of the scenarios and regions that ship with the model."""
    return resources.files("scenarios")


def scenario_names() -> list[str]:
    """Names of the packaged scenarios, sorted."""
    return sorted(item.name.removesuffix(".toml") for item in packaged().iterdir() if item.name.endswith(".toml"))


def scenario_file(name: str) -> Traversable | None:
    """File of a packaged scenario, those of the rest of the country among them; None where there is none."""
    if not re.fullmatch(NAME.strip("^$"), name):  # a path would lead out of the catalogue
        return None
    found = [folder / f"{name}.toml" for folder in (packaged(), packaged() / COUNTRY)]
    return next((file for file in found if file.is_file()), None)


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def catalogue(lang: Language, here: Path) -> list[list[str]]:
    """Rows of (kind, name, one line about it): scenarios, regions, interventions, events; those of a folder last.

    Args:
        lang: of the lines.
        here: folder of the user's own scenarios and regions.
    """
    from sim.interventions.registry import declared

    rows = [
        [say("scenario", lang), name, str(_read(packaged() / f"{name}.toml")["label"][lang])]
        for name in scenario_names()
    ]
    rows += _regions(packaged() / "regions", "region", lang)
    rest = len(list_regions(packaged() / COUNTRY))
    rows.append([say("region", lang), "...", say("rest_line", lang, regions=rest)])
    for one in sorted(declared().values(), key=lambda one: (one.event, one.id)):
        rows.append([say("event_word" if one.event else "intervention", lang), one.id, getattr(one.name, lang)])
    rows += _scenarios_here(here, lang)
    rows += _regions(here / "regions", "region_here", lang)
    return rows


def _regions(folder: Traversable, kind: str, lang: Language) -> list[list[str]]:
    rows = []
    for one in sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else ():
        try:
            label = _read(one / "region.toml")[f"label_{lang}"]
            lines = (one / "municipalities.csv").read_text(encoding="utf-8").splitlines()
            towns = [float(row["population"]) for row in csv.DictReader(lines)]
        except (OSError, ValueError, KeyError, TypeError, csv.Error):  # none, or not finished: running it tells
            continue
        about = say("region_line", lang, label=label, municipalities=len(towns), people=number(sum(towns), lang))
        rows.append([say(kind, lang), one.name, about])
    return rows


def _scenarios_here(folder: Path, lang: Language) -> list[list[str]]:
    """TOML files of a folder that say they are a scenario: an id, and what they extend or where they play."""
    rows = []
    for file in sorted(folder.glob("*.toml")):
        try:
            content = _read(file)
        except (OSError, ValueError):
            continue
        if content.get("id") == file.stem and ("extends" in content or "region" in content):
            label = content.get("label")
            rows.append(
                [say("scenario_here", lang), file.name, str(label.get(lang, "")) if isinstance(label, dict) else ""]
            )
    return rows
