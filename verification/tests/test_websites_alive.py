"""A living website from a dead one, against real servers on this machine; only the check of the address is replaced."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from verification.websites import asking
from verification.websites.asking import Reply, ask_website


class Server:
    """Answers each connection by what `pages` says about its path; `asked` keeps the requests."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, object] = {}
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _from = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._speak(self._context.wrap_socket(connection, server_side=True) if self._context else connection)
        except OSError:  # the other side has heard enough
            return

    def _speak(self, connection: socket.socket) -> None:
        head = connection.recv(8192).decode("latin-1")
        if not head.startswith(("HEAD ", "GET ")):
            return
        method, path, _version = head.split("\r\n")[0].split(" ")
        self.asked.append(f"{method} {path}")
        self.heads.append(head)
        page = self.pages.get(f"{method} {path}", self.pages.get(path, 404))
        if callable(page):
            page(connection)
        else:
            connection.sendall(page if isinstance(page, bytes) else plain(page))
        connection.close()

    def close(self) -> None:
        self._socket.close()


def plain(page: object) -> bytes:
    """A status, or a redirect to an address."""
    if isinstance(page, int):
        return f"HTTP/1.1 {page} X\r\nContent-Length: 0\r\n\r\n".encode()
    return f"HTTP/1.1 301 Moved\r\nLocation: {page}\r\n\r\n".encode()


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setitem(asking.PORTS, "http", server.port)
    monkeypatch.setattr(asking, "public_addresses", lambda host, port, seconds: ["127.0.0.1"])
    yield server
    server.close()


@pytest.mark.parametrize(
    ("status", "alive"),
    [
        *((status, True) for status in (200, 204, 401, 403, 405, 418, 429)),
        *((status, False) for status in (404, 410, 500, 501, 503)),
    ],
)
def test_the_status_decides(server, status, alive):
    server.pages["/"] = status
    assert ask_website("http://site.example") == Reply(alive, status)


def test_a_living_page_is_asked_once_and_only_for_its_head(server):
    server.pages["/"] = 200
    ask_website("http://Site.Example/")
    assert server.asked == ["HEAD /"]
    assert "\r\nHost: site.example\r\n" in server.heads[0] and "Cookie" not in server.heads[0]


@pytest.mark.parametrize("status", [404, 405, 500, 501])
def test_a_server_that_answers_head_wrongly_is_asked_as_a_browser_asks(server, status):
    server.pages |= {"HEAD /": status, "GET /": 200}
    assert ask_website("http://site.example/").alive
    assert server.asked == (["HEAD /"] if status == 405 else ["HEAD /", "GET /"])


def test_redirects_are_followed_so_far_and_no_further(server):
    server.pages |= {"/": "/1"} | {f"/{n}": f"/{n + 1}" for n in range(1, asking.REDIRECTS)}
    server.pages[f"/{asking.REDIRECTS}"] = 200
    assert ask_website("http://site.example/").status == 200
    server.pages[f"/{asking.REDIRECTS}"] = "/"
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


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"\r\n\r\n", b"\x00\xff\x00", b"SSH-2.0-OpenSSH_9.2\r\n", b"220 mail.example ESMTP\r\n"),
        *(b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/1.1 99 X\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n", b"<html>hello</html>"),
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 200_000,
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(9_000)) + b"\r\n",
    ],
)
def test_garbage_is_dead_and_harms_nothing(server, answer):
    server.pages["/"] = answer
    began = time.monotonic()
    assert not ask_website("http://site.example/").alive
    assert time.monotonic() - began < 2


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


@pytest.mark.parametrize("slow", [drip, lambda connection: time.sleep(3)])
def test_one_check_takes_no_longer_than_its_bound_whatever_the_server_does(server, monkeypatch, slow):
    monkeypatch.setattr(asking, "BOUND", 0.6)
    server.pages |= {f"/{n}": f"/{n + 1}" for n in range(3)} | {"/3": slow}
    began = time.monotonic()
    assert ask_website("http://site.example/0").fault == "TimeoutError"
    assert time.monotonic() - began < 1.2


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
    server.trusted = lambda: monkeypatch.setattr(
        asking.ssl, "create_default_context", lambda: _context(ssl.PROTOCOL_TLS_CLIENT, pem)
    )
    monkeypatch.setitem(asking.PORTS, "https", server.port)
    monkeypatch.setattr(asking, "public_addresses", lambda host, port, seconds: ["127.0.0.1"])
    yield server
    server.close()


def _context(protocol, pem):
    context = ssl.SSLContext(protocol)
    context.load_verify_locations(pem)
    return context


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
