"""The parts of the shell, without a browser."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import ipyvue
import pytest
import solara

from experiments.texts import Language
from viz.shell import here
from viz.shell.boundary import Boundary
from viz.shell.document import Document
from viz.shell.elements import Button, box
from viz.shell.shell import Header, Notice, Shell, Tabs
from viz.shell.texts import TEXTS, say


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Every test begins as a session does."""
    yield
    here.lang.value, here.dark.value, here.large.value, here.tab.value = "nl", False, False, "explore"


def texts(rendered: Any) -> list[str]:
    """All text on the screen."""
    found: list[str] = []
    left = list(rendered.container.children)
    while left:
        one = left.pop(0)
        if isinstance(one, str):
            found.append(one)
        else:
            left[:0] = getattr(one, "children", ())
    return found


def button(rendered: Any, name: str) -> Any:
    """The one button with this on it."""
    return rendered.find(ipyvue.Html, tag="button", children=[name]).widget


def press(rendered: Any, name: str) -> None:
    """Click the button."""
    button(rendered, name).fire_event("click", {})


def test_header_says_what_is_on_and_asks_for_changes() -> None:
    asked: list[object] = []
    _, rendered = solara.render(
        Header("Twente", "nl", False, True, asked.append, lambda: asked.append("dark"), lambda: asked.append("large")),
        handle_error=False,
    )
    assert rendered.find(ipyvue.Html, tag="h1").widget.children == ["Twente"]
    pressed = {
        name: button(rendered, name).attributes["aria-pressed"] for name in ("NL", "EN", "Donker", "Grote letters")
    }
    assert pressed == {"NL": "true", "EN": "false", "Donker": "false", "Grote letters": "true"}
    for name in pressed:
        press(rendered, name)
    assert asked == ["nl", "en", "dark", "large"]
    rendered.close()


def test_tabs_mark_the_one_that_is_shown() -> None:
    asked: list[str] = []
    _, rendered = solara.render(Tabs(["explore", "why"], "why", "en", asked.append), handle_error=False)
    assert button(rendered, "Why?").attributes["aria-current"] == "page"
    assert button(rendered, "Explore").attributes["aria-current"] == "false"
    press(rendered, "Explore")
    assert asked == ["explore"]
    rendered.close()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_notice(lang: Language) -> None:
    _, rendered = solara.render(Notice(lang), handle_error=False)
    assert texts(rendered) == [TEXTS["notice"][lang]]
    rendered.close()


def test_shell_shows_the_page_of_the_tab_in_the_language_chosen() -> None:
    _, rendered = solara.render(
        Shell("Twente", ("explore", "why"), lambda tab, dark: box("h2", f"page {tab}")), handle_error=False
    )
    assert "page explore" in texts(rendered)
    press(rendered, say("why", "nl"))
    assert "page why" in texts(rendered) and "page explore" not in texts(rendered)
    press(rendered, "EN")
    assert say("notice", "en") in texts(rendered) and say("notice", "nl") not in texts(rendered)
    press(rendered, say("dark", "en"))
    document = rendered.find(Document).widget
    assert (document.lang, document.dark, document.large) == ("en", True, False)
    assert solara.lab.theme.dark is True
    rendered.close()


def test_a_theme_is_told_to_the_browser_before_the_page_is_drawn_in_it() -> None:
    drawn: list[tuple[bool, bool]] = []
    documents: list[Any] = []

    def page(tab: str, dark: bool) -> Any:
        drawn.extend((dark, one.dark) for one in documents)
        return box("h2", f"page {tab}")

    _, rendered = solara.render(Shell("Twente", ("explore",), page), handle_error=False)
    documents.append(rendered.find(Document).widget)
    press(rendered, say("dark", "nl"))
    assert drawn[-1] == (True, True)
    assert (True, False) not in drawn
    rendered.close()


def test_a_second_press_before_anything_is_drawn_counts() -> None:
    _, rendered = solara.render(
        Shell("Twente", ("explore",), lambda tab, dark: box("h2", f"page {tab}")), handle_error=False
    )
    made = button(rendered, say("dark", "nl"))
    with rendered:  # nothing is drawn meanwhile
        made.fire_event("click", {})
        made.fire_event("click", {})
    assert here.dark.value is False
    press(rendered, say("dark", "nl"))
    assert here.dark.value is True
    rendered.close()


def test_an_unknown_tab_shows_the_first_page() -> None:
    here.tab.value = "gone"
    _, rendered = solara.render(
        Shell("Twente", ("why",), lambda tab, dark: box("h2", f"page {tab}")), handle_error=False
    )
    assert "page why" in texts(rendered)
    rendered.close()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"lang": "en", "dark": True, "large": True}, ("en", True, True)),
        ({"dark": True}, ("nl", True, False)),
        ({"lang": "de", "dark": "yes", "large": 1, "tab": "why"}, ("nl", False, False)),
        ({}, ("nl", False, False)),
    ],
)
def test_what_a_browser_remembers_is_taken_over_if_it_makes_sense(told: dict[str, Any], expected: object) -> None:
    here.remember(told)
    assert (here.lang.value, here.dark.value, here.large.value) == expected
    assert here.tab.value == "explore"


@solara.component
def Fragile(broken: solara.Reactive[bool]) -> None:
    """Breaks when it is drawn, or when its button is pressed."""
    if broken.value:
        raise ValueError("the inside of the program")

    def fail() -> None:
        raise ValueError("the inside of a button")

    Button("press", fail)


def test_a_fault_shows_a_number_and_the_log_has_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    broken = solara.reactive(True)
    with caplog.at_level(logging.ERROR):
        _, rendered = solara.render(Boundary([Fragile(broken)], "en", "why"), handle_error=False)
    shown = " ".join(texts(rendered))
    assert "Something went wrong here (number " in shown and "inside" not in shown and "Traceback" not in shown
    number = shown.split("number ")[1].split(")")[0]
    assert f"fault {number} in why" in caplog.text and "the inside of the program" in caplog.text
    assert [record.name for record in caplog.records].count("viz") == 1
    broken.value = False
    press(rendered, "Try again")
    assert "press" in texts(rendered)
    rendered.close()


def test_a_fault_behind_a_button_is_caught_too(caplog: pytest.LogCaptureFixture) -> None:
    _, rendered = solara.render(Boundary([Fragile(solara.reactive(False))], "nl", "why"), handle_error=False)
    with caplog.at_level(logging.ERROR):
        press(rendered, "press")
    shown = " ".join(texts(rendered))
    assert "Hier ging iets mis (nummer " in shown and "inside" not in shown
    assert "the inside of a button" in caplog.text
    press(rendered, "Opnieuw proberen")
    assert "press" in texts(rendered)
    rendered.close()
