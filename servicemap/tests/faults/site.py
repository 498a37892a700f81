"""A whole product of its own for breaking: cluster on a small disk, served pages, and somebody who keeps sending."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tools.local.binaries import find_binaries
from tools.local.cluster import Cluster
from tools.local.paths import ROLE, ROOT, ClusterProfile
from tools.local.shell import Failure

#: Publishes one version after the other, and says which were acknowledged.
PUBLISH = """
import sys, time
import django
django.setup()
from django.db import Error, connections
from services.models import ServiceAtLocation
from verification import services as verification
from verification.tests import scenarios
row, other = ServiceAtLocation.objects.get(location__public_id=sys.argv[1]), scenarios.verifier()
for number in range(10**6):
    try:
        scenarios.rename(row, title=f"version {number}")
        verification.approve(review=verification.submit(listing=row, actor=None), actor=other)
        print(number, flush=True)
    except Error:
        connections.close_all()
        time.sleep(0.2)
"""
DATABASE = "faults"
DISK_MB = 420
MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("load_vocabulary", verbosity=0)
from verification.tests import scenarios
print(scenarios.published(scenarios.place(scenarios.organization())).location.public_id)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class OnTheNetwork(Cluster):
    """A private cluster as `bin/serve` has it, which the processes reach by an address of this machine."""

    def _options(self) -> str:
        return f"{super()._options()} -c listen_addresses=127.0.0.1 -c max_wal_size=64MB -c min_wal_size=32MB"


@dataclass
class Site:
    cluster: Cluster
    disk: Path
    place: str
    port: int
    variables: dict[str, str]
    server: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.variables["DATABASE_URL"], autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def restart_database(self) -> None:
        """As the supervisor of bin/serve does it when nobody answers: again, where a killed one is not gone yet."""

        def is_up() -> bool:
            with contextlib.suppress(Failure):
                self.cluster.start()
            return self.cluster.is_running()

        wait_until(is_up)

    @contextlib.contextmanager
    def publishing(self) -> Iterator[list[int]]:
        """A process that publishes; afterwards the numbers of the versions that it was told are on the map."""
        acknowledged: list[int] = []
        command = [sys.executable, "-c", PUBLISH, self.place]
        with subprocess.Popen(command, cwd=ROOT, env=self.variables, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged.append(int(process.stdout.readline()))
            try:
                yield acknowledged
            finally:
                process.kill()
                acknowledged += [int(line) for line in process.stdout.read().split()]

    def web_workers(self) -> list[int]:
        said = subprocess.run(["pgrep", "-P", str(self.server.pid)], capture_output=True, text=True, check=False)
        return [int(number) for number in said.stdout.split()]

    def postmaster(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().split()[0])


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own that can be filled; needs the right to mount one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0755", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextlib.contextmanager
# long: one product, made and taken down in one place
def served(disk: Path) -> Iterator[Site]:
    port, database_port = free_port(), free_port()
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(disk, pwd.getpwnam(user).pw_uid, -1)
    profile = ClusterProfile("postgres-faults", database_port, durable=True)
    cluster = OnTheNetwork(profile, find_binaries(), disk / "data", disk / "socket", user)
    cluster.start()
    server = None
    try:
        cluster.create_database(DATABASE)
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "servicemap.settings.e2e", "E2E_DIR": str(disk / "var"), "DEBUG": "off",
            "DATABASE_URL": f"postgres://{ROLE}@127.0.0.1:{database_port}/{DATABASE}",
            "SITE_ADDRESS": f"http://127.0.0.1:{port}", "ALLAUTH_TRUSTED_PROXY_COUNT": "1", "TRUSTED_PROXY_COUNT": "1",
        }  # fmt: skip
        made = subprocess.run(
            [sys.executable, "-c", MAKE], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr[-2000:]
        granian = Path(sys.executable).parent / "granian"
        where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--http", "1", "--no-ws"]
        how = ["--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "error"]
        server = subprocess.Popen([granian, *where, *how, "servicemap.wsgi:application"], cwd=ROOT, env=variables)
        site = Site(cluster, disk, made.stdout.split()[-1], port, variables, server)
        wait_until(lambda: status_of(f"{site.address}/readyz") == 200)
        yield site
    finally:
        if server:
            server.terminate()
            server.wait(20)
        cluster.stop()


def status_of(url: str) -> int:
    return ask(url)[0]


def ask(url: str, data: dict[str, str] | None = None, asker: str = "198.51.100.1") -> tuple[int, str, str]:
    """Status (0 when nobody answers), Retry-After, body."""
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(url, body, {"X-Forwarded-For": asker, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Retry-After", ""), error.read().decode()
    except (OSError, ValueError):
        return 0, "", ""


def wait_until(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come back"
        time.sleep(0.1)


@dataclass
class Senders:
    """Readers who report and read, each report with a key of its own; what was answered, and what was promised."""

    site: Site
    threads: int = 3
    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    dishonest: list[str] = field(default_factory=list)

    def __enter__(self) -> Senders:
        self.mark = secrets.token_hex(6)
        self.over = threading.Event()
        self.url = f"{self.site.address}/ru/places/{self.site.place}/report/"
        status, _after, page = ask(self.url)
        assert status == 200, page[:2000]
        self.form = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("shown", "listing")}
        time.sleep(3.2)  # quicker than this no person writes
        self.crowd = [threading.Thread(target=self._send, args=(number,)) for number in range(self.threads)]
        for one in self.crowd:
            one.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for one in self.crowd:
            one.join()

    def _send(self, sender: int) -> None:
        number = 0
        while not self.over.is_set():
            number += 1
            text, asker = f"{self.mark}-{sender}-{number}-", f"10.{sender}.{number // 250}.{number % 250}"
            form = {**self.form, "kind": "other", "text": text, "form_key": f"{text}{'k' * 20}"}
            status, after, page = ask(self.url, form, asker)
            self.answers[status] += 1
            if status == 200:
                self.acknowledged.append(text)
            elif status not in (0, 503) or (status == 503 and (not after or text not in page)):
                self.dishonest.append(f"{status} {page[:200]}")
            time.sleep(0.02)

    def lost(self) -> list[str]:
        kept = {row[0] for row in self.site.sql("SELECT text FROM verification_report")}
        return [text for text in self.acknowledged if text not in kept]

    def twice(self) -> int:
        return int(str(self.site.sql("SELECT count(*) - count(DISTINCT text) FROM verification_report")[0][0]))
