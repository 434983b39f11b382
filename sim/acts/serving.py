"""Which post serves whom, after one has closed, opened, or changed its nights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.staffing import posts_of

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["serve"]


def serve(model: RegionModel, node_post: npt.NDArray[np.int64]) -> None:
    """Let every node (N,) be served by the post given, and at night by one of its organisation that is open then.

    Posts are told for how many inhabitants they are there, from which their shifts follow.
    """
    posts = posts_of(model)
    model.node_post = node_post
    people = np.bincount(node_post, weights=model.region.node_population, minlength=len(posts))
    for post, count in zip(posts, people.tolist(), strict=True):
        if post.closed_since is None:
            post.population = int(count)
    organisation = model.region.post_organisation.astype(np.int64)
    awake = np.array([post.closed_since is None and post.open_at_night for post in posts])
    may = awake[None, :] & (organisation[None, :] == organisation[node_post][:, None])
    minutes = np.where(may, model.care.posts.node_minutes, np.inf)
    at_night = np.where(awake[node_post], node_post, np.argmin(minutes, axis=1))
    model.care.posts.serve(node_post, organisation, at_night)
    model.care.structure = model.care.structure._replace(node_post=node_post)
