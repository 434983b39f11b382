"""Take the pictures of the view in docs/view.md: four pages with a plan that was run on part of the region.

Needs Chromium. Example: uv run --group docs python -m docs.make_screens --share 0.2
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from PIL import Image
from playwright.sync_api import sync_playwright

from experiments.texts import Language
from viz.pages.texts import say
from viz.pages.workshop_texts import say as workshop
from viz.shell.texts import say as shell

COLOURS = 256  # of a picture, so that it stays small
PATIENCE = 1_200_000  # ms
DESKTOP, TABLET = (1400, 900), (820, 1180)
PAIRS = 3
WHOLE: dict[Language, str] = {"nl": "van de regio, 3 paar", "en": "of the region, 3 pair"}


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of the view while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "experiments", "view", "--no-open", "--port", "0", "--keep", folder, *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout is not None
            try:
                yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
            finally:
                process.terminate()


def go(page: Any, tab: str, lang: Language) -> None:
    """To a page of the view, at its top."""
    page.get_by_role("navigation").get_by_role("button", name=shell(tab, lang), exact=True).click()
    page.wait_for_function("title => document.title.startsWith(title)", arg=shell(tab, lang))
    page.evaluate("scrollTo(0, 0)")


def press(page: Any, name: str) -> None:
    """A button by what stands on it."""
    page.get_by_role("button", name=name, exact=True).first.click()


def choose(page: Any, scenario: str, lang: Language) -> None:
    """Begin with a shipped scenario."""
    page.get_by_label(say("scenario", lang)).select_option(scenario)
    page.get_by_text(say("stale", lang)).wait_for()


def answered(page: Any, lang: Language, shown: bool = True) -> None:
    """Wait for the sure answer; on the workshop page it is not ``shown`` what it rests on."""
    page.locator(".dp-status", has_text=say("done", lang, pairs=PAIRS, part="").rstrip(" .")).wait_for()
    page.locator(".dp-old").wait_for(state="detached")
    if shown:
        page.locator(".dp-about", has_text=WHOLE[lang]).wait_for()


def keep(page: Any, name: str, lang: Language) -> None:
    """Keep the plan under a name."""
    page.get_by_label(say("plan_name", lang)).fill(name)
    press(page, say("keep", lang))
    page.get_by_text(re.compile(rf"{say('kept', lang, names='')}.*{name}")).wait_for()


def take(page: Any, file: Path) -> None:
    """A picture of the window, with few colours."""
    page.wait_for_timeout(1_500)  # charts are drawn
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
    click.echo(f"{file} ({file.stat().st_size // 1000} kB)")


def pictures(browser: Any, url: str, folder: Path) -> None:
    """All four."""
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), DESKTOP, strict=True)), reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(url)
    answered(page, "nl")
    choose(page, "twente-deltaplan", "nl")
    press(page, say("run", "nl"))
    answered(page, "nl")
    take(page, folder / "view-explore.png")
    keep(page, "Groep 1: deltaplan", "nl")
    choose(page, "insurer-more-time", "nl")
    keep(page, "Groep 2: meer tijd", "nl")
    go(page, "compare", "nl")
    press(page, say("compare_run", "nl"))
    page.locator(".dp-compare").wait_for()
    answered(page, "nl")
    page.get_by_role("heading", name=say("compare_table", "nl")).scroll_into_view_if_needed()
    page.locator(".dp-compare").evaluate("table => scrollTo(0, table.getBoundingClientRect().top + scrollY - 90)")
    take(page, folder / "view-compare.png")
    press(page, "EN: English")
    press(page, shell("dark", "en"))
    go(page, "why", "en")
    take(page, folder / "view-why.png")
    press(page, shell("dark", "en"))
    page.set_viewport_size(dict(zip(("width", "height"), TABLET, strict=True)))
    go(page, "workshop", "en")
    page.get_by_label(re.compile("^We expect")).fill("25000")
    press(page, workshop("fix", "en"))
    page.locator(".dp-table td").first.wait_for()
    press(page, say("run", "en"))
    page.wait_for_timeout(1_000)
    answered(page, "en", shown=False)
    press(page, workshop("reveal", "en"))
    page.wait_for_function("!document.querySelector('.dp-table tbody').innerText.includes('?')")
    take(page, folder / "view-workshop.png")


@click.command()
@click.option("--share", default=0.2, show_default=True, help="Part of the region that is simulated.")
@click.option("--years", default=10, show_default=True, help="Years that are simulated.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path(__file__).parent, help="Where they go.")
def main(share: float, years: int, folder: Path) -> None:
    """Take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise click.ClickException("there is no chromium on this machine")
    with (
        served("--share", str(share), "--years", str(years), "--pairs", str(PAIRS)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        pictures(browser, url, folder)
        browser.close()


if __name__ == "__main__":
    main()
