"""Makes ``page.html`` out of Solara's page: with a language, zoom, our stylesheet, and marks for what changes.

The page lies ready so that browsers get it before Solara is imported: both take seconds, at the same time. A test holds
it against Solara's. When Solara moves: python -m viz.server.template
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from viz.server.texts import both

__all__ = ["PAGE", "TemplateError", "make_page", "mended"]

PAGE = Path(__file__).parent / "page.html"
"""The page as it lies ready."""

_WIDGETS = ("jupyter-vuetify/extension", "jupyter-vue/extension", "anywidget/extension")
_SLASH = "solara.{0} = solara.{0}.replace(/\\/$/, '');".format("cdn")  # there is none to take away


class TemplateError(RuntimeError):
    """Solara's page is not the one that is mended here."""


def make_page() -> str:
    """The page, from Solara as it is installed.

    Raises:
        TemplateError: Solara's page is another one than it was.
    """
    from solara.server import app, server

    from viz.server.folders import OURS

    script = app.AppScript("viz.server.empty")
    script.directory = OURS
    apps, name = dict(app.apps), "get_nbextensions"
    finder = getattr(server, name)
    app.apps["__default__"] = script
    setattr(server, name, lambda: (list(_WIDGETS), {}))  # those of other packages have no business here
    try:
        html = server.read_root("/")
    finally:
        setattr(server, name, finder)
        script.close()
        app.apps.clear()
        app.apps.update(apps)
    return mended(html or "")


def mended(html: str) -> str:
    """Solara's page as it is served, with marks such as ``@nonce@``.

    Args:
        html: of Solara.

    Raises:
        TemplateError: what is to be replaced is not there, or more than once.
    """
    for old, new in _changes().items():
        if html.count(old) != 1:
            raise TemplateError(f"Solara's page has {old!r} {html.count(old)} times; once was expected")
        html = html.replace(old, new)
    lines = (line.rstrip() for line in html.replace("<script", '<script nonce="@nonce@"').splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _changes() -> Mapping[str, str]:
    """What is replaced, each of which stands in Solara's page once."""
    lost = both("lost")
    return {
        "<html>": '<html lang="nl">',
        "width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no, minimal-ui": "width=device-width, "
        "initial-scale=1",
        '<link rel="icon" type="image/png" sizes="any" href="/static/assets/favicon.png">': '<link rel="icon" '
        'type="image/svg+xml" href="@icon.svg@">',
        '<link rel="icon" type="image/svg+xml" href="/static/assets/favicon.svg">': "",
        "</head>": '<link rel="stylesheet" href="@view.css@">\n</head>',
        '<div id="pre-rendered-html-present"': f"<noscript>{both('no_script')}</noscript>\n"
        '<div id="pre-rendered-html-present"',
        # bars that say nothing to who cannot see them
        "<v-progress-linear :style=": '<v-progress-linear aria-hidden="true" :style=',
        "<v-progress-linear :indeterminate=": '<v-progress-linear aria-hidden="true" :indeterminate=',
        'loading_text: "Loading resources"': 'loading_text: "Deltaplan"',
        "// the vue templates expect it to not have a trailing slash": "",
        _SLASH: "",
        "App is disconnected, and may not function properly. Please refresh the page.": lost,
        "Please refresh the page</v-card-title>": f"{lost}</v-card-title>",
        "Could not restore session. Please refresh.": "",
        "Refresh now": both("reload"),
        "\n                        Cancel\n": f"\n                        {both('cancel')}\n",
    }


if __name__ == "__main__":
    from viz.server.settings import settle

    settle("nl")
    PAGE.write_text(make_page(), encoding="utf-8")
