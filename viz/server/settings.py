"""How Solara is set, which it reads from the environment when it is imported and never again."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import platformdirs

from viz.server.folders import find_folders

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["LANGUAGE", "settle"]

LANGUAGE = "DELTAPLAN_VIEW_LANG"
"""Variable of the environment with the language in which sessions begin."""

_SETTINGS = {
    "SOLARA_MODE": "production",
    "SOLARA_ROOT_PATH": "",
    "SOLARA_ASSETS_PROXY": "True",  # assets come from this server, which has them all
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "none",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "Deltaplan",
    "SOLARA_KERNEL_CULL_TIMEOUT": "30m",  # of a session that left without a word
    "SOLARA_KERNEL_MAX_COUNT": "200",
    "SOLARA_KERNEL_MAX_PER_SESSION": "20",
}


def settle(lang: Language) -> None:
    """Set the environment of Solara, whatever it held.

    Args:
        lang: in which sessions begin.

    Raises:
        FoldersError: the assets are not on this machine.
        RuntimeError: Solara was imported already, so that nothing set here would count.
    """
    if "solara" in sys.modules:
        raise RuntimeError("solara is imported already: its settings cannot be changed any more")
    os.environ.update(_SETTINGS)
    os.environ["SOLARA_ASSETS_PROXY_CACHE_DIR"] = str(find_folders().assets)
    os.environ["SOLARA_HOME"] = str(platformdirs.user_cache_path("deltaplan") / "solara")
    os.environ[LANGUAGE] = lang
