"""What one session has chosen of the shell. Each value is its own for every session."""

from __future__ import annotations

import os
from typing import Any, cast

import solara

from experiments.texts import Language
from viz.server.settings import LANGUAGE

__all__ = ["dark", "lang", "large", "remember", "tab"]


def _first() -> Language:
    return "en" if os.environ.get(LANGUAGE) == "en" else "nl"


lang: solara.Reactive[Language] = solara.reactive(_first())
"""Language of everything."""
dark: solara.Reactive[bool] = solara.reactive(False)
"""Dark theme instead of light."""
large: solara.Reactive[bool] = solara.reactive(False)
"""Large type and strong contrast, for a projector."""
tab: solara.Reactive[str] = solara.reactive("explore")
"""Id of the page shown."""


def remember(told: dict[str, Any]) -> None:
    """Take over what the browser kept of an earlier visit; anything else that it says is left alone."""
    if told.get("lang") in ("nl", "en"):
        lang.value = cast(Language, told["lang"])
    for name, value in (("dark", dark), ("large", large)):
        if isinstance(told.get(name), bool):
            value.value = told[name]
