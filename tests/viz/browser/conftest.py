"""A browser for tests of the view.

``visit`` opens the view and keeps watch: when the test ends, nothing may have been asked of another server, failed, or
been complained of in the console. ``accessible`` asks axe-core. Tests are skipped where there is no browser.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

from tests.viz.serving import Served

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desktop": (1400, 900), "tablet": (820, 1180)}
PATIENCE = 90_000  # ms; machines of tests are slow


@dataclass
class Watch:
    """What went wrong on a page.

    Attributes:
        server: whose page it is.
        faults: one line each.
    """

    server: Served
    faults: list[str] = field(default_factory=list)

    def over(self, page: Any) -> None:
        """Keep watch over a page from now on."""
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def _request(self, request: Any) -> None:
        if not request.url.startswith((f"http://{self.server.host}/", "blob:", "data:")):
            self.faults.append(f"left the server: {request.url}")

    def _failed(self, request: Any) -> None:
        if "/_solara/api/close/" not in request.url:  # sent by a page that is going, which does not wait
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")


class Visit(Protocol):
    """Opens the view in a browser of its own, as a new visitor."""

    def __call__(self, lang: str = "nl", dark: bool = False, size: str = "desktop", url: str | None = None) -> Any:
        """The page of playwright, as soon as it can be used."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window. One a module: while playwright is there, no other test can run an event loop."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with playwright_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any, view: Served) -> Iterator[Visit]:
    """Open the view; nothing may go wrong on any page opened this way until the test ends."""
    watch = Watch(view)
    contexts: list[Any] = []

    def open_page(lang: str = "nl", dark: bool = False, size: str = "desktop", url: str | None = None) -> Any:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch.over(page)
        page.goto(url or view.url)
        page.locator(f"html[data-dp-theme={'dark' if dark else 'light'}]").wait_for(state="attached")
        if lang == "en":
            page.get_by_role("button", name="EN: English").click()
            page.locator("html[lang=en]").wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture(scope="session")
def accessible() -> Callable[[Any], None]:
    """Asserts that axe-core finds nothing to complain of on a page as it is now."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()

    def check(page: Any) -> None:
        found = axe.run(page)
        where = page.evaluate("`${document.title}, ${document.documentElement.dataset.dpTheme}`")
        lines = [
            f"{where}: {one['id']} ({one['impact']}): {node['target']}: {' '.join(node['failureSummary'].split())}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        assert not lines, "\n".join(lines)

    return check
