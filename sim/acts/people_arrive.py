"""People come by an event: homes are built, refugees arrive, older people settle, visitors come and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.acts.dispatch import handler
from sim.interventions.instance import Act
from sim.modifiers import instance_number
from sim.randomness.streams import Stream
from sim.region.traits import keyed
from sim.world.arrivals import district_node, households, in_new_homes, older_households, rows_of

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["homes_filled", "older_settle", "refugees_arrive", "visitors_come", "visitors_go"]


def _this_month(model: RegionModel, act: Act) -> int:
    """What falls to this month of ``total`` in ``months`` equal parts, of which this is number ``part``, in whole ones.

    In a region at a smaller scale so much fewer.
    """
    total, months, part = act.data["total"] * model.scale, act.data["months"], act.data["part"]
    return int(total * (part + 1) / months) - int(total * part / months)


def _add(model: RegionModel, columns: Mapping[str, npt.NDArray[Any]], act: Act, day: int, kind: str) -> None:
    uid = columns["uid"]
    if uid.size:
        model.people.add(uid.size, day=day, **columns)
        model.reporter.count(arrived=uid.size)
        model.ledger.log(day - model.run_in, kind, value=float(uid.size), cause=act.source)


@handler("homes filled")
def homes_filled(model: RegionModel, act: Act, day: int) -> None:
    """Households from outside move into new homes at the edge of a place.

    Args:
        act: ``place`` (row), and ``total`` homes in ``months``, this being month number ``part``.
    """
    node = district_node(model.region, act.data["place"])
    count, source = _this_month(model, act), instance_number(act.source)
    columns = in_new_homes(model.demography, node, count, source, model.seed, act.month)
    _add(model, columns, act, day, "new homes filled")


@handler("older people settle")
def older_settle(model: RegionModel, act: Act, day: int) -> None:
    """Older households from outside settle in the region, over its municipalities by inhabitants.

    Args:
        act: ``total`` households in ``months``, this being month number ``part``.
    """
    share = np.cumsum(model.demography.inhabitants) / model.demography.inhabitants.sum()
    count, source = _this_month(model, act), instance_number(act.source)
    seat = (np.uint64(source) << np.uint64(32)) | np.arange(count, dtype=np.uint64)
    town_of = np.searchsorted(share, keyed(model.seed, Stream.ARRIVAL, seat, act.month)[0], side="right")
    for town, each in enumerate(np.bincount(np.minimum(town_of, share.size - 1), minlength=share.size).tolist()):
        if each:
            columns = older_households(model.demography, town, each, source, model.seed, act.month)
            _add(model, columns, act, day, "older people settle")


@handler("refugees arrive")
def refugees_arrive(model: RegionModel, act: Act, day: int) -> None:
    """Refugees come to live in a municipality, without a GP.

    Args:
        act: ``town`` (row), ``needs`` (times those of others), ``helped`` (share who have help in their search), and
            ``total`` people in ``months``, this being month number ``part``.
    """
    columns = households(
        "newcomer", model.demography, act.data["town"], _this_month(model, act), act.data["needs"],
        instance_number(act.source), model.seed, act.month, act.data["helped"],
    )  # fmt: skip
    _add(model, columns, act, day, "refugees arrive")


@handler("visitors come")
def visitors_come(model: RegionModel, act: Act, day: int) -> None:
    """Visitors begin to stay in a municipality; they keep their practice at home.

    Args:
        act: ``town`` (row), ``persons`` present at a time, ``needs`` (times those of others).
    """
    guests = model.demography.guests
    columns = households(
        "visitor", model.demography, act.data["town"], int(act.data["persons"] * model.scale), act.data["needs"],
        instance_number(act.source), model.seed, act.month,
    )  # fmt: skip
    guests[act.source] = np.unique(columns["household"])
    _add(model, columns, act, day, "visitors come")


@handler("visitors go")
def visitors_go(model: RegionModel, act: Act, day: int) -> None:
    """Who came with the season goes; what they had asked for and not got yet goes with them."""
    gone = rows_of(model.people, model.demography.guests.pop(act.source, np.empty(0, np.uint64)))
    if gone.size:
        model.people.remove(gone, day)
        model.reporter.count(left=gone.size)
        model.ledger.log(day - model.run_in, "visitors go", value=float(gone.size), cause=act.source)
