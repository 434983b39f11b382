"""A workshop from beginning to end in a real browser, with the real command on a small part of the region.

One server for all of it, and few pages: each takes seconds to load. When a test ends, ``visit`` asserts that nothing
was asked of another server, nothing failed, and nothing was complained of in the console.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.texts import Language
from tests.viz.browser.conftest import SIZES, Visit
from tests.viz.serving import Served, served
from viz.app import TABS
from viz.figures.why import stage_title
from viz.figures.words import say as word
from viz.pages.progress import finished
from viz.pages.texts import say
from viz.pages.workshop_texts import say as workshop
from viz.plan.file import from_toml
from viz.shell.texts import say as shell

pytestmark = pytest.mark.slow  # minutes, with runs of its own beside the browser
PAIRS = 3
ANSWER = 120_000  # ms; processes load the compiled model once, which takes most of it
WHOLE: dict[Language, str] = {"nl": "van de regio, 3 paar", "en": "of the region, 3 pair"}
"""Said of an answer that is sure."""
LEVER = "link_workers"


@pytest.fixture(scope="module")
def view() -> Iterator[Served]:
    """A server for two years and three pairs: an answer that is sure takes seconds."""
    with served("--years", "2", "--pairs", str(PAIRS)) as server:
        yield server


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def go(page: Any, tab: str, lang: Language) -> None:
    """To a page of the view."""
    page.get_by_role("navigation").get_by_role("button", name=shell(tab, lang), exact=True).click()
    page.wait_for_function("title => document.title.startsWith(title)", arg=shell(tab, lang))


def answered(page: Any, lang: Language) -> None:
    """Wait for the sure answer to what is set, on a page that shows results."""
    page.locator(".dp-status", has_text=finished(PAIRS, 0.02, lang)).wait_for(timeout=ANSWER)
    page.locator(".dp-old").wait_for(state="detached")
    page.locator(".dp-about", has_text=WHOLE[lang]).wait_for(timeout=ANSWER)


def fits(page: Any) -> None:
    """Nothing scrolls sideways at either size."""
    before = page.viewport_size
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth", timeout=5_000)
    page.set_viewport_size(before)


def lever(page: Any) -> Any:
    """The slider on the face of a lever."""
    return page.locator(f"[data-kind={LEVER}] input[type=range]").first


def saved(page: Any, name: str, folder: Path) -> Path:
    """Press a button that gives a file."""
    with page.expect_download() as waited:
        press(page, name)
    file = folder / waited.value.suggested_filename
    waited.value.save_as(file)
    return file


def test_a_workshop(visit: Visit, tmp_path: Path) -> None:
    """Choose a plan, move a lever by keyboard, run, first and sure answer, compare, take home, load again."""
    page = visit()
    answered(page, "nl")
    assert page.locator(".dp-tile").count() == 6 and page.locator(".dp-tile .dp-better").count() == 0

    # a plan, by keyboard
    page.get_by_label(say("scenario", "nl")).select_option("twente-deltaplan")
    page.get_by_text(say("stale", "nl")).wait_for()
    slider = lever(page)
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") != before
    page.get_by_label(say("scenario", "nl")).locator("option:checked", has_text=say("own_plan", "nl")).wait_for(
        state="attached"
    )

    # the first answer, then the sure one
    run = page.get_by_role("button", name=say("run", "nl"), exact=True)
    run.focus()
    page.keyboard.press("Enter")
    page.locator(".dp-about", has_text="steekproef").wait_for()
    page.locator(".dp-tile .dp-verdict").first.wait_for()
    answered(page, "nl")
    page.locator(".dp-about", has_text="2 % van de regio").wait_for()
    assert page.locator(".dp-arms").first.inner_text().split("\n") == ["A. Basispad", "B. Eigen plan"]

    # undo and redo show what belongs together
    press(page, say("undo", "nl"))
    page.get_by_text(say("stale", "nl")).wait_for()
    press(page, say("redo", "nl"))
    page.get_by_text(say("stale", "nl")).wait_for(state="detached")

    # the map: play, a table, a practice
    month = page.get_by_label(say("month", "nl"), exact=True)
    last = month.get_attribute("aria-valuetext")
    press(page, say("play", "nl"))
    page.wait_for_function(
        "([field, last]) => field.getAttribute('aria-valuetext') !== last", arg=[month.element_handle(), last]
    )
    page.get_by_role("button", name=say("pause", "nl")).wait_for()
    page.wait_for_function(
        "([field, last]) => field.getAttribute('aria-valuetext') === last", arg=[month.element_handle(), last]
    )
    table = page.get_by_role("button", name=re.compile(f"^{say('as_table', 'nl')}: {say('map_title', 'nl')}"))
    table.click()
    assert page.locator(".dp-chart-table:visible tbody tr").count() > 14
    page.get_by_role("button", name=re.compile(f"^{say('as_chart', 'nl')}: {say('map_title', 'nl')}")).click()
    canvas = page.get_by_role("img", name=re.compile(say("map_title", "nl"))).locator("canvas").first
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.6 * box["height"])
    page.locator(".dp-story h3").wait_for()  # a municipality
    stories = page.get_by_label(say("choose_practice", "nl"))
    practice = stories.locator("option[value^=practice]").first.get_attribute("value")
    stories.select_option(practice)
    page.locator(".dp-story").get_by_text(say("story_synthetic", "nl")).wait_for()

    # keep two plans and compare them
    name = page.get_by_label(say("plan_name", "nl"))
    name.fill("Groep 1")
    press(page, say("keep", "nl"))
    page.get_by_text(say("kept", "nl", names="Groep 1")).wait_for()
    page.locator("[data-kind=housing]").get_by_role("switch").check()
    name.fill("Groep 2")
    press(page, say("keep", "nl"))
    page.get_by_text(say("kept", "nl", names="Groep 1, Groep 2")).wait_for()
    go(page, "compare", "nl")
    press(page, say("compare_run", "nl"))
    answered(page, "nl")
    heads = page.locator(".dp-compare thead th").all_inner_texts()
    assert heads == [word("indicator", "nl"), "Basispad", "Groep 1", "Groep 2"]
    assert page.locator(".dp-groups tbody tr").count() == 14
    fits(page)

    # why, in both languages
    go(page, "why", "nl")
    page.get_by_role("heading", name=stage_title("measures", "nl")).wait_for()
    press(page, "EN: English")
    page.get_by_role("heading", name=stage_title("measures", "en")).wait_for()
    fits(page)

    # take home, and load again
    go(page, "compare", "en")
    report = saved(page, say("report", "en"), tmp_path)
    assert report.name == "deltaplan-en.html" and "Groep 1" in report.read_text(encoding="utf-8")
    with zipfile.ZipFile(saved(page, "CSV", tmp_path)) as archive:
        assert "numbers/results.csv" in archive.namelist()
    scenario = saved(page, f"{say('scenario_file', 'en')}: Groep 1", tmp_path)
    plan, _ = from_toml(scenario.read_bytes(), "en")
    assert plan.name == "Groep 1" and LEVER in plan.interventions
    go(page, "workshop", "en")
    page.locator("input[type=file]").set_input_files({"name": "x.toml", "mimeType": "", "buffer": b"= 3"})
    page.get_by_role("alert").get_by_text("cannot be read as TOML").wait_for()
    page.locator("input[type=file]").set_input_files({"name": "x.toml", "mimeType": "", "buffer": b"x" * 200_000})
    page.get_by_role("alert").get_by_text("larger than 100 kB").wait_for()
    page.locator("input[type=file]").set_input_files(scenario)
    page.get_by_text(say("loaded", "en", name="Groep 1")).wait_for()
    go(page, "explore", "en")
    assert lever(page).get_attribute("aria-valuetext") != before


def test_predict_and_watch_on_a_tablet_in_the_dark(visit: Visit) -> None:
    """What is predicted stays covered until it is revealed; the model steps week by week."""
    page = visit(lang="en", dark=True, size="tablet")
    answered(page, "en")
    page.get_by_label(say("scenario", "en")).select_option("twente-deltaplan")
    page.get_by_text(say("stale", "en")).wait_for()
    go(page, "workshop", "en")
    page.get_by_label(re.compile("^We expect")).fill("12,5")
    press(page, workshop("fix", "en"))
    press(page, say("run", "en"))
    page.locator(".dp-table td", has_text="12.5").wait_for()
    assert page.locator(".dp-table td").all_inner_texts() == ["12.5", "?", "?", "?"]
    go(page, "explore", "en")
    page.locator(".dp-tile strong", has_text=re.compile(r"^\?$")).wait_for()
    go(page, "workshop", "en")
    press(page, workshop("reveal", "en"))
    page.wait_for_function("!document.querySelector('.dp-table tbody').innerText.includes('?')", timeout=ANSWER)
    go(page, "watch", "en")
    press(page, say("watch_begin", "en"))
    page.get_by_role("heading", name="Week up to 2025-01-08").wait_for(timeout=ANSWER)
    press(page, say("step", "en"))
    page.get_by_role("heading", name="Week up to 2025-01-15").wait_for()
    press(page, say("play", "en"))
    page.get_by_role("heading", name="Week up to 2025-02-12").wait_for()
    press(page, say("pause", "en"))
    fits(page)


def test_every_page_is_accessible(visit: Visit, accessible: Callable[[Any], None]) -> None:
    """No violation that axe knows of, on any page with its results, in both languages and themes."""
    page = visit()
    answered(page, "nl")
    page.get_by_label(say("scenario", "nl")).select_option("twente-deltaplan")
    page.get_by_text(say("stale", "nl")).wait_for()
    press(page, say("run", "nl"))
    answered(page, "nl")
    press(page, say("keep", "nl"))
    page.locator(".dp-keep .dp-note").wait_for()
    stories = page.get_by_label(say("choose_practice", "nl"))
    stories.select_option(stories.locator("option[value^=practice]").first.get_attribute("value"))
    page.locator(".dp-story h3").wait_for()
    languages: tuple[Language, ...] = ("nl", "en")
    for lang in languages:
        press(page, {"nl": "NL: Nederlands", "en": "EN: English"}[lang])
        page.locator(f"html[lang={lang}]").wait_for(state="attached")
        for tab in TABS:
            go(page, tab, lang)
            if tab == "compare" and lang == "nl":
                press(page, say("compare_run", lang))
                page.locator(".dp-compare").wait_for()
                answered(page, lang)
            if tab == "watch" and lang == "nl":
                press(page, say("watch_begin", lang))
                page.locator("canvas").first.wait_for(timeout=ANSWER)
            for theme in ("dark", "light"):
                press(page, shell("dark", lang))
                page.locator(f"html[data-dp-theme={theme}]").wait_for(state="attached")
                accessible(page)
