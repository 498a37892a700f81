"""Websites on this machine, behind real sockets, for tests of asking whether websites answer."""

from __future__ import annotations

import socket
import ssl
import threading


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
            with connection, self._secured(connection) as line:
                self.speak(line)
        except OSError:  # the other side has heard enough
            return

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self._context.wrap_socket(connection, server_side=True) if self._context else connection

    def speak(self, connection: socket.socket) -> None:
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

    def close(self) -> None:
        self._socket.close()


def plain(page: object) -> bytes:
    """A status, or a redirect to an address."""
    if isinstance(page, int):
        return f"HTTP/1.1 {page} X\r\nContent-Length: 0\r\n\r\n".encode()
    return f"HTTP/1.1 301 Moved\r\nLocation: {page}\r\n\r\n".encode()
