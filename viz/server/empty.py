"""An app with nothing in it, for which Solara renders the page around an app."""

from __future__ import annotations

from solara import Text as Page

__all__ = ["Page"]
