"""What is refused, what is let through, and what is never told."""

from __future__ import annotations

import logging
import re

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.viz.server.asgi import HOST, ask, knock
from viz.server.access import COOKIE, Access, is_loopback, new_token
from viz.server.guard import Guard

ORIGIN = (b"origin", b"http://127.0.0.1:8765")
SECRET = "the region's secret"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads all, then says yes; breaks at /broken, and in the middle at /half."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        if (b"x-break", b"1") in scope["headers"]:
            raise ValueError(SECRET)
        return
    if scope["path"] == "/broken":
        raise ValueError(SECRET)
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        pass
    if scope["path"] == "/half":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError(SECRET)
    await PlainTextResponse("yes")(scope, receive, send)


LOCAL = Guard(app, Access())


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765", "127.0.0.1"])
def test_own_names_are_let_in(host: str) -> None:
    assert ask(LOCAL, headers=[(b"host", host.encode())]).text == "yes"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "10.0.0.1:8765",
        "127.0.0.1:port",
        "127.0.0.1:0",
        "",
    ],
)
def test_other_hosts_are_refused(host: str) -> None:
    answer = ask(LOCAL, headers=[(b"host", host.encode())])
    assert (answer.status, "yes" in answer.text) == (400, False)
    assert knock(LOCAL, [(b"host", host.encode()), (b"origin", b"http://" + host.encode())])[0]["code"] == 1008


def test_no_host_or_two_are_refused() -> None:
    assert ask(LOCAL, headers=[]).status == 400
    assert ask(LOCAL, headers=[HOST, HOST]).status == 400


def test_names_that_were_given_and_addresses_of_an_open_server() -> None:
    named = Guard(app, Access(names=frozenset({"view.example"})))
    assert ask(named, headers=[(b"host", b"View.example")]).status == 200
    assert ask(named, headers=[(b"host", b"10.0.0.1:8765")]).status == 400
    everywhere = Guard(app, Access(addresses=True))
    assert ask(everywhere, headers=[(b"host", b"10.0.0.1:8765")]).status == 200
    assert ask(everywhere, headers=[(b"host", b"[fe80::1]:8765")]).status == 200
    assert ask(everywhere, headers=[(b"host", b"view.example")]).status == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:8766", "null", "https://127.0.0.1", ""])
def test_other_origins_are_refused(origin: str) -> None:
    headers = [HOST, (b"origin", origin.encode())]
    assert ask(LOCAL, method="POST", headers=headers).status == 403
    assert knock(LOCAL, headers) == [{"type": "websocket.close", "code": 1008}]


def test_posts_and_sockets_need_an_origin_and_the_own_one_will_do() -> None:
    assert ask(LOCAL, method="POST").status == 403
    assert knock(LOCAL, [HOST])[0]["type"] == "websocket.close"
    assert ask(LOCAL, method="POST", headers=[HOST, ORIGIN]).text == "yes"
    assert knock(LOCAL, [HOST, ORIGIN])[0]["type"] == "websocket.accept"
    assert ask(LOCAL, method="POST", headers=[HOST, ORIGIN, ORIGIN]).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(method: str) -> None:
    assert ask(LOCAL, method=method, headers=[HOST, ORIGIN]).status == 405


@pytest.mark.parametrize("path", ["/../x", "/static/../../etc/passwd", "/static/..\\..\\x", "/a\0b", "/.."])
def test_paths_that_climb_are_not_found(path: str) -> None:
    assert ask(LOCAL, path=path).status == 404


def test_large_bodies_are_refused_by_header_and_by_count() -> None:
    small = Guard(app, Access(), largest_body=10)
    assert ask(small, method="POST", headers=[HOST, ORIGIN, (b"content-length", b"11")]).status == 413
    assert ask(small, method="POST", headers=[HOST, ORIGIN, (b"content-length", b"-1")]).status == 413
    assert ask(small, method="POST", headers=[HOST, ORIGIN], body=[b"12345", b"123456"]).status == 413
    assert ask(small, method="POST", headers=[HOST, ORIGIN], body=[b"12345", b"12345"]).text == "yes"


@pytest.mark.parametrize("path", ["/", "/broken"])
@pytest.mark.parametrize("headers", [[HOST], [(b"host", b"evil.example")]])
def test_every_answer_has_headers_of_safety(path: str, headers: list[tuple[bytes, bytes]]) -> None:
    found = ask(LOCAL, path=path, headers=headers).headers
    assert found["x-frame-options"] == "DENY"
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in found["content-security-policy"]


def test_a_fault_is_answered_with_a_number_that_the_log_explains(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = ask(LOCAL, path="/broken")
    number = re.search(r"nummer ([0-9a-f]{8})", answer.text)
    assert answer.status == 500 and number is not None
    assert SECRET not in answer.text and "Traceback" not in answer.text
    assert number[1] in caplog.text and SECRET in caplog.text and "Traceback" in caplog.text


def test_a_fault_in_the_middle_or_in_a_socket_is_noted_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert ask(LOCAL, path="/half").text == ""
        last = knock(LOCAL, [HOST, ORIGIN, (b"x-break", b"1")])[-1]
    assert last["type"] == "websocket.close" and last["code"] == 1011
    assert last["reason"] in caplog.text and SECRET not in last["reason"]
    assert caplog.text.count(f"ValueError: {SECRET}") == 2


def test_token_is_given_once_and_then_kept_in_a_cookie_that_scripts_cannot_read() -> None:
    token = new_token()
    guard = Guard(app, Access(token=token))
    assert ask(guard).status == 401
    assert ask(guard, query="key=wrong").status == 401
    assert ask(guard, path="/static/x", query=f"key={token}").status == 401
    assert ask(guard, method="POST", headers=[HOST, ORIGIN], query=f"key={token}").status == 401
    welcome = ask(guard, query=f"key={token}")
    assert (welcome.status, welcome.headers["location"]) == (303, "/")
    cookie = welcome.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    kept = (b"cookie", cookie.split(";")[0].encode())
    assert ask(guard, headers=[HOST, kept]).text == "yes"
    assert knock(guard, [HOST, ORIGIN, kept])[0]["type"] == "websocket.accept"
    assert knock(guard, [HOST, ORIGIN])[0]["type"] == "websocket.close"
    wrong = (b"cookie", f"{COOKIE}=wrong".encode())
    assert ask(guard, headers=[HOST, wrong]).status == 401
    assert ask(guard, headers=[HOST, (b"cookie", "naïve=\x7f;;=".encode("latin-1"))]).status == 401


def test_tokens_differ_and_are_not_shown() -> None:
    assert new_token() != new_token()
    token = new_token()
    assert len(token) == 24 and token not in repr(Access(token=token))


def test_loopback() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.0.0.9", "::1", "localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "10.0.0.1", "::", "example.org")] == [False] * 4
