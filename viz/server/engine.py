"""Solara itself. Importing this takes seconds, so it is done while browsers load the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

# pyarrow loads pandas at the first answer, and to draw meanwhile would fail: of every value that is set, reacton asks
# whether it is a DataFrame
import pandas  # noqa: F401
from solara.server import app as solara_app
from solara.server import starlette as solara_starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from viz.server.folders import OURS

__all__ = ["Engine"]


class Engine:
    """Solara with one app, started.

    Args:
        app: module with ``Page`` and ``Layout``.
        around: what is open as long as it is.
    """

    def __init__(self, app: str, around: Callable[[], AbstractContextManager[Any]] = nullcontext) -> None:
        with ExitStack() as opening:
            opening.enter_context(around())
            script = solara_app.AppScript(app)
            script.directory = OURS  # Solara looks beside it for templates and assets to replace its own: none there
            solara_app.apps["__default__"] = script
            solara_starlette.on_startup()
            self._opened = opening.pop_all()

    async def session(self, socket: WebSocket) -> None:
        """Serve one browser tab as long as it is there."""
        await solara_starlette.kernel_connection(socket)

    def leave(self, request: Request) -> Response:
        """A tab says that it is closed."""
        answer: Response = solara_starlette.close(request)
        return answer

    def close(self) -> None:
        """End all sessions."""
        try:
            solara_starlette.on_shutdown()
        finally:
            self._opened.close()
