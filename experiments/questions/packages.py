"""Scenarios made of a base and a package of interventions, and what each intervention costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from experiments.prepare import Prepared
from experiments.questions.asking import QuestionError, Way, ask, grid_of
from experiments.runs.draw import Draw
from sim.interventions.registry import interventions
from sim.texts.faults import nearest

__all__ = ["costs_of", "tables_of", "with_package"]


def tables_of(prepared: Prepared, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The table of each intervention: that of the scenario where it has one, else the declared defaults.

    Raises:
        QuestionError: one does not exist, is named twice, needs a setting that only a file can give, or does not go
            with the region.
    """
    known = interventions()
    own = {str(one["id"]): dict(one) for one in prepared.scenario.interventions}
    found: dict[str, dict[str, Any]] = {}
    for id in ids:
        if id in found:
            raise QuestionError(f"{id} is named twice")
        if id in own:
            found[id] = own[id]
            continue
        if id not in known:
            raise QuestionError(
                f"there is no intervention {id!r}{nearest(id, known)}; `deltaplan intervention` lists them"
            )
        try:
            values = known[id].model.model_validate({}).model_dump(mode="json")
        except ValidationError as error:
            key = error.errors()[0]["loc"][0]
            raise QuestionError(
                f"{id} needs {key!r}: write it in a scenario file (`deltaplan new`) and name that scenario"
            ) from None
        if values.get("start", "") is None:
            values["start"] = prepared.scenario.start.isoformat()
        for misfit in known[id].misfits(values, prepared.region):
            raise QuestionError(f"{id} cannot be used in {prepared.region.id} ({misfit.sentence})")
        found[id] = {"id": id, "kind": id, **values}
    return found


def with_package(prepared: Prepared, tables: dict[str, dict[str, Any]], part: Sequence[str]) -> Prepared:
    """The scenario with these of the candidate interventions and none of the other candidates.

    Args:
        prepared: the base; what else it holds stays.
        tables: of all candidates.
        part: ids of those in the package.
    """
    kept = [one for one in prepared.scenario.interventions if one["id"] not in tables]
    chosen = sorted([*kept, *(tables[id] for id in part)], key=lambda one: str(one["id"]))
    return replace(prepared.under(interventions=tuple(chosen)), name="+".join([prepared.name, *part]))


def costs_of(
    kind: str, prepared: Prepared, tables: dict[str, dict[str, Any]], way: Way, share: float = 1.0
) -> dict[str, float]:
    """What each candidate costs a year, whoever pays: euro, mean over the full years of one run in which all act.

    Args:
        kind: of the store.
        prepared: the base.
        tables: of the candidates.
        way: how it is run; its first seed is taken.
        share: of the inhabitants in that run. Costs of the region as a whole do not shrink with the share, so anything
            but 1 is for trials.

    Raises:
        QuestionError, StoreError, Stopped: as for any question.
    """
    whole = replace(with_package(prepared, tables, list(tables)), share=share)
    grid = grid_of(whole, [Draw()], way.seeds[:1], ("indicators", "intervention_cost"))
    store = ask(kind, way, grid)
    key = grid[0][0].key
    years = store.query(f"select last_year - first_year + 1 as years from runs where key = '{key}'")["years"][0].as_py()
    rows = store.query(
        f"select intervention, sum(cents) / 100.0 as euro from intervention_cost join runs using (key) "
        f"where key = '{key}' and year between first_year and last_year group by intervention"
    ).to_pylist()
    spent = {row["intervention"]: float(row["euro"]) / years for row in rows}
    return {id: spent.get(id, 0.0) for id in tables}
