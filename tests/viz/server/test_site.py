"""The site while Solara is on its way, and when it never comes."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message
from starlette.websockets import WebSocket

from experiments.cli import main
from tests.viz.server.asgi import HOST, Answer, asked, knocked
from viz.server import folders, settings
from viz.server.access import Access
from viz.server.site import make_site

ORIGIN = (b"origin", b"http://127.0.0.1:8765")


class Fake:
    """Serves every session with one word."""

    closed = False

    async def session(self, socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("here")

    def leave(self, request: Request) -> Response:
        return PlainTextResponse(f"bye {request.path_params['kernel_id']}")

    def close(self) -> None:
        self.closed = True


@asynccontextmanager
async def alive(site: ASGIApp) -> AsyncIterator[None]:
    """Start the site and stop it again, as a server does."""
    told: asyncio.Queue[Message] = asyncio.Queue()
    heard: asyncio.Queue[Message] = asyncio.Queue()
    told.put_nowait({"type": "lifespan.startup"})
    task = asyncio.create_task(site({"type": "lifespan"}, told.get, heard.put))
    assert (await heard.get())["type"] == "lifespan.startup.complete"
    try:
        yield
    finally:
        told.put_nowait({"type": "lifespan.shutdown"})
        assert (await heard.get())["type"] == "lifespan.shutdown.complete"
        await task


def site(load: Callable[[], Any], failed: Callable[[BaseException], Any]) -> ASGIApp:
    """The site of this environment with another engine."""
    return make_site(Access(), folders.find_folders(), load, failed)


def test_page_is_served_while_the_engine_loads_and_sessions_wait_for_it() -> None:
    come, faults, fake = threading.Event(), list[BaseException](), Fake()

    def load() -> Fake:
        assert come.wait(30)
        return fake

    async def visit() -> tuple[Answer, Answer, bool, list[Message], Answer, Answer]:
        app = site(load, faults.append)
        async with alive(app):
            page, before = await asked(app), await asked(app, "/readyz")
            session = asyncio.create_task(knocked(app, [HOST, ORIGIN]))
            leaving = asyncio.create_task(asked(app, "/_solara/api/close/k", "POST", [HOST, ORIGIN]))
            await asked(app)  # both have had their turn
            waited = not session.done() and not leaving.done()
            come.set()
            return page, before, waited, await session, await leaving, await asked(app, "/readyz")

    page, before, waited, session, leaving, after = asyncio.run(visit())
    assert (page.status, before.status, after.status) == (200, 503, 200)
    assert waited
    assert [message.get("text") for message in session] == [None, "here"]
    assert leaving.text == "bye k"
    assert fake.closed and not faults


def test_an_engine_that_does_not_load_is_told_of_and_sessions_end(caplog: pytest.LogCaptureFixture) -> None:
    faults: list[BaseException] = []

    def load() -> Fake:
        raise ValueError("the inside of the program")

    async def visit() -> list[Message]:
        app = site(load, faults.append)
        async with alive(app):
            return await knocked(app, [HOST, ORIGIN])

    (last,) = asyncio.run(visit())
    assert last["type"] == "websocket.close" and last["code"] == 1011 and "inside" not in last["reason"]
    assert [str(error) for error in faults] == ["the inside of the program"]
    assert last["reason"] in caplog.text


def test_command_ends_with_one_line_when_the_view_cannot_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Engine:
        def __init__(self, app: str, around: object) -> None:
            raise ValueError(f"the inside of {app}")

    broken = ModuleType("viz.server.engine")
    broken.Engine = Engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "viz.server.engine", broken)
    monkeypatch.setattr(settings, "settle", lambda lang: None)
    result = CliRunner().invoke(main, ["view", "--no-open", "--port", "0", "--lang", "en"])
    assert result.exit_code == 2
    assert result.stderr.startswith("deltaplan view: Something went wrong (number ") and "inside" not in result.output
    number = result.stderr.split("number ")[1].split(")")[0]
    assert f"fault {number} in the start" in caplog.text and "the inside of viz.app" in caplog.text


def test_missing_files_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    result = CliRunner().invoke(main, ["view", "--no-open", "--port", "0", "--lang", "nl"])
    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr and "ontbreekt" in result.stderr and "\n" not in result.stderr.rstrip("\n")
