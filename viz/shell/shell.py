"""The page around the pages: what stands on every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import solara
import solara.lab

from experiments.texts import Language
from viz.shell import here
from viz.shell.boundary import Boundary
from viz.shell.document import Document
from viz.shell.elements import Button, box
from viz.shell.texts import say

__all__ = ["Header", "Notice", "Shell", "Tabs", "use_later"]

MAIN = "dp-main"
"""Id of the element with the page."""

_LANGUAGES: tuple[tuple[Language, str], ...] = (("nl", "dutch"), ("en", "english"))


@solara.component
def Shell(
    title: str,
    tabs: Sequence[str],
    page: Callable[[str, bool], Any],
    on_shown: Callable[[], Any] = lambda: None,
) -> None:
    """Header, tabs, the page that was chosen, and the notice.

    Args:
        title: of the screen, in the language of the session.
        tabs: ids of pages, which are keys of the texts.
        page: makes the page of an id, for a dark theme or not.
        on_shown: called when the browser shows the page.
    """
    lang, tab = here.lang.value, here.tab.value
    dark, large = here.dark.value, here.large.value
    if tab not in tabs:
        tab = tabs[0]

    def theme() -> None:
        solara.lab.theme.dark = dark

    solara.use_effect(theme, [dark])
    drawn = use_later(dark)  # charts after the rest: who turns the theme sees it turn at once
    with box("div", cls="dp-screen"):
        solara.Title(f"{say(tab, lang)} - {say('name', lang)}")
        document = Document.element(
            lang=lang,
            dark=dark,
            large=large,
            lost=say("lost", lang),
            on_remembered=here.remember,
            on_shown=lambda _: on_shown(),
        )

        def catch_up() -> None:  # a quick browser answers before anybody listens here
            found = solara.get_widget(document)
            if found.remembered:
                here.remember(found.remembered)
            if found.shown:
                on_shown()

        solara.use_effect(catch_up, [])
        Header(title, lang, dark, large, here.lang.set, partial(_turn, here.dark), partial(_turn, here.large))
        Tabs(tabs, tab, lang, here.tab.set)
        with box("main", cls="dp-page", id=MAIN, tabindex="-1"):
            Boundary([page(tab, drawn)], lang, tab).key(f"page {tab}")
        Notice(lang)


@solara.component
def Header(
    title: str,
    lang: Language,
    dark: bool,
    large: bool,
    on_lang: Callable[[Language], Any],
    on_dark: Callable[[], Any],
    on_large: Callable[[], Any],
) -> None:
    """Title and what sets the display."""
    with box("header", cls="dp-header"):
        box("a", say("skip", lang), cls="dp-skip", href=f"#{MAIN}")
        with box("div", cls="dp-titles"):
            box("h1", title)
            box("p", say("name", lang))
        with box("div", cls="dp-settings", role="group", aria_label=say("settings", lang)):
            with box("div", cls="dp-switch", role="group", aria_label=say("language", lang)):
                for code, name in _LANGUAGES:
                    Button(
                        code.upper(),
                        partial(on_lang, code),
                        aria_pressed=_yes(lang == code),
                        aria_label=f"{code.upper()}: {say(name, lang)}",
                        lang=code,
                    )
            Button(say("dark", lang), on_dark, aria_pressed=_yes(dark))
            Button(say("large", lang), on_large, aria_pressed=_yes(large))


@solara.component
def Tabs(tabs: Sequence[str], current: str, lang: Language, on_tab: Callable[[str], Any]) -> None:
    """The pages to choose from."""
    with box("nav", cls="dp-tabs", aria_label=say("pages", lang)):
        for one in tabs:
            Button(
                say(one, lang),
                partial(on_tab, one),
                cls="dp-tab",
                aria_current="page" if one == current else "false",
            )


@solara.component
def Notice(lang: Language) -> None:
    """What nobody may forget."""
    box("footer", box("p", say("notice", lang)), cls="dp-footer")


def use_later[Value](value: Value) -> Value:
    """A value as it was drawn last; its change is drawn right after all else that changed with it."""
    drawn, draw = solara.use_state(value)
    solara.use_effect(lambda: draw(value), [value])
    return drawn


def _turn(switch: solara.Reactive[bool]) -> None:
    """The other way round from what it is when it is pressed, which may be newer than what was drawn."""
    switch.value = not switch.value


def _yes(value: bool) -> str:
    return "true" if value else "false"
