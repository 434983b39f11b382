"""The one HTML page, served with a policy that names what may run, and the cookie of the session."""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from functools import cache
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from viz.server.folders import OURS
from viz.server.template import PAGE

__all__ = ["ROOM", "page"]

ROOM = "/deltaplan"
"""Where files of our own are served."""

_SESSION = "solara-session-id"  # as Solara calls it
_MONTH = 86400 * 30
# Vue compiles templates in the browser (unsafe-eval) and writes styles (unsafe-inline); widgets are blobs
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self' blob: {socket}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)


def page(request: Request) -> Response:
    """The answer to a request for the page."""
    nonce = b64encode(os.urandom(16)).decode()
    secure = request.url.scheme == "https"
    socket = f"{'wss' if secure else 'ws'}://{escape(request.headers['host'])}"
    answer = HTMLResponse(_html().replace("@nonce@", nonce))
    answer.headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce, socket=socket)
    answer.headers["Cache-Control"] = "no-store"
    session = request.cookies.get(_SESSION) or os.urandom(16).hex()
    answer.set_cookie(_SESSION, session, max_age=_MONTH, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@cache
def _html() -> str:
    """The page but for the nonce; addresses of our files change with their content, so browsers may keep them."""
    html = PAGE.read_text(encoding="utf-8")
    for name in ("icon.svg", "view.css"):
        mark = hashlib.sha256((OURS / name).read_bytes()).hexdigest()[:12]
        html = html.replace(f"@{name}@", f"{ROOM}/{name}?v={mark}")
    return html
