"""Asking a website whether it still answers, without being turned against the inside network.

Off unless the operator sets `LINK_CHECKER`: beside the reading of other directories (`fetching`, its own switch) the
only request that ever leaves the house. Rules: http and https
only, on their own ports, no login in the address; every address that the name resolves to must be public
(`verification.websites.addresses`); the connection goes to an address that was looked at, so that a name cannot
resolve differently a moment later; redirects go through the same door; of the answer nothing but its head is read,
64 KiB at most; a check takes 20 seconds at most, whatever the other side does. The connections are urllib3's, below
its pools, so that there are no retries, redirects, proxies or kept connections but those written here.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER

from verification.websites.addresses import AddressRefused, public_addresses

#: Seconds for a whole check, and for one address to take up a connection.
BOUND = 20.0
CONNECT = 6.0
REDIRECTS = 5
LONGEST = 2000
HEAD_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}
MOVED = (301, 302, 303, 307, 308)
#: Sites behind a guard turn away programs that do not say what they are.
_NAME = "Mozilla/5.0 (compatible; link check)"
_HEADERS = {"User-Agent": _NAME, "Accept": "*/*", "Accept-Encoding": SKIP_HEADER, "Connection": "close"}
#: What stays as it is in a path or query; everything else is written by its code.
_PLAIN = "%/:=&?~#+!$,;'@()*[]"
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True)
class Reply:
    """What came back: the last status, or what went wrong in words."""

    alive: bool
    status: int = 0
    fault: str = ""


def ask_website(url: str) -> Reply:
    """Ask for the head of a page. Below 500 counts as alive, except 404 and 410.

    What would count as dead is asked again as a browser does it: many servers answer HEAD wrongly.
    """
    end = time.monotonic() + BOUND
    reply = _follow(url, "HEAD", end)
    return _follow(url, "GET", end) if reply.status and not reply.alive else reply


def _follow(url: str, method: str, end: float) -> Reply:
    try:
        for _step in range(REDIRECTS + 1):
            status, location = _ask(url, method, end)
            if status not in MOVED or not location:
                return Reply(status < 500 and status not in (404, 410), status)
            url = urljoin(url, location)
    except AddressRefused as error:
        return Reply(False, fault=str(error))
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        return Reply(False, fault=type(error).__name__)
    return Reply(False, fault="too many redirects")


def _ask(url: str, method: str, end: float) -> tuple[int, str]:
    """Status and Location of one page. Addresses that are not plain Latin go as the bytes that they came as."""
    parts = urlsplit(url)
    host = allowed_host(url, parts)
    target = target_of(parts)
    connection = connected(parts.scheme, host, end)
    with connection.sock as line:
        headers = {"Host": host_line(host)} | _HEADERS
        connection.request(method, target, headers=headers, preload_content=False)
        connection.sock = Heard(_head(line, end))
        with contextlib.closing(connection.getresponse()) as response:
            return response.status, location_of(response.headers.get("Location", ""))


def target_of(parts: SplitResult) -> str:
    """Path and query as they go over the line."""
    path, query = (quote(part, safe=_PLAIN, errors="surrogateescape") for part in (parts.path or "/", parts.query))
    return f"{path}?{query}" if query else path


def host_line(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def location_of(header: str) -> str:
    """Where a redirect leads, in the bytes in which it was written."""
    return header.encode("latin-1").decode("utf-8", "surrogateescape")


def allowed_host(url: str, parts: SplitResult) -> str:
    """The host as the network writes it, in Latin letters; AddressRefused when this is no ordinary web address."""
    ordinary = parts.scheme in PORTS and parts.hostname and "@" not in parts.netloc and len(url) <= LONGEST
    if not ordinary or parts.port not in (None, PORTS[parts.scheme]):
        raise AddressRefused("not an ordinary web address")
    host = str(parts.hostname)
    host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise AddressRefused("not an ordinary web address")
    return host


def connected(scheme: str, host: str, end: float) -> HTTPConnection:
    """A connection to one of the addresses that were looked at; the certificate is checked for the name.

    They are tried in turn: a machine without IPv6 is told IPv6 addresses too.
    """
    fault = HTTPError()
    for address in public_addresses(host, PORTS[scheme], left(end)):
        connection = HTTPConnection(address, PORTS[scheme])
        if scheme == "https":
            connection = HTTPSConnection(address, PORTS[scheme], server_hostname=host)
        connection.timeout = min(CONNECT, left(end))
        try:
            connection.connect()
            return connection
        except HTTPError as error:
            fault = error
    raise fault


def _head(line: socket.socket, end: float) -> bytes:
    """What comes up to the empty line after the headers. A timeout is for one wait, and many may follow each other."""
    head = b""
    while b"\r\n\r\n" not in head and b"\n\n" not in head:
        line.settimeout(left(end))
        piece = line.recv(4096)
        head += piece
        if len(head) > HEAD_BYTES:
            raise http.client.HTTPException("the head is too long")
        if not piece:
            break
    return head


class Heard(io.BytesIO):
    """A head that was read already, in the shape of the socket from which the library reads it."""

    def makefile(self, mode: str) -> io.BytesIO:
        """A file of its own: the library may close the socket while it goes on with the answer."""
        return io.BytesIO(self.getvalue())

    def settimeout(self, seconds: float) -> None:
        """Nothing is waited for any more."""


def left(end: float) -> float:
    """Seconds that remain of the whole check; TimeoutError when none do."""
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the check took too long")
    return seconds
