"""The code knows no network: words of the first one stand in its file and its demonstration alone; and one network's
rows, pages, logs and backups hold nothing of another's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.tests import databases
from tools.local.network_file import ROOT, read
from tools.local.paths import ROLE, SUPERUSER

FOLDER = ROOT / "fixtures" / "networks"
FILES = sorted(FOLDER.glob("*.toml"))
#: Where a network may speak of itself: its file, what is beside it, the demonstration, papers, tests, old databases.
OWN = ("fixtures/networks/", "fixtures/demo/", "fixtures/upgrade/", "fixtures/duplicates/", "docs/", "demonstration/",
       "simulation/", "bench/", "e2e/")  # fmt: skip
OWN_FILES = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "NOTICE", "pyproject.toml", "docker-compose.yml"}
READ = (".py", ".html", ".txt", ".js", ".css", ".po", ".json", ".yml", ".toml", ".svg", ".sh", ".sql", ".service")
#: Endings that a Russian word may have there: «партнёрской сети», «партнёрскую сеть».
_ENDING = r"[а-яё]{0,4}"


def told(name: str) -> re.Pattern[str]:
    """The name itself in every form of its first two words, and no longer word that begins like them."""
    words = [re.escape(word) for word in re.findall(r"\w+", name)[:2]]
    if re.search("[а-яё]", name, re.IGNORECASE):
        stems = [word[: -3 if len(word) > 6 else -1].replace("ё", "[её]") for word in words]
        words = [f"{stem}{_ENDING}" for stem in stems]
    return re.compile(r"\b" + r"\W+".join(words) + r"\b", re.IGNORECASE)


def _files() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if name.endswith(READ) and not name.startswith(OWN) and name not in OWN_FILES and "/tests/" not in name:
            yield ROOT / name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_name_of_a_network_stands_in_code_templates_or_catalogues(path: Path) -> None:
    network = read(path)
    names = {*network.name.values(), *network.words.get("Service map", {}).values()}
    patterns = [told(name) for name in names]
    patterns.append(re.compile(rf"\b{network.code}\.toml\b|\bservicemap_{network.code}\b"))
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in _files()
        if file.name not in ("network_file.py", "build_labels.py")  # they say where the first network's file lies
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if any(pattern.search(line) for pattern in patterns)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Partner Network for Migrant Assistance", True),
        ("I am calling from the partner network whose map", True),
        ("Я звоню из партнёрской сети", True),
        ("о партнерскую сеть", True),
        ("partner networks of others", False),
        ("партнёрам сетей", False),
        ("a partner of the network", False),
    ],
)
def test_the_guard_sees_a_name_in_its_forms(text: str, is_found: bool) -> None:
    patterns = [told(name) for name in read(FOLDER / "partner.toml").name.values()]
    assert any(pattern.search(text) for pattern in patterns) is is_found


#: What people of the first network are ill with and treated by, in messages, which are English.
FIELD = re.compile(r"\b(?:HIV|AIDS|TB|ART|PrEP|PEP|[Tt]uberculosis|[Hh]epatitis|antiretroviral\w*|STIs?)\b")
#: Everyday words for kinds of help, shown only where a vocabulary has the kind; the names of what is read elsewhere.
OF_A_KIND = ("reading/needs.py",)


def _messages() -> Iterator[tuple[str, list[str]]]:
    """Every message of the product as a network's file names it, with the files that say it."""
    catalogue = (ROOT / "locale/ru/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    for block in catalogue.split("\n\n")[1:]:
        parts = dict(re.findall(r'^(msgctxt|msgid) ((?:"(?:[^"\\]|\\.)*"\n)+)', block + "\n", re.MULTILINE))
        whole = {key: "".join(json.loads(line) for line in text.splitlines()) for key, text in parts.items()}
        context = f"{whole['msgctxt']}\x04" if whole.get("msgctxt") else ""
        yield context + whole.get("msgid", ""), re.findall(r"^#: (.*)$", block, re.MULTILINE)


def test_messages_of_the_first_networks_field_are_said_in_the_seconds_own_words() -> None:
    """Hints and examples have neutral messages; what names a law, a topic or an urgency another network renames."""
    own = read(FOLDER / "lantern.toml").words
    found = [
        message
        for message, files in _messages()
        if FIELD.search(message) and message not in own and not all(one.startswith(OF_A_KIND) for one in files)
    ]
    assert found == []
    said = [text for words in own.values() for text in words.values()]
    assert not [text for text in said if FIELD.search(text) or re.search("ВИЧ|туберкул|гепатит", text)]


def test_no_template_or_script_speaks_of_the_first_networks_field() -> None:
    files = [file for file in _files() if file.suffix in (".html", ".js") and "vendor" not in file.parts]
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if FIELD.search(line) or re.search("ВИЧ|[Тт]уберкул|[Гг]епатит", line)
    ]
    assert found == []


def _is_in(catalogue: str, message: str) -> bool:
    context, _, words = message.rpartition("\x04")
    return (f'msgctxt "{context}"\nmsgid "{words}"' if context else f'msgid "{words}"') in catalogue


def test_what_a_network_says_instead_is_a_message_of_the_product() -> None:
    catalogue = (ROOT / "locale/ru/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    lost = [message for path in FILES for message in read(path).words if not _is_in(catalogue, message)]
    assert lost == [], "nothing of the product is said so any more"


WORDS = {"partner": "canaryfirstq", "lantern": "canarysecondq"}


def _lives(code: str, folder: Path, database: str, other: str) -> dict[str, Any]:
    """The network of this file, in a process of its own; what it printed."""
    databases.make(database, databases.migrated())
    own = {"NETWORK_FILE": str(FOLDER / f"{code}.toml"), "SERVICEMAP_DB": database, "E2E_DIR": str(folder),
           "DJANGO_SETTINGS_MODULE": "servicemap.settings.e2e"}  # fmt: skip
    folder.mkdir()
    command = [sys.executable, "-m", "servicemap.tests.one_network", WORDS[code], WORDS[other]]
    with (folder / "process.log").open("w") as log:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, stderr=log, text=True)
    assert done.returncode == 0, (folder / "process.log").read_text()[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _dumped(database: str, folder: Path) -> None:
    """As deploy/backup.sh does, without the seal: whole, so by somebody whom no policy keeps from rows."""
    found = settings.DATABASES["default"]
    login = SUPERUSER if found["USER"] == ROLE else str(found["USER"])
    where = ["-h", str(found["HOST"]), "-p", str(found["PORT"]), "-U", login]
    with (folder / "map.dump").open("wb") as file:
        subprocess.run(["pg_dump", *where, database], check=True, stdout=file)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, dict[str, Any]]]]:
    """Two networks in one cluster, one after the other, each with all that it left behind."""
    base = tmp_path_factory.mktemp("networks")
    name = f"{os.environ.get('SERVICEMAP_TEST_DB', 'test_servicemap')}_network"
    made = {}
    try:
        for code, other in (("partner", "lantern"), ("lantern", "partner")):
            folder = base / code
            told = _lives(code, folder, f"{name}_{code}", other)
            made[code] = folder, told
        for code, (folder, _told) in made.items():
            _dumped(f"{name}_{code}", folder)
        yield made
    finally:
        for code in WORDS:
            databases.drop(f"{name}_{code}")


def test_each_network_shows_its_own_and_nothing_of_the_other(both: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    for code, (_folder, told) in both.items():
        assert told["own"] >= 5 and told["foreign"] == 0, (code, told)
    assert len({told["name"] for _folder, told in both.values()}) == 2


def test_no_dump_log_letter_or_file_of_one_holds_a_word_of_the_other(
    both: dict[str, tuple[Path, dict[str, Any]]],
) -> None:
    for code, (folder, _told) in both.items():
        files = [path for path in folder.rglob("*") if path.is_file()]
        left = {path.name: path.read_bytes() for path in files}
        assert {"map.dump", "process.log", "note.txt"} <= left.keys() and any(name.endswith(".log") for name in left)
        (foreign,) = [word for other, word in WORDS.items() if other != code]
        assert WORDS[code].encode() in left["map.dump"], "the canary sings at home"
        assert [name for name, content in left.items() if foreign.encode() in content] == []


def test_two_networks_share_no_place_no_key_and_no_cookie(tmp_path: Path) -> None:
    """By the very settings that bin/serve runs: what both would write to is told."""
    said = []
    for path in FILES:
        command = [sys.executable, "-c", _SAY]
        env = {name: value for name, value in os.environ.items() if name not in ("SERVICEMAP_DB", "VAR_DIR")}
        env |= {"NETWORK_FILE": str(path), "DJANGO_SETTINGS_MODULE": "servicemap.settings.dev"}
        env |= {"SERVICEMAP_CLUSTER": "postgres", "SECRET_KEY": "for this moment"}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said.append(json.loads(done.stdout.splitlines()[-1]))
    first, second = said
    assert [name for name in first if first[name] == second[name]] == []


_SAY = """
import json, django
from django.conf import settings
names = ("VAR_DIR", "MEDIA_ROOT", "EXPORTS_DIR", "INDEX_DIR", "USAGE_DIR", "ROAD_DIR", "BOOKLETS_DIR",
         "EMAIL_FILE_PATH", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME",
         "NETWORK_NAME", "NETWORK_EMAIL")
told = {name: str(getattr(settings, name)) for name in names}
told |= {"database": settings.DATABASES["default"]["NAME"], "login": settings.DATABASES["default"]["USER"]}
print(json.dumps(told))
"""
