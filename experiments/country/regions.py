"""Which regions the country is made of, and the baseline of each."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.catalogue import packaged
from experiments.prepare import Prepared, prepare
from sim.scenario.catalogue import COUNTRY, list_regions

__all__ = ["prepared_country", "region_names"]


def region_names() -> list[str]:
    """Ids of the 28 labour-market regions, sorted; each is also the name of its baseline."""
    return sorted([*list_regions(packaged()), *list_regions(packaged() / COUNTRY)])


def prepared_country(
    *, seed: int, years: int, share: float = 1.0, names: Sequence[str] | None = None
) -> list[Prepared]:
    """The baselines of all regions, or of some.

    Raises:
        ScenarioError: a name is none.
    """
    return [prepare(name, seed=seed, years=years, share=share) for name in names or region_names()]
