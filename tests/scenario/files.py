"""Scenario catalogues made up for the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["SHIPPED", "catalogue", "scenario_text"]

SHIPPED = Path(__file__).parents[2] / "scenarios"


def scenario_text(name: str, rest: str = "") -> str:
    """A scenario file with a label; `rest` may hold keys and then tables."""
    keys, bracket, tables = rest.partition("[")
    head = f'id = "{name}"\nlabel = {{nl = "{name} in het Nederlands", en = "{name} in English"}}\n'
    return f"{head}{keys}\n{bracket}{tables}\n"


def catalogue(folder: Path, **scenarios: str) -> Path:
    """A catalogue folder with these scenario files and one region, twente."""
    shutil.copytree(SHIPPED / "regions" / "twente", folder / "regions" / "twente")
    for name, text in scenarios.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
