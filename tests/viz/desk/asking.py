"""Questions to put to a desk, and waiting for what becomes of them."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import replace

from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.prepare import Prepared, prepare
from viz.desk import Ticket

__all__ = ["PATIENCE", "base", "ended", "plan", "question", "until"]

PATIENCE = 60.0
"""Seconds after which something has gone wrong."""


@functools.cache
def base() -> Prepared:
    """The baseline, a year of it."""
    return prepare("twente", seed=1, years=1)


@functools.cache
def plan(value: float, years: int = 1) -> Prepared:
    """The baseline with another share of missed appointments, the switch of the canned model."""
    one = prepare("twente", seed=1, years=years, parameters={"care.no_show": value})
    return replace(one, name=f"plan-{one.scenario_hash[:8]}")


def question(*scenarios: Prepared, pairs: int = 1) -> Request:
    """Asked of so many pairs."""
    return Request(scenarios, (), Rule(pairs, pairs), 1)


def until(ticket: Ticket, wanted: Callable[[Ticket], bool]) -> None:
    """Wait until the ticket is so."""
    end = time.monotonic() + PATIENCE
    while not wanted(ticket):
        standing = ticket.standing
        if not wanted(ticket):
            assert standing.running and time.monotonic() < end, standing
            ticket.wait(standing.version, 1.0)


def ended(ticket: Ticket) -> bool:
    """Whether nothing more is to come."""
    return not ticket.standing.running
