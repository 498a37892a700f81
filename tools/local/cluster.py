"""The private PostgreSQL cluster of this checkout: made, started and stopped here, reachable by one socket."""

import contextlib
import os
import pwd
import re
import shutil
import socket
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from tools.local.binaries import Binaries, find_binaries
from tools.local.paths import (
    LONGEST_SOCKET_PATH,
    READER,
    ROLE,
    ROOT,
    SUPERUSER,
    ClusterProfile,
    default_socket_dir,
    project_hash,
    read_state,
    write_state,
)
from tools.local.shell import Failure, locked, run

#: What a plain login may not do itself; docs/operations.md asks an operator for the same.
ROLES = ROOT / "docker" / "roles.sql"
# Cyrillic needs a Unicode ctype (upper(), trigrams) and a collation that knows its alphabet.
LOCALES = (
    ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ru"),
    ("--locale=en_US.UTF-8", "--locale-provider=icu", "--icu-locale=ru"),
    ("--locale=C.UTF-8",),
    ("--locale=en_US.UTF-8",),
)


@dataclass(frozen=True)
class Cluster:
    profile: ClusterProfile
    binaries: Binaries
    data: Path
    socket_dir: Path
    user: str | None  # whom root has to become: PostgreSQL refuses to run as root
    superuser: str = SUPERUSER

    @property
    def socket(self) -> Path:
        return self.socket_dir / self.profile.socket_name

    @property
    def log(self) -> Path:
        return self.data / "server.log"  # beside the data: the server's user may write nowhere else

    def run(self, program: str, *arguments: str | Path, check: bool = True) -> str:
        command = [self.binaries.program(program), *arguments]
        env = {"LC_ALL": "C", **self.binaries.env}
        return run(command, env=env, user=self.user, cwd=Path("/"), check=check).stdout

    # -- life

    def is_running(self) -> bool:
        return answers(self.socket)

    def start(self) -> None:
        """Make the cluster where there is none, and start it. Does nothing when it runs."""
        if self.is_running():
            return
        is_new = not (self.data / "PG_VERSION").exists()
        if is_new:
            self._make()
        self._make_socket_dir()
        self._drop_stale_pid()
        try:
            self.run("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", self.log, "-o", self._options())
        except Failure as failure:
            raise Failure(f"The private database did not start.\n{failure}\n{tail(self.log)}") from None
        if is_new:
            self._sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            self._sql("CREATE EXTENSION postgis", database="template1")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data, check=False)

    # -- databases in it

    def databases(self) -> list[str]:
        return self._sql("SELECT datname FROM pg_database WHERE NOT datistemplate").split()

    def create_database(self, name: str, login: str = ROLE) -> bool:
        """Make an empty database unless it is there; True when made. PostGIS comes with the first migration."""
        _refuse_odd_name(name)
        _refuse_odd_name(login)
        if name in self.databases():
            return False
        if login != ROLE:
            self._make_login(login)
        self._sql(f'CREATE DATABASE "{name}" OWNER "{login}"')
        self.make_roles(name)
        if login != ROLE:
            self._close_to_other_networks(name, login)
        if login != ROLE or any(database.startswith(f"{ROLE}_") for database in self.databases()):
            self._close_to_other_networks(ROLE, ROLE)
        return True

    def _make_login(self, login: str) -> None:
        """A network's own: owner of its database, and nobody in another."""
        if login not in self._sql("SELECT rolname FROM pg_roles").split():
            self._sql(f'CREATE ROLE "{login}" LOGIN')

    def _close_to_other_networks(self, database: str, owner: str) -> None:
        """Only its owner enters, and the login of public faces, which reads public tables alone."""
        if database in self.databases():
            self._sql(f'REVOKE CONNECT ON DATABASE "{database}" FROM PUBLIC')
            self._sql(f'GRANT CONNECT ON DATABASE "{database}" TO "{owner}", {READER}')

    def make_roles(self, database: str) -> None:
        """The roles of the public, and what the database keeps from them: again where an older release made it."""
        _refuse_odd_name(database)
        self._sql(ROLES.read_text(), database=database)

    def drop_database(self, name: str) -> None:
        _refuse_odd_name(name)
        self._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename_database(self, name: str, new: str) -> None:
        _refuse_odd_name(name)
        _refuse_odd_name(new)
        self._sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    def _sql(self, statement: str, *, database: str = "postgres") -> str:
        where = ("-h", self.socket_dir, "-p", str(self.profile.port), "-U", self.superuser, "-d", database)
        return self.run("psql", *where, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement)

    # -- how it is made

    def _make(self) -> None:
        own_folder(self.data, self.user)
        problems = []
        for locale in LOCALES:
            with contextlib.suppress(FileNotFoundError):
                for child in self.data.iterdir():
                    shutil.rmtree(child) if child.is_dir() else child.unlink()
            arguments = (
                "-D",
                self.data,
                "-U",
                self.superuser,
                "-E",
                "UTF8",
                "-A",
                "trust",
                "--no-instructions",
                *locale,
            )
            try:
                self.run("initdb", *arguments)
                return
            except Failure as failure:
                problems.append(str(failure))
        raise Failure("The private database could not be made.\n" + problems[0])

    def _make_socket_dir(self) -> None:
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET_PATH:
            raise Failure(f"The socket's path is too long for the system: {self.socket}")
        own_folder(self.socket_dir, self.user)

    def _options(self) -> str:
        settings = {
            "listen_addresses": "''",
            "port": str(self.profile.port),
            "unix_socket_directories": f"'{self.socket_dir}'",
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "jit": "off",
            # A statement in the log would be a record of what people searched for.
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_checkpoints": "off",
        }
        if not self.profile.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _drop_stale_pid(self) -> None:
        """After a crash the number in postmaster.pid may belong to a stranger; PostgreSQL would then not start."""
        pid_file = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(pid_file.read_text().split()[0])
            if str(self.data) not in arguments_of(pid):
                pid_file.unlink()


def arguments_of(pid: int) -> str:
    """The command line of a process, empty when there is none."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace") if proc.exists() else ""
    return run(["ps", "-p", str(pid), "-o", "args="], check=False).stdout


def answers(path: Path) -> bool:
    """Whether a server listens on this socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def own_folder(folder: Path, user: str | None) -> None:
    """A folder with mode 0700 of the server's user; refuses one that somebody else put there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (owner, os.geteuid()):
        raise Failure(f"{folder} belongs to somebody else; remove it or choose another checkout folder.")
    if user:
        os.chown(folder, owner, pwd.getpwnam(user).pw_gid)
    folder.chmod(0o700)


def _refuse_odd_name(name: str) -> None:
    """Names go into SQL as they are."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise Failure(f"A database is named with small letters, digits and underscores, not: {name}")


def tail(path: Path, lines: int = 15) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


# -- finding the one of this checkout


def server_user() -> str | None:
    """None for an ordinary user; for root the account that runs the server."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise Failure("PostgreSQL does not run as root, and there is no user postgres or nobody to become.")


def data_folder(profile: ClusterProfile, user: str | None, root: Path = ROOT) -> Path:
    """var/<profile> of the checkout, or a folder of the system where the server's user cannot enter the checkout."""
    inside = root / "var" / profile.name
    inside.parent.mkdir(parents=True, exist_ok=True)
    if user is None or can_enter(inside.parent, user):
        return inside
    base = Path("/var/lib") if os.access("/var/lib", os.W_OK) else Path("/var/tmp")  # noqa: S108  (own_folder refuses a stranger's)
    return base / f"servicemap-{project_hash(root)}" / profile.name


def can_enter(folder: Path, user: str) -> bool:
    return run(["test", "-x", folder], user=user, cwd=Path("/"), check=False).returncode == 0


def find_cluster(profile: ClusterProfile) -> Cluster | None:
    """The cluster of this checkout with the programs that fit its data; None: no PostgreSQL with PostGIS here.

    Raises Failure when the data were written by a major version that is no longer installed.
    """
    user = server_user()
    state = read_state(profile)
    data = Path(state["data"]) if state else data_folder(profile, user)
    major = None
    with contextlib.suppress(OSError, ValueError):
        major = int((data / "PG_VERSION").read_text())
    binaries = find_binaries(major)
    if binaries is None and major is not None and (other := find_binaries()) is not None:
        raise Failure(
            f"The database in {data} was written by PostgreSQL {major}; this machine has {other.major}.\n"
            f"Install PostgreSQL {major} with PostGIS and move the data with pg_dump, or remove {data} to begin anew."
        )
    if binaries is None:
        return None
    socket_dir = Path(state["socket_dir"]) if state else default_socket_dir()
    superuser = state.get("superuser", ROLE) if major is not None else SUPERUSER
    return Cluster(profile, binaries, data, socket_dir, user, superuser)


def start_cluster(profile: ClusterProfile) -> tuple[Cluster, bool] | None:
    """The running cluster and whether this call started it; None where no PostgreSQL with PostGIS is installed."""
    with locked(ROOT / "var" / f".{profile.name}.lock"):
        cluster = find_cluster(profile)
        if cluster is None:
            return None
        if cluster.superuser == ROLE and not profile.durable:
            cluster = renewed(cluster)
        started = not cluster.is_running()
        if started:
            cluster.start()
            write_state(profile, data=cluster.data, socket_dir=cluster.socket_dir, superuser=cluster.superuser)
    return cluster, started


def renewed(cluster: Cluster) -> Cluster:
    """Tests run the product as a plain login: a cluster whose login is its superuser is made anew."""
    cluster.stop()
    shutil.rmtree(cluster.data)
    return replace(cluster, superuser=SUPERUSER)
