"""The scenario of an earlier year that goes with a region: ``scenarios/backcast/<region>-<year>.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from experiments.catalogue import packaged
from experiments.prepare import Prepared, prepare

__all__ = ["Past", "past_of"]

_FOLDER = "backcast"


@dataclass(frozen=True)
class Past:
    """A scenario of an earlier year, and the text of its file, whose comments name the sources."""

    prepared: Prepared
    text: str


def past_of(now: Prepared) -> Past | None:
    """The back-cast of a scenario's region, with its seed, share and capacity mode; None where there are no data.

    Raises:
        ScenarioError, RegionError, ParameterError: its files are wrong.
    """
    folder = packaged() / _FOLDER
    names = sorted(one.name for one in folder.iterdir() if one.name.startswith(f"{now.region.id}-"))
    found = next((name for name in names if name.endswith(".toml")), None)
    if found is None:
        return None
    with resources.as_file(folder) as there:
        file = Path(there) / found
        prepared = prepare(
            str(file), seed=now.seed, share=now.share, capacity_mode=now.scenario.capacity_mode
        )  # fmt: skip
        return Past(prepared, file.read_text(encoding="utf-8"))
