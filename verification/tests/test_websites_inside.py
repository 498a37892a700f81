"""Asking websites: it cannot be turned against the inside network, and it tells a living website from a dead one.

Every connection is written down where it is made, at the socket; names are resolved by a resolver of the test's own.
"""

from __future__ import annotations

import itertools
import socket
import time

import pytest

from verification.websites import addresses, asking
from verification.websites.addresses import is_public
from verification.websites.asking import ask_website

PUBLIC = "93.184.216.34"
PUBLIC_6 = "2606:2800:220:1:248:1893:25c8:1946"

#: Addresses that must never be asked, each as a resolver might answer.
INSIDE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1"),
    *("172.31.255.254", "192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.170.2", "100.64.0.1"),
    *("100.100.100.200", "100.127.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "168.63.129.16"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1"),
    *("fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "fe80::1%lo", "2606::1%lo", "fec0::1", "ff02::1", "ff0e::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::"),
    *("2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "4000::1"),
]

#: Addresses in every spelling that the system's resolver understands without asking anybody.
LITERALS = [
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0", "0x0"),
    *("127.0.0.1.", "10.1", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518", "192.168.257"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[fe80::1]"),
    *("[fe80::1%25lo]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[ff02::1]"),
    *("１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "localhost", "LOCALHOST", "localhost.", "a.localhost"),
]

#: Not ordinary web addresses: nobody is even asked for a name.
ODD = [
    *("file:///etc/passwd", "ftp://site.example/", "gopher://site.example:70/_x", "ldap://site.example/"),
    *(
        "unix:/run/x",
        "dict://site.example:11211/",
        "data:text/html,x",
        "javascript:alert(1)",
        "jar:http://site.example/!/",
        "//",
    ),
    *("http://", "https:///path", "http:/site.example", "site.example", "", "http://user@site.example/"),
    *("http://user:word@site.example/", "http://:word@site.example/", "http://@site.example/", "http://a@127.0.0.1/"),
    *("http://site.example:22/", "http://site.example:8080/", "http://site.example:443/", "https://site.example:80/"),
    *("http://site.example:0/", "http://site.example:-1/", "http://site.example:99999/", "http://site.example:x/"),
    *("http://[::1", "http://[site.example]/", "http://site.example:80:80/", "http://si te.example/"),
    *("http://site.example\x00/", "http://site.example\x0b.local/", "http://site.example%00.local/"),
    *(f"http://{'a' * 64}.example/", f"http://{'a.' * 200}example/", "http://site..example/"),
    *("http://site.example/" + "a" * 3000, "http://site.example/\ud800", "http://\ud800.example/"),
]


@pytest.fixture
def network(monkeypatch):
    """Where connections went, which names were asked for, and what the resolver answers; nothing is really there."""

    class Network:
        connections: list[tuple[str, int]] = []
        asked: list[str] = []
        names: dict[str, list[list[str]]] = {}

    real = socket.getaddrinfo
    log, asked, names = Network.connections, Network.asked, Network.names
    for kept in (log, asked, names):
        kept.clear()

    def resolve(host, port, *args, type=0, **kwargs):
        asked.append(host)
        if host in names:
            answers = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
            families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in answers]
            return [(family, type, 6, "", (at, port)) for family, at in zip(families, answers, strict=True)]
        if host.rstrip(".").lower().endswith("localhost"):
            return [(socket.AF_INET, type, 6, "", ("127.0.0.1", port))]
        return real(host, port, type=type, flags=socket.AI_NUMERICHOST)

    def connect(self, address):
        log.append(address[:2])
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    # A connection by its own resolver: what was resolved once must not be resolved again.
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: connect(None, address))
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, connect)
    return Network


def test_the_log_sees_a_connection_to_a_public_address(network):
    network.names["site.example"] = [[PUBLIC]]
    assert not ask_website("https://site.example/").alive
    assert network.connections == [(PUBLIC, 443)] and network.asked == ["site.example"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_inside_is_not_asked(network, scheme):
    for number, address in enumerate(INSIDE):
        network.names[f"n{number}.example"] = [[address]]
        reply = ask_website(f"{scheme}://n{number}.example/")
        assert (reply.alive, reply.fault) == (False, "not a public address"), address
    assert len(INSIDE) >= 44 and len(network.asked) == len(INSIDE) and network.connections == []


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", PUBLIC_6, "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("junk", ["", "site.example", "1.2.3", "256.1.1.1", "1.2.3.4/8", "::g", " 8.8.8.8"])
def test_what_is_no_address_is_not_public(junk):
    assert not is_public(junk)


def test_an_address_in_any_spelling_is_not_asked(network):
    for host in LITERALS:
        for url in (f"http://{host}/", f"https://{host}/latest/meta-data/"):
            assert not ask_website(url).alive, url
    assert network.connections == []


def test_what_is_no_ordinary_web_address_is_not_even_resolved(network):
    network.names |= {"site.example": [[PUBLIC]], "te.example": [[PUBLIC]]}
    for url in ODD:
        assert not ask_website(url).alive, url
    assert network.connections == [] and network.asked == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"])
def test_one_inside_address_among_public_ones_refuses_the_name(network, inside):
    for order in itertools.permutations([PUBLIC, PUBLIC_6, inside]):
        network.names["mixed.example"] = [list(order)]
        assert ask_website("http://mixed.example/").fault == "not a public address"
    assert network.connections == []


def test_a_name_that_resolves_differently_a_moment_later_gains_nothing(network):
    network.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert not ask_website("http://rebind.example/").alive
    assert network.connections == [(PUBLIC, 80)] and network.asked == ["rebind.example"]


@pytest.mark.parametrize(
    "target",
    [
        *("http://127.0.0.1/", "http://localhost/", "https://inside.example/", "//169.254.169.254/latest/"),
        *("http://[::ffff:127.0.0.1]/", "http://2130706433/", "file:///etc/passwd", "http://site.example:6379/"),
        *("gopher://site.example/", "http://user:word@site.example/", "http://site.example/again"),
    ],
)
def test_a_redirect_goes_through_the_same_door(network, monkeypatch, target):
    """The last one leads to the same name, which resolves to the inside by then."""
    network.names |= {"site.example": [[PUBLIC], ["127.0.0.1"]], "inside.example": [["10.1.2.3"]]}
    served = []

    class Moved:
        """A connection that is accepted and answers with a redirect."""

        def __init__(self, address):
            served.append(address[0])
            self.answer = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode()

        def recv(self, size):
            answer, self.answer = self.answer[:size], self.answer[size:]
            return answer

        def settimeout(self, seconds): ...
        def sendall(self, data): ...
        def __enter__(self):
            return self

        def __exit__(self, *error): ...

    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: Moved(address))
    reply = ask_website("http://site.example/")
    assert not reply.alive and not reply.status and reply.fault != "too many redirects"
    assert served == [PUBLIC] and network.connections == []


def test_a_machine_without_ipv6_reaches_a_site_that_has_both(network):
    network.names["both.example"] = [[PUBLIC_6, PUBLIC]]
    ask_website("http://both.example/")
    assert network.connections == [(PUBLIC_6, 80), (PUBLIC, 80)]


def test_a_name_without_an_address_or_with_a_silent_resolver_is_not_waited_for(network, monkeypatch):
    network.names["none.example"] = [[]]
    assert ask_website("http://none.example/").fault == "no address"
    monkeypatch.setattr(asking, "BOUND", 0.3)
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(2))
    began = time.monotonic()
    assert ask_website("http://slow.example/").fault == "TimeoutError"
    assert time.monotonic() - began < 1 and network.connections == []
