"""A whole machine in a folder: Debian by debootstrap, started by systemd itself in a container without a network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "drills"
MIRROR = "http://deb.debian.org/debian"
TOOLS = ("debootstrap", "systemd-nspawn", "nsenter")
#: As on a rented server: systemd, and next to nothing else.
BARE = "systemd,systemd-sysv,dbus,ca-certificates"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
CLEAN = ["env", "-i", "PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "PIP_CERT=/etc/ssl/drill.crt"]


@dataclass(frozen=True)
class CommandEnd:
    code: int
    text: str
    seconds: float


#: Seconds for one command of a machine: an installation takes twelve minutes of a crowded one, and has taken more.
PATIENCE = 3600


def said(command: list[str], limit: float = PATIENCE) -> CommandEnd:
    """A command that outlives its time has failed, and the drill goes on to say so."""
    began = time.monotonic()
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=limit,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        words = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else ""
        return CommandEnd(124, words, round(time.monotonic() - began, 1))
    return CommandEnd(done.returncode, done.stdout, round(time.monotonic() - began, 1))


def suite() -> str:
    """Which Debian: DRILL_SUITE names another than bookworm."""
    return os.environ.get("DRILL_SUITE", "bookworm")


def bare(suite: str) -> Path:
    """The empty system, made once and kept: each drill has a copy of it."""
    missing = [tool for tool in TOOLS if not shutil.which(tool, path=f"{os.environ.get('PATH', '')}:/usr/sbin")]
    if missing or os.getuid():
        raise SystemExit("This drill makes a whole machine: as root, with debootstrap and systemd-container.")
    folder = KEPT / f"bare-{suite}"
    if not (folder / "drilled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = said(["debootstrap", "--variant=minbase", f"--include={BARE}", suite, str(folder), MIRROR])
        if made.code:
            raise SystemExit("debootstrap did not end well:\n" + made.text[-2000:])
        (folder / "drilled").touch()
    return folder


def copy_code(root: Path) -> None:
    """What the repository holds, as somebody who unpacks it has it. What was there is gone."""
    target = root / "root" / "servicemap"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    files = b"\0".join(name for name in listed.stdout.split(b"\0") if (ROOT / name.decode()).is_file())
    packed = subprocess.Popen(
        ["tar", "-c", "--null", "-T", "-"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    unpacked = subprocess.Popen(["tar", "-x", "--no-same-owner", "-C", str(target)], stdin=packed.stdout)
    assert packed.stdin  # noqa: S101  (a pipe was asked for)
    packed.stdin.write(files)
    packed.stdin.close()
    if packed.wait() or unpacked.wait():
        raise SystemExit("The code could not be copied.")


def fresh(folder: Path, suite: str) -> Path:
    """A bare machine with the code in /root/servicemap and this machine's way to the package registries."""
    root = folder / "machine"
    subprocess.run(["cp", "-a", str(bare(suite)), str(root)], check=True)
    copy_code(root)
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    shutil.copy(CERTIFICATES, root / "etc" / "ssl" / "drill.crt")
    return root


@contextlib.contextmanager
def not_started(root: Path) -> Iterator[list[str]]:
    """Commands in the folder as it lies there, with the network of this machine: nothing is started by a package."""
    policy = root / "usr" / "sbin" / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    for kind, place in (("proc", "proc"), ("devtmpfs", "dev")):
        subprocess.run(["mount", "-t", kind, "none", str(root / place)], check=True)
    try:
        yield [*CLEAN, "chroot", str(root)]
    finally:
        said([*CLEAN, "chroot", str(root), "sh", "-c", "for v in 15 17; do pg_ctlcluster $v main stop; done"])
        for place in ("proc", "dev"):
            subprocess.run(["umount", "--lazy", str(root / place)], check=False)
        policy.unlink()


@contextlib.contextmanager
def started(root: Path) -> Iterator[list[str]]:
    """Commands in the machine after systemd has started it. Its loopback is its own: no port meets one of ours."""
    container = subprocess.Popen(
        ["systemd-nspawn", "-b", "-q", "-D", str(root), "--private-network", "--register=no", "--keep-unit",
         f"--machine=drill-{os.getpid()}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        inside = ["nsenter", "-t", _leader(container), "-a", *CLEAN]
        for _try in range(120):
            if said([*inside, "systemctl", "is-system-running"]).text.strip() in ("running", "degraded"):
                break
            time.sleep(0.5)
        yield inside
    finally:
        container.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            container.wait(60)
        container.kill()


def _leader(container: subprocess.Popen[bytes]) -> str:
    for _try in range(60):
        found = said(["pgrep", "-P", str(container.pid)]).text.split()
        if found and Path(f"/proc/{found[0]}/comm").read_text().strip() == "systemd":
            return found[0]
        time.sleep(0.5)
    raise SystemExit("systemd does not start in a container here.")
