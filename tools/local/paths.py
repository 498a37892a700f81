"""Where things of this checkout live on this machine."""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from tools.local.network_file import current

ROOT = Path(__file__).resolve().parent.parent.parent
#: The product's login: it owns its databases and may no more than in production. Another network has its own.
ROLE = "servicemap"
#: The login of a process that serves the public alone; it may read the public's tables.
READER = "servicemap_reader"
#: Variables of the members' face; a process that serves the public alone has no use for what they say.
MEMBERS_ONLY = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "EMAIL_URL", "NOTICE_EMAIL_URL")
#: Who the cluster belongs to. Those that were made before the two were told apart have ROLE as their superuser.
SUPERUSER = "postgres"
# sockaddr_un holds 108 bytes with the closing zero.
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class ClusterProfile:
    """One private cluster. The port only names the socket file: nothing listens on the network."""

    name: str
    port: int
    durable: bool

    @property
    def socket_name(self) -> str:
        return f".s.PGSQL.{self.port}"


DEVELOPMENT = ClusterProfile("postgres", 54340, durable=True)
TESTING = ClusterProfile("postgres-test", 54341, durable=False)
PROFILES = {profile.name: profile for profile in (DEVELOPMENT, TESTING)}


def current_profile() -> ClusterProfile:
    return PROFILES[os.environ.get("SERVICEMAP_CLUSTER", DEVELOPMENT.name)]


def project_hash(root: Path = ROOT) -> str:
    """Tells two checkouts on one machine apart in folders that they share."""
    return hashlib.sha256(str(root).encode()).hexdigest()[:10]


def default_socket_dir(root: Path = ROOT) -> Path:
    """A short path whatever the checkout's own path is, one per checkout and system user."""
    base = "/run" if os.geteuid() == 0 and os.access("/run", os.W_OK) else "/tmp"  # noqa: S108  (own_folder checks)
    return Path(base) / f"servicemap-{os.geteuid()}-{project_hash(root)}"


def state_file(profile: ClusterProfile, root: Path = ROOT) -> Path:
    """JSON written when the cluster is started: {"root", "data", "socket_dir"}, all paths, and "superuser"."""
    return root / "var" / f"{profile.name}.json"


def read_state(profile: ClusterProfile, root: Path = ROOT) -> dict[str, str]:
    """Empty where nothing was written, or where it was written for the checkout that this one is a copy of."""
    try:
        state = dict(json.loads(state_file(profile, root).read_text()))
    except (OSError, ValueError):
        return {}
    return state if state.get("root") == str(root) else {}


def write_state(
    profile: ClusterProfile, *, data: Path, socket_dir: Path, superuser: str = SUPERUSER, root: Path = ROOT
) -> None:
    state = {"root": str(root), "data": str(data), "socket_dir": str(socket_dir), "superuser": superuser}
    state_file(profile, root).write_text(json.dumps(state, indent=2) + "\n")


def private_database(root: Path = ROOT, login: str = ROLE) -> dict[str, str | int]:
    """Django's settings for the private cluster's database (SERVICEMAP_DB names it, else ``servicemap``)."""
    profile = current_profile()
    socket_dir = read_state(profile, root).get("socket_dir") or str(default_socket_dir(root))
    user = own_login() if login == ROLE else login
    return {"NAME": database_name(), "USER": user, "HOST": socket_dir, "PORT": profile.port}


def database_name() -> str:
    """SERVICEMAP_DB, else the database of the network that NETWORK_FILE names."""
    return os.environ.get("SERVICEMAP_DB") or current().database


def own_login() -> str:
    """Who owns that database. Databases of tests are everybody's."""
    return ROLE if os.environ.get("SERVICEMAP_DB") or current_profile() == TESTING else current().login


def secret_key(root: Path = ROOT, name: str = "SECRET_KEY") -> str:
    """SECRET_KEY, or another key, of a development machine: made once, kept in var/ with mode 0600."""
    given = os.environ.get(name)
    if given:
        return given
    path = root / current().place / name.lower().replace("_", "-")
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    os.replace(part, path)
