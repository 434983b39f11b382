"""What can be run: the packaged scenarios and regions, and what scenarios may hold.

Reads only labels, so shell completion is quick.
"""

from __future__ import annotations

import csv
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from experiments.texts import Language, number, say

__all__ = ["catalogue", "packaged", "scenario_names"]


def packaged() -> Traversable:
    """Folder of the scenarios and regions that ship with the model."""
    return resources.files("scenarios")


def scenario_names() -> list[str]:
    """Names of the packaged scenarios, sorted."""
    return sorted(item.name.removesuffix(".toml") for item in packaged().iterdir() if item.name.endswith(".toml"))


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def catalogue(lang: Language) -> list[list[str]]:
    """Rows of (kind, name, one line about it): scenarios, regions, interventions, events."""
    from sim.interventions.registry import declared

    rows = [
        [say("scenario", lang), name, str(_read(packaged() / f"{name}.toml")["label"][lang])]
        for name in scenario_names()
    ]
    regions = packaged() / "regions"
    for folder in sorted(regions.iterdir(), key=lambda item: item.name):
        if not (folder / "region.toml").is_file():
            continue
        label = _read(folder / "region.toml")[f"label_{lang}"]
        lines = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()
        towns = [float(row["population"]) for row in csv.DictReader(lines)]
        about = say("region_line", lang, label=label, municipalities=len(towns), people=number(sum(towns), lang))
        rows.append([say("region", lang), folder.name, about])
    for one in sorted(declared().values(), key=lambda one: (one.event, one.id)):
        rows.append([say("event_word" if one.event else "intervention", lang), one.id, getattr(one.name, lang)])
    return rows
