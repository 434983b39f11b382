"""The documentation site: every page under docs as HTML that opens without internet.

``uv run --group docs sphinx-build -nWq docs build/site`` builds it; a link to a page or a heading that does not exist
ends the build.
"""

from __future__ import annotations

import re
from typing import Any

project = "deltaplan"
author = "The deltaplan developers"
language = "en"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["__pycache__"]
nitpicky = True

myst_heading_anchors = 3  # links such as model.md#submodels lead to headings
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "deltaplan"
html_copy_source = False
html_show_sphinx = False


def _anchors(app: Any, name: str, source: list[str]) -> None:
    """Headings that carry an id of their own in HTML become targets that links can be checked against."""
    source[0] = re.sub(r'^(#+ )<a id="(\w+)"></a>', r"(\2)=\n\n\1", source[0], flags=re.MULTILINE)


def setup(app: Any) -> None:
    """Join in where Sphinx reads a page."""
    app.connect("source-read", _anchors)
