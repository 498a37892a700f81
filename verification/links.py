"""Looking whether a website still answers, without being turned against the inside network.

Off unless the operator sets `LINK_CHECKER = True`: it is the only request that ever leaves the house. Rules: http
and https only, ports 80 and 443, every address that the name resolves to must be public, the connection goes to the
address that was looked at (so a name cannot resolve differently a moment later), redirects go through the same door
at most three times, nothing of the body is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

TIMEOUT = 8.0
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """The address is not one that the house may ask."""


@dataclass(frozen=True)
class Answer:
    """What came back: the last status, or what went wrong in words."""

    alive: bool
    status: int = 0
    fault: str = ""


def is_on() -> bool:
    return bool(getattr(settings, "LINK_CHECKER", False))


def check_link(url: str) -> Answer:
    """Ask for the head of a page. Below 500 counts as alive, except 404 and 410."""
    for _step in range(REDIRECTS + 1):
        try:
            status, location = _head(url)
        except Refused as error:
            return Answer(False, fault=str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(False, fault=type(error).__name__)
        if status not in (301, 302, 303, 307, 308) or not location:
            return Answer(status < 500 and status not in (404, 410), status)
        url = urljoin(url, location)
    return Answer(False, fault="too many redirects")


def public_address(host: str, port: int) -> str:
    """One address of the host, when all of them are public; Refused otherwise."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in found:
        if not ipaddress.ip_address(address.split("%")[0]).is_global:
            raise Refused("not a public address")
    if not found:
        raise Refused("no address")
    return sorted(found)[0]


def _head(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.port not in (None, *PORTS.values()):
        raise Refused("not an ordinary web address")
    port = parts.port or PORTS[parts.scheme]
    address = public_address(parts.hostname, port)
    connection = _connect(parts.scheme, parts.hostname, address, port)
    try:
        path = parts.path or "/"
        connection.request("HEAD", f"{path}?{parts.query}" if parts.query else path, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


def _connect(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """A connection to exactly this address; the certificate is checked for the name."""
    raw = socket.create_connection((address, port), timeout=TIMEOUT)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host) if scheme == "https" else raw
    return connection
