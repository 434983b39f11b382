"""An owner makes known that he or she stops, or stops at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.acts.dispatch import handler
from sim.agents.gp import GP
from sim.agents.practice import Practice
from sim.agents.staffing import practices_of
from sim.interventions.instance import Act
from sim.workforce.careers import PROFESSION, RETIRES, SUDDEN

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["owner_stops"]


@handler("owner stops")
def owner_stops(model: RegionModel, act: Act, day: int) -> None:
    """Let owners of a practice stop: the one named, or the oldest ``owners`` of them.

    Who has announced an earlier stop keeps to that; who has gone, or owns the practice no more, is not replaced by
    another. Careers, succession and registration do the rest, as for any other owner.

    Args:
        act: ``practice`` (number), ``owners``, ``gp`` (number or None), ``notice`` (months, 0 for a sudden loss).
    """
    practice = practices_of(model)[act.data["practice"]]
    for gp in _who(practice, act.data["owners"], act.data["gp"]):
        _stops(model, practice, gp, act, day - model.run_in)


def _who(practice: Practice, owners: int, gp: int | None) -> list[GP]:
    if owners == 0:
        return []
    if gp is not None:
        return [one for one in practice.owners if one.number == gp]
    return sorted(practice.owners, key=lambda one: (one.birth_month, one.uid))[:owners]


def _stops(model: RegionModel, practice: Practice, gp: GP, act: Act, day: int) -> None:
    month, notice = act.month, act.data["notice"]
    stop = month + notice
    if gp.stop_month is not None and gp.stop_month <= stop:
        return
    force = model.workforce
    if gp.stop_month is not None:
        gp.stop_sooner(stop)
        if (search := force.succession.by_leaver(gp.uid)) is not None:
            search.stop = stop
    else:
        old = gp.age(month) >= model.parameters.number("careers.retiring_age")
        gp.announce_stop(stop, (RETIRES if old else PROFESSION) if notice else SUDDEN)
        if notice:
            force.told.append(gp)
    if notice:
        model.ledger.log(day, "owner announces stop", practice.number, notice, gp=gp.number, cause=gp.stop_cause)
