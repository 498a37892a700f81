"""Asking websites: it cannot be turned against the inside network, and it tells a living website from a dead one.

Every connection is written down where it is made, at the socket; names are resolved by a resolver of the test's own.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time

import pytest

from verification.tests.sites import Server
from verification.websites import addresses, asking
from verification.websites.addresses import is_public
from verification.websites.asking import ask_website

PUBLIC = "93.184.216.34"
PUBLIC_6 = "2606:2800:220:1:248:1893:25c8:1946"

#: Addresses that must never be asked, each as a resolver might answer.
INSIDE = {
    "this machine": ["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::", "::1", "::127.0.0.1"],
    "networks of ten": ["10.0.0.1", "10.255.255.255"],
    "inside networks": ["172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.255", "fc00::1", "fdff::1"],
    "this cable": ["169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%lo", "2606::1%lo", "fec0::1"],
    "inside a provider": ["100.64.0.1", "100.100.100.200", "100.127.255.255"],
    "protocols": ["192.0.0.1", "192.0.0.192", "192.88.99.1", "198.18.0.1", "198.19.255.255", "2001::1", "2001:10::1"],
    "examples": ["192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1"],
    "groups and everybody": ["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "ff02::1", "ff0e::1"],
    "clouds": ["168.63.129.16", "fd00:ec2::254"],
    "written as version 6": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1"],
    "translated": ["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1"],
    "hidden in a tunnel": ["2001:0:7f00:1::"],
    "not routed": ["100::1", "5f00::1", "4000::1"],
}

#: Addresses in every spelling that the system's resolver understands without asking anybody.
LITERALS = {
    "short": ["127.0.0.1", "127.1", "10.1", "192.168.257", "169.254.43518", "0", "127.0.0.1."],
    "one number": ["2130706433", "2852039166", "0x7f000001", "0xa9fea9fe", "017700000001", "0x0"],
    "other bases": ["0x7f.1", "0177.0.0.1", "0251.0376.0251.0376"],
    "version 6": ["[::1]", "[::]", "[fe80::1]", "[fe80::1%25lo]", "[fd00::1]", "[ff02::1]"],
    "version 4 in 6": ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]"],
    "translated": ["[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]"],
    "other letters": ["１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①"],
    "names": ["localhost", "LOCALHOST", "localhost.", "a.localhost"],
}

#: Not ordinary web addresses: nobody is even asked for a name.
ODD = {
    "other errands": ["file:///etc/passwd", "ftp://site.example/", "gopher://site.example:70/_x", "unix:/run/x"],
    "more of them": ["ldap://site.example/", "dict://site.example:11211/", "jar:http://site.example/!/"],
    "no server": ["data:text/html,x", "javascript:alert(1)", "//", "http://", "https:///path", "http:/site.example"],
    "bare": ["site.example", ""],
    "logins": ["http://user@site.example/", "http://user:word@site.example/", "http://:word@site.example/"],
    "empty logins": ["http://@site.example/", "http://a@127.0.0.1/"],
    "ports": ["http://site.example:22/", "http://site.example:8080/", "http://site.example:0/"],
    "ports of the other": ["http://site.example:443/", "https://site.example:80/"],
    "no ports": ["http://site.example:-1/", "http://site.example:99999/", "http://site.example:x/"],
    "brackets": ["http://[::1", "http://[site.example]/", "http://site.example:80:80/"],
    "blanks": ["http://si te.example/", "http://site.example\x00/", "http://site.example\x0b.local/"],
    "codes": ["http://site.example%00.local/", "http://site.example/\ud800", "http://\ud800.example/"],
    "lengths": [f"http://{'a' * 64}.example/", f"http://{'a.' * 200}example/", "http://site.example/" + "a" * 3000],
    "empty parts": ["http://site..example/"],
}


def each(kinds: dict[str, list[str]]) -> list[str]:
    return list(itertools.chain.from_iterable(kinds.values()))


@pytest.fixture
# long: one network of servers, made and taken down
def network(monkeypatch):
    """Where connections went, which names were asked for, and what the resolver answers; nothing is really there."""

    class Network:
        #: Addresses where somebody answers after all: a port of this machine stands for each.
        open: dict[str, int] = {}
        connections: list[tuple[str, int]] = []
        asked: list[str] = []
        names: dict[str, list[list[str]]] = {}

    real, real_connect = socket.getaddrinfo, socket.socket.connect
    log, asked, names = Network.connections, Network.asked, Network.names
    for kept in (log, asked, names, Network.open):
        kept.clear()

    def resolve(host, port, family=0, type=0):
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
        if address[0] not in Network.open:
            raise ConnectionRefusedError
        real_connect(self, ("127.0.0.1", Network.open[address[0]]))

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, connect)
    return Network


def test_the_log_sees_a_connection_to_a_public_address(network):
    network.names["site.example"] = [[PUBLIC]]
    assert not ask_website("https://site.example/").alive
    assert network.connections == [(PUBLIC, 443)] and network.asked == ["site.example", PUBLIC]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_inside_is_not_asked(network, scheme):
    for number, address in enumerate(each(INSIDE)):
        network.names[f"n{number}.example"] = [[address]]
        reply = ask_website(f"{scheme}://n{number}.example/")
        assert (reply.alive, reply.fault) == (False, "not a public address"), address
    assert len(each(INSIDE)) >= 57 and len(network.asked) == len(each(INSIDE)) and network.connections == []


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", PUBLIC_6, "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("junk", ["", "site.example", "1.2.3", "256.1.1.1", "1.2.3.4/8", "::g", " 8.8.8.8"])
def test_what_is_no_address_is_not_public(junk):
    assert not is_public(junk)


def test_an_address_in_any_spelling_is_not_asked(network):
    for host in each(LITERALS):
        for url in (f"http://{host}/", f"https://{host}/latest/meta-data/"):
            assert not ask_website(url).alive, url
    assert network.connections == []


def test_what_is_no_ordinary_web_address_is_not_even_resolved(network):
    network.names |= {"site.example": [[PUBLIC]], "te.example": [[PUBLIC]]}
    for url in each(ODD):
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
    # What the library has looked up when it connects is the address itself, not the name once more.
    assert network.connections == [(PUBLIC, 80)] and network.asked == ["rebind.example", PUBLIC]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "https://inside.example/",
        "//169.254.169.254/latest/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://site.example:6379/",
        "gopher://site.example/",
        "http://user:word@site.example/",
        "http://site.example/again",
    ],
)
def test_a_redirect_goes_through_the_same_door(network, target):
    """The last one leads to the same name, which resolves to the inside by then."""
    network.names |= {"site.example": [[PUBLIC], ["127.0.0.1"]], "inside.example": [["10.1.2.3"]]}
    site = Server()
    site.pages["/"] = target
    network.open[PUBLIC] = site.port
    reply = ask_website("http://site.example/")
    site.close()
    assert not reply.alive and not reply.status and reply.fault != "too many redirects"
    assert site.asked == ["HEAD /"] and network.connections == [(PUBLIC, 80)]


def test_a_machine_without_ipv6_reaches_a_site_that_has_both(network):
    network.names["both.example"] = [[PUBLIC_6, PUBLIC_6, PUBLIC]]
    ask_website("http://both.example/")
    assert network.connections == [(PUBLIC_6, 80), (PUBLIC, 80)]


def test_an_address_that_stays_silent_is_left_for_the_next_one(network, monkeypatch):
    network.names["both.example"] = [[PUBLIC_6, PUBLIC]]
    waits = []

    def silent(self, address):
        waits.append((address[0], self.gettimeout()))
        raise TimeoutError

    monkeypatch.setattr(socket.socket, "connect", silent)
    assert not ask_website("https://both.example/").alive
    assert waits == [(PUBLIC_6, asking.CONNECT), (PUBLIC, asking.CONNECT)]


def test_a_name_without_an_address_or_with_a_silent_resolver_is_not_waited_for(network, monkeypatch):
    network.names["none.example"] = [[]]
    assert ask_website("http://none.example/").fault == "no address"
    monkeypatch.setattr(asking, "BOUND", 0.3)
    answers = threading.Event()
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *args, **kwargs: answers.wait(60))
    began = time.monotonic()
    assert ask_website("http://slow.example/").fault == "TimeoutError"
    took = time.monotonic() - began
    answers.set()
    assert took < 30 and network.connections == []
