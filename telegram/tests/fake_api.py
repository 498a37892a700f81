"""A Bot API server on the loopback that fails the test itself where a limit of the real one is broken.

Shapes as on https://core.telegram.org/bots/api, read in November 2026.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TOKEN = "123456:secret-of-the-bot-that-nobody-reads"
ME = {"id": 123456, "is_bot": True, "first_name": "Map", "username": "map_bot"}


class FakeApi:
    """`push` is what people do; `sent` is what the bot did, as (method, arguments); `faults` are what broke a limit."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.faults: list[str] = []
        #: Answers instead of a message's: (HTTP status, body), in turn; status 0 cuts the line, `hangs` are seconds.
        self.answers: deque[tuple[int, dict[str, Any]]] = deque()
        #: What a gateway in between answers instead of the Bot API, by method: (HTTP status, a page).
        self.pages: dict[str, tuple[int, str]] = {}
        #: Seconds that a method takes.
        #: Methods that are answered when somebody says so.
        self.held: dict[str, threading.Event] = {}
        self._updates: deque[dict[str, Any]] = deque()
        self._number, self._last = 0, dict[str, float]()
        self._second: deque[float] = deque(maxlen=31)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        assert not self.faults, self.faults

    def push(self, **update: Any) -> None:
        self._number += 1
        self._updates.append({"update_id": self._number, **update})

    def of(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.sent if name == method]

    def call(self, path: str, arguments: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        token, _slash, method = path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        if method == "getMe":
            return 200, {"ok": True, "result": ME}
        if method == "getUpdates":
            return 200, {"ok": True, "result": self._waiting()}
        self.sent.append((method, arguments))
        if method != "sendMessage":
            return 200, {"ok": True, "result": True}
        self._check(arguments)
        if self.answers:
            return self.answers.popleft()
        chat = {"id": int(arguments["chat_id"]), "type": "private"}
        message = {"message_id": len(self.sent), "date": 1, "chat": chat, "text": arguments["text"]}
        return 200, {"ok": True, "result": message}

    def _waiting(self) -> list[dict[str, Any]]:
        for _try in range(20):
            if self._updates:
                return [self._updates.popleft()]
            time.sleep(0.01)
        return []

    def _check(self, arguments: dict[str, Any]) -> None:
        chat, now = arguments["chat_id"], time.monotonic()
        if now - self._last.get(chat, 0) < 1:
            self.faults.append("more than one message a second to a chat")
        self._last[chat] = now
        self._second.append(now)
        if len(self._second) == 31 and now - self._second[0] < 1:
            self.faults.append("more than thirty messages a second")
        if not 0 < len(arguments["text"].encode("utf-16-le")) // 2 <= 4096:
            self.faults.append("a text of more than 4096 characters, or none")
        if TOKEN in json.dumps(arguments):
            self.faults.append("the token in a message")
        if not json.loads(arguments.get("link_preview_options", "{}")).get("is_disabled"):
            self.faults.append("a preview of a link")
        keys = json.loads(arguments.get("reply_markup", "{}"))
        for row in keys.get("inline_keyboard", []):
            for button in row:
                if not 0 < len(button["callback_data"].encode()) <= 64:
                    self.faults.append("data of a button")


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            arguments = _form(self.headers.get("Content-Type", ""), body)
            status, answer = api.call(self.path, arguments)
            if not status:  # the line is cut after the message was taken
                self.close_connection = True
                return
            method = self.path.rpartition("/")[2]
            time.sleep(answer.pop("hangs", 0))
            if method in api.held:
                api.held[method].wait(60)
            text, kind = json.dumps(answer).encode(), "application/json"
            if method in api.pages:
                status, page = api.pages[method]
                text, kind = page.encode(), "text/html"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):  # a bot that stops waits for nothing
                self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            """Tests read what the bot says, not the server's lines."""

    return Handler


def _form(kind: str, body: str) -> dict[str, Any]:
    """Fields of a form; the library sends multipart or the plain one."""
    if "multipart" not in kind:
        return {name: values[0] for name, values in parse_qs(body).items()}
    mark = kind.partition("boundary=")[2].strip('"')
    found = {}
    for part in body.split(f"--{mark}")[1:-1]:
        head, _empty, value = part.strip("\r\n").partition("\r\n\r\n")
        found[head.partition('name="')[2].partition('"')[0]] = value
    return found
