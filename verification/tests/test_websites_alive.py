"""A living website from a dead one, against real servers on this machine; only the check of the address is replaced."""

from __future__ import annotations

import contextlib
import datetime as dt
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verification.tests.sites import Server, plain
from verification.websites import asking
from verification.websites.asking import Reply, ask_website

#: Long enough for a busy machine, short beside what the servers below would go on for, unless a check has a bound.
SOON = 15


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setitem(asking.PORTS, "http", server.port)
    monkeypatch.setattr(asking, "public_addresses", lambda host, port, seconds: ["127.0.0.1"])
    yield server
    server.close()


@pytest.mark.parametrize("status", [200, 204, 401, 403, 405, 418, 429])
def test_a_site_that_turns_programs_away_lives(server, status):
    server.pages["/"] = status
    assert ask_website("http://site.example") == Reply(True, status)


@pytest.mark.parametrize("status", [404, 410, 500, 501, 503])
def test_a_site_without_a_page_or_with_a_broken_one_is_dead(server, status):
    server.pages["/"] = status
    assert ask_website("http://site.example") == Reply(False, status)


def test_a_living_page_is_asked_once_and_only_for_its_head(server):
    server.pages["/"] = 200
    ask_website("http://Site.Example/")
    assert server.heads[0] == (
        "HEAD / HTTP/1.1\r\nHost: site.example\r\nUser-Agent: Mozilla/5.0 (compatible; link check)\r\n"
        "Accept: */*\r\nConnection: close\r\n\r\n"
    )
    assert server.asked == ["HEAD /"]


def test_nothing_of_the_machine_or_of_an_earlier_answer_goes_along(server, monkeypatch):
    """No proxy of the environment, no cookie, no login from a file, no connection that was kept."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.pages |= {"/": b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /next\r\n\r\n", "/next": 200}
    assert ask_website("http://site.example/").alive
    first, second = server.heads
    assert second == first.replace("HEAD / ", "HEAD /next ")


def test_who_hangs_up_is_not_asked_again(server):
    server.pages["/"] = b""
    assert not ask_website("http://site.example/").alive
    assert server.asked == ["HEAD /"]


@pytest.mark.parametrize("status", [404, 405, 500, 501])
def test_a_server_that_answers_head_wrongly_is_asked_as_a_browser_asks(server, status):
    server.pages |= {"HEAD /": status, "GET /": 200}
    assert ask_website("http://site.example/").alive
    assert server.asked == (["HEAD /"] if status == 405 else ["HEAD /", "GET /"])


def test_redirects_are_followed_so_far_and_no_further(server):
    server.pages |= {"/": "/1"} | {f"/{n}": f"/{n + 1}" for n in range(1, asking.REDIRECTS)}
    server.pages[f"/{asking.REDIRECTS}"] = 200
    assert ask_website("http://site.example/").status == 200
    server.pages |= {f"/{asking.REDIRECTS}": "/one-too-many", "/one-too-many": 200}
    assert ask_website("http://site.example/") == Reply(False, fault="too many redirects")
    server.pages["/"] = "http://other.example/gone"
    assert ask_website("http://site.example/").status == 404
    server.pages["/"] = b"HTTP/1.1 302 Found\r\n\r\n"  # to nowhere: it answers
    assert ask_website("http://site.example/").alive


def test_addresses_in_russian_letters_arrive(server):
    server.pages |= {"/%D0%BE-%D0%BD%D0%B0%D1%81?q=%D0%B4%D0%B0": 200, "/a%20b": 200}
    server.pages["/"] = "HTTP/1.1 302 Found\r\nLocation: /о-нас?q=да\r\n\r\n".encode()
    assert ask_website("http://пример.рф/о-нас?q=да").status == 200
    assert ask_website("http://пример.рф/").status == 200
    assert ask_website("http://пример.рф/a b").status == 200
    assert "Host: xn--e1afmkfd.xn--p1ai\r\n" in server.heads[0]


def test_a_redirect_in_letters_of_an_old_encoding_is_followed_as_it_was_written(server):
    server.pages |= {"/": b"HTTP/1.1 302 Found\r\nLocation: /\xee\xed?\xed\r\n\r\n", "/%EE%ED?%ED": 200}
    assert ask_website("http://site.example/").alive


@pytest.mark.parametrize("location", [b"http://[::1", b"http://\xff.example/", b"http://x:y/", b"http://\xe2\x84\x80/"])
def test_a_redirect_to_no_address_is_dead_and_harms_nothing(server, location):
    server.pages["/"] = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n\r\n"
    reply = ask_website("http://site.example/")
    assert not reply.alive and not reply.status and reply.fault


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"\x00\xff\x00",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99 X\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"<html>hello</html>",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 200_000,
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(9_000)) + b"\r\n",
    ],
)
def test_garbage_is_dead_and_harms_nothing(server, answer):
    server.pages["/"] = answer
    began = time.monotonic()
    assert not ask_website("http://site.example/").alive
    assert time.monotonic() - began < SOON


# What it looks like decides how far the library gets with it, so most begin like an answer.
WORDS = [
    b"HTTP/1.1 ",
    b"200",
    b" OK",
    b"\r\n",
    b"\n",
    b"Location: ",
    b"Content-Length: ",
    b"Transfer-Encoding: chunked",
    b":",
]
ANSWERS = st.lists(st.sampled_from(WORDS) | st.binary(max_size=9), max_size=9).map(b"".join)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS | ANSWERS.map(lambda answer: b"HTTP/1.1 302 Found\r\n" + answer + b"\r\n\r\n"))
def test_whatever_a_server_says_there_is_a_reply(server, answer):
    server.pages["/"] = answer
    reply = ask_website("http://site.example/")
    assert bool(reply.status) != bool(reply.fault) and (reply.status or not reply.alive)


def test_a_head_in_bare_lines_is_heard_though_the_line_stays_open(server, monkeypatch):
    def stay(connection):
        connection.sendall(b"HTTP/1.1 200 OK\nX-Old: yes\n\n")
        connection.recv(1)

    server.pages["/"] = stay
    monkeypatch.setattr(asking, "BOUND", 2.0)
    assert ask_website("http://site.example/").alive


@pytest.mark.parametrize(("size", "alive"), [(30_000, True), (34_000, False)])
def test_of_a_head_64_kib_are_heard(server, size, alive):
    server.pages["/"] = b"HTTP/1.1 200 OK\r\n" + b"X-Long: %s\r\n" % (b"a" * size) * 2 + b"\r\n"
    assert ask_website("http://site.example/").alive is alive


def test_a_body_without_end_is_not_read(server):
    def endless(connection):
        connection.sendall(plain(200))
        while True:
            connection.sendall(b"x" * 65536)

    server.pages |= {"HEAD /": 500, "GET /": endless}
    assert ask_website("http://site.example/").alive


def drip(connection):
    """A byte at a time, so that no single wait is ever long."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 4000:
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


def silent(connection):
    """Says nothing until whoever asked hangs up."""
    with contextlib.suppress(OSError):
        connection.recv(1)


@pytest.mark.parametrize("slow", [drip, silent])
def test_one_check_takes_no_longer_than_its_bound_whatever_the_server_does(server, monkeypatch, slow):
    monkeypatch.setattr(asking, "BOUND", 0.6)
    server.pages |= {f"/{n}": f"/{n + 1}" for n in range(3)} | {"/3": slow}
    began = time.monotonic()
    assert ask_website("http://site.example/0").fault == "TimeoutError"
    assert time.monotonic() - began < SOON


def test_nobody_who_listens_is_dead(server):
    server.close()
    assert not ask_website("http://site.example/").alive


# --- https --------------------------------------------------------------------------------------------------------


def certificate(folder, name: str) -> tuple[str, str]:
    """A certificate for this name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    how = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*how))
    return str(pem), str(secret)


@pytest.fixture
def secure(monkeypatch, tmp_path):
    """An https server whose certificate is for site.example, trusted when its `trusted` is called."""
    pem, secret = certificate(tmp_path, "site.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    server = Server(context)
    server.pages["/"] = 200
    server.trusted = lambda: monkeypatch.setenv("SSL_CERT_FILE", pem)
    monkeypatch.setitem(asking.PORTS, "https", server.port)
    monkeypatch.setattr(asking, "public_addresses", lambda host, port, seconds: ["127.0.0.1"])
    yield server
    server.close()


def test_https_is_checked_for_the_name_though_the_connection_goes_to_the_address(secure):
    secure.trusted()
    assert ask_website("https://site.example/") == Reply(True, 200)
    assert ask_website("https://other.example/").fault == "SSLCertVerificationError"
    assert secure.asked == ["HEAD /"]


def test_a_certificate_that_nobody_signed_is_dead_to_readers_too(secure):
    assert ask_website("https://site.example/").fault == "SSLCertVerificationError"
    assert secure.asked == []


def test_http_where_https_was_promised_is_dead(server, monkeypatch):
    monkeypatch.setitem(asking.PORTS, "https", server.port)
    monkeypatch.setattr(asking, "BOUND", 2.0)
    assert not ask_website("https://site.example/").alive


def test_a_server_that_drips_behind_a_lock_has_no_more_time_than_any_other(secure, monkeypatch):
    monkeypatch.setattr(asking, "BOUND", 2.0)
    secure.trusted()
    secure.pages["/"] = drip
    began = time.monotonic()
    assert ask_website("https://site.example/").fault == "TimeoutError"
    assert secure.asked == ["HEAD /"] and time.monotonic() - began < SOON


def test_a_handshake_that_drips_ends_with_the_check(server, monkeypatch):
    """The beginning of a long record, and then a byte at a time: no single wait is ever long."""

    def drip_handshake(connection):
        with contextlib.suppress(OSError):
            connection.recv(8192)
            for byte in b"\x16\x03\x03\x3f\x00\x02\x00\x3e\xfc" + bytes(400):
                connection.sendall(bytes([byte]))
                time.sleep(0.05)

    monkeypatch.setattr(server, "speak", drip_handshake)
    monkeypatch.setitem(asking.PORTS, "https", server.port)
    monkeypatch.setattr(asking, "BOUND", 0.6)
    began = time.monotonic()
    assert ask_website("https://site.example/").fault == "TimeoutError"
    assert time.monotonic() - began < SOON
