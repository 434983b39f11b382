"""An out-of-hours post opens: those who live nearer to it than to the one they have go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.acts.dispatch import handler
from sim.acts.serving import serve
from sim.agents.staffing import posts_of
from sim.interventions.instance import Act

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["post_opens"]


@handler("post opens")
def post_opens(model: RegionModel, act: Act, day: int) -> None:
    """Open a post that is closed; one that is open stays as it is.

    Args:
        act: ``post`` (number).
    """
    number = int(act.data["post"])
    opening = posts_of(model)[number]
    if opening.closed_since is None:
        return
    opening.open_again()
    minutes = model.care.posts.node_minutes
    now = minutes[np.arange(model.node_post.size), model.node_post]
    serve(model, np.where(minutes[:, number] < now, number, model.node_post))
    model.ledger.log(day - model.run_in, "post opens", value=number)
