"""Going on under another scenario that is the same so far."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sim.dates import month_of
from sim.parameters import Parameters
from sim.scenario import Scenario
from sim.scenario.branching import Difference, differences
from sim.state.faults import MEND_DATE, MEND_PARAMETER, MEND_RUN, SINCE, SINCE_DATE, StateError

if TYPE_CHECKING:
    from sim.model import RegionModel
    from sim.state.header import StateHeader

__all__ = ["fork", "refuse_other_past", "take_up"]

Both = tuple[str, str]


def refuse_other_past(
    where: object, header: StateHeader, scenario: Scenario, parameters: Parameters | None = None
) -> None:
    """Raise StateError when a scenario differs before the date of a state, or ends before it."""
    _refuse(where, header.date, header.resolved, scenario)
    if parameters is not None:
        values = {name: parameters[name].value for name in parameters}
        _refuse_parameters(where, header.date, header.parameters, values)


def _refuse_parameters(where: object, day: date, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            different = Difference(f"parameters.{name}", before.get(name), after.get(name), None)
            raise _other_past(where, day, different)


def _refuse(where: object, day: date, before: Scenario, after: Scenario) -> None:
    for different in differences(before, after):
        if different.month is None or different.month < month_of(day):
            raise _other_past(where, day, different)
    last = date(after.start.year + after.years, after.start.month, after.start.day)
    if day >= last:
        raise StateError("ended", where, date=day, last=last)


def _other_past(where: object, day: date, different: Difference) -> StateError:
    since, mend = SINCE, MEND_RUN
    if different.since is not None:
        since = _filled(SINCE_DATE, different.since)
        mend = _filled(MEND_DATE, day)
    elif different.path.startswith("parameters."):
        mend = MEND_PARAMETER
    return StateError(
        "other_past", where, date=day, what=different.path, since=since, mend=mend,
        before=_shown(different.before), after=_shown(different.after),
    )  # fmt: skip


def _filled(texts: Both, day: date) -> Both:
    return texts[0].format(date=day), texts[1].format(date=day)


def _shown(value: object) -> str | Both:
    if value is None:
        return "absent", "afwezig"
    return str(value)


def take_up(
    model: RegionModel, scenario: Scenario, parameters: Parameters | None = None, *, where: object = "the state"
) -> None:
    """Let a model go on under a scenario that has been the same so far; it then is as if it had been it from the start.

    Args:
        model: before the first of a month.
        scenario: from now on.
        parameters: of the scenario, to see that they are those of the model.
        where: what a message begins with.

    Raises:
        StateError: the next day is not the first of a month, or the scenario differs before it or ends by then.
    """
    today = model.today
    if today.day != 1:
        raise StateError("not_first", f"{where}:", date=today, near=today.replace(day=1))
    if parameters is not None:
        before, after = ({name: side[name].value for name in side} for side in (model.resolver.base, parameters))
        _refuse_parameters(where, today, before, after)
    _refuse(where, today, model.assumed, scenario)
    model.take_up(scenario)


def fork(model: RegionModel, scenario: Scenario, parameters: Parameters | None = None) -> RegionModel:
    """A copy of a model in memory that goes on under a scenario; see ``take_up``. The model itself stays as it is."""
    twin = copy.deepcopy(model)
    take_up(twin, scenario, parameters, where="the run")
    return twin
