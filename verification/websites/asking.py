"""Looking whether a website still answers, without being turned against the inside network.

Off unless the operator sets `LINK_CHECKER`: it is the only request that ever leaves the house. Rules: http and https
only, on their own ports, no login in the address; every address that the name resolves to must be public
(`verification.websites.addresses`); the connection goes to an address that was looked at, so that a name cannot resolve
differently a moment later; redirects go through the same door; of the answer nothing but its head is read, 64 KiB at
most; a check takes 20 seconds at most, whatever the other side does.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from verification.websites.addresses import Refused, public_addresses

#: Seconds for a whole check, and for one address to take up a connection.
BOUND = 20.0
CONNECT = 6.0
REDIRECTS = 5
LONGEST = 2000
HEAD_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}
_MOVED = (301, 302, 303, 307, 308)
#: Sites behind a guard turn away programs that do not say what they are.
_NAME = "Mozilla/5.0 (compatible; link check)"
#: What stays as it is in a path or query; everything else is written by its code.
_PLAIN = "%/:=&?~#+!$,;'@()*[]"
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True)
class Reply:
    """What came back: the last status, or what went wrong in words."""

    alive: bool
    status: int = 0
    fault: str = ""


def is_on() -> bool:
    return bool(settings.LINK_CHECKER)


def ask_website(url: str) -> Reply:
    """Ask for the head of a page. Below 500 counts as alive, except 404 and 410.

    What would count as dead is asked again as a browser does it: many servers answer HEAD wrongly.
    """
    end = time.monotonic() + BOUND
    reply = _follow(url, "HEAD", end)
    if reply.status and not reply.alive:
        reply = _follow(url, "GET", end)
    return reply


def _follow(url: str, method: str, end: float) -> Reply:
    for _step in range(REDIRECTS + 1):
        try:
            status, location = _ask(url, method, end)
        except Refused as error:
            return Reply(False, fault=str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Reply(False, fault=type(error).__name__)
        if status not in _MOVED or not location:
            return Reply(status < 500 and status not in (404, 410), status)
        url = urljoin(url, location)
    return Reply(False, fault="too many redirects")


def _ask(url: str, method: str, end: float) -> tuple[int, str]:
    """Status and Location of one page."""
    parts = urlsplit(url)
    host = _allowed_host(url, parts)
    port = parts.port or PORTS[parts.scheme]
    question = _question(method, parts, host)
    addresses = public_addresses(host, port, _left(end))
    with _connected(parts.scheme, host, addresses, port, end) as connection:
        connection.settimeout(_left(end))
        connection.sendall(question)
        return _read_head(connection, method, end)


def _allowed_host(url: str, parts: SplitResult) -> str:
    """The host as the network writes it, in Latin letters; Refused when this is no ordinary web address."""
    ordinary = parts.scheme in PORTS and parts.hostname and "@" not in parts.netloc and len(url) <= LONGEST
    if not ordinary or parts.port not in (None, PORTS[parts.scheme]):
        raise Refused("not an ordinary web address")
    host = str(parts.hostname)
    host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise Refused("not an ordinary web address")
    return host


def _question(method: str, parts: SplitResult, host: str) -> bytes:
    target = quote(parts.path or "/", safe=_PLAIN) + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
    name = f"[{host}]" if ":" in host else host
    lines = [f"{method} {target} HTTP/1.1", f"Host: {name}", f"User-Agent: {_NAME}", "Accept: */*", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


@contextlib.contextmanager
def _connected(scheme: str, host: str, addresses: list[str], port: int, end: float) -> Iterator[socket.socket]:
    """A connection to one of exactly these addresses; the certificate is checked for the name."""
    with _first_that_answers(addresses, port, end) as raw:
        raw.settimeout(_left(end))
        if scheme == "http":
            yield raw
            return
        with ssl.create_default_context().wrap_socket(raw, server_hostname=host) as secure:
            yield secure


def _first_that_answers(addresses: list[str], port: int, end: float) -> socket.socket:
    """Tried in turn: a machine without IPv6 is told IPv6 addresses too."""
    fault: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=min(CONNECT, _left(end)))
        except OSError as error:
            fault = error
    raise fault


def _read_head(connection: socket.socket, method: str, end: float) -> tuple[int, str]:
    """Read up to the empty line after the headers, and no further."""
    head = b""
    while b"\r\n\r\n" not in head and b"\n\n" not in head:
        connection.settimeout(_left(end))
        piece = connection.recv(4096)
        if not piece:
            break
        head += piece
        if len(head) > HEAD_BYTES:
            raise http.client.HTTPException("the head is too long")
    response = http.client.HTTPResponse(_Read(head), method=method)  # type: ignore[arg-type]
    response.begin()
    return response.status, _in_letters(response.getheader("Location") or "")


def _in_letters(header: str) -> str:
    """Many servers write an address in plain UTF-8, which the parser takes for Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


class _Read:
    """Bytes that were read already, in the shape that the parser of the standard library takes."""

    def __init__(self, head: bytes) -> None:
        self._head = head

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._head)


def _left(end: float) -> float:
    """Seconds that remain of the whole check; TimeoutError when none do."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("the check took too long")
    return left
