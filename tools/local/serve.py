"""bin/serve: from an empty machine to a running service map, and everything stopped again on Ctrl-C."""

import argparse
import contextlib
import errno
import fcntl
import json
import os
import signal
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from tools.local import environment, prepare
from tools.local.cluster import Cluster
from tools.local.keeping import Keeper, KeptProgram
from tools.local.network_file import FIRST, NetworkFileError, chosen, current, read
from tools.local.paths import MEMBERS_ONLY, READER, ROOT, write_private
from tools.local.shell import Failure, Steps, Stopped, complain, locked, raise_stopped_on, say
from tools.local.workshop import Workshop

STARTUP_SECONDS = 60
#: Web processes: one a core.
WORKERS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
#: Of each web process: those in its lines, those who listen, and some that answer what is kept.
THREADS = 160


def running() -> Path:
    """What runs of this network: each has a note, a lock and logs of its own."""
    return ROOT / current().place / "serve.json"


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    os.environ["DEBUG"] = "off"
    os.environ["ALLOWED_HOSTS"] = ",".join(filter(None, [os.environ.get("ALLOWED_HOSTS"), *host_names(options.host)]))
    raise_stopped_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    addresses = addresses_of(options)
    # Letters lead to where members sign in.
    os.environ.setdefault("SITE_ADDRESS", addresses[-1])
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(alone(addresses[0]))
        for number in range(len(addresses)):
            refuse_taken_port(options.host, options.port + number)
        try:
            bring_up(options, addresses, stack, lock)
        except Stopped:
            say("\nStopping …")
    say("Stopped.")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/serve", description="Run the service map on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    faces = "as two processes: what the public reads at PORT, what members do at the next one"
    parser.add_argument("--faces", action="store_true", help=faces)
    network = "the network's file (docs/second-network.md); default: NETWORK_FILE, else the first network's"
    parser.add_argument("--network", metavar="FILE", help=network)
    options = parser.parse_args(arguments)
    take_network(options.network)
    if options.faces and os.environ.get("DATABASE_URL") and not os.environ.get("PUBLIC_DATABASE_URL"):
        raise Failure(
            "With DATABASE_URL the public face needs PUBLIC_DATABASE_URL, which logs in as servicemap_reader."
        )
    return options


def take_network(given: str | None) -> None:
    """Whatever is started from here on reads this file; one with faults is refused, and each is told."""
    if given:
        os.environ["NETWORK_FILE"] = str(Path(given).resolve())
    try:
        network = read(chosen(os.environ))
    except NetworkFileError as error:
        raise Failure(str(error)) from None
    if network.is_first and network.path != FIRST and not os.environ.get("DATABASE_URL"):
        raise Failure(
            f'code "{network.code}" is that of {FIRST.relative_to(ROOT)}, and so are its database and its folder. '
            f"Write another code into {network.path}."
        )
    (ROOT / network.place).mkdir(parents=True, exist_ok=True)


def addresses_of(options: argparse.Namespace) -> list[str]:
    """One address, or that of the public face and that of members."""
    host = "localhost" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104
    return [f"http://{host}:{options.port + number}" for number in range(2 if options.faces else 1)]


def host_names(host: str) -> list[str]:
    """What a browser may put into Host for an address that the person chose."""
    return ["*"] if host in ("0.0.0.0", "::") else [host]  # noqa: S104


@contextlib.contextmanager
def alone(address: str) -> Iterator[IO[str]]:
    """One bin/serve per network of a checkout. The lock dies with the process: a crash leaves nothing to clear away."""
    note = running()
    note.parent.mkdir(parents=True, exist_ok=True)
    with (note.parent / ".serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = json.loads(note.read_text())["address"] if note.exists() else "this checkout"
            raise Failure(f"bin/serve runs already: {where}") from None
        write_private(note, json.dumps({"address": address, "pid": os.getpid()}))
        try:
            yield lock
        finally:
            if is_ours(note):
                note.unlink()


def is_ours(note: Path) -> bool:
    """Not that of another bin/serve, which may begin as soon as our lock is gone."""
    return note.exists() and json.loads(note.read_text())["pid"] == os.getpid()


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Failure(
                    f"Port {port} is taken by another program. Choose one: bin/serve --port {port + 1}"
                ) from None
            raise Failure(f"Cannot listen on {host}:{port}: {error.strerror}.") from None


# long: the steps, one a line
def bring_up(options: argparse.Namespace, addresses: list[str], stack: contextlib.ExitStack, lock: IO[str]) -> None:
    """All steps, then wait until the server ends or somebody stops us."""
    step = Steps(11)
    with step("System packages") as remark:
        remark += [f"installed {', '.join(installed)}"] if (installed := prepare.bring_packages()) else ["all there"]
    with step("Python packages") as remark:
        remark += ["installed"] if environment.prepare() else ["all there"]
    with step("Database") as remark:
        found = prepare.start_database()
        remark += ["DATABASE_URL"] if found is None else ["started" if found[1] else "running"]
        if found is not None and (found[1] or others_run()):
            stack.callback(stop_if_last, found[0], lock)
    with Workshop() as workshop:
        for name, work in (
            ("Tables", prepare.migrate),
            ("Network", prepare.begin_network),
            ("Vocabulary", prepare.load_vocabulary),
            ("Directory", prepare.rebuild_directory),
            ("Languages", prepare.compile_catalogues),
            ("Demonstration network", prepare.load_demonstration),
            ("Static files", prepare.collect_static),
        ):
            with step(name) as remark:
                remark += filter(None, [work(workshop.manage)])
    share_counters(stack)
    with step("Server and worker"):
        keeper = Keeper(partial(revive, found[0]) if found else lambda: None)
        stack.callback(keeper.stop)
        servers = start_servers(keeper, options, addresses)
        command: list[str | Path] = [environment.PYTHON, ROOT / "manage.py", "work"]
        keeper.start(KeptProgram("The worker", command, servers[-1].env, running().with_name("worker.log")))
        if os.environ.get("TELEGRAM_TOKEN"):
            command = [environment.PYTHON, ROOT / "manage.py", "telegram_bot"]
            keeper.start(KeptProgram("The bot", command, servers[-1].env, running().with_name("bot.log")))
        for address, server in zip(addresses, servers, strict=True):
            wait_until_it_answers(address, server)
    announce(addresses)
    watch(keeper)


def others_run() -> bool:
    """Whether another network of this checkout is being served, from the same cluster."""
    own = running().parent
    return any(is_held(lock) for lock in locks() if lock.parent != own)


def locks() -> list[Path]:
    return [ROOT / "var" / ".serve.lock", *(ROOT / "var" / "networks").glob("*/.serve.lock")]


def is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def stop_if_last(cluster: Cluster, lock: IO[str]) -> None:
    """Of several that end at once, one after another lets go of its lock and looks: the last one sees nobody."""
    with locked(ROOT / "var" / ".ending.lock"):
        fcntl.flock(lock, fcntl.LOCK_UN)
        if not any(map(is_held, locks())):
            cluster.stop()


def share_counters(stack: contextlib.ExitStack) -> None:
    """Wrong passwords and used codes are counted once for all web processes; the folder goes when they go."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="servicemap-"))
    os.environ.setdefault("CACHE_URL", f"filecache://{folder}?max_entries=100000")


def start_servers(keeper: Keeper, options: argparse.Namespace, addresses: list[str]) -> list[KeptProgram]:
    """One for everybody, or the public's and the members'."""
    variables = environment.variables(DJANGO_SETTINGS_MODULE="servicemap.settings.dev")
    if not options.faces:
        return [keeper.start(KeptProgram("The server", server_command(options, options.port), variables))]
    told = {"PUBLIC_ADDRESS": addresses[0], "MEMBERS_ADDRESS": addresses[1]}
    public = {name: value for name, value in variables.items() if name not in MEMBERS_ONLY}
    faces = (("public", public), ("members", variables))
    return [
        keeper.start(
            KeptProgram(
                f"The {face} face",
                server_command(options, options.port + number),
                {**given, **told, "SERVICEMAP_FACE": face},
            )
        )
        for number, (face, given) in enumerate(faces)
    ]


def server_command(options: argparse.Namespace, port: int) -> list[str | Path]:
    return [
        environment.VENV / "bin" / "granian",
        "--interface=wsgi",
        f"--host={options.host}",
        f"--port={port}",
        f"--workers={WORKERS}",
        "--respawn-failed-workers",
        # Connections that a proxy keeps open would otherwise hold an old process, and old code, for minutes.
        "--workers-kill-timeout=5",
        # Most of them wait, or answer what is kept; how many work is said in servicemap/web/keeping.py.
        f"--blocking-threads={THREADS}",
        "--log-level=error",
        "--no-ws",
        "--http=1",
        "servicemap.wsgi:application",
    ]


def revive(cluster: Cluster) -> None:
    """A database that was killed comes back; pages say meanwhile that they will be there again soon."""
    if not cluster.is_running():
        complain("The database does not answer; it is started again.")
        cluster.start()


def wait_until_it_answers(address: str, server: KeptProgram) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if server.process and server.process.poll() is not None:
            raise Failure(f"The server ended at once, with code {server.process.returncode}; its words are above.")
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)  # noqa: S310  (our own address)
            return
        except urllib.error.HTTPError as answer:
            if answer.code >= 500:
                raise Failure(f"The server answers {answer.code} at {address}/healthz; its words are above.") from None
            return
        except OSError:
            time.sleep(0.1)
    raise Failure(f"The server did not answer within {STARTUP_SECONDS} s.")


def announce(addresses: list[str]) -> None:
    if len(addresses) == 1:
        say(f"\n{current().name['en']}: {addresses[0]}/\n")
    else:
        say(f"\n{current().name['en']}, as two processes:")
        say(f"  for the public   {addresses[0]}/   logs in to the database as {READER}: nothing private to read")
        say(f"  for members      {addresses[1]}/ru/workspace/\n")
    logins = prepare.demonstration_logins()
    if logins:
        say(f"Demonstration logins (this machine only; also in {current().place}/demo-logins.json):")
        say("\n".join(logins) + "\n")
    say("Ctrl-C stops everything.")


def watch(keeper: Keeper) -> None:
    """Until somebody asks for the end. Whatever ends by itself meanwhile is started again."""
    while True:
        time.sleep(0.5)
        keeper.round(time.monotonic())
