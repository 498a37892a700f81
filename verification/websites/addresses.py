"""Which addresses of the internet the house may ask. Everything that is, or leads to, an inside network is refused.

The lists are written out, because `ipaddress.is_global` differs between Python versions and lets through multicast,
translated addresses that carry an inside one (6to4, Teredo, NAT64) and the metadata service of one cloud.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # the host under every machine of one cloud, though it looks public
    )
]
#: Whatever lies outside of it is not routed in public: ::1, ::ffff:0:0/96, fc00::/7, fe80::/10, ff00::/8, …
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
]
#: What a resolver on a network without IPv4 makes of an IPv4 address; the last four bytes are that address.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """The address is not one that the house may ask."""


def is_public(text: str) -> bool:
    """Whether this address, as a resolver writes it, belongs to the public internet."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.scope_id is not None:
        return False
    if address in _TRANSLATED:
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def public_addresses(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host in the resolver's order, when all of them are public; Refused otherwise."""
    found = list(dict.fromkeys(_resolve(host, port, seconds)))
    if not found:
        raise Refused("no address")
    if not all(is_public(address) for address in found):
        raise Refused("not a public address")
    return found


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Ask the resolver, and wait no longer than so: a resolver has no limit of its own that could be set."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put([str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise TimeoutError("the name was not resolved in time") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
