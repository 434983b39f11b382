"""Self-triage before a call to the out-of-hours post: how many calls fall away."""

from __future__ import annotations

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import counted
from sim.ledger import counts as C

_DAYS = 120


@reproduction(
    "Self-triage on the sites of posts: calls to the post",
    ["self_triage"],
    Published(
        -5.1, -7.6, -2.6, "percent of contacts", "Moet ik naar de dokter, validation page (2023-24): mean of "
        "posts that take part; no interval published, half of it either way taken", ("I02.1",),
    ),
)  # fmt: skip
def self_triage_calls() -> Answer:
    """A part of Twente for four months with self-triage at its shipped settings in use from the first day, against the
    same people without it, two seeds: calls to the out-of-hours organisation. A consultancy's ceiling is a fall of
    21 % (I02.14), which would need four of five callers to use the tool.
    """
    found = []
    for seed in (1, 2):
        before, after = (float(counted(tables, _DAYS, seed).post[C.P_CALLS]) for tables in ((), (("self_triage", ()),)))
        found.append(100.0 * (after / before - 1.0))
    return Answer.of(found)
