"""The real command: what it prints, what it serves, what it refuses, and that it ends."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from experiments.cli import main
from tests.viz.serving import Served, served
from viz.server import settings
from viz.server.launch import LARGEST_MESSAGE
from viz.server.template import PAGE, TemplateError, mended


def get(view: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """One request as it is written, without a client that tidies paths."""
    connection = http.client.HTTPConnection(view.host, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_page_has_a_language_zoom_and_a_policy_with_a_fresh_nonce(view: Served) -> None:
    status, headers, html = get(view, "/")
    assert status == 200 and '<html lang="nl">' in html and "user-scalable" not in html
    policy = headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert html.count("<script") == html.count(f'<script nonce="{nonce}"') > 5
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert nonce not in get(view, "/")[2]
    assert "http://" not in policy and "https://" not in policy and "*" not in policy
    assert "HttpOnly" in headers["set-cookie"] and "no-store" in headers["cache-control"]
    assert "@" not in "".join(line for line in html.splitlines() if "view.css" in line or "icon.svg" in line)


def test_page_that_lies_ready_is_that_of_the_solara_installed() -> None:
    code = (
        "from viz.server.settings import settle; settle('nl'); from viz.server.template import make_page;"
        "import sys; sys.stdout.reconfigure(encoding='utf-8'); sys.stdout.write(make_page())"
    )  # in a process of its own: Solara's server changes widgets and threads of the one that it is in
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=120)
    assert made.returncode == 0, made.stderr
    assert made.stdout == PAGE.read_text(encoding="utf-8"), "Solara's page has moved: python -m viz.server.template"


def test_a_page_of_another_solara_is_not_mended_halfway() -> None:
    with pytest.raises(TemplateError, match=r"<html>.* 0 times"):
        mended("<!doctype html>")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/..%2f..%2fsettings.py",
        "/static/..%5c..%5csettings.py",
        "/_solara/cdn/../../../../../etc/passwd",
        "/_solara/cdn/%2e%2e/%2e%2e/%2e%2e/pyvenv.cfg",
        "/_solara/cdn/vega@9/build/vega.min.js",  # not here, and not fetched either
        "/deltaplan/../shell.py",
        "/deltaplan/%2e%2e/shell.py",
        "/jupyter/nbextensions/..%2f..%2f..%2fpyvenv.cfg",
        "/static/public/x",
        "/resourcez",
        "/_solara/api/evict/a",
        "/jupyter/api/kernels/a",
        "/nowhere",
    ],
)
def test_nothing_else_is_served(view: Served, path: str) -> None:
    status, _, text = get(view, path)
    assert status == 404
    assert "Traceback" not in text and "root:" not in text and "import " not in text


def test_wrong_host_and_origin_are_refused(view: Served) -> None:
    assert get(view, "/", Host="evil.example")[0] == 400
    close = "/_solara/api/close/a?session_id=b"
    assert get(view, close, "POST", Origin="http://evil.example")[0] == 403
    assert get(view, close, "POST", Origin=f"http://{view.host}")[0] == 200
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    upgrade["Sec_WebSocket_Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    channel = "/jupyter/api/kernels/a/channels?session_id=b"
    assert get(view, channel, Origin="http://evil.example", **upgrade)[0] == 403
    assert get(view, channel, **upgrade)[0] == 403
    assert get(view, channel, Origin=f"http://{view.host}", **upgrade)[0] == 101


HEAD_OF_TOO_MUCH = b"\x81\xff" + (LARGEST_MESSAGE + 1).to_bytes(8, "big") + b"mask"
NONSENSE = b"\x81\x84\0\0\0\0oops"


@pytest.mark.parametrize(("frame", "code"), [(NONSENSE, 1000), (HEAD_OF_TOO_MUCH, 1009)])
def test_a_session_that_sends_nonsense_or_too_much_is_closed(view: Served, frame: bytes, code: int) -> None:
    address = f"ws://{view.host}/jupyter/api/kernels/{code}/channels?session_id=b"
    with connect(address, origin=Origin(f"http://{view.host}"), compression=None) as session:
        session.socket.sendall(frame)
        with pytest.raises(ConnectionClosed):
            session.recv(timeout=30)
        assert session.close_code == code
    assert get(view, "/")[0] == 200


def test_headers_of_a_proxy_that_is_none_change_nothing(view: Served) -> None:
    forged = {"X_Script_Name": "/evil", "Script_Name": "/evil", "X_Forwarded_Host": "evil.example"}
    assert "evil" not in get(view, "/", **forged)[2]
    assert "evil" not in get(view, "/")[2]


def test_a_large_request_is_refused(view: Served) -> None:
    origin = f"http://{view.host}"
    assert get(view, "/_solara/api/close/a", "POST", Origin=origin, Content_Length="999999999")[0] == 413


def test_files_are_kept_by_browsers_where_their_address_tells_them_apart(view: Served) -> None:
    address = next(part for part in get(view, "/")[2].split('"') if part.startswith("/deltaplan/view.css?v="))
    status, headers, text = get(view, address)
    assert status == 200 and "immutable" in headers["cache-control"] and "--dp-ink" in text


def test_a_port_that_is_taken_is_said_and_a_free_one_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with served("--port", str(port), "--lang", "en") as server:
            assert f"Port {port} is in use" in server.printed[0]
            assert server.host.startswith("127.0.0.1:") and server.host != f"127.0.0.1:{port}"
            assert get(server, "/")[0] == 200
            assert server.stop() == 0
            assert "Traceback" not in server.log()


def test_on_a_network_a_key_is_needed() -> None:
    with served("--host", "0.0.0.0", "--lang", "en") as server:
        port = server.host.split(":")[1]
        local = Served(f"http://127.0.0.1:{port}/", server.process, server.printed, server.errors)
        assert any("network" in line for line in server.printed)
        assert get(local, "/")[0] == 401
        assert get(local, "/static/main-vuetify.js")[0] == 401
        status, headers, _ = get(local, f"/{server.url.split('/', 3)[3]}")
        assert status == 303
        cookie = headers["set-cookie"].split(";")[0]
        assert get(local, "/", Cookie=cookie)[0] == 200
        packed = get(local, "/static/main-vuetify.js", Cookie=cookie, Accept_Encoding="gzip")
        assert packed[1]["content-encoding"] == "gzip"


def test_a_host_that_is_not_ours_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "settle", lambda lang: None)
    result = CliRunner().invoke(main, ["view", "--host", "192.0.2.1", "--no-open", "--lang", "en"])
    assert result.exit_code == 2
    assert result.stderr.startswith("deltaplan view: cannot listen on 192.0.2.1")
    assert "\n" not in result.stderr.rstrip("\n")
