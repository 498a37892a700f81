"""A mail server on this machine that keeps what it was given and stops where it is told to."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from dataclasses import dataclass, field

#: Where a session may stop: before the greeting, before it takes the letter's text, before it says that it has it.
GREETING, TEXT, TAKEN = "greeting", "text", "taken"


@dataclass
class Sink:
    """`taken` holds (address, Message-ID) of every letter whose text arrived whole.

    `stop_at(stage, number)` makes the session wait for ever there, at the number-th letter from now; `reached` is set
    then. `letters_per_session` closes the line after so many letters, as busy providers do, and `says_why` before.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    letters_per_session: int = 10_000
    says_why: bool = False

    def __post_init__(self) -> None:
        self._stop: tuple[str, int] | None = None
        self._begun = 0
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def stop_at(self, stage: str, number: int) -> None:
        self.reached.clear()
        with self._lock:
            self._stop, self._begun = (stage, number), 0

    def go_on(self) -> None:
        self._stop = None

    def close(self) -> None:
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _from = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._session, args=(line,), daemon=True).start()

    def _session(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rwb", 0) as words:
            self._wait(GREETING, line, number=1)
            words.write(b"220 sink\r\n")
            address, letters = "", 0
            for command in words:
                verb = command[:4].upper()
                if verb == b"MAIL" and letters == self.letters_per_session:
                    words.write(b"421 enough for now\r\n" if self.says_why else b"")
                    return
                if verb == b"RCPT":
                    address = re.search(r"<(.*?)>", command.decode()).group(1)
                if verb == b"DATA":
                    self._take(line, words, address)
                    letters += 1
                words.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    def _take(self, line: socket.socket, words: socket.SocketIO, address: str) -> None:
        with self._lock:
            self._begun += 1
            number = self._begun
        self._wait(TEXT, line, number)
        words.write(b"354 go on\r\n")
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            piece = line.recv(65536)
            if not piece:
                raise ConnectionResetError
            text += piece
        self.taken.append((address, re.search(r"Message-ID: (\S+)", text.decode(errors="replace")).group(1)))
        self._wait(TAKEN, line, number)

    def _wait(self, stage: str, line: socket.socket, number: int) -> None:
        if self._stop != (stage, number):
            return
        self.reached.set()
        while line.recv(65536):  # until the other side is gone
            pass
        raise ConnectionResetError
