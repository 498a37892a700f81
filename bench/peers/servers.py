"""Ours and others as servers of one process each, on a port of this machine that happens to be free."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from bench.peers import scratch
from bench.peers.installing import HOME, Missing, bring_environment
from tools.local import environment, prepare
from tools.local.paths import ROOT
from tools.local.shell import run

HERE = Path(__file__).parent
_PATIENCE = 90
#: One process, so that nobody has a core more; threads as for views that wait for the database.
_GRANIAN = ("--interface=wsgi", "--workers=1", "--blocking-threads=4", "--log-level=error", "--no-ws", "--http=1")
_GUNICORN = ("--workers=1", "--threads=4", "--worker-class=gthread", "--log-level=error", "--keep-alive=60")
_UVICORN = ("--workers=1", "--log-level=error")


class Client:
    """One connection that is kept open, as a proxy keeps it. Nothing is asked to be packed."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        self._line.request("GET", path, headers={"Accept": "*/*"})
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body


@contextmanager
def served(program: Path, *words: str, port: int, path: str, folder: Path, **more: str) -> Iterator[int]:
    """A program that answers at this port, from its first answer on; the port."""
    env = {name: value for name, value in environment.variables().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(program), *words], cwd=folder, env={**env, **more}, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}{path}", process, said)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said.seek(0)
            raise Missing(f"{process.args!r} ended: {said.read().decode(errors='replace')[-600:]}")
        try:
            urllib.request.urlopen(address, timeout=20).close()  # noqa: S310  (our own address)
            return
        except urllib.error.HTTPError as error:
            raise Missing(f"{address} answers {error.code}") from error
        except OSError:
            time.sleep(0.1)
    raise Missing(f"{address} does not answer within {_PATIENCE} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def granian(application: str, folder: Path, path: str, **more: str) -> AbstractContextManager[int]:
    """Ours is served by it, and so is whatever has no server of its own."""
    port = free_port()
    words = [*_GRANIAN, "--host=127.0.0.1", f"--port={port}", application]
    return served(environment.VENV / "bin" / "granian", *words, port=port, path=path, folder=folder, **more)


@contextmanager
def product(*, kept: bool) -> Iterator[int]:
    """Ours on the scratch database, as `bin/serve` starts it, but for one process. Without `kept` every answer is made
    anew: the peers keep none. It is waited for until the packed index answers."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "DJANGO_SETTINGS_MODULE": "servicemap.settings.dev", "DEBUG": "off", "SERVICEMAP_DB": scratch.NAME,
            "VAR_DIR": folder, "USAGE_DIR": "", "INDEX_FROM": "1", "KEPT_MB": "64" if kept else "0",
        }  # fmt: skip
        with granian("servicemap.wsgi:application", ROOT, "/healthz", **env) as port:
            _wait_for_index(port)
            yield port


def collect() -> None:
    """Files as readers get them, joined and packed; nothing where nothing changed."""
    env = environment.variables(DJANGO_SETTINGS_MODULE="servicemap.settings.dev", DEBUG="off")

    def manage(*words: str) -> str:
        return run([environment.PYTHON, ROOT / "manage.py", *words], env=env, cwd=ROOT).stdout

    prepare.compile_catalogues(manage)
    prepare.collect_static(manage)


def _wait_for_index(port: int) -> None:
    client, deadline = Client(port), time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        client.get("/api/v1/map/?zoom=2&bbox=0,0,1,1")
        if json.loads(client.get("/readyz"))["index"] == "ready":
            return
        time.sleep(0.3)
    raise Missing("our packed index is not ready")


@contextmanager
def tipg(where: Mapping[str, str]) -> Iterator[int]:
    """Collections of the flat table alone; a pool of connections as it makes it, all else as it comes."""
    programs, port = bring_environment("tipg"), free_port()
    host = where["host"].replace("/", "%2F")
    env = {
        "DATABASE_URL": f"postgresql://{where['user']}@{host}:{where['port']}/{where['dbname']}",
        "TIPG_DB_SCHEMAS": json.dumps([scratch.SCHEMA]),
    }
    words = ["tipg.main:app", *_UVICORN, "--host=127.0.0.1", f"--port={port}"]
    with served(programs / "uvicorn", *words, port=port, path="/healthz", folder=HOME, **env):
        yield port


@contextmanager
def pygeoapi(where: Mapping[str, str]) -> Iterator[int]:
    """Its PostgreSQL provider behind gunicorn, by a configuration as its documentation writes one."""
    programs, port = bring_environment("pygeoapi"), free_port()
    with tempfile.TemporaryDirectory() as folder:
        config, described = Path(folder) / "config.yml", Path(folder) / "openapi.yml"
        config.write_text(json.dumps(_configuration(where, port)))  # JSON is YAML, too
        env = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(described)}
        make = [str(programs / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(described)]
        done = subprocess.run(make, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Missing(f"pygeoapi openapi generate: {(done.stderr or done.stdout)[-600:]}")
        words = ["pygeoapi.flask_app:APP", *_GUNICORN, f"--bind=127.0.0.1:{port}"]
        with served(programs / "gunicorn", *words, port=port, path="/conformance?f=json", folder=HOME, **env):
            yield port


def _configuration(where: Mapping[str, str], port: int) -> dict[str, object]:
    data = {**where, "search_path": [scratch.SCHEMA, "public"]}
    provider = {"type": "feature", "name": "PostgreSQL", "data": data, "id_field": "id", "table": scratch.TABLE,
                "geom_field": "point"}  # fmt: skip
    listing = {
        "type": "collection", "title": "Listings", "description": "Rows of the bench", "keywords": ["bench"],
        "links": [], "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}}, "providers": [provider],
    }  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": address, "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8", "languages": ["en-US"], "limits": {"default_items": 10, "max_items": 10_000},
            "map": {"url": f"{address}/none", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "Bench", "description": "Bench", "keywords": ["bench"],
                               "keywords_type": "theme", "terms_of_service": address, "url": address},
            "license": {"name": "none", "url": address},
            "provider": {"name": "bench", "url": address},
            "contact": {"name": "bench", "email": "bench@example.org"},
        },
        "resources": {scratch.TABLE: listing},
    }  # fmt: skip


@contextmanager
def greeting(kind: str) -> Iterator[int]:
    """A bare answer of the kind of server that this peer runs on: what is its own, and what its server's."""
    if kind == "granian":
        with granian("alone:hello", HERE, "/") as port:
            yield port
        return
    port, peer = free_port(), "tipg" if kind == "uvicorn" else "pygeoapi"
    words = [*_UVICORN, f"--port={port}"] if kind == "uvicorn" else [*_GUNICORN, f"--bind=127.0.0.1:{port}"]
    application = "alone:hello_asgi" if kind == "uvicorn" else "alone:hello"
    with served(bring_environment(peer) / kind, application, *words, port=port, path="/", folder=HERE):
        yield port
