"""Where the files lie that browsers ask for, found without importing Solara, which takes seconds."""

from __future__ import annotations

import importlib.util
import site
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OURS", "Folders", "FoldersError", "find_folders"]

OURS = Path(__file__).parent.parent / "shell" / "files"
"""Files of our own that are served as they are."""
_ASSETS = Path("share", "solara", "cdn")
_WIDGETS = Path("share", "jupyter", "nbextensions")
_NEEDED = (
    _ASSETS / "@widgetti" / "solara-vuetify3-app@5.1.1" / "dist" / "solara-vuetify-app8.min.js",
    _ASSETS / "echarts@5.4.0" / "dist" / "echarts.esm.min.js",
    _WIDGETS / "anywidget" / "index.js",
    _WIDGETS / "jupyter-vue" / "nodeps.js",
    _WIDGETS / "jupyter-vuetify" / "nodeps.js",
)


class FoldersError(Exception):
    """A file that pages need is not on this machine; the message is where it should be."""


@dataclass(frozen=True)
class Folders:
    """Folders of files.

    Attributes:
        assets: of the package solara-assets.
        widgets: of what draws widgets in the browser.
        solara: of Solara's server: ``static`` and ``assets`` lie in it.
    """

    assets: Path
    widgets: Path
    solara: Path


def find_folders() -> Folders:
    """The folders of this environment.

    Raises:
        FoldersError: one is not there or not whole.
    """
    found = importlib.util.find_spec("solara")
    if found is None or found.origin is None:
        raise FoldersError("solara")
    prefix = _prefix(Path(found.origin))
    for file in _NEEDED:
        if not (prefix / file).is_file():
            raise FoldersError(str(prefix / file))
    return Folders(prefix / _ASSETS, prefix / _WIDGETS, Path(found.origin).parent / "server")


def _prefix(origin: Path) -> Path:
    """Where the data of packages went: beside the user's own packages if Solara is one of those."""
    own = Path(site.getusersitepackages()) in origin.parents
    return Path(site.getuserbase()) if own else Path(sys.prefix)
