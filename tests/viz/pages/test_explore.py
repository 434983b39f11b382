"""Explore without a browser: run, see the first answer and the sure one, look at the map, the lines and a practice."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from experiments.texts import Language
from sim.region import Region
from tests.viz.screen import screen, soon
from tests.viz.tiny import LANGUAGES, PLAN, SHARE, FakeDesk, asked, plan, room, small
from viz.figures.tiles import SIX
from viz.pages.explore import Explore, MapPanel, Results, StoryPanel, Trends, names_of, tile_row
from viz.pages.plan_panel import PlanPanel
from viz.pages.progress import RunBar, finished, status
from viz.pages.series import TRENDS, series_label
from viz.pages.texts import say
from viz.room.room import Room
from viz.widgets.chart import Chart
from viz.widgets.levers import Levers
from viz.widgets.timeline import Timeline

INVADER = "<script>alert('in')</script>"
REGION: Region = small().base.region


def with_plan(lang: Language = "nl", name: str = "Groep 1") -> tuple[Room, FakeDesk]:
    """A room whose plan is answered."""
    made, desk = room(lang)
    made.change(replace(plan(), name=name))
    made.asked.value = asked(made, desk, [made.plan])
    return made, desk


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_the_baseline_and_shows_it_as_it_comes(lang: Language) -> None:
    made, desk = room(lang)
    with screen(Explore(made, lang, False)) as page:
        assert len(desk.tickets) == 1 and say("no_answer", lang) in page.text
        desk.first(finished=False)
        soon(lambda: say("no_year", lang) in page.text)
        desk.first()
        soon(lambda: page.markup.count('class="dp-tile"') == len(SIX))
        assert "steekproef" in page.text if lang == "nl" else "sample" in page.text
        desk.sure()
        soon(lambda: finished(3, SHARE, lang) in page.text)
        soon(lambda: say("whole", lang, share=2, pairs=3).split(",")[0] in page.text)
        assert say("stop", lang) not in page.buttons()
    assert not desk.left  # the page is left, not the room


def test_run_shows_the_plan_and_marks_what_belongs_to_other_settings() -> None:
    made, desk = room()
    with screen(Explore(made, "nl", False)) as page:
        desk.sure()
        soon(lambda: finished(3, SHARE, "nl") in page.text)
        made.change(plan())
        soon(lambda: say("stale", "nl") in page.text)
        page.press(say("run", "nl"))
        assert len(desk.tickets) == 2
        soon(lambda: say("stale_running", "nl") in page.text)
        assert page.markup.count('class="dp-tile"') == len(SIX)  # the one before stays in sight
        desk.first()
        soon(lambda: say("stale_running", "nl") not in page.text and say("stale", "nl") not in page.text)
        soon(lambda: any(one in page.text for one in ("gunstiger", "eerste indruk", "geen duidelijk verschil")))
        made.undo()
        soon(lambda: say("stale", "nl") in page.text)


def test_charts_stay_when_settings_change_and_new_answers_come() -> None:
    made, desk = room()
    with screen(Explore(made, "nl", False)) as page:
        desk.sure()
        soon(lambda: finished(3, SHARE, "nl") in page.text)
        before = page.of(Chart)
        assert len(before) > 4
        made.change(plan())
        soon(lambda: say("stale", "nl") in page.text)
        page.press(say("run", "nl"))
        desk.first()
        soon(lambda: say("stale_running", "nl") not in page.text and say("stale", "nl") not in page.text)
        assert page.of(Chart) == before


def test_stop_and_run_again_end_the_question_before() -> None:
    made, desk = room("en")
    with screen(Explore(made, "en", False)) as page:
        page.press("Stop")
        soon(lambda: "Stopped." in page.text)
        assert desk.tickets[0].standing.stage == "stopped" and "Stop" not in page.buttons()
        page.press("Run")
        page.press("Run")
        assert [one.standing.stage for one in desk.tickets] == ["stopped", "stopped", "waiting"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failure_is_a_number(lang: Language) -> None:
    made, desk = room(lang)
    with screen(Explore(made, lang, False)) as page:
        desk.tickets[0].tell("failed", fault="abc12345")
        soon(lambda: "abc12345" in page.text)
        assert say("failed", lang, id="abc12345") in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_run_is_said_beside_the_button(lang: Language) -> None:
    made, _ = room(lang)
    made.change(plan().with_parameter("care.no_show", 9.0))
    with screen(RunBar(made, made.asked, lambda: made.ask([made.plan]), "go", lang)) as bar:
        bar.press("go")
        assert say("faults", lang) in bar.text and "care.no_show" in bar.text
        assert 'role="alert"' in bar.markup


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_a_question_stands(lang: Language) -> None:
    made, desk = room(lang)
    found = made.ask([plan()])
    assert found is not None
    assert status(None, lang) == ""
    for stage, said in (("waiting", "4"), ("first", "%"), ("sure", "6"), ("stopped", say("stopped", lang))):
        standing = replace(found.standing, stage=stage, place=4, done=2, total=6)
        assert said in status(replace(found, standing=standing), lang), stage
    desk.sure()
    assert "3" in status(replace(found, standing=found.ticket.standing), lang)


def test_progress_is_a_bar_with_a_name() -> None:
    made, desk = room("en")
    made.asked.value = made.ask([plan()])
    desk.sure(pairs=1)
    assert made.asked.value is not None
    made.asked.value = replace(made.asked.value, standing=desk.tickets[0].standing)
    with screen(RunBar(made, made.asked, lambda: None, "go", "en")) as bar:
        assert '<progress value="2" max="6" aria-label="Runs of 2 % of the region: 2 of 6 done ..."' in bar.markup


# the plan


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plan_is_chosen_set_undone_and_kept(lang: Language) -> None:
    made, _ = room(lang)
    with screen(PlanPanel(made, lang)) as panel:
        shown = panel.choice(say("scenario", lang))
        assert shown.value == "twente" and [value for value, _ in shown.options][:2] == ["", "twente"]
        shown.value = PLAN
        assert set(made.plan.interventions) == set(plan().interventions)
        assert made.plan.years == 1 and panel.choice(say("scenario", lang)).value == PLAN
        (levers,) = panel.of(Levers)
        assert set(levers.values) == set(made.plan.interventions) and levers.groups
        levers.changed = {"kind": "housing", "key": "", "value": True, "count": 1}
        assert "housing" in levers.values and panel.choice(say("scenario", lang)).value == ""
        panel.press(say("undo", lang))
        assert "housing" not in levers.values
        panel.press(say("redo", lang))
        assert "housing" in levers.values
        panel.choice(say("years", lang)).value = "5"
        assert made.plan.years == 5
        panel.field(say("plan_name", lang)).value = "Mijn plan"
        panel.press(say("keep", lang))
        assert [one.name for one in made.saved.value] == ["Mijn plan"]
        assert say("kept", lang, names="Mijn plan") in panel.text
        panel.press(say("reset", lang))
        assert made.plan.is_baseline
        assert panel.button(say("reset", lang)).attributes["disabled"]
        assert panel.button(say("redo", lang)).attributes["disabled"]


def test_a_kept_plans_name_is_text() -> None:
    made, _ = room()
    made.change(plan())
    made.keep(INVADER)
    with screen(PlanPanel(made, "nl")) as panel:
        assert INVADER in panel.text and "<script>" not in panel.markup


# results


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_results_of_a_plan(lang: Language, dark: bool) -> None:
    made, _ = with_plan(lang, INVADER)
    with screen(Results(made, lang, dark)) as page:
        charts = page.of(Chart)
        assert len(charts) == 1 + len(TRENDS)
        for one in charts:
            assert one.label and one.table["heads"] and one.table["rows"] and one.texts["table"]
            assert one.lang == lang and one.dark == dark
            assert len(json.dumps(one.option, allow_nan=False)) < 100_000
        assert {series_label(series, lang) for series, _ in TRENDS} < {one.label for one in charts}
        assert page.markup.count('class="dp-tile"') == len(SIX)
        assert INVADER in page.text and "<script" not in page.markup


def test_what_the_room_is_to_predict_is_covered() -> None:
    made, _ = with_plan()
    made.expected.value = {"wait_mean": 3.0}
    made.revealed.value = False
    with screen(Results(made, "nl", False)) as page:
        wait = page.chart(series_label("wait", "nl"))
        load = page.chart(series_label("gp_load", "nl"))
        assert len(wait.table["heads"]) == 2 and len(load.table["heads"]) == 3
        assert page.markup.count("<strong>?</strong>") == 1
        made.revealed.value = True
        assert "<strong>?</strong>" not in page.markup
        assert len(page.chart(series_label("wait", "nl")).table["heads"]) == 3


def test_no_tile_before_a_year_is_known() -> None:
    assert say("no_year", "nl") in tile_row([], "nl", set())


def test_names_of_plans_are_told_apart() -> None:
    made, desk = room()
    plans = [replace(plan().with_parameter("care.no_show", 0.02 + k / 100), name=name) for k, name in enumerate("aab")]
    found = asked(made, desk, [*plans, replace(plan(), name="")])
    assert names_of(found, "nl") == ("Basispad", "a", "a (C)", "b", "Eigen plan")
    assert names_of(found, "en")[0] == "Baseline"


# the map


def panel_of(made: Room, lang: Language = "nl") -> Any:
    assert made.asked.value is not None
    return MapPanel(made, made.asked.value, lang, False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_plays_and_shows_either_arm(lang: Language) -> None:
    made, _ = with_plan(lang)
    with screen(panel_of(made, lang)) as page:
        (line,) = page.of(Timeline)
        chart = page.chart(say("map_title", lang))
        assert line.index == 11 and len(line.months) == 12 and "2025-12" in chart.label
        last = chart.option
        line.index = 4
        assert made.month.value == 4 and "2025-05" in chart.label and chart.option != last
        line.index = 11
        assert made.month.value is None  # follows what comes
        shown = page.choice(say("map_of", lang))
        assert shown.value == "1" and [name for _, name in shown.options] == [say("baseline", lang), "Groep 1"]
        plan_rows = chart.table["rows"]
        shown.value = "0"
        assert chart.table["rows"] != plan_rows
        assert "geo" in chart.option and list(chart.maps) == ["region"]
        assert say("sketch", lang) in page.text and "dp-swatch" in page.markup


def test_a_click_on_the_map_chooses_whose_story_is_told() -> None:
    made, _ = with_plan()
    with screen(panel_of(made)) as page:
        chart = page.chart(say("map_title", "nl"))
        chart.clicked = {"series": "x", "name": "Praktijk", "id": 3, "count": 1}
        assert made.chosen.value == ("practice", 3)
        chart.clicked = {"series": "geo", "name": "Almelo", "id": None, "count": 2}
        assert made.chosen.value == ("municipality", 0)
        chart.clicked = {"series": "geo", "name": "Nergens", "id": None, "count": 3}
        chart.clicked = {}
        assert made.chosen.value == ("municipality", 0)


# lines and stories


def test_lines_have_a_legend_with_letters() -> None:
    made, _ = with_plan()
    assert made.asked.value is not None
    with screen(Trends(made.asked.value, "nl", False, set())) as page:
        assert "A. Basispad" in page.text and "B. Groep 1" in page.text and "dashed" in page.markup


def story(made: Room, lang: Language) -> Any:
    assert made.asked.value is not None
    return StoryPanel(made, made.asked.value, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_story_of_what_is_chosen(lang: Language) -> None:
    made, _ = with_plan(lang)
    with screen(story(made, lang)) as page:
        assert say("story_none", lang) in page.text
        choice = page.choice(say("choose_practice", lang))
        towns = [value for value, _ in choice.options if value.startswith("municipality")]
        practices = [value for value, _ in choice.options if value.startswith("practice")]
        assert len(towns) == 14 and practices
        choice.value = practices[0]
        assert made.chosen.value == ("practice", int(practices[0].split()[1]))
        assert say("story_synthetic", lang) in page.text and say("story_events", lang) in page.text
        choice.value = towns[3]
        assert REGION.municipalities[3].name in page.text
        choice.value = ""
        assert made.chosen.value is None


def test_a_practice_that_is_not_in_this_answer_has_no_story() -> None:
    made, _ = with_plan()
    made.chosen.value = ("practice", 9_999)
    with screen(story(made, "nl")) as page:
        assert say("story_events", "nl") not in page.text
