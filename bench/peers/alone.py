"""Applications that servers of any kind run without the product, in the environment of a peer too.

`alone:hello` for granian and gunicorn and `alone:hello_asgi` for uvicorn are the least that a server can answer.
`alone:packed` is the folder that BENCH_FOLDER names, every file packed by brotli once, as ours are.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

TEXT = b'{"hello": "world"}'
TYPE = "application/json"
_QUALITY = 11
_held: dict[str, bytes] = {}


def hello(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", TYPE), ("Content-Length", str(len(TEXT)))])
    return [TEXT]


async def hello_asgi(scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Awaitable[None]]) -> None:
    if scope["type"] != "http":
        return
    headers = [(b"content-type", TYPE.encode()), (b"content-length", str(len(TEXT)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": TEXT})


def packed(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    root = Path(os.environ["BENCH_FOLDER"]).resolve()
    path = (root / str(environ["PATH_INFO"]).lstrip("/")).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        start("404 Not Found", [("Content-Length", "0")])
        return []
    body = _packed(path)
    kind = "application/geo+json" if path.suffix == ".geojson" else mimetypes.guess_type(path.name)[0]
    start("200 OK", [("Content-Type", f"{kind}"), ("Content-Encoding", "br"), ("Content-Length", str(len(body)))])
    return [body]


def _packed(path: Path) -> bytes:
    import brotli  # not in the environments of peers

    if str(path) not in _held:
        _held[str(path)] = brotli.compress(path.read_bytes(), quality=_QUALITY)
    return _held[str(path)]
