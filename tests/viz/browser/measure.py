"""How quick the view is, in a real browser, on a machine at rest: ``python -m tests.viz.browser.measure [VISITORS]``.

First pictures, clicks while runs go on, what an update weighs and frames of the live map, of the whole region. With a
number: so many visitors at once, of a part of it, without browsers, which would want more cores than the server.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from typing import Any

import click
import psutil  # type: ignore[import-untyped]
from playwright.sync_api import sync_playwright

from tests.viz.browser.conftest import CHROMIUM, FLAGS
from tests.viz.browser.test_journey import go, press
from tests.viz.serving import Served, served
from tests.viz.visitor import Visitor, visitor
from viz.pages.progress import finished
from viz.pages.texts import say
from viz.shell.texts import say as shell_say

_LONG = 60_000  # ms
_DONE = finished(2, 0.1, "nl")
_COUNT_FRAMES = """() => new Promise(done => {
  let seen = 0;
  const week = () => document.querySelector('.dp-two h2[aria-live]')?.textContent;
  let last = week();
  const watch = new MutationObserver(() => { if (week() !== last) { last = week(); seen += 1; } });
  watch.observe(document.body, { childList: true, characterData: true, subtree: true });
  setTimeout(() => { watch.disconnect(); done(seen); }, 10000);
})"""

_PRESS = """() => new Promise(done => {
  const begin = performance.now();
  const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - begin); });
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-dp-theme'] });
  document.querySelector('.dp-settings > button').click();
})"""


class Weight:
    """Bytes that a page received over its WebSocket, by time."""

    def __init__(self, page: Any) -> None:
        self.frames: list[tuple[float, int]] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._came))

    def _came(self, payload: str | bytes) -> None:
        self.frames.append((time.perf_counter(), len(payload)))

    def bursts(self, since: float, pause: float = 0.4) -> list[int]:
        """Bytes of each update: frames that follow each other without a pause."""
        own = [frame for frame in self.frames if frame[0] >= since]
        sums = [own[0][1]] if own else []
        for before, after in pairwise(own):
            if after[0] - before[0] < pause:
                sums[-1] += after[1]
            else:
                sums.append(after[1])
        return sums


def timed(act: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def pressed(page: Any) -> float:
    """Seconds from a click on the theme's button until the document has changed, by the page's own clock."""
    return float(page.evaluate(_PRESS)) / 1000


def turned(page: Any, steps: int) -> None:
    """A lever that was never there before: so many steps of the keyboard."""
    slider = page.locator("[data-kind=link_workers] input[type=range]").first
    slider.focus()
    for _ in range(steps):
        page.keyboard.press("ArrowRight")


def ready(page: Any) -> None:
    """The first answer is there, on a page that shows what is set."""
    page.locator(".dp-tile").first.wait_for(timeout=_LONG)
    page.locator(".dp-old").wait_for(state="detached", timeout=_LONG)


def told(values: list[float]) -> str:
    """Median and extremes."""
    return f"median {statistics.median(values):.2f}, {min(values):.2f} to {max(values):.2f}"


def whole(browser: Any) -> None:
    """One visitor of the whole region."""
    with served("--share", "1", "--years", "10") as server:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        weight = Weight(page)
        page.goto(server.url)
        ready(page)
        page.get_by_label(say("scenario", "nl")).select_option("twente-deltaplan")
        page.get_by_text(say("stale", "nl")).wait_for()
        click.echo("the first answer is there")
        time.sleep(20)  # until the processes of sure answers run too
        pictures, clicks, updates = [], [], []
        for round_ in range(5):
            turned(page, 1 + round_ % 2)
            page.locator(".dp-stale").wait_for()
            since = time.perf_counter()
            press(page, say("run", "nl"))
            page.locator(".dp-old").wait_for(state="detached", timeout=_LONG)
            pictures.append(time.perf_counter() - since)
            time.sleep(6)
            updates += weight.bursts(since)
            clicks += [pressed(page) for _ in range(4)]
            time.sleep(5)
        click.echo(f"first picture, s, of {len(pictures)}: {told(pictures)}")
        click.echo(f"click while runs go on, s, of {len(clicks)}: {told(clicks)}")
        click.echo(f"update, kB, of {len(updates)}: {told([one / 1000 for one in updates])}")
        go(page, "watch", "nl")
        press(page, say("watch_begin", "nl"))
        page.locator(".dp-two h2[aria-live]").wait_for(timeout=_LONG)
        page.get_by_label(say("speed", "nl")).select_option("10")
        press(page, say("play", "nl"))
        click.echo(f"live frames a second: {page.evaluate(_COUNT_FRAMES) / 10:.1f}")
        page.close()


def memory(server: Served) -> float:
    """MB of the server, without its processes."""
    return float(psutil.Process(server.process.pid).memory_info().rss / 1e6)


def prepare(one: Visitor, places: float) -> None:
    """A visitor's own plan, when the baseline is answered."""
    one.until(lambda: one.status == _DONE)
    one.lever("link_workers", "", True)
    one.until(lambda: "link_workers" in one.levers)
    one.lever("link_workers", "places", places)
    one.until(lambda: one.levers["link_workers"]["places"] == places)


def begun(one: Visitor) -> bool:
    """Whether its question is under way."""
    return one.status != _DONE


def crowd(browser: Any, visitors: int) -> None:
    """Visitors at once without browsers, each with a plan of its own, and one with a browser who clicks meanwhile."""
    with served("--share", "0.1", "--years", "3", "--pairs", "2") as server, ExitStack() as there:
        other = browser.new_page()
        other.goto(server.url)
        ready(other)
        other.locator(".dp-status", has_text=_DONE).wait_for(timeout=10 * _LONG)
        alone = memory(server)
        people = [there.enter_context(visitor(server)) for _ in range(visitors)]
        for number, one in enumerate(people):
            prepare(one, 1.0 + number)
        begin = time.perf_counter()
        for one in people:
            one.press(say("run", "nl"))
        for one in people:
            one.until(partial(begun, one))
        clicks: list[float] = []
        theirs: list[float] = []
        said: set[str] = set()
        while not all(one.status == _DONE for one in people):
            clicks.append(pressed(other))
            theirs.append(timed(partial(people[len(theirs) % visitors].turn, shell_say("dark", "nl"))))
            said |= {one.status for one in people}
            time.sleep(0.5)
        click.echo(f"{visitors} visitors: all answered after {time.perf_counter() - begin:.0f} s")
        click.echo(f"other settings: {len({one.levers['link_workers']['places'] for one in people})} of {visitors}")
        click.echo(f"said meanwhile: {sorted(said)}")
        click.echo(f"click of another visitor in a browser, s, of {len(clicks)}: {told(clicks)}")
        click.echo(f"click of theirs until the server has answered, s, of {len(theirs)}: {told(theirs)}")
        busy = memory(server)
        for one in people:
            one.leave()
        time.sleep(15)
        click.echo(
            f"memory of the server, MB: one visitor {alone:.0f}, {visitors} more {busy:.0f}, left {memory(server):.0f}"
        )
        other.close()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if sys.argv[1:]:
            crowd(chromium, int(sys.argv[1]))
        else:
            whole(chromium)
