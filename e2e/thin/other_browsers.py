"""Firefox and WebKitGTK for the journeys: a page, what it answers, what its console complains of.

Firefox is spoken to in WebDriver BiDi, WebKitGTK in classic WebDriver; both as Debian ships them.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from websocket import WebSocket, create_connection

START_SECONDS = 60
ANSWER_SECONDS = 30
#: A fresh profile asks nobody for anything.
QUIET = {
    "app.normandy.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "ru",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}


class Tab(Protocol):
    """`ask` answers a JavaScript expression, a promise too, in the page or in its first frame."""

    complaints: list[str]

    def go(self, address: str) -> None: ...

    def ask(self, expression: str, *, in_frame: bool = False) -> Any: ...


def wait_until(page: Tab, expression: str, *, in_frame: bool = False) -> Any:
    """The first answer of the page that is not nothing."""
    until = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < until:
        if answer := page.ask(expression, in_frame=in_frame):
            return answer
        time.sleep(0.1)
    raise AssertionError(f"still nothing: {expression}; complaints: {page.complaints}")


class Firefox:
    """One tab by WebDriver BiDi."""

    def __init__(self, socket_: WebSocket) -> None:
        self._socket, self._numbers = socket_, itertools.count(1)
        self.complaints: list[str] = []
        self._say("session.new", capabilities={})
        self._say("session.subscribe", events=["log.entryAdded"])
        self._tab = self._contexts()[0]["context"]

    def go(self, address: str) -> None:
        self._say("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def ask(self, expression: str, *, in_frame: bool = False) -> Any:
        target = self._contexts()[0]["children"][0]["context"] if in_frame else self._tab
        asked = f"(async () => JSON.stringify(await ({expression}) ?? null))()"
        told = self._say("script.evaluate", expression=asked, target={"context": target}, awaitPromise=True)
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def _contexts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._say("browsingContext.getTree")["contexts"]
        return found

    def _say(self, method: str, **words: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": words}))
        while True:
            heard: dict[str, Any] = json.loads(self._socket.recv())
            if heard.get("method") == "log.entryAdded" and heard["params"]["level"] == "error":
                self.complaints.append(str(heard["params"]["text"]))
            if heard.get("id") == number:
                assert heard["type"] == "success", heard
                result: dict[str, Any] = heard["result"]
                return result


class WebKit:
    """One window by classic WebDriver; its console cannot be asked, so a listener in the page collects errors."""

    def __init__(self, address: str, browser: str) -> None:
        self._address = address
        options = {"binary": browser, "args": ["--automation"]}
        told = self._post("/session", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        self._address += f"/session/{told['sessionId']}"
        self._post("/timeouts", {"script": ANSWER_SECONDS * 1000})
        self.complaints: list[str] = []

    def go(self, address: str) -> None:
        self._post("/url", {"url": address})

    def ask(self, expression: str, *, in_frame: bool = False) -> Any:
        if in_frame:
            self._post("/frame", {"id": 0})
        script = (
            f"const done = arguments[0]; Promise.resolve({expression}).then((it) => done(JSON.stringify(it ?? null)))"
        )
        told = self._post("/execute/async", {"script": script, "args": []})
        if in_frame:
            self._post("/frame/parent", {})
        return json.loads(told)

    def _post(self, path: str, words: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self._address + path, json.dumps(words).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS * 2) as answer:
            return json.load(answer)["value"]


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A headless one with a profile of its own in `folder`."""
    words = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items()]
    (folder / "user.js").write_text("\n".join(words))
    port = free_port()
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(folder)]
    with _running([*command, f"--remote-debugging-port={port}"], port, HOME=str(folder)):
        address = f"ws://127.0.0.1:{port}/session"
        with contextlib.closing(create_connection(address, timeout=ANSWER_SECONDS, suppress_origin=True)) as heard:
            yield Firefox(heard)


@contextlib.contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """Under a screen of its own: WebKitGTK has no headless mode."""
    port = free_port()
    browser = next(str(found) for found in Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    # Inside a container it cannot make the sandbox that it wants.
    alone = {"HOME": str(folder), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
    screen = [shutil.which("xvfb-run") or "xvfb-run", "-a", "-s", "-screen 0 1280x900x24"]
    with _running([*screen, "WebKitWebDriver", f"--port={port}"], port, **alone):
        yield WebKit(f"http://127.0.0.1:{port}", browser)


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, **variables: str) -> Iterator[None]:
    """The program in a group of its own, from its first answer at the port until all of the group is gone."""
    program = subprocess.Popen(
        command,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(port):
            assert program.poll() is None and time.monotonic() < until, f"{command[0]} does not answer"
            time.sleep(0.2)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, 9)
        program.wait(10)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
