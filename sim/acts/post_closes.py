"""An out-of-hours post closes: those whom it served go to the nearest one that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.acts.dispatch import handler
from sim.acts.serving import serve
from sim.agents.staffing import posts_of
from sim.interventions.instance import Act

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["post_closes"]


@handler("post closes")
def post_closes(model: RegionModel, act: Act, day: int) -> None:
    """Close a post; the last one of a region stays, and says so in the log.

    The night that ends this morning is still done by its GPs; who calls in it is sent to the next post already.

    Args:
        act: ``post`` (number).
    """
    posts = posts_of(model)
    number = int(act.data["post"])
    closing = posts[number]
    if closing.closed_since is not None:
        return
    left = np.array([one.closed_since is None and one.number != number for one in posts])
    if not left.any():
        model.ledger.log(day - model.run_in, "post stays open", value=number, cause="last post")
        return
    closing.close_for_good(act.month)
    minutes = np.where(left[None, :], model.care.posts.node_minutes, np.inf)
    serve(model, np.where(model.node_post == number, np.argmin(minutes, axis=1), model.node_post))
    model.ledger.log(day - model.run_in, "post closes", value=number)
