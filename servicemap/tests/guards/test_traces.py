"""Whoever asked is nowhere afterwards: address, agent, where from and the words of a search are looked for in every
column of every table, in every file that processes write and in what they share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.entering.sessions import SessionStore
from accounts.models import Session
from directory.models import DirectoryTerm
from servicemap.tests.guards.routes import EVERYBODY, INSIDE, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments

pytestmark = pytest.mark.django_db
#: Nobody's: neither the fixtures nor the code have them.
WORDS = ("kanareikaslovo", "kanareikaagent", "kanareikaotkuda", "203.0.113.77")
LOOKS = re.compile("|".join(re.escape(form) for word in WORDS for form in (word, word.encode().hex())), re.IGNORECASE)
WHO = {
    "REMOTE_ADDR": WORDS[3], "HTTP_X_FORWARDED_FOR": WORDS[3], "HTTP_USER_AGENT": WORDS[1],
    "HTTP_REFERER": f"https://{WORDS[2]}.example/page",
}  # fmt: skip


def tables_with_a_trace() -> list[str]:
    """Bytes are written as their hexadecimal figures, so that is looked for too."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text ~* %s', [LOOKS.pattern])
            if cursor.fetchone()[0]:
                found.append(table)
    read = SessionStore().decode
    found += ["a session" for session in Session.objects.all() if LOOKS.search(str(read(session.session_data)))]
    return found


def files_with_a_trace(folder: Path) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if LOOKS.search(f"{file} {file.read_bytes().decode('latin-1')}")]


def asked(network, client: Client, circle: frozenset[str]) -> int:
    """Every route of the circle, with a word wherever one can be said; how many there were."""
    count = 0
    for name, pattern in every_route():
        route = ROUTES[name]
        if route.circle != circle:
            continue
        with override("ru"):
            url = reverse(name, kwargs=arguments(network, pattern))
        said = {key: WORDS[0] if key == "q" else value for key, value in (route.data or {}).items()}
        client.get(f"{url}?q={WORDS[0]}")
        if route.method in ("post", "json"):
            given = {"content_type": "application/json"} if route.method == "json" else {}
            client.post(url, {**said, "q": WORDS[0]}, **given)
        count += 1
    return count


@pytest.mark.parametrize(("role", "circle", "least"), [("anonymous", EVERYBODY, 60), ("reader", INSIDE, 15)])
def test_who_asked_and_for_what_is_in_no_table_and_no_file(network, settings, tmp_path, role, circle, least):
    for name in ("VAR_DIR", "USAGE_DIR", "EXPORTS_DIR", "BOOKLETS_DIR", "ROAD_DIR"):
        setattr(settings, name, tmp_path / name)
    client = Client(**WHO, raise_request_exception=False)
    if role != "anonymous":
        client.force_login(network.people[role])
    assert asked(network, client, circle) >= least
    client.post("/ru/accounts/login/", {"login": "nobody@example.org", "password": WORDS[0]})
    assert tables_with_a_trace() == [] and files_with_a_trace(tmp_path) == []
    kept = [(key, value) for cache in caches.all() for key, value in getattr(cache, "_cache", {}).items()]
    assert not [key for key, value in kept if LOOKS.search(f"{key} {value!r}")]


def test_the_look_finds_a_word_and_bytes(network, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE drill_bytes AS SELECT %s::bytea AS what", [WORDS[1].encode()])
    DirectoryTerm.objects.filter(pk=DirectoryTerm.objects.first().pk).update(code=WORDS[0])
    (tmp_path / "use.csv").write_text(f"one;{WORDS[3]}")
    assert tables_with_a_trace() == ["directory_directoryterm", "drill_bytes"]
    assert len(files_with_a_trace(tmp_path)) == 1
