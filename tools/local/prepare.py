"""The steps that bring a checkout to the state in which the product runs, each skipped when nothing changed."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.local.cluster import Cluster, start_cluster
from tools.local.network_file import current
from tools.local.packages import POSTGIS, VENV, bring
from tools.local.paths import ROOT, current_profile, database_name, own_login

STAMPS = ROOT / "var" / "stamps"
#: Runs a command of manage.py to its end; its output, or a Failure.
Manage = Callable[..., str]


def bring_packages() -> list[str]:
    """PostgreSQL is not needed where DATABASE_URL names one."""
    return bring(VENV) if uses_given_database() else bring(POSTGIS, VENV)


def uses_given_database() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def start_database() -> tuple[Cluster, bool] | None:
    """(cluster, started by this call); None with DATABASE_URL. The database exists afterwards."""
    if uses_given_database():
        return None
    found = start_cluster(current_profile())
    if found is None:
        bring(POSTGIS)
        found = start_cluster(current_profile())
    if found is None:
        raise AssertionError("bring() returns only with PostGIS in place")
    if found[0].create_database(database_name(), own_login()):
        forget_stamps()
    elif found[1]:
        found[0].make_roles(database_name())
    return found


class Stamp:
    """Remembers with which inputs a step was done; for a database that is not ours it remembers nothing."""

    def __init__(self, step: str, inputs: Iterable[Path], *, of_database: bool = True) -> None:
        self.keeps = not (of_database and uses_given_database())
        self.file = STAMPS / (f"{database_name()}-{step}" if of_database else step)
        self.value = fingerprint(inputs)

    def is_current(self) -> bool:
        return self.keeps and self.file.exists() and self.file.read_text() == self.value

    def set(self) -> None:
        if self.keeps:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(self.value)


def forget_stamps() -> None:
    """The database is new: nothing of what was done holds for it."""
    for stamp in STAMPS.glob(f"{database_name()}-*"):
        stamp.unlink()


def fingerprint(files: Iterable[Path]) -> str:
    """A hash over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        digest.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def files(*patterns: str) -> list[Path]:
    return [found for pattern in patterns for found in ROOT.glob(pattern) if found.is_file()]


#: Where migrations lie: those of a room, and those of the wings of the network, each an app of its own.
MIGRATIONS = ("*/migrations/*.py", "network/*/migrations/*.py")


def migrate(manage: Manage) -> str | None:
    stamp = Stamp("migrate", files(*MIGRATIONS, "requirements.txt"))
    if stamp.is_current():
        return "nothing new"
    manage("migrate", "--no-input")
    stamp.set()
    return None


def begin_network(manage: Manage) -> str | None:
    """Clocks and countries of high risk, as the network's file has them; afterwards they are the administrators'."""
    stamp = Stamp("network", [current().path])
    if stamp.is_current():
        return "nothing new"
    told = manage("begin_network").strip()
    stamp.set()
    return told


def load_vocabulary(manage: Manage) -> str | None:
    """The vocabulary, again whenever it or a migration changed. The gazetteer is read from its file as it is."""
    network = current()
    own = [file for file in network.vocabulary.iterdir() if file.is_file()] if network.vocabulary else []
    common = files("fixtures/vocabulary/**/*", *MIGRATIONS, "exchange/vocabulary.py")
    stamp = Stamp("vocabulary", [*common, *own, network.path])
    if stamp.is_current():
        return "nothing new"
    manage("load_vocabulary")
    stamp.set()
    return None


def rebuild_directory(manage: Manage) -> str | None:
    """What readers are shown and what search knows, again whenever it is derived in another way."""
    code = files(
        "directory/searching/*.py",
        "directory/crossing/records.py",
        "directory/stores/store.py",
        "core/spelling/folding.py",
        "core/spelling/text.py",
    )
    stamp = Stamp("directory", [*code, *files("directory/migrations/*.py")])
    if stamp.is_current():
        return "nothing new"
    manage("rebuild_directory")
    stamp.set()
    return None


def compile_catalogues(manage: Manage) -> str | None:
    sources = files("locale/*/LC_MESSAGES/*.po")
    stamp = Stamp("catalogues", sources, of_database=False)
    if stamp.is_current() and all(source.with_suffix(".mo").exists() for source in sources):
        return "nothing new"
    manage("compile_catalogues")
    stamp.set()
    return None


def load_demonstration(manage: Manage) -> str | None:
    """Once in the life of a database: what a person changes in it afterwards is theirs."""
    if os.environ.get("DEMO_NETWORK", "on").lower() in ("off", "false", "no", "0"):
        return "not wanted"
    stamp = Stamp("demonstration", [])
    if stamp.is_current():
        return "already there"
    manage("load_demo", "--if-empty")
    stamp.set()
    return None


def collect_static(manage: Manage) -> str | None:
    code = files(
        "servicemap/statics/storage.py", "servicemap/statics/joined.py", "servicemap/settings/*.py", "requirements.txt"
    )
    stamp = Stamp("static", [*files("static/**/*"), *code], of_database=False)
    if stamp.is_current() and (ROOT / "staticfiles" / "staticfiles.json").exists():
        return "nothing new"
    manage("collectstatic", "--no-input", "--clear")
    stamp.set()
    return None


def demonstration_logins() -> list[str]:
    """Lines for the terminal out of demo-logins.json; empty where there is no demonstration network."""
    try:
        logins = json.loads((ROOT / current().place / "demo-logins.json").read_text())
    except (OSError, ValueError):
        return []
    lines = [f"  {role:<14} {login['email']:<32} {login['password']}" for role, login in logins.items()]
    if any("totp_secret" in login for login in logins.values()):
        lines.append("Second step of the coordinator and the administrator: bin/manage demo_code")
    return lines
