"""Assumptions without a browser: search, filter, change one, and the first year beside published figures."""

from __future__ import annotations

import pytest

from experiments.sources import source_in
from experiments.texts import Language
from sim.indicators.targets import load_targets
from tests.viz.screen import screen
from tests.viz.tiny import LANGUAGES, asked, room, small
from viz.pages.assumptions import Assumptions, matching, parameter_table
from viz.pages.texts import say
from viz.widgets.chart import Chart

PARAMETERS = small().base.parameters


def test_a_search_finds_names_labels_and_sources() -> None:
    every = matching(PARAMETERS, "", "", False)
    assert every == sorted(PARAMETERS) and len(every) > 300
    assert "care.no_show" in matching(PARAMETERS, "NO_SHOW", "", False)
    assert "care.no_show" in matching(PARAMETERS, PARAMETERS["care.no_show"].nl.upper(), "", False)
    assert matching(PARAMETERS, "no such words", "", False) == []
    assert {name.split(".")[0] for name in matching(PARAMETERS, "", "care", False)} == {"care"}
    graded = matching(PARAMETERS, "", "", True)
    assert graded and {PARAMETERS[name].grade for name in graded} == {"C"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_parameter_has_value_range_unit_grade_and_source(lang: Language) -> None:
    made = parameter_table(PARAMETERS, sorted(PARAMETERS), {"care.no_show": "<script>"}, lang)
    assert made.count("<tr>") == len(list(PARAMETERS)) + 1
    assert "<script>" not in made and "→ &lt;script&gt;" in made
    assert ">nan" not in made and ">None" not in made and ">-<" not in made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_searches_and_filters(lang: Language) -> None:
    made, _ = room(lang)
    with screen(Assumptions(made, lang, False)) as page:
        total = len(list(PARAMETERS))
        assert say("shown_of", lang, shown=120, total=total) in page.text
        page.field(say("search", lang)).value = "no_show"
        found = len(matching(PARAMETERS, "no_show", "", False))
        assert say("shown_of", lang, shown=found, total=found) in page.text and "care.no_show" in page.text
        page.field(say("search", lang)).value = "<script>"
        assert say("shown_of", lang, shown=0, total=0) in page.text
        page.field(say("search", lang)).value = ""
        page.choice(say("topic", lang)).value = "care"
        page.press(say("only_c", lang))
        found = len(matching(PARAMETERS, "", "care", True))
        assert say("shown_of", lang, shown=min(found, 120), total=found) in page.text
        assert page.button(say("only_c", lang)).attributes["aria-pressed"] == "true"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_figure_is_changed_within_its_range_and_set_back(lang: Language) -> None:
    made, _ = room(lang)
    with screen(Assumptions(made, lang, False)) as page:
        page.choice(say("which", lang)).value = "care.no_show"
        for wrong in ("", "twelve", "nan", "99", "-1", "1e999"):
            page.field(f"{say('value', lang)} (").value = wrong
            page.press(say("set", lang))
            assert 'role="alert"' in page.markup and not made.plan.parameters
        page.field(f"{say('value', lang)} (").value = "0,05" if lang == "nl" else "0.05"
        page.press(say("set", lang))
        assert made.plan.parameters == {"care.no_show": 0.05} and 'role="alert"' not in page.markup
        page.press(f"care.no_show = 0.05 × {say('unset', lang)}")
        assert made.plan.is_baseline


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_year_stands_beside_published_figures(lang: Language) -> None:
    made, desk = room(lang)
    with screen(Assumptions(made, lang, True)) as page:
        assert not page.of(Chart)
        made.asked.value = asked(made, desk, [made.plan])
        (chart,) = page.of(Chart)
        assert chart.label == say("calibration", lang)
        rows = chart.table["rows"]
        assert len(rows) > 10 and all(len(row) == len(chart.table["heads"]) for row in rows)
        assert {row[4] for row in rows} <= {say("yes", lang), say("no", lang)}
        bars = chart.option["series"]
        assert len({len(one["data"]) for one in bars}) == 1 and len(bars[0]["data"]) <= len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_topics_show_their_sources_in_the_language_of_the_page(lang: Language) -> None:
    made, desk = room(lang)
    made.asked.value = asked(made, desk, [made.plan])
    other: Language = "en" if lang == "nl" else "nl"
    foreign = {source_in(row, other) for row in PARAMETERS.values() if source_in(row, other) != source_in(row, lang)}
    assert len(foreign) > 300
    with screen(Assumptions(made, lang, False)) as page:
        shown = ""
        for topic in sorted({name.partition(".")[0] for name in PARAMETERS}):
            page.choice(say("topic", lang)).value = topic
            shown += page.text
        (chart,) = page.of(Chart)
    assert [one for one in foreign if one in shown] == []
    assert all(source_in(row, lang) in shown for row in PARAMETERS.values())
    told = {row[-1] for row in chart.table["rows"]}
    assert told <= {source_in(one, lang) for one in load_targets().values()}
