"""Who may come in: Hosts that are ours, the page's own Origin and, on a network, a token."""

from __future__ import annotations

import hmac
import ipaddress
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

__all__ = ["COOKIE", "Access", "is_loopback", "new_token"]

COOKIE = "deltaplan-access"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether a host to listen on can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def new_token() -> str:
    """A token that nobody guesses: 144 bits."""
    return urlsafe_b64encode(os.urandom(18)).decode()


@dataclass(frozen=True)
class Access:
    """The rules of one server.

    Attributes:
        names: host names and addresses under which browsers reach it, without port; those of the own machine are
            always right.
        addresses: whether every literal address is right too, for a server that listens on all of them.
        token: without which nobody is let in; None where none is asked.
    """

    names: frozenset[str] = field(default_factory=frozenset)
    addresses: bool = False
    token: str | None = field(default=None, repr=False)

    def host(self, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
        """The Host asked for as it was written, None if there is none, more than one, or one that is not ours."""
        found = [value for name, value in headers if name == b"host"]
        if len(found) != 1:
            return None
        text = found[0].decode("latin-1")
        name = _name(text)
        return text if name is not None and self._ours(name) else None

    def _ours(self, name: str) -> bool:
        if name in _LOOPBACK or name in self.names:
            return True
        if not self.addresses:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def same_origin(self, headers: Iterable[tuple[bytes, bytes]], host: str) -> bool:
        """Whether a request comes from a page of the server itself; one without Origin does not."""
        found = [value.decode("latin-1") for name, value in headers if name == b"origin"]
        return len(found) == 1 and found[0].lower() in {f"http://{host}".lower(), f"https://{host}".lower()}

    def known(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether a request holds the token in its cookie; True where none is asked."""
        if self.token is None:
            return True
        for name, value in headers:
            if name != b"cookie":
                continue
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found is not None and self.right(found.value):
                return True
        return False

    def right(self, token: str) -> bool:
        """Whether this is the token, in a time that tells nothing about it."""
        return self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())


def _name(host: str) -> str | None:
    """Name or address in a Host header, in small letters; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        port, name = parts.port, parts.hostname
    except ValueError:
        return None
    if name is None or parts.netloc != host or "@" in host or parts.path or parts.query or parts.fragment:
        return None
    return name if port is None or port > 0 else None
