"""A session's room: steps that can be undone, plans kept, questions put to the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.viz.tiny import LANGUAGES, PLAN, asked, plan, room, small
from viz.plan.file import prepared, to_toml
from viz.room.ground import ground
from viz.room.present import current
from viz.room.room import MOST_PLANS


def test_a_room_begins_with_the_baseline_and_nothing_asked() -> None:
    for lang in LANGUAGES:
        made, desk = room(lang)
        assert made.plan.is_baseline and made.plan.name == getattr(small().base.scenario.label, lang)
        assert made.asked.value is None and not made.saved.value and not desk.tickets
        made.close()
        assert desk.left == ["session of a test"]


def test_a_lever_is_switched_set_and_switched_off() -> None:
    made, _ = room()
    lever = small().lever("link_workers")
    assert lever is not None
    made.turn("link_workers", "reach", 0.4)
    assert made.plan.is_baseline  # not on yet
    made.turn("link_workers", "", True)
    assert made.plan.interventions == {"link_workers": dict(lever.start)}
    made.turn("link_workers", "reach", 0.4)
    assert made.plan.interventions["link_workers"]["reach"] == 0.4
    made.turn("storm", "", True)
    assert set(made.plan.events) <= {"storm"}
    made.turn("no such lever", "", True)
    made.turn("link_workers", "", False)
    assert made.plan.interventions == {}
    while made.history.value.before:
        made.undo()
    assert made.plan == small().baseline("nl")
    made.redo()
    assert set(made.plan.interventions) == {"link_workers"}


def test_events_go_with_the_events() -> None:
    made, _ = room()
    kind = next(one.kind for one in small().levers if one.event)
    made.turn(kind, "", True)
    assert set(made.plan.events) == {kind} and not made.plan.interventions


def test_numbers_come_back_from_the_browser_as_the_file_wants_them() -> None:
    made, _ = room()
    lever, control = next(
        (one, control) for one in small().levers for control in (one.main, *one.controls)
        if control is not None and control.sort == "number" and isinstance(control.default, int)
        and control.key in one.start
    )  # fmt: skip
    made.turn(lever.kind, "", True)
    made.turn(lever.kind, control.key, float(control.high))
    tables = made.plan.events if lever.event else made.plan.interventions
    assert type(tables[lever.kind][control.key]) is int
    made.turn("link_workers", "", True)
    made.turn("link_workers", "reach", 1)
    assert type(made.plan.interventions["link_workers"]["reach"]) is float
    prepared(replace(made.plan, years=10))


def test_another_plan_has_no_name_yet() -> None:
    made, _ = room()
    made.take(PLAN, "nl")
    assert made.plan.name.startswith("Deltaplan")
    made.turn("link_workers", "reach", 0.4)
    assert made.plan.name == ""
    made.undo()
    assert made.plan.name.startswith("Deltaplan")


def test_plans_are_kept_by_name_and_content_and_the_oldest_goes() -> None:
    made, _ = room()
    for k in range(MOST_PLANS + 2):
        made.change(plan().with_parameter("care.no_show", 0.02 + 0.005 * k))
        made.keep(f"Groep {k}")
    assert [one.name for one in made.saved.value] == [f"Groep {k}" for k in range(2, MOST_PLANS + 2)]
    made.keep("Opnieuw")
    assert [one.name for one in made.saved.value][-1] == "Opnieuw" and len(made.saved.value) == MOST_PLANS
    made.change(plan())
    made.keep("Opnieuw")
    assert made.saved.value[-1].same_content(plan())
    made.drop("Opnieuw")
    assert "Opnieuw" not in {one.name for one in made.saved.value}


def test_a_question_has_the_baseline_first_and_each_content_once() -> None:
    made, desk = room()
    other = plan().with_parameter("care.no_show", 0.05)
    found = made.ask([plan(), replace(plan(), name="Weer"), other, small().baseline("nl")])
    assert found is not None
    request = desk.tickets[-1].request
    assert request.names == found.names == ("twente", prepared(plan()).name, prepared(other).name)
    assert [one.name for one in found.plans] == ["Groep 1", "Groep 1"] and found.plans[1] == other
    assert {one.share for one in request.scenarios} == {small().base.share}
    assert request.rule.least == made.pairs.value


def test_the_baseline_alone_can_be_asked_for() -> None:
    made, desk = room()
    found = made.ask([made.plan])
    assert found is not None and found.plans == () and desk.tickets[-1].request.names == ("twente",)


def test_plans_of_other_lengths_are_compared_over_the_years_of_the_first() -> None:
    made, desk = room()
    longer = replace(plan().with_parameter("care.no_show", 0.05), years=4)
    assert made.ask([plan(), longer]) is not None
    assert {one.scenario.years for one in desk.tickets[-1].request.scenarios} == {1}


def test_what_cannot_be_asked_is_said_until_something_can() -> None:
    made, desk = room()
    assert made.ask([plan().with_parameter("care.no_show", 9.0)]) is None
    assert not desk.tickets
    assert all("care.no_show" in made.faults.value[lang][0] for lang in LANGUAGES)
    assert made.ask([plan()]) is not None
    assert made.faults.value == {}


def test_the_best_answer_there_is() -> None:
    made, desk = room()
    found = made.ask([plan()])
    assert found is not None and found.answer is None and found.running
    desk.first(finished=False)
    half = found.answer
    assert half is not None and half.sample and not half.finished
    desk.first()
    desk.sure(pairs=1)
    one = found.answer
    assert one is not None and not one.sample and one.pairs == 1 and one.finished
    whole = asked(made, desk, [plan()]).answer
    assert whole is not None and whole.pairs == 3 and not desk.tickets[-1].standing.running


def test_what_a_file_says_is_what_is_run() -> None:
    made, desk = room()
    assert made.ask([plan()]) is not None
    (_, arm) = desk.tickets[-1].request.scenarios
    assert arm.scenario.label.nl == "Groep 1" and 'nl = "Groep 1"' in to_toml(plan())


def test_the_ground_of_twente() -> None:
    own = small()
    assert ground("twente", "", 0.02, 1) is own
    assert own.shipped[0] == own.name == "twente" and PLAN in own.shipped
    assert own.lever("link_workers") in own.levers and own.lever("none") is None
    assert own.sketch and len(own.outlines["features"]) == len(own.base.region.municipalities) == 14
    assert all(len(one["coords"]) == 2 for one in own.roads) and own.roads


def test_there_is_no_desk_unless_served() -> None:
    with pytest.raises(RuntimeError, match="deltaplan view"):
        current()
