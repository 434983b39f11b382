"""The out-of-hours posts: one call queue an organisation, a consult queue and a visit queue a post, all by urgency.

Queues run on across midnight. When practices open again, whoever still waits is handed to the own practice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Outbox, Persons, Requests, Tallies
from sim.care.night import CALL_END, FIELDS, RING, see, take
from sim.care.priority_queue import PriorityQueues
from sim.parameters import Parameters
from sim.randomness.streams import Stream

__all__ = ["CALL_END", "OutOfHours"]


@dataclass
class _Tables:
    triage: float
    consult: float
    visit: float
    patience: float
    least: float  # share of U5 in U4 and U5
    advice: Floats
    home: Floats
    home_age: Floats
    emergency: Floats
    slack: Ints
    norm: Ints
    sends_on: float
    self_care: Floats


@dataclass
class OutOfHours:
    """State of the posts between nights: cases under way and the three kinds of queue."""

    seed: int
    node_post: Ints
    night_post: Ints
    node_organisation: Ints
    node_minutes: npt.NDArray[np.float64]  # (N, posts) car minutes from a node to each post
    tables: _Tables
    calls: PriorityQueues
    consults: PriorityQueues
    visits: PriorityQueues
    cases: Ints = field(default_factory=lambda: np.zeros((RING, FIELDS), np.int64))
    next_case: int = 0
    due: Ints = field(default_factory=lambda: np.zeros((0, 5), np.int64))

    @classmethod
    def of(
        cls, p: Parameters, seed: int, node_post: Ints, post_organisation: Ints, node_minutes: npt.NDArray[np.float64]
    ) -> OutOfHours:
        """Empty posts.

        Args:
            node_post: (N,) nearest post.
            post_organisation: (posts,) organisation that answers the calls.
            node_minutes: (N, posts) travel by car.
        """
        posts, organisations = post_organisation.size, int(post_organisation.max()) + 1
        share = p.column("needs.post_urgency")
        tables = _Tables(
            triage=p.number("care.post_triage_minutes") * 60.0,
            consult=p.number("care.post_consult_minutes") * 60.0,
            visit=p.number("care.post_visit_minutes") * 60.0,
            patience=p.number("care.post_patience") * 60.0,
            least=float(share[4] / (share[3] + share[4])),
            advice=p.column("care.post_outcome_advice"),
            home=p.column("care.post_outcome_visit"),
            home_age=p.column("care.post_visit_age"),
            emergency=p.column("care.post_emergency_department"),
            slack=np.rint(p.column("care.post_slack_minutes") * 60.0).astype(np.int64),
            norm=np.rint(p.column("care.post_norm_minutes") * 60.0).astype(np.int64),
            sends_on=p.number("care.post_sends_on"),
            self_care=p.column("care.post_self_care"),
        )
        return cls(
            seed=seed,
            node_post=node_post.astype(np.int64),
            night_post=node_post.astype(np.int64),
            node_organisation=post_organisation.astype(np.int64)[node_post],
            node_minutes=np.ascontiguousarray(node_minutes, np.float64),
            tables=tables,
            calls=PriorityQueues(organisations, 2, 8),
            consults=PriorityQueues(posts, 5, 8),
            visits=PriorityQueues(posts, 5, 4),
        )

    def serve(self, node_post: Ints, post_organisation: Ints, night_post: Ints) -> None:
        """Let nodes be served by other posts from the next call on; cases stay where they are.

        Args:
            node_post, post_organisation: as of :meth:`of`.
            night_post: (N,) post of the same organisation for who calls from 22 to 8 h; one that closes at 23 h sends
                who calls in its last hour to the post that stays open.
        """
        self.node_post = node_post.astype(np.int64)
        self.night_post = night_post.astype(np.int64)
        self.node_organisation = post_organisation.astype(np.int64)[node_post]

    def waiting(self) -> int:
        """Cases between their first call and their end."""
        return int(self.calls.size.sum() + self.consults.size.sum() + self.visits.size.sum() + self.due.shape[0])

    def run(
        self,
        day: int,
        is_open: npt.NDArray[np.bool_],
        requests: Requests,
        nurses: Ints,
        consult_gps: Ints,
        car_gps: Ints,
        persons: Persons,
        tallies: Tallies,
        next_now: int,
        again: Outbox,
    ) -> None:
        """The posts from 8 h yesterday to 8 h on ``day``.

        Args:
            day: day number; on an open day the practices take over at 8 h.
            is_open: working days by day number (must reach a week beyond ``day``).
            requests: who calls in this time, in any order; ``asked`` is the day of the call.
            nurses: (organisations, 24) triage nurses from 8 h yesterday on, hour by hour.
            consult_gps, car_gps: (posts, 24) GPs, the same way.
            persons, tallies: see ``sim.care.arrays``.
            next_now: working-day number of the first open day from ``day`` on, for who is sent on to the practice.
            again: outbox to the own practice.
        """
        t = self.tables
        self.next_case, due, self.due = take(
            self.seed, int(Stream.POST), int(Stream.POST_SERVICE), day, requests, is_open, t.triage, t.patience,
            t.least, persons.record, np.stack([self.node_post, self.night_post]), self.node_organisation,
            self.next_case, self.cases, nurses, *self.calls.ready(requests.row.size, nurses),
            self.node_minutes, t.advice, t.home, t.home_age, t.emergency, t.slack, t.consult, t.visit, t.self_care,
            t.sends_on, tallies.post, tallies.group, tallies.practice, self.due, again, next_now,
        )  # fmt: skip
        see(
            due, day, is_open, self.cases, persons.record, t.norm, consult_gps,
            self.consults.ready(due.shape[0], consult_gps), car_gps, self.visits.ready(due.shape[0], car_gps),
            tallies.post, tallies.practice, again, next_now,
        )  # fmt: skip
