"""An out-of-hours post closes at night, or opens again: other posts of its organisation see who calls then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.acts.dispatch import handler
from sim.acts.serving import serve
from sim.agents.staffing import posts_of
from sim.interventions.instance import Act

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["post_nights_begin", "post_nights_end"]


@handler("post nights end")
def post_nights_end(model: RegionModel, act: Act, day: int) -> None:
    """Keep no GPs at a post from 23 to 8 h; the last of its organisation keeps them, and that is logged.

    Args:
        act: ``post`` (number).
    """
    posts, number = posts_of(model), int(act.data["post"])
    closing = posts[number]
    if closing.closed_since is not None or not closing.open_at_night:
        return
    others = [
        one
        for one in posts
        if one.organisation == closing.organisation and one.closed_since is None and one.open_at_night
    ]
    if others == [closing]:
        model.ledger.log(day - model.run_in, "post stays open", value=number, cause="last post at night")
        return
    closing.close_at_night()
    serve(model, model.node_post)
    model.ledger.log(day - model.run_in, "post closes at night", value=number)


@handler("post nights begin")
def post_nights_begin(model: RegionModel, act: Act, day: int) -> None:
    """Keep GPs at a post at night again.

    Args:
        act: ``post`` (number).
    """
    number = int(act.data["post"])
    opening = posts_of(model)[number]
    if opening.open_at_night:
        return
    opening.open_again_at_night()
    serve(model, model.node_post)
    model.ledger.log(day - model.run_in, "post opens at night", value=number)
