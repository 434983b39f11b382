"""A post that closes."""

from __future__ import annotations

from functools import cache

import numpy as np

from sim.agents.staffing import posts_of
from sim.interventions.registry import events
from sim.ledger import counts as C
from sim.model import RegionModel
from sim.observation.access import access_by_node
from tests.interventions.tables import model_of, table

KIND = "post_closes"
DAYS = 36


@cache
def run(*names: str) -> RegionModel:
    model = model_of([table(events()[KIND], post=name) | {"id": name} for name in names])
    model.check = True
    model.advance(DAYS)
    return model


def test_callers_shifts_and_people_go_to_the_nearest_post_that_is_left() -> None:
    base = run()
    names = base.region.post_name
    other = run(names[-1])
    gone = len(names) - 1
    before, after = posts_of(base), posts_of(other)
    assert [post.closed_since is None for post in after] == [True] * gone + [False]
    assert sum(post.population for post in after) == sum(post.population for post in before)
    assert after[gone].population == 0
    kept = base.node_post != gone
    assert (other.node_post[kept] == base.node_post[kept]).all() and (other.node_post != gone).all()
    minutes = other.care.posts.node_minutes[:, :gone]
    assert (other.node_post[~kept] == minutes.argmin(axis=1)[~kept]).all()

    calls = []
    for model in (base, other):
        month = model.ledger.tables()["post_month"]
        calls.append(month[C.POST_NAMES[C.P_ARRIVALS]][month["month"] == "2025-01"])
    assert calls[1][gone] == 0 < calls[0][gone]
    assert calls[1].sum() > 0.9 * calls[0].sum(), "people go on calling"
    asked = [model.roster.counts()[0] for model in (base, other) if model.roster is not None]
    assert asked[1][gone] == 0
    assert asked[0].sum() * 0.6 < asked[1].sum() < asked[0].sum(), "fewer hours of duty in all"
    assert (calls[1] / np.maximum(asked[1], 1))[:gone].sum() > (calls[0] / asked[0])[:gone].sum(), "and busier ones"


def test_distance_grows_for_those_who_lost_their_post_and_for_nobody_else() -> None:
    base = run()
    other = run(base.region.post_name[-1])
    lost = base.node_post == len(base.region.post_name) - 1
    before, after = (access_by_node(model)["minutes_to_post"] for model in (base, other))
    assert (after[~lost] == before[~lost]).all()
    assert (after[lost] >= before[lost]).all() and after[lost].mean() > before[lost].mean() + 3.0


def test_the_last_post_stays() -> None:
    model = run(*run().region.post_name)
    assert sum(post.closed_since is None for post in posts_of(model)) == 1
    assert "post stays open" in list(model.ledger.tables()["events"]["kind"])
