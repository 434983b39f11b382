"""The site: of Solara only the parts that the view uses, behind the guard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from viz.server.access import Access
from viz.server.folders import OURS, Folders
from viz.server.guard import Guard
from viz.server.page import ROOM, page
from viz.server.texts import both

__all__ = ["Sessions", "make_site"]


class Sessions(Protocol):
    """What serves sessions; see ``viz.server.engine.Engine``."""

    async def session(self, socket: WebSocket) -> None:
        """Serve one browser tab."""

    def leave(self, request: Request) -> Response:
        """A tab says that it is closed."""

    def close(self) -> None:
        """End all sessions."""


class _Kept(StaticFiles):
    """Files whose address changes when they do, so that browsers keep them; nothing is ever fetched from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return answer


def make_site(
    access: Access,
    folders: Folders,
    load: Callable[[], Sessions],
    failed: Callable[[BaseException], Any],
    zipped: bool = False,
) -> Guard:
    """The ASGI app that is served.

    Args:
        access: who may come in.
        folders: of the files.
        load: makes what serves sessions; called once, in a thread, while pages are served already.
        failed: told when that fails.
        zipped: whether answers are compressed, for slow networks.
    """
    loading: asyncio.Task[Sessions] | None = None

    async def loaded() -> Sessions:
        assert loading is not None
        return await asyncio.shield(loading)

    def told(task: asyncio.Task[Sessions]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            failed(error)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        nonlocal loading
        loading = asyncio.create_task(asyncio.to_thread(load))
        loading.add_done_callback(told)
        yield
        await asyncio.wait([loading])
        if loading.exception() is None:
            await run_in_threadpool(loading.result().close)

    async def session(socket: WebSocket) -> None:
        await (await loaded()).session(socket)

    async def leave(request: Request) -> Response:
        return await run_in_threadpool((await loaded()).leave, request)

    async def ready(_: Request) -> Response:
        done = loading is not None and loading.done()
        return PlainTextResponse("ok\n" if done else "starting\n", 200 if done else 503)

    routes = [
        Route("/", page),
        Route("/readyz", ready),
        Route("/_solara/api/close/{kernel_id}", leave, methods=["POST"]),
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/channels", session),
        Mount("/_solara/cdn", _Kept(directory=folders.assets)),
        Mount("/jupyter/nbextensions", StaticFiles(directory=folders.widgets)),
        Mount("/static/assets", StaticFiles(directory=folders.solara / "assets")),
        Mount("/static", StaticFiles(directory=folders.solara / "static")),
        Mount(ROOM, _Kept(directory=OURS)),
    ]
    # a bare router, not Starlette's app, which would answer faults before the guard can give them a number
    router = Router(routes, lifespan=lifespan, default=_nothing)
    site: ASGIApp = ExceptionMiddleware(router, {404: _not_found, 405: _not_found})
    return Guard(GZipMiddleware(site, minimum_size=1000, compresslevel=5) if zipped else site, access)


def _not_found(_: Request, error: Exception) -> Response:
    """The answer to what is not served."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return PlainTextResponse(both("bad_method" if status == 405 else "not_found") + "\n", status)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """No route leads here."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    raise HTTPException(404)
