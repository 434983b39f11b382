"""The site: of Solara only the parts that the view uses, behind the guard. Import it after ``settings.settle``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from solara.server import app as solara_app
from solara.server import server as solara_server
from solara.server import settings as solara_settings
from solara.server import starlette as solara_starlette
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from viz.server.access import Access
from viz.server.guard import Guard
from viz.server.page import FILES, ROOM, mended, page_of
from viz.server.texts import both

__all__ = ["AssetsError", "make_site"]

_NEEDED = "@widgetti/solara-vuetify3-app@5.1.1/dist/solara-vuetify-app8.min.js"


class AssetsError(Exception):
    """The files that pages need are not on this machine; the message is their folder."""


class _Kept(StaticFiles):
    """Files whose address changes when they do, so that browsers keep them; nothing is ever fetched from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return answer


def make_site(
    access: Access,
    app: str = "viz.app",
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    zipped: bool = False,
) -> Guard:
    """The ASGI app that is served.

    Args:
        access: who may come in.
        app: module with ``Page`` and ``Layout``.
        around: what is open as long as the server serves.
        zipped: whether answers are compressed, for slow networks.

    Raises:
        AssetsError: the package solara-assets is not whole.
    """
    assets = Path(solara_settings.assets.proxy_cache_dir)
    if not (assets / _NEEDED).is_file():
        raise AssetsError(str(assets))
    script = solara_app.AppScript(app)
    script.directory = FILES  # Solara looks beside it for templates and assets to replace its own: there are none
    solara_app.apps["__default__"] = script
    html = ""

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        nonlocal html
        with around():
            solara_starlette.on_startup()
            html = mended(solara_server.read_root("/") or "")
            try:
                yield
            finally:
                solara_starlette.on_shutdown()

    def page(request: Request) -> Response:
        return page_of(html, request, solara_server.COOKIE_KEY_SESSION_ID)

    solara_files = Path(solara_server.solara_static)
    routes = [
        Route("/", page),
        Route("/readyz", solara_starlette.readyz),
        Route("/_solara/api/close/{kernel_id}", solara_starlette.close, methods=["POST"]),
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/{name}", solara_starlette.kernel_connection),
        Mount("/_solara/cdn", _Kept(directory=assets)),
        Mount("/jupyter/nbextensions", solara_starlette.StaticNbFiles()),
        Mount("/static/assets", StaticFiles(directory=solara_files.parent / "assets")),
        Mount("/static", StaticFiles(directory=solara_files)),
        Mount(ROOM, _Kept(directory=FILES)),
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
