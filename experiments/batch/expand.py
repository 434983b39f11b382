"""From a plan to its tasks: scenarios loaded, names and ranges checked against declarations, the design drawn."""

from __future__ import annotations

import dataclasses
import fnmatch
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.batch.designs import MOST_DRAWS, Factor, draw_rows
from experiments.batch.plan import Plan, PlanError, Range
from experiments.prepare import INPUT_ERRORS, Prepared, prepare
from experiments.questions.accepted import ACCEPTED, SHIPPED, AcceptedError, sets_of
from experiments.runs.draw import Bounds, Draw, DrawError, bounds
from experiments.runs.parts import part_of, write_part
from experiments.runs.store import Store, StoreError
from experiments.runs.task import STANDARD, Task
from experiments.units import unit_in

__all__ = ["Expanded", "expand", "planned", "write_plan"]

_TABLES = ("interventions.", "events.")


@dataclass(frozen=True)
class Expanded:
    """A plan worked out: its tasks in the order of scenario, draw, seed; the draws of the design in its order."""

    plan: Plan
    tasks: list[Task]
    draws: list[Draw]
    factors: Mapping[str, Factor]


def expand(
    plan: Plan, beside: Path, tables: Iterable[str] = (), least_runs: int | None = None, sets: str | None = None
) -> Expanded:
    """Work a plan out.

    Args:
        plan: as loaded.
        beside: folder that scenario files and the file of parameter sets are named from.
        tables: to be kept besides the standard ones and the plan's.
        least_runs: seeds instead of those of the plan.
        sets: file of accepted parameter sets, ``accepted`` or ``shipped`` (see ``sets_of``), instead of the plan's.

    Raises:
        PlanError: a scenario, name, range or set is wrong; one line a fault.
    """
    arms = _arms(plan, beside)
    factors = _factors(plan, arms)
    draws = _sets(plan, arms, beside, sets) or [Draw(row) for row in draw_rows(plan.design, factors)]
    runs = plan.runs if least_runs is None else least_runs
    total = len(arms) * len({draw.id for draw in draws}) * runs
    if total > MOST_DRAWS:
        raise PlanError.of("many_runs", total=total, most=MOST_DRAWS)
    kept = {*STANDARD, *plan.tables, *tables}
    tasks: dict[str, Task] = {}
    for arm in arms:
        for draw in {draw.id: draw for draw in draws}.values():
            for seed in range(plan.first_seed, plan.first_seed + runs):
                task = Task.of(dataclasses.replace(arm, seed=seed), draw, kept)
                tasks[task.key] = task
    return Expanded(plan, list(tasks.values()), draws, factors)


def _arms(plan: Plan, beside: Path) -> list[Prepared]:
    arms, faults = [], list[PlanError]()
    for name in plan.scenarios:
        path = str(beside / name) if name.endswith(".toml") else name
        try:
            arms.append(
                prepare(
                    path, seed=plan.first_seed, years=plan.years, capacity_mode=plan.capacity_mode, share=plan.share
                )
            )
        except INPUT_ERRORS as error:
            faults.append(PlanError.of("at", place="scenarios", error=error))
    names = [arm.name for arm in arms]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        faults.append(PlanError.of("same_name", name=twice[0]))
    if faults:
        raise PlanError.joined(faults)
    return arms


def _sets(plan: Plan, arms: list[Prepared], beside: Path, given: str | None) -> list[Draw]:
    """Accepted parameter sets as draws, in the order of the file; none where none are asked for."""
    if given not in {None, SHIPPED} and plan.parameters:
        raise PlanError.of("sets_and_design")
    chosen, place = (given, "--sets") if given is not None else (plan.sets, "sets")
    if chosen is None:
        return []
    regions = sorted({arm.region.id for arm in arms})
    if chosen == ACCEPTED and len(regions) > 1:
        raise PlanError.of("sets_of_regions", place=place, regions=", ".join(regions))
    if given is None and chosen not in {ACCEPTED, SHIPPED}:
        chosen = str(beside / chosen)
    try:
        return list(sets_of(arms[0], chosen).draws)
    except AcceptedError as error:
        raise PlanError.of("at", place=place, error=error) from None


def _factors(plan: Plan, arms: list[Prepared]) -> dict[str, Factor]:
    factors, faults = {}, list[PlanError]()
    for pattern, span in plan.parameters.items():
        try:
            names = _names(pattern, arms)
            for name in names:
                if name in factors:
                    raise PlanError.of("twice", name=name, pattern=pattern)
                factors[name] = _factor(name, span, arms)
        except (DrawError, PlanError) as error:
            faults.append(
                error if isinstance(error, PlanError) else PlanError.of("at", place="parameters", error=error)
            )
    if faults:
        raise PlanError.joined(faults)
    return factors


def _names(pattern: str, arms: list[Prepared]) -> list[str]:
    if "*" not in pattern:
        return [pattern]
    parameters = arms[0].parameters
    found = [name for name in fnmatch.filter(parameters, pattern) if not isinstance(parameters[name].value, list)]
    found = [name for name in found if parameters[name].low != parameters[name].high]
    if not found:
        raise PlanError.of("no_match", pattern=pattern)
    return found


def _factor(name: str, span: Range, arms: list[Prepared]) -> Factor:
    known = bounds(name, arms[0])
    if name.startswith(_TABLES):
        table, id, _ = name.split(".")
        having = [arm for arm in arms if any(one["id"] == id for one in getattr(arm.scenario, table))]
        if not having:
            raise PlanError.of(f"none_has_{table}", name=name, id=id)
        known = bounds(name, having[0])
    if span.values is not None:
        for value in span.values:
            known.check(value)
        return Factor(known, min(span.values), max(span.values), span.values)
    if span.low is not None and span.high is not None:
        known.check(span.low)
        known.check(span.high)
        return Factor(known, span.low, span.high)
    if not known.evidenced:
        raise PlanError.of("no_evidence", name=name, least=known.least, most=known.most, **_units(known))
    if known.low >= known.high:
        raise PlanError.of("no_range", name=name, value=known.value, **_units(known))
    return Factor(known, known.low, known.high)


def _units(known: Bounds) -> dict[str, str]:
    return {"unit": known.unit, "eenheid": unit_in(known.unit, "nl")}


# beside the runs


PLANNED = pa.schema([("key", pa.string()), ("scenario", pa.string()), ("draw", pa.string()), ("seed", pa.int64())])
DESIGN = pa.schema([("place", pa.int32()), ("draw", pa.string())])


def planned(store: Store) -> dict[str, dict[str, Any]]:
    """Rows of the runs that a store's plan asks for, by key; empty without a plan."""
    try:
        rows: list[dict[str, Any]] = pq.ParquetFile(store.folder / "planned.parquet").read().to_pylist()
    except FileNotFoundError:
        return {}
    return {row["key"]: row for row in rows}


def write_plan(store: Store, expanded: Expanded) -> None:
    """Put a plan beside its runs: ``planned.parquet``, ``design.parquet`` and ``plan.json``.

    Raises:
        StoreError: the store holds runs of a plan that this one does not extend; nothing is changed.
    """
    rows = [
        {"key": task.key, "scenario": task.prepared.name, "draw": task.draw.id, "seed": task.prepared.seed}
        for task in expanded.tasks
    ]
    before, now = planned(store), {task.key for task in expanded.tasks}
    lost = [row for key, row in before.items() if key not in now]
    if lost:
        raise StoreError.of(
            "other_plan", path=store.folder, lost=len(lost), before=len(before), why=_why(store, expanded)
        )
    content = json.dumps(_told(expanded), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    design = [{"place": place, "draw": draw.id} for place, draw in enumerate(expanded.draws)]
    write_part(store.folder / "planned.parquet", part_of(pa.Table.from_pylist(rows, schema=PLANNED)))
    write_part(store.folder / "design.parquet", part_of(pa.Table.from_pylist(design, schema=DESIGN)))
    write_part(store.folder / "plan.json", content.encode())


def _told(expanded: Expanded) -> dict[str, Any]:
    """The plan as written, with what is in its file of sets rather than where that lies."""
    told = expanded.plan.model_dump(mode="json", exclude={"sets"})
    sets = {} if expanded.factors else {draw.id: dict(draw.values) for draw in expanded.draws if draw.values}
    return {**told, "sets": sets} if sets else told


def _why(store: Store, expanded: Expanded) -> StoreError:
    try:
        before = json.loads((store.folder / "plan.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    now = _told(expanded)
    changed = [key for key in {**now, **before} if before and before.get(key) != now.get(key)]
    return StoreError.of("plan_differs", keys=", ".join(changed)) if changed else StoreError.of("scenario_differs")
