"""The shipped nginx file on loopback, before an application that counts who asks it."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "nginx" / "servicemap.conf"
PLACE = "/ru/places/canary/"
BODY = "<p>Приют</p>" * 2000
#: What a drill must notice, so that it can fail: a line that tutorials advise, and a line left out.
FAULTS = {
    "stale": ("proxy_cache_lock on;", "proxy_cache_lock on; proxy_cache_use_stale updating error timeout http_503;"),
    "crowd": ("proxy_cache_lock on;", "proxy_cache_lock off;"),
    "anybody": ("proxy_cache_bypass $personal;", ""),
    "addresses": ("'$time_iso8601 $request_method", "'$remote_addr $time_iso8601 $request_method"),
}


@dataclass
class StandIn:
    """Answers one place with the product's own headers; 404 once it is hidden, 503 while it is broken."""

    caching: str
    hidden: bool = False
    broken: bool = False
    asked: list[str] = field(default_factory=list)

    def answer(self, packing: str) -> tuple[int, str, bytes]:
        self.asked.append(packing)
        if self.broken or self.hidden:
            return 503 if self.broken else 404, "no-store", b"gone"
        time.sleep(0.05)
        return 200, self.caching, BODY.encode()[: 900 if packing else None]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that nginx gave up is no news."""


def handler(application: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            packing = self.headers.get("Accept-Encoding", "")
            status, caching, body = application.answer(packing)
            self.send_response(status)
            for name, value in (("Cache-Control", caching), ("Content-Length", str(len(body))), ("Vary", "Cookie")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the drill counts."""

    return Handler


def free_port(first: int = 8400) -> int:
    for port in range(first, first + 200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port on loopback")


LOOSENED = (("rate=30r/s", "rate=100000r/s"), ("burst=120", "burst=10000"),
            ("limit_conn connections 100", "limit_conn connections 10000"))  # fmt: skip


def configuration(folder: Path, port: int, behind: int, fault: str = "", limited: bool = False) -> str:
    """The shipped file as it is, but for ports, TLS, paths and, unless `limited`, limits by address: drills have one
    address."""
    text = SHIPPED.read_text()
    if fault:
        was, now = FAULTS[fault]
        if was not in text:
            raise ValueError(f"the shipped file has no «{was}»")
        text = text.replace(was, now)
    for was, now in (
        ("443 ssl http2 backlog=2048", f"127.0.0.1:{port} backlog=2048"), ("MAP_HOST", "localhost"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"), ("/var/cache/nginx/servicemap", f"{folder}/cache"),
        ("/var/log/nginx/", f"{folder}/"), ("buffer=32k flush=5s", ""), *(() if limited else LOOSENED),
    ):  # fmt: skip
        text = text.replace(was, now)
    # Nothing stands in here: whoever listens at that port on this machine is somebody else.
    left_out = ("ssl_", "server 127.0.0.1:8002 ")
    text = "\n".join(line for line in text.splitlines() if not line.strip().startswith(left_out))
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"{'user root;' if os.getuid() == 0 else ''} pid {folder}/pid; error_log {folder}/error.log crit; daemon off;\n"
        "worker_rlimit_nofile 20000; events { worker_connections 9000; }\n"
        f"http {{ {temporary}\n{text}\n}}\n"
    )


@dataclass
class Stand:
    application: StandIn
    port: int
    folder: Path

    def get(self, path: str = PLACE, /, whose: str = "127.0.0.1", **headers: str) -> tuple[int, int, float]:
        """Status, bytes and seconds of one answer through nginx; `whose` is an address of loopback."""
        began = time.monotonic()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(whose, 0))
        link.request("GET", path, headers={"Host": "localhost"} | headers)
        answer = link.getresponse()
        size = len(answer.read())
        link.close()
        return answer.status, size, time.monotonic() - began


@contextmanager
def standing(folder: Path, caching: str, fault: str = "", limited: bool = False) -> Iterator[Stand]:
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not nginx:
        raise SystemExit("nginx is needed: apt-get install nginx")
    application = StandIn(caching)
    server = Server(("127.0.0.1", 0), handler(application))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port, server.server_port, fault, limited))
    running = subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE)
    try:
        _wait_for(port, running)
        yield Stand(application, port, folder)
    finally:
        running.terminate()
        running.communicate(timeout=10)
        server.shutdown()
        server.server_close()


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _try in range(100):
        with socket.socket() as one:
            if not one.connect_ex(("127.0.0.1", port)):
                return
        if running.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit("nginx did not start: " + (running.communicate()[1] if running.poll() else b"").decode())
