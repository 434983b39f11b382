"""Requests to an ASGI app without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Scope

__all__ = ["Answer", "ask", "asked", "knock", "knocked"]

HOST = (b"host", b"127.0.0.1:8765")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


async def asked(
    app: ASGIApp,
    path: str = "/",
    method: str = "GET",
    headers: Sequence[tuple[bytes, bytes]] = (HOST,),
    query: str = "",
    body: Sequence[bytes] = (b"",),
) -> Answer:
    """One request, its body in parts."""
    sent: list[Message] = []
    parts = [{"type": "http.request", "body": part, "more_body": k < len(body) - 1} for k, part in enumerate(body)]

    async def receive() -> Message:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope("http", path, headers, query) | {"method": method}, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    text = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    pairs = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], pairs, text.decode())


async def knocked(app: ASGIApp, headers: Sequence[tuple[bytes, bytes]]) -> list[Message]:
    """Ask for a WebSocket and leave again; what came back."""
    sent: list[Message] = []
    told: list[Message] = [{"type": "websocket.connect"}]

    async def receive() -> Message:
        return told.pop(0) if told else {"type": "websocket.disconnect", "code": 1001}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope("websocket", "/jupyter/api/kernels/a/channels", headers, ""), receive, send)
    return sent


def ask(app: ASGIApp, *what: Any, **more: Any) -> Answer:
    """``asked`` outside an event loop."""
    return asyncio.run(asked(app, *what, **more))


def knock(app: ASGIApp, headers: Sequence[tuple[bytes, bytes]]) -> list[Message]:
    """``knocked`` outside an event loop."""
    return asyncio.run(knocked(app, headers))


def _scope(kind: str, path: str, headers: Sequence[tuple[bytes, bytes]], query: str) -> Scope:
    return {
        "type": kind,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http" if kind == "http" else "ws",
        "headers": list(headers),
        "server": ("127.0.0.1", 8765),
        "client": ("127.0.0.1", 5),
    }
