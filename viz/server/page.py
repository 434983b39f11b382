"""The one HTML page: Solara's, with a language, zoom, our stylesheet and a policy that names what may run."""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from pathlib import Path

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from viz.server.texts import both

__all__ = ["FILES", "ROOM", "TemplateError", "mended", "page_of"]

FILES = Path(__file__).parent.parent / "shell" / "files"
"""Files that are served as they are."""
ROOM = "/deltaplan"
"""Where they are served."""

_NONCE = "@nonce@"
# Vue compiles templates in the browser (unsafe-eval) and writes styles (unsafe-inline); widgets are blobs
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self' blob: {socket}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)


class TemplateError(RuntimeError):
    """Solara's page is not the one that is mended here."""


def mended(html: str) -> str:
    """Solara's page as it is served, with a mark where the nonce comes.

    Args:
        html: of Solara.

    Raises:
        TemplateError: what is to be replaced is not there, or more than once.
    """
    lost, reload = both("lost"), both("reload")
    for old, new in (
        ("<html>", '<html lang="nl">'),
        (
            '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no, '
            'minimal-ui">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
        ),
        (
            '<link rel="icon" type="image/png" sizes="any" href="/static/assets/favicon.png">',
            f'<link rel="icon" type="image/svg+xml" href="{_address("icon.svg")}">',
        ),
        ('<link rel="icon" type="image/svg+xml" href="/static/assets/favicon.svg">', ""),
        ("</head>", f'<link rel="stylesheet" href="{_address("view.css")}">\n</head>'),
        (
            '<div id="pre-rendered-html-present"',
            f'<noscript>{both("no_script")}</noscript>\n<div id="pre-rendered-html-present"',
        ),
        ('loading_text: "Loading resources"', 'loading_text: "Deltaplan"'),
        ("App is disconnected, and may not function properly. Please refresh the page.", lost),
        ("Please refresh the page</v-card-title>", f"{lost}</v-card-title>"),
        ("Could not restore session. Please refresh.", ""),
        ("Refresh now", reload),
        ("\n                        Cancel\n", f"\n                        {both('cancel')}\n"),
    ):
        if html.count(old) != 1:
            raise TemplateError(f"Solara's page has {old!r} {html.count(old)} times; once was expected")
        html = html.replace(old, new)
    return html.replace("<script", f'<script nonce="{_NONCE}"')


def _address(name: str) -> str:
    """Where a file of ours is served; the address changes with the content, so browsers may keep it."""
    return f"{ROOM}/{name}?v={hashlib.sha256((FILES / name).read_bytes()).hexdigest()[:12]}"


def page_of(html: str, request: Request, cookie: str) -> Response:
    """The answer with the page.

    Args:
        html: from ``mended``.
        request: to answer.
        cookie: name of the cookie that tells sessions of one browser from those of others.
    """
    nonce = b64encode(os.urandom(16)).decode()
    socket = f"{'wss' if request.url.scheme == 'https' else 'ws'}://{escape(request.headers['host'])}"
    answer = HTMLResponse(html.replace(_NONCE, nonce))
    answer.headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce, socket=socket)
    answer.headers["Cache-Control"] = "no-store"
    session = request.cookies.get(cookie) or os.urandom(16).hex()
    secure = request.url.scheme == "https"
    answer.set_cookie(cookie, session, max_age=86400 * 30, httponly=True, samesite="lax", secure=secure, path="/")
    return answer
