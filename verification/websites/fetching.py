"""Reading a page of another directory, through the door of `asking`: public addresses alone, each looked at and then
connected to, redirects by the same way, a bound for time and size.

Off unless the operator sets `READS_DIRECTORIES`. Nothing of ours goes along but our name: no cookie, no login, no
packing of the answer, so nothing grows while it is read.
"""

from __future__ import annotations

import http.client
import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER

from verification.websites import asking
from verification.websites.addresses import AddressRefused

#: Seconds for one page, and bytes of it.
BOUND, MOST_BYTES = 60.0, 20_000_000
_HEADERS = {
    "User-Agent": "ServiceMap (reads HSDS; asks one page after the other)",
    "Accept": "application/json",
    "Accept-Encoding": SKIP_HEADER,
    "Connection": "close",
}
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,12})[ \t]*\r?$")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding:[ \t]*chunked[ \t]*\r?$")


class PageFault(Exception):
    """The page did not come. `kind` says why: refused, silent, long, packed, redirects."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class FetchedPage:
    """What came: status, the seconds that the other side asks us to wait, and the bytes."""

    status: int
    wait: int
    body: bytes


def fetch(url: str) -> FetchedPage:
    """The page at this address, wherever its redirects lead. Raises PageFault."""
    end = time.monotonic() + BOUND
    try:
        for _step in range(asking.REDIRECTS + 1):
            page, location = _get(url, end)
            if page.status not in asking.MOVED or not location:
                return page
            url = urljoin(url, location)
    except AddressRefused as error:
        raise PageFault("refused") from error
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        raise PageFault("silent") from error
    raise PageFault("redirects")


def _get(url: str, end: float) -> tuple[FetchedPage, str]:
    parts = urlsplit(url)
    host = asking.allowed_host(url, parts)
    target = asking.target_of(parts)
    connection = asking.connected(parts.scheme, host, end)
    with connection.sock as line:
        headers = {"Host": asking.host_line(host)} | _HEADERS
        connection.request("GET", target, headers=headers, preload_content=False)
        connection.sock = asking.Heard(_all(line, end))
        response = connection.getresponse()
        body = response.read(decode_content=False)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise PageFault("packed")
    waits = response.headers.get("Retry-After", "")
    wait = int(waits) if waits.isdecimal() and len(waits) < 6 else 0
    return FetchedPage(response.status, wait, body), asking.location_of(response.headers.get("Location", ""))


def _all(line: socket.socket, end: float) -> bytes:
    """Head and body; whoever sends on and on is left after so much, or when the time is over."""
    come = bytearray()
    while not _is_whole(come):
        line.settimeout(asking.left(end))
        piece = line.recv(1 << 16)
        if not piece:
            break
        come += piece
        if len(come) > MOST_BYTES:
            raise PageFault("long")
    return bytes(come)


def _is_whole(come: bytearray) -> bool:
    """A server that keeps the line open has said how much it sends."""
    head, between, body = come.partition(b"\r\n\r\n")
    if not between:
        if len(come) > asking.HEAD_BYTES:
            raise http.client.HTTPException("the head is too long")
        return False
    if _CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n")
    length = _LENGTH.search(head)
    return length is not None and len(body) >= int(length[1])
