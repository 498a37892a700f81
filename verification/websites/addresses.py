"""Which addresses of the internet the house may ask. Everything that is, or leads to, an inside network is refused.

The lists are written out, because `ipaddress.is_global` differs between Python versions and lets through multicast,
translated addresses that carry an inside one (6to4, Teredo, NAT64) and the metadata service of one cloud.
"""

from __future__ import annotations

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED_4 = [
    ipaddress.IPv4Network("0.0.0.0/8"),  # this machine
    ipaddress.IPv4Network("10.0.0.0/8"),  # inside networks: this, 172.16.0.0/12 and 192.168.0.0/16
    ipaddress.IPv4Network("100.64.0.0/10"),  # inside a provider
    ipaddress.IPv4Network("127.0.0.0/8"),  # this machine
    ipaddress.IPv4Network("168.63.129.16/32"),  # the host under every machine of one cloud, though it looks public
    ipaddress.IPv4Network("169.254.0.0/16"),  # this cable, and the metadata service of most clouds
    ipaddress.IPv4Network("172.16.0.0/12"),
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocols
    ipaddress.IPv4Network("192.0.2.0/24"),  # examples: this, 198.51.100.0/24 and 203.0.113.0/24
    ipaddress.IPv4Network("192.88.99.0/24"),  # gates of 6to4
    ipaddress.IPv4Network("192.168.0.0/16"),
    ipaddress.IPv4Network("198.18.0.0/15"),  # measurements
    ipaddress.IPv4Network("198.51.100.0/24"),
    ipaddress.IPv4Network("203.0.113.0/24"),
    ipaddress.IPv4Network("224.0.0.0/4"),  # groups
    ipaddress.IPv4Network("240.0.0.0/4"),  # reserved, and everybody
]
#: Whatever lies outside of it is not routed in public: ::1, ::ffff:0:0/96, fc00::/7, fe80::/10, ff00::/8, …
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
]
#: What a resolver on a network without IPv4 makes of an IPv4 address; the last four bytes are that address.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class AddressRefused(Exception):
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
    """The addresses of a host in the resolver's order, when all of them are public; AddressRefused otherwise."""
    found = list(dict.fromkeys(_resolve(host, port, seconds)))
    if not found:
        raise AddressRefused("no address")
    if not all(is_public(address) for address in found):
        raise AddressRefused("not a public address")
    return found


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Ask the resolver, and wait no longer than so: a resolver has no limit of its own that could be set."""
    resolver = ThreadPoolExecutor(max_workers=1)
    try:
        infos = resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(timeout=seconds)
    finally:
        resolver.shutdown(wait=False)
    return [str(info[4][0]) for info in infos]
