"""deploy/host.sh on a bare Debian: it ends well twice, changes nothing twice, and the machine serves when it starts."""

from __future__ import annotations

import re
import shutil
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.drills import machine
from deploy.drills.proxy import DrillReport

DOMAIN = "map.example.org"
SETUP = ["/root/servicemap/deploy/host.sh", DOMAIN]
#: What the drill must notice: a system call that is refused by killing, as the units once did.
FAULTS = {"killed": ("SystemCallErrorNumber=EPERM", "")}
#: Asked in the machine, through nginx and TLS: path → status.
PAGES = {"/ru/": 200, "/en/about/": 200, "/api/v1/listings/": 200, "/ru/accounts/login/": 200, "/readyz": 404}
ASK = """
import http.client, json, ssl, sys
told = {}
for path in json.loads(sys.argv[1]):
    link = http.client.HTTPSConnection("127.0.0.1", 443, context=ssl._create_unverified_context(), timeout=20)
    link.request("GET", path, headers={"Host": sys.argv[2]})
    told[path] = link.getresponse().status
link = http.client.HTTPConnection("127.0.0.1", 80, timeout=20)
link.request("GET", "/ru/")
answer = link.getresponse()
told["http"] = [answer.status, answer.headers["Location"]]
print(json.dumps(told))
"""


class _Post(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs; `letters` of the server has what came."""

    def handle(self) -> None:
        self.wfile.write(b"220 drill\r\n")
        while line := self.rfile.readline().strip():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while not letter.endswith(b"\r\n.\r\n"):
                    letter += self.rfile.readline()
                getattr(self.server, "letters").append(letter.decode(errors="replace"))  # noqa: B009
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@contextmanager
def post() -> Iterator[tuple[int, list[str]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post) as server:
        letters: list[str] = []
        server.letters = letters  # type: ignore[attr-defined]
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1]), letters
        server.shutdown()


def changed(text: str) -> int | None:
    found = re.search(r"== Changed: (\d+)", text)
    return int(found[1]) if found else None


def set_up(root: Path, report: DrillReport, dialect: str = "") -> None:
    """A rehearsal, the first time and the second, in the folder as it lies there."""
    with machine.not_started(root) as inside, post() as (port, letters):
        if dialect:
            units = root / "root" / "servicemap" / "deploy" / "systemd"
            for unit in units.glob("*.service"):
                unit.write_text(unit.read_text().replace(*FAULTS[dialect]))
        more = ["--administrator", "anna@example.org", "--mail", f"smtp://127.0.0.1:{port}", "--backup-key", KEY]
        rehearsed = machine.said([*inside, *SETUP, *more, "--dry-run"])
        nothing = not (root / "opt" / "servicemap").exists() and not (root / "etc" / "servicemap").exists()
        report.note("rehearsal: ends, changes made", (rehearsed.code, int(not nothing)), not rehearsed.code and nothing)
        first = machine.said([*inside, *SETUP, *more])
        _keep(root, "first", first.text)
        report.note("first time: ends, seconds", (first.code, first.seconds), not first.code)
        report.note("first time: changes", changed(first.text), bool(changed(first.text)))
        link = len(re.findall(rf"https://{DOMAIN}/ru/accounts/\S+", first.text))
        report.note("links for the first administrator", link, link == 1)
        second = machine.said([*inside, *SETUP, *more])
        _keep(root, "second", second.text)
        report.note("second time: ends, seconds", (second.code, second.seconds), not second.code)
        report.note("second time: changes", changed(second.text), changed(second.text) == 0)
        report.note("test letters that arrived", len(letters), len(letters) == 1)


#: The public half of a key that was made for drills; its other half was never kept.
KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def _keep(root: Path, name: str, text: str) -> None:
    (root.parent / f"{name}.txt").write_text(text)


def in_the_folder(root: Path, report: DrillReport) -> None:
    with machine.not_started(root) as inside:
        front = machine.said([*inside, "nginx", "-t"])
        report.note("nginx -t", front.code, not front.code)
        units = sorted(file.name for file in (root / "etc/systemd/system").glob("servicemap-*.*") if file.is_file())
        verified = machine.said([*inside, "systemd-analyze", "verify", "--man=no", *units])
        ours = [line for line in verified.text.splitlines() if "servicemap" in line]
        report.note("systemd-analyze verify: lines about ours", len(ours), not ours)
        open_ = machine.said([*inside, "systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
                              *(unit for unit in units if unit.endswith(".service"))])  # fmt: skip
        scores = re.findall(r"level for \S+: ([\d.]+)", open_.text)
        report.note("systemd-analyze security: worst of 10", max(scores, default="?"), not open_.code and bool(scores))
    secrets = [root / "etc/servicemap" / name for name in ("web.env", "repository.pass", "tls/key.pem", "copy.pem")]
    readable = [file.name for file in secrets if file.stat().st_mode & 0o077 or file.stat().st_uid]
    report.note("secrets that others than root may read", len(readable), not readable)


def when_started(root: Path, report: DrillReport) -> None:
    with machine.started(root) as inside:
        third = machine.said([*inside, *SETUP], 300)
        _keep(root, "started", third.text)
        report.note("after the machine has started: ends, changes", (third.code, changed(third.text)),
                    not third.code and changed(third.text) == 0)  # fmt: skip
        failed = machine.said([*inside, "systemctl", "--failed", "--plain", "--no-legend"]).text.split("\n")
        failed = [line for line in failed if line.strip()]
        report.note("units that failed", len(failed), not failed)
        again = machine.said([*inside, "systemctl", "show", "-p", "NRestarts", "servicemap-web", "servicemap-worker",
                              "servicemap-watch"]).text  # fmt: skip
        restarts = sum(int(number) for number in re.findall(r"NRestarts=(\d+)", again))
        report.note("processes that had to be started again", restarts, not restarts)
        as_a_reader(inside, report)
        copied = machine.said([*inside, "systemctl", "start", "servicemap-backup", "servicemap-dump"], 300)
        report.note("backup and sealed copy: end, seconds", (copied.code, copied.seconds), not copied.code)
        emergency_copy(inside, report)
        healthy = machine.said([*inside, "servicemap-manage", "watch", "--once"]).text
        broken = healthy.count("broken:")
        report.note("«Здоровье» says broken", broken, "healthy: " in healthy and not broken)


#: In the machine, as docs/operations/blocked.md says: the signature by the public half, then every file by its sum.
VERIFY = """
cd /var/lib/servicemap/copy/current && openssl pkey -in /etc/servicemap/copy.pem -pubout -out /tmp/copy.pub &&
openssl pkeyutl -verify -pubin -inkey /tmp/copy.pub -rawin -in manifest.json -sigfile manifest.sig >/dev/null &&
python3 -c "import json,hashlib
for name, told in json.load(open('manifest.json'))['sha256'].items():
    assert hashlib.sha256(open(name, 'rb').read()).hexdigest() == told, name" && find . -type f | wc -l
"""


def emergency_copy(inside: list[str], report: DrillReport) -> None:
    """By its unit; nobody but root reads the key that signs."""
    made = machine.said([*inside, "systemctl", "start", "servicemap-copy"], 300)
    report.note("emergency copy: ends, seconds", (made.code, made.seconds), not made.code)
    found = machine.said([*inside, "sh", "-c", VERIFY])
    files = found.text.strip()
    report.note("emergency copy: signed and whole, files", files[-200:], not found.code and files.isdigit())


def as_a_reader(inside: list[str], report: DrillReport) -> None:
    """Through nginx and TLS, and by the street's port."""
    listed = "[" + ", ".join(f'"{path}"' for path in PAGES) + "]"
    told = machine.said([*inside, "python3", "-c", ASK, listed, DOMAIN]).text
    right = sum(f'"{path}": {status}' in told for path, status in PAGES.items())
    right += f'[301, "https://{DOMAIN}/ru/"]' in told
    report.note(f"answers as they should be, of {len(PAGES) + 1}", right, right == len(PAGES) + 1)


def host(folder: Path, fault: str = "") -> DrillReport:
    report, suite = DrillReport(), machine.suite()
    report.numbers["Debian"] = suite
    root = machine.fresh(folder, suite)
    set_up(root, report, fault if fault in FAULTS else "")
    in_the_folder(root, report)
    when_started(root, report)
    kept = machine.KEPT / suite
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for file in folder.glob("*.txt"):
        shutil.copy(file, kept)
    if not report.broken:
        shutil.move(root, kept / "machine")
    return report
