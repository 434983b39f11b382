"""The guard: ASGI middleware that refuses what a browser on the view's own page would not send, and adds headers."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from viz.faults import note
from viz.server.access import COOKIE, Access
from viz.server.texts import both

__all__ = ["LARGEST_BODY", "TOKEN", "Guard"]

TOKEN = "key"
"""Name of the token in the address."""
LARGEST_BODY = 64 * 1024
"""Bytes of a request; files come over the WebSocket, which has a limit of its own."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY_VIOLATION, _INTERNAL_ERROR = 1008, 1011


class TooLarge(Exception):
    """A body that is larger than allowed."""


class Guard:
    """Stands before an ASGI app.

    Args:
        app: to guard.
        access: who may come in.
        largest_body: bytes of a request.
    """

    def __init__(self, app: ASGIApp, access: Access, largest_body: int = LARGEST_BODY) -> None:
        self.app = app
        self.access = access
        self.largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or WebSocket."""
        if scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope["headers"]
        host = self.access.host(headers)
        if host is None or not self.access.same_origin(headers, host) or not self.access.known(headers):
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        try:
            await self.app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - whatever it is, the browser hears a number and no more
            number = note(error, "a session")
            await _quietly(send, {"type": "websocket.close", "code": _INTERNAL_ERROR, "reason": number})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        began = False

        async def sending(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, _capped(receive, self.largest_body), sending)
        except TooLarge:
            if not began:
                await _text(413, "too_large")(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - whatever it is, the browser hears a number and no more
            number = note(error, "a request")
            if not began:
                await _text(500, "fault", id=number)(scope, receive, send)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """What is answered instead; None for a request that may pass."""
        headers, method, path = scope["headers"], scope["method"], scope["path"]
        host = self.access.host(headers)
        if host is None:
            return _text(400, "bad_host")
        if method not in {"GET", "HEAD", "POST"}:
            return _text(405, "bad_method", headers={"Allow": "GET, HEAD, POST"})
        if method == "POST" and not self.access.same_origin(headers, host):
            return _text(403, "bad_origin")
        if not self.access.known(headers):
            return self._greet(scope)
        if ".." in path.split("/") or "\\" in path or "\0" in path:
            return _text(404, "not_found")
        length = next((value for name, value in headers if name == b"content-length"), b"0")
        if not length.isdigit() or int(length) > self.largest_body:
            return _text(413, "too_large")
        return None

    def _greet(self, scope: Scope) -> ASGIApp:
        """Take the token out of the address into a cookie, or ask for it."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN, [""])
        if scope["method"] != "GET" or scope["path"] != "/" or not self.access.right(given[0]):
            return _text(401, "no_token")
        answer = RedirectResponse("/", status_code=303)
        secure = scope["scheme"] == "https"
        # lax: a link in a mail or chat leads here, and strict cookies would not come along to the page it leads to
        answer.set_cookie(COOKIE, given[0], httponly=True, samesite="lax", secure=secure, path="/")
        return answer


def _text(status: int, key: str, headers: dict[str, str] | None = None, **values: object) -> PlainTextResponse:
    return PlainTextResponse(both(key, **values) + "\n", status, headers=headers)


def _with_headers(send: Send) -> Send:
    """A sender that adds the headers of safety where an answer has not its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _capped(receive: Receive, most: int) -> Receive:
    """A receiver that counts what a body holds, whatever its header said."""
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLarge
        return message

    return receiving


async def _quietly(send: Send, message: Message) -> None:
    """Send what the other side may be too late for."""
    with suppress(RuntimeError, OSError):
        await send(message)
