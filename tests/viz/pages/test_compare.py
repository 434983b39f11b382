"""Compare, Why and what is taken home, without a browser."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from experiments.runs.reading import GROUPED_BY
from experiments.texts import Language
from tests.viz.screen import screen, soon
from tests.viz.tiny import LANGUAGES, FakeDesk, asked, plan, room
from viz.figures.why import STAGES, stage_title
from viz.figures.words import say as word
from viz.pages.compare import Compare
from viz.pages.downloads import Downloads, zipped
from viz.pages.series import TRENDS
from viz.pages.texts import say
from viz.pages.why import Why, measures
from viz.plan.file import from_toml
from viz.room.room import Room
from viz.widgets.chart import Chart
from viz.widgets.download import Download

INVADER = "<script>alert('in')</script>"


def with_two(lang: Language = "nl") -> tuple[Room, FakeDesk]:
    """A room that has kept two plans."""
    made, desk = room(lang)
    for name, rate in ((INVADER, 0.03), ("Groep 2", 0.05)):
        made.change(plan().with_parameter("care.no_show", rate))
        made.keep(name)
    return made, desk


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_kept_says_how_to_keep(lang: Language) -> None:
    made, _ = room(lang)
    with screen(Compare(made, lang, False)) as page:
        assert say("compare_none", lang) in page.text and say("compare_run", lang) not in page.buttons()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_plans_side_by_side(lang: Language) -> None:
    made, desk = with_two(lang)
    with screen(Compare(made, lang, True)) as page:
        page.press(say("compare_run", lang))
        assert len(desk.tickets[0].request.scenarios) == 3
        desk.first(finished=False)
        soon(lambda: say("later", lang) in page.text)
        desk.sure()
        soon(lambda: say("later", lang) not in page.text and word("cost_total", lang) in page.text)
        assert len(page.of(Chart)) == len(TRENDS)
        assert {len(one.table["heads"]) for one in page.of(Chart)} == {4}
        for by in GROUPED_BY:
            page.choice(say("by", lang)).value = by
            assert word(f"by_{by}", lang) in page.markup
        for id, _ in page.choice(say("indicator", lang)).options:
            page.choice(say("indicator", lang)).value = id
            assert "dp-groups" in page.markup
        assert INVADER in page.text and "<script" not in page.markup
        assert say("stale", lang) not in page.text
        page.press(say("drop", lang, name="Groep 2"))
        assert say("stale", lang) in page.text
        assert [one.name for one in made.saved.value] == [INVADER]


def test_the_comparison_before_is_stopped() -> None:
    made, desk = with_two()
    with screen(Compare(made, "nl", False)) as page:
        page.press(say("compare_run", "nl"))
        page.press(say("compare_run", "nl"))
        assert [one.standing.stage for one in desk.tickets] == ["stopped", "waiting"]


# why


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_is_empty_without_a_plan(lang: Language) -> None:
    made, desk = room(lang)
    made.asked.value = asked(made, desk, [made.plan])
    with screen(Why(made, lang)) as page:
        assert say("why_empty", lang) in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chain_from_the_plan_to_its_outcomes(lang: Language) -> None:
    made, desk = room(lang)
    made.asked.value = asked(made, desk, [replace(plan().with_parameter("care.no_show", 0.05), name=INVADER)])
    with screen(Why(made, lang)) as page:
        for stage in ("measures", *STAGES):
            assert f"dp-stage-{stage}" in page.markup and stage_title(stage, lang) in page.text
        assert "care.no_show = 0.05" in page.text
        for kind in plan().interventions:
            lever = made.ground.lever(kind)
            assert lever is not None and getattr(lever.name, lang) in page.text
        assert "dp-onward" in page.markup and say("why_table", lang) in page.text
        assert "<script" not in page.markup


def test_why_of_a_comparison_asks_which_plan() -> None:
    made, desk = with_two("en")
    made.compared.value = asked(made, desk, made.saved.value)
    with screen(Why(made, "en")) as page:
        assert "care.no_show = 0.03" in page.text
        page.choice(say("plan", "en")).value = "1"
        assert "care.no_show = 0.05" in page.text


def test_measures_of_unknown_kinds_and_of_none() -> None:
    made, _ = room()
    strange = replace(plan(), interventions={"x": {"kind": "nothing we know"}}, parameters={})
    assert measures(strange, made, "nl") == ["x"]
    assert measures(made.plan, made, "nl") == [word("why_none", "nl")]


# downloads


def press(button: Download) -> tuple[str, bytes]:
    """Press a button of a download: the fault that is told, and the file."""
    told: list[tuple[str, bytes]] = []

    def send(content: dict[str, str], buffers: list[bytes] | None = None) -> None:
        told.append((content["fault"], buffers[0] if buffers else b""))

    button.send = send
    button._handle_custom_msg("make", [])
    button._handle_custom_msg("anything else", [])
    (found,) = told
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_can_be_taken_home_when_it_is_done(lang: Language) -> None:
    made, desk = room(lang)
    found = asked(made, desk, [plan()])
    with screen(Downloads(made, found, lang)) as page:
        buttons = page.of(Download)
        assert [one.label for one in buttons] == [
            f"{say('scenario_file', lang)}: Groep 1", say("report", lang), "XLSX", "CSV",
        ]  # fmt: skip
        assert [one.file for one in buttons] == [
            "groep-1.toml", f"deltaplan-{lang}.html", f"deltaplan-{lang}.xlsx", "deltaplan-csv.zip",
        ]  # fmt: skip
        files = [press(one) for one in buttons]
        assert {fault for fault, _ in files} == {""}
        scenario, report, book, archive = (content for _, content in files)
        assert from_toml(scenario, lang)[0].same_content(plan())
        assert b"<html" in report and book[:2] == archive[:2] == b"PK"
        with zipfile.ZipFile(io.BytesIO(archive)) as tables:
            assert "numbers/results.csv" in tables.namelist()
        assert say("report_later", lang) not in page.text


def test_a_file_that_cannot_be_made_is_a_number(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> bytes:
        raise OSError("the inside of the disk")

    fault, content = press(Download(label="x", file="x.csv", make=fail))
    assert len(fault) == 8 and content == b""
    assert fault in caplog.text and "the inside of the disk" in caplog.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_impression_is_no_report(lang: Language) -> None:
    made, desk = room(lang)
    for pairs in (0, 1):
        found = made.ask([plan()])
        assert found is not None
        desk.first()
        desk.sure(pairs)
        with screen(Downloads(made, found, lang)) as page:
            assert len(page.of(Download)) == 1 and say("report_later", lang) in page.text


def test_archives_hold_what_they_are_given() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"b.csv": b"2", "a.csv": b"1"}))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.csv": b"1", "b.csv": b"2"}
