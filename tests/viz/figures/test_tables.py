"""Tiles, tables, stories and the chain of causes: numbers in words, whatever a user wrote escaped."""

from __future__ import annotations

import math
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from markupsafe import Markup

from experiments.compare.comparison import Contrast, Costs, Estimate
from experiments.compare.drive import HEADLINE
from experiments.glance import Happening
from experiments.runs.reading import GROUPED_BY
from experiments.texts import Language
from sim.indicators.catalogue import INDICATORS
from tests.viz.tiny import LANGUAGES, answer, runs, small
from viz.figures.markup import table, tag
from viz.figures.panel import panel, panel_texts
from viz.figures.story import event_list, of_municipality, of_practice
from viz.figures.tables import compare_table, cost_table, group_table
from viz.figures.tiles import SIX, tiles, word_of
from viz.figures.why import ARROWS, STAGES, links, stage_title, steps

INVADER = "<script>alert('in')</script>"
NAN = math.nan
NOTHING = Estimate(NAN, NAN, NAN, 0)


class Parsed(HTMLParser):
    """Tags and text of a piece of HTML; fails when tags are not closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag != "br":
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.rows and {"th", "td"} & set(self._open):
            self.rows[-1][-1] += data


def contrast(verdict: str = "better", low: float = -3.0, high: float = -1.0, **values: Any) -> Contrast:
    made = Contrast(
        "wait_mean", "plan", Estimate(6.0, 5.0, 7.0, 3), Estimate(4.0, 3.0, 5.0, 3), Estimate(-2.0, low, high, 3),
        0.97, 3, "better", NAN, True,
    )  # fmt: skip
    return replace(made, verdict=verdict, **values)


# markup


def test_markup_escapes_text_and_attributes_and_keeps_markup() -> None:
    made = tag("p", INVADER, tag("b", "1 < 2"), cls='a"b', aria_label="<&>", hidden=True, gone=None, off=False)
    assert INVADER not in made and 'class="a&#34;b"' in made and 'aria-label="&lt;&amp;&gt;"' in made
    assert "<b>1 &lt; 2</b>" in made and " hidden>" in made and "gone" not in made and "off" not in made
    assert tag("br") == Markup("<br>")


def test_a_table_names_its_rows_and_columns() -> None:
    found = Parsed(table(INVADER, [INVADER, "b"], [[INVADER, 3], ["x", tag("i", INVADER)]]))
    assert found.rows == [[INVADER, "b"], [INVADER, "3"], ["x", INVADER]]
    assert "script" not in found.tags and found.tags.count("th") == 4


# tiles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tiles_of_a_plan_and_of_the_baseline(lang: Language) -> None:
    whole = answer()
    base, arm = whole.names
    found = tiles(whole.contrasts, whole.courses, arm, base, lang)
    assert tuple(one.id for one in found) == SIX
    for one in found:
        assert one.sign in {"▲", "▼", "="} and one.change and one.word == word_of(one.verdict, lang)
        assert one.label and one.hint and one.start != "-"
    own = tiles(whole.contrasts, whole.courses, base, base, lang)
    assert {one.verdict for one in own} == {"baseline"} and {one.change for one in own} == {""}
    assert [one.end for one in own] == [one.base for one in found]


def test_a_first_impression_is_called_one() -> None:
    whole = answer(True, 1)
    found = tiles(whole.contrasts, whole.courses, whole.names[1], whole.names[0], "nl")
    assert found and {one.word for one in found} <= {"eerste indruk", "hetzelfde"}
    assert all(one.interval == "" for one in found)


def test_nothing_is_made_of_nothing() -> None:
    assert tiles([], [], "plan", "base", "nl") == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", ["better", "worse", "different", "noise", "same", "unknown"])
def test_every_verdict_has_a_word(verdict: str, lang: Language) -> None:
    assert word_of(verdict, lang) != verdict or lang == "en"


# tables


def test_a_comparison_as_a_table() -> None:
    rows = Parsed(compare_table([contrast()], ["plan"], ["Basispad", INVADER], HEADLINE, "nl")).rows
    assert rows[0] == ["Maat", "Basispad", INVADER] and len(rows) == 2
    assert rows[1][1] == "6" and rows[1][2] == "4−2 (−3 – −1)gunstiger · kans op beter 97 %"


def test_what_is_not_known_is_left_out_of_a_comparison() -> None:
    bare = contrast("unknown", NAN, NAN, chance_better=NAN)
    rows = Parsed(compare_table([bare], ["plan", "other"], ["A", "B", "C"], HEADLINE, "en")).rows
    assert rows[1][2:] == ["4−2first impression", "-"]
    gone = contrast(base=NOTHING, arm=NOTHING, difference=NOTHING)
    assert len(Parsed(compare_table([gone], ["plan"], ["A", "B"], HEADLINE, "en")).rows) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("by", GROUPED_BY)
def test_groups_of_a_real_answer(by: str, lang: Language) -> None:
    whole = answer()
    indicator = next(id for id in HEADLINE if by in INDICATORS[id].by)
    rows = Parsed(group_table(whole.groups, by, indicator, whole.names[1:], ("A", INVADER), lang)).rows
    assert rows[0][1:] == ["A", INVADER]
    assert len(rows) - 1 == len({one.key for one in whole.groups if one.by == by}) > 1
    assert all(len(row) == 3 and row[0] for row in rows)


def test_cost_in_three_figures_and_no_sure_gain() -> None:
    paid = Costs(
        "plan", {"insurer": Estimate(1_234_567.0, 1_200_000.0, 1_300_000.0, 3)},
        Estimate(1_234_567.0, NAN, NAN, 3), Estimate(12.0, NAN, NAN, 3), NOTHING, Estimate(-45_678.0, NAN, NAN, 3),
    )  # fmt: skip
    rows = Parsed(cost_table([paid], ["plan", "other"], ["A", "B", INVADER], "nl")).rows
    assert rows[0] == ["Bedrag of aantal", "B", INVADER]
    assert [row[1] for row in rows[1:]] == [
        "1.230.000 euro", "12 mensen", "geen zekere winst", "-45.700 euro", "1.230.000 euro(1.200.000 – 1.300.000)",
    ]  # fmt: skip
    assert {row[2] for row in rows[1:]} == {"-"}


# stories


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_story_of_every_practice_and_municipality(lang: Language) -> None:
    glance = runs(True)[1][0]
    for number in glance.practices.number.tolist():
        found = Parsed(of_practice(glance, number, INVADER, lang))
        assert "script" not in found.tags
        assert [row[0] for row in found.rows[1:]] and all(len(row) == 6 for row in found.rows)
    towns = [Parsed(of_municipality(glance, k, small().base.region, lang)).rows for k in range(14)]
    assert all(rows[1][0] == "2025" for rows in towns)
    listed = sum(len(rows) - 3 for rows in towns)
    assert listed == sum(math.isfinite(size) for size in glance.practice["list_size"][-1].tolist())
    assert of_practice(glance, 10_000, "none", lang) == ""


def test_events_are_told_from_the_side_of_the_practice() -> None:
    moved = Happening("2025-03-01", "people move to practice", 3, 120.0, 9, "")
    out, into = event_list([moved], "nl", 3), event_list([moved], "nl", 9)
    assert out != into and "120" in out and "2025-03-01" in out
    assert "praktijk 3:" in event_list([moved], "nl").lower()


# why


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chain_of_a_real_answer(lang: Language) -> None:
    whole = answer()
    found = steps(whole.every, whole.names[1], lang)
    assert list(found) == list(STAGES) and all(found.values())
    for own in found.values():
        assert all(one.label and one.base != "-" and one.word for one in own)
    carried = {(one.source, one.target) for one in links(found) if one.carries}
    moved = {"measures"} | {stage for stage, own in found.items() if any(one.moved for one in own)}
    assert carried == {(a, b) for a, b in ARROWS if {a, b} <= moved}
    assert all(stage_title(stage, lang) for stage in ("measures", *STAGES))


def test_indicators_of_the_chain_exist_and_stand_once() -> None:
    ids = [id for own in STAGES.values() for id in own]
    assert len(set(ids)) == len(ids) and set(ids) <= set(INDICATORS)
    assert {stage for arrow in ARROWS for stage in arrow} == {"measures", *STAGES}


def test_an_arrow_carries_only_what_surely_moved_at_both_ends() -> None:
    quiet = contrast("noise", -3.0, 1.0)
    calm = {one.target: one.carries for one in links(steps([quiet], "plan", "nl")) if one.source == "work"}
    assert calm == {"access": False, "gps": False}
    loud = [contrast(), contrast(indicator="gp_load")]
    moved = {one.target: one.carries for one in links(steps(loud, "plan", "nl")) if one.source == "work"}
    assert moved == {"access": True, "gps": False}


# the panel of levers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panel_has_every_lever_with_words(lang: Language) -> None:
    groups = panel(small().levers, lang)
    assert [one["open"] for one in groups] == [True, False]
    told = [lever for group in groups for lever in group["levers"]]
    assert {one["kind"] for one in told} == {one.kind for one in small().levers}
    for lever in told:
        assert lever["name"] and lever["about"]
        for control in [lever["main"], *lever["controls"]]:
            assert control is None or control["label"]
    assert any("C" in control["note"] for lever in told for control in lever["controls"])
    assert panel_texts(lang)["more"]


def test_notes_of_levers_give_the_source_in_the_language() -> None:
    notes = {
        lang: [
            control["note"]
            for group in panel(small().levers, lang)
            for lever in group["levers"]
            for control in [lever["main"], *lever["controls"]]
            if control is not None and control["note"]
        ]
        for lang in LANGUAGES
    }
    assert len(notes["nl"]) == len(notes["en"]) > 100
    assert not any("Assumption" in note or "found" in note for note in notes["nl"])
    assert sum("Aanname" in note for note in notes["nl"]) == sum("Assumption" in note for note in notes["en"])
