"""Serve the view until Ctrl-C."""

from __future__ import annotations

import gc
import logging
import os
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import click
import uvicorn

from viz.faults import note
from viz.server import settings
from viz.server.access import Access, is_loopback, new_token
from viz.server.folders import FoldersError, find_folders
from viz.server.guard import TOKEN
from viz.server.site import Sessions, make_site
from viz.server.texts import say

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["LARGEST_MESSAGE", "ServeError", "serve"]

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes of one message over a WebSocket."""
_APP = "viz.app"
_GRACE = 2  # seconds that open connections get when the server stops


class ServeError(Exception):
    """The server cannot start."""


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(
    host: str,
    port: int,
    names: Sequence[str],
    open_browser: bool,
    lang: Language,
    around: Callable[[], AbstractContextManager[Any]],
) -> None:
    """Serve the view; returns when the user stops it.

    Args:
        host: name or address to listen on.
        port: to listen on; a free one when it is taken.
        names: under which browsers reach the server besides ``host``, for instance through a proxy.
        open_browser: whether to open it on this machine.
        lang: of what is printed, and in which sessions begin.
        around: what is open as long as sessions are served.

    Raises:
        ServeError: the host cannot be listened on, or files are missing.
    """
    _log_to_screen()
    try:
        folders = find_folders()
        settings.settle(lang)
    except FoldersError as error:
        raise ServeError(say("no_assets", lang, file=error)) from error
    listening = _listen(host, port, lang)
    port = listening.getsockname()[1]
    local = is_loopback(host)
    everywhere = host in {"0.0.0.0", "::"}
    own = {name.lower() for name in (*names, *([] if everywhere else [host]))} | _names_of_machine(everywhere)
    access = Access(frozenset(own), everywhere, None if local else new_token())
    shown = _own_address() if everywhere else host
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    if access.token is not None:
        url += f"?{TOKEN}={access.token}"

    def load() -> Sessions:
        from viz.server.engine import Engine  # takes seconds

        engine = Engine(_APP, around)
        gc.freeze()  # what is loaded stays: it need not be looked through for garbage
        gc.enable()
        return engine

    def failed(error: BaseException) -> None:
        told = isinstance(error, ServeError)
        faults.append(str(error) if told else say("fault", lang, id=note(error, "the start")))
        server.should_exit = True

    def ready() -> None:
        if not local:
            click.echo(say("network", lang, host=f"{host}:{port}"))
        click.echo(say("serving", lang, url=url))
        click.echo(say("stop", lang))
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    faults: list[str] = []
    config = uvicorn.Config(
        make_site(access, folders, load, failed, zipped=not local),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws_max_size=LARGEST_MESSAGE,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, ready)
    with listening:
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:  # uvicorn has ended all and passes the signal on
            click.echo(say("stopped", lang))
    if faults:
        raise ServeError(faults[0])


def _listen(host: str, port: int, lang: Language) -> socket.socket:
    """A socket that listens on the port, or on a free one."""
    try:
        family = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise ServeError(say("no_socket", lang, host=host, why=error.strerror or error)) from error
    for one in dict.fromkeys((port, 0)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would share a port that is in use
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, one))
            listening.listen(128)  # now: elsewhere two servers could hold one port
        except OSError as error:
            listening.close()
            why = error
        else:
            if one != port:
                click.echo(say("taken", lang, port=port))
            return listening
    raise ServeError(say("no_socket", lang, host=f"{host}:{port}", why=why.strerror or why))


def _own_address() -> str:
    """Address of this machine on its network, or its name where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # nothing is sent: only the way there is looked up
            return str(asking.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _names_of_machine(everywhere: bool) -> set[str]:
    return {socket.gethostname().lower(), socket.getfqdn().lower()} if everywhere else set()


def _log_to_screen() -> None:
    """Warnings and faults go to the error stream, with the time."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
