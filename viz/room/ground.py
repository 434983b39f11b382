"""What all sessions of a region share and nobody changes: the baseline, its levers and its map."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.catalogue import scenario_file, scenario_names
from experiments.prepare import Prepared, prepare
from experiments.texts import Language
from viz.figures.map import roads
from viz.figures.outline import outlines_from, sketched
from viz.plan.file import MOST_YEARS, baseline_of
from viz.plan.levers import Lever, levers
from viz.plan.plan import Plan, plan_of

__all__ = ["Ground", "ground", "label_of", "shipped"]


@dataclass(frozen=True, eq=False)
class Ground:
    """A region as every session sees it.

    Attributes:
        name: of the baseline scenario.
        base: prepared, with the first seed.
        levers: what can be set.
        drawn: GeoJSON of the municipalities from a file; none: they are sketched.
        roads: lines of the map.
        shipped: names of the scenarios that come with the model for this region, the baseline first.
    """

    name: str
    base: Prepared
    levers: tuple[Lever, ...]
    drawn: dict[str, Any] | None
    roads: list[dict[str, Any]]
    shipped: tuple[str, ...]

    @property
    def sketch(self) -> bool:
        """Whether the outlines are sketched."""
        return self.drawn is None

    @functools.cached_property
    def outlines(self) -> dict[str, Any]:
        """GeoJSON of the municipalities. The first look at a sketch takes most of a second."""
        return sketched(self.base.region) if self.drawn is None else self.drawn

    def lever(self, kind: str) -> Lever | None:
        """The lever of that kind."""
        return next((one for one in self.levers if one.kind == kind), None)

    def baseline(self, lang: Language) -> Plan:
        """The plan that changes nothing."""
        return plan_of(self.base, self.name, lang)


@functools.cache
def ground(region: str, outlines: str = "", share: float = 1.0, years: int | None = None) -> Ground:
    """The ground of a region.

    Args:
        region: id.
        outlines: GeoJSON file of the user's; empty for sketched ones.
        share: part of the inhabitants and practices that is simulated.
        years: of the baseline; as it says for None.

    Raises:
        PlanError: the region has no baseline.
        OutlineError: the file cannot be used.
    """
    name = baseline_of(region)
    base = prepare(name, seed=1, share=share, years=years)
    towns = [town.name for town in base.region.municipalities]
    return Ground(
        name=name,
        base=base,
        levers=levers(base.region, base.scenario.start.year, MOST_YEARS),
        drawn=outlines_from(Path(outlines), towns) if outlines else None,
        roads=roads(base.region),
        shipped=(name, *(other for other in scenario_names() if other != name and _region_of(other) == region)),
    )


@functools.cache
def shipped(name: str) -> Prepared:
    """A scenario that comes with the model, prepared."""
    return prepare(name, seed=1)


@functools.cache
def _file_of(name: str) -> dict[str, Any]:
    """A shipped scenario's file as it is written; quicker than the scenario."""
    file = scenario_file(name)
    assert file is not None, name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def label_of(name: str, lang: Language) -> str:
    """What people read of a shipped scenario."""
    return str(_file_of(name)["label"][lang])


def _region_of(name: str) -> str:
    """Id of its region, which it may have from what it extends."""
    file = _file_of(name)
    return str(file["region"]) if "region" in file else _region_of(str(file["extends"]))
