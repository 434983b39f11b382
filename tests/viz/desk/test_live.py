"""A live model steps, ends, and is not had without limit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from experiments.prepare import prepare
from viz.desk.live import MOST, Crowded, Live


@pytest.fixture
def live() -> Iterator[Live]:
    one = Live(prepare("twente", seed=1, years=1), 0.01)
    yield one
    one.close()


def test_weeks_pass(live: Live) -> None:
    first, later = live.step(), live.step(8)
    assert (first.date, later.date) == ("2025-01-08", "2025-03-05")
    assert later.people > 5_000 and later.counts["needs"] > 0
    assert later.number.size == later.list_size.size == later.wait.size
    assert later.list_size.sum() + later.without_gp <= later.people
    assert live.step(60).finished


def test_not_without_limit(live: Live) -> None:
    others = []
    try:
        others = [Live(prepare("twente", seed=1, years=1), 0.01) for _ in range(MOST - 1)]
        with pytest.raises(Crowded):
            Live(prepare("twente", seed=1, years=1), 0.01)
    finally:
        for one in others:
            one.close()


def test_a_process_that_ended_is_said(live: Live) -> None:
    live._process.kill()
    with pytest.raises(RuntimeError, match="ended"):
        live.step()
    live.close()
    live.close()
    assert live.closed
