"""Plans as values: changed into others, compared, undone and done again."""

from __future__ import annotations

from dataclasses import replace

from tests.viz.tiny import plan
from viz.plan.history import History
from viz.plan.plan import Plan

EMPTY = Plan("", "twente", 10)


def test_what_is_switched_on_and_off_again_leaves_nothing() -> None:
    on = EMPTY.with_table("interventions", "housing", {"start": "2026-01-01"})
    assert on.interventions == {"housing": {"start": "2026-01-01"}} and not on.is_baseline
    assert EMPTY.is_baseline and EMPTY.interventions == {}
    assert on.with_table("interventions", "housing", None) == EMPTY
    events = EMPTY.with_table("events", "storm", {"date": "2026-01-01"})
    assert events.events and not events.interventions and not events.is_baseline


def test_the_order_of_steps_does_not_matter() -> None:
    one = EMPTY.with_table("interventions", "a", {"x": 1}).with_table("interventions", "b", {"x": 2})
    other = EMPTY.with_table("interventions", "b", {"x": 2}).with_table("interventions", "a", {"x": 1})
    assert list(one.interventions) == list(other.interventions) == ["a", "b"]
    both = EMPTY.with_parameter("b.y", 1.0).with_parameter("a.x", 2.0)
    assert list(both.parameters) == ["a.x", "b.y"]
    assert both.with_parameter("a.x", None).with_parameter("b.y", None) == EMPTY


def test_a_plan_keeps_what_it_was_given() -> None:
    values = {"start": "2026-01-01", "reach": 0.5}
    on = EMPTY.with_table("interventions", "housing", values)
    values["reach"] = 1.0
    assert on.interventions["housing"]["reach"] == 0.5


def test_the_same_content_whatever_it_is_called() -> None:
    assert plan().same_content(replace(plan(), name="Anders"))
    assert not plan().same_content(replace(plan(), years=9))
    assert not plan().same_content(plan().with_parameter("care.no_show", 0.1))


def test_undo_and_redo() -> None:
    steps = [replace(EMPTY, years=years) for years in (1, 2, 3)]
    history = History(steps[0])
    assert history.undo() is history and history.redo() is history
    for one in steps[1:]:
        history = history.to(one)
    assert history.to(steps[2]) is history
    back = history.undo().undo()
    assert back.now == steps[0] and not back.before
    assert back.undo().now == steps[0]
    assert back.redo().now == steps[1]
    assert back.redo().redo() == history
    branch = back.redo().to(replace(EMPTY, years=9))
    assert branch.redo() is branch
    assert branch.undo().now == steps[1]


def test_history_does_not_grow_without_end() -> None:
    history = History(EMPTY)
    for years in range(1, 1000):
        history = history.to(replace(EMPTY, years=years))
    assert 100 <= len(history.before) <= 200
    assert history.undo().now.years == 998
