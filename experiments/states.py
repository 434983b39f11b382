"""States of a run on the command line: which are saved on the way, and from which a run goes on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.state import StateError, StateHeader, load_state, read_header, refuse_taken, save_state
from sim.state.folder import check_date

if TYPE_CHECKING:
    from experiments.prepare import Prepared

__all__ = ["StateError", "continued", "default_states", "plan_saves", "provenance", "read_header", "save"]


def default_states(prepared: Prepared) -> Path:
    """``states/<scenario>-seed<seed>-<first 8 digits of the run's key>`` in the current folder."""
    return Path("states") / f"{prepared.name}-seed{prepared.seed}-{prepared.key[:8]}"


def plan_saves(
    prepared: Prepared,
    dates: Sequence[datetime.date],
    folder: Path | None,
    *,
    force: bool = False,
    begin: datetime.date | None = None,
) -> dict[datetime.date, Path]:
    """Where the state of each date will lie: a folder named by the date in ``folder``; asked before anything runs.

    Args:
        prepared: the run.
        dates: on which a state is wanted.
        folder: for the states; ``default_states`` if left out.
        force: replace states of this very run.
        begin: day on which the run goes on from a state; its start if left out.

    Raises:
        StateError: a date is not the first of a month or does not lie within the run, or its folder is taken.
    """
    scenario = prepared.scenario
    target = default_states(prepared) if folder is None else folder
    plan = {}
    for day in sorted(set(dates)):
        check_date(day, scenario.start, scenario.years, "--save-at:", begin)
        plan[day] = target / day.isoformat()
        refuse_taken(plan[day], force, day, prepared.seed, prepared.share, scenario)
    return plan


def save(model: Any, plan: Mapping[datetime.date, Path]) -> Path | None:
    """Save the model if a state of its next day is wanted; where it lies, or None."""
    if (folder := plan.get(model.today)) is None:
        return None
    save_state(model, folder, replace=folder.exists())
    return folder


def continued(prepared: Prepared, state: Path, *, check: bool = False) -> Any:
    """The model of a prepared run as it is on the date of a state, from which it goes on.

    Raises:
        StateError: it is no state that this run can go on from.
    """
    return load_state(
        state,
        scenario=prepared.scenario,
        parameters=prepared.parameters,
        region=prepared.region,
        seed=prepared.seed,
        share=prepared.share,
        check=check,
    )


def provenance(header: StateHeader) -> dict[str, Any]:
    """What the timing of a run says about the state that it went on from."""
    return {"date": header.date.isoformat(), "scenario": header.scenario["id"], "digest": header.digest}
