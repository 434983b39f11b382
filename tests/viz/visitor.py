"""A visitor of a real server without a browser: speaks the page's protocol, so that many of them fit on two cores."""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.viz.serving import Served

__all__ = ["Visitor", "visitor"]

_PATIENCE = 120.0
_REFERENCE = "IPY_MODEL_"


class Visitor:
    """Knows the widgets as the server tells them, and does to them what hands do in a browser."""

    def __init__(self, socket: ClientConnection, host: str, kernel: str, session: str) -> None:
        self._socket, self._host, self._kernel, self._session = socket, host, kernel, session
        self._changes = 0
        self._widgets: dict[str, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        control = uuid.uuid4().hex
        self._send("comm_open", comm_id=control, target_name="solara.control", data={})
        arguments = {"path": "/", "dark": False, "themes": {}, "appName": None}
        self._send("comm_msg", comm_id=control, data={"method": "run", "args": arguments})
        self.until(lambda: self._find("shown") is not None)
        self._set(self._found("shown"), shown=True)

    # what is on the page

    @property
    def status(self) -> str:
        """Where its question stands."""
        with self._changed:
            for one in self._widgets.values():
                if "dp-status" in (piece := one.get("unsafe_innerHTML") or ""):
                    return unescape(re.sub(r"<[^>]*>", "", piece))
        return ""

    @property
    def dark(self) -> bool:
        """Whether the theme is dark."""
        with self._changed:
            found = self._find("shown")
            return found is not None and bool(self._widgets[found]["dark"])

    @property
    def levers(self) -> dict[str, Any]:
        """Values of the levers that are on."""
        with self._changed:
            return dict(self._widgets[self._found("changed")]["values"])

    def until(self, condition: Callable[[], object], seconds: float = _PATIENCE) -> None:
        """Wait for what the server is about to tell.

        Raises:
            AssertionError: it did not come.
        """
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"it did not come: {self.status!r}"
            with self._changed:
                self._changed.wait(0.01)

    # what hands do

    def press(self, name: str) -> None:
        """Click the button with this on it."""
        with self._changed:
            (button,) = [k for k, one in self._widgets.items() if one.get("children") == [name]]
        click = {"method": "custom", "content": {"event": "click", "data": {}}}
        self._send("comm_msg", comm_id=button, data=click)

    def turn(self, name: str) -> None:
        """Click the button of the theme, which has this name, and wait for the answer."""
        before = self.dark
        self.press(name)
        self.until(lambda: self.dark is not before)

    def lever(self, kind: str, key: str, value: object) -> None:
        """Set a lever; the key "" is its switch."""
        self._changes += 1
        told = {"kind": kind, "key": key, "value": value, "count": self._changes}
        with self._changed:
            panel = self._found("changed")
        self._set(panel, changed=told)

    def leave(self) -> None:
        """Close the page as a browser does."""
        self._socket.close()
        # the browser sends this when its page is closed
        door = HTTPConnection(self._host, timeout=30)
        door.request(
            "POST",
            f"/_solara/api/close/{self._kernel}?session_id={self._session}",
            headers={"Origin": f"http://{self._host}"},
        )
        assert door.getresponse().status == 200
        door.close()

    # the protocol

    def _find(self, trait: str) -> str | None:
        return next((k for k, one in self._widgets.items() if trait in one), None)

    def _found(self, trait: str) -> str:
        found = self._find(trait)
        assert found is not None, trait
        return found

    def _set(self, widget: str, **state: object) -> None:
        self._send("comm_msg", comm_id=widget, data={"method": "update", "state": state, "buffer_paths": []})

    def _send(self, kind: str, **content: object) -> None:
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self._session, "username": "", "version": "5.2",
            "date": "2026-01-01T00:00:00.000Z",
        }  # fmt: skip
        message = {"buffers": [], "channel": "shell", "content": content, "header": header}
        self._socket.send(json.dumps({**message, "metadata": {}, "parent_header": {}}))

    def _read(self) -> None:
        try:
            for frame in self._socket:
                message = _message(frame)
                with self._changed:
                    self._take(message.get("msg_type") or message["header"]["msg_type"], message["content"])
                    self._changed.notify_all()
        except ConnectionClosed:
            return

    def _take(self, kind: str, content: dict[str, Any]) -> None:
        state = content.get("data", {}).get("state") if isinstance(content.get("data"), dict) else None
        if kind == "comm_close":
            self._widgets.pop(content["comm_id"], None)
        elif kind == "comm_open" and state is not None:
            self._widgets[content["comm_id"]] = dict(state)
        elif kind == "comm_msg" and state is not None and content["comm_id"] in self._widgets:
            self._widgets[content["comm_id"]].update(state)


def _message(frame: str | bytes) -> dict[str, Any]:
    """A frame is JSON, or JSON behind a table of offsets when buffers follow it."""
    text = frame if isinstance(frame, str) else frame[frame.index(b"{") :].decode("utf-8", "replace")
    found: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    return found


@contextmanager
def visitor(server: Served) -> Iterator[Visitor]:
    """Visit a server until the block ends."""
    door = HTTPConnection(server.host, timeout=30)
    door.request("GET", "/")
    answer = door.getresponse()
    answer.read()
    cookies = "; ".join(one.split(";")[0] for one in answer.headers.get_all("set-cookie") or ())
    door.close()
    kernel, session = str(uuid.uuid4()), str(uuid.uuid4())
    address = f"ws://{server.host}/jupyter/api/kernels/{kernel}/channels?session_id={session}"
    headers = {"Origin": f"http://{server.host}", "Cookie": cookies}
    with connect(address, additional_headers=headers, max_size=None) as socket:
        yield Visitor(socket, server.host, kernel, session)
