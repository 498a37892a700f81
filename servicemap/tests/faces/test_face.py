"""The public's own process, on a database that holds the public's tables and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from core import clock
from directory.feed import feed
from servicemap.tests.faces import crawl
from servicemap.tests.faces.conftest import environment, tables_of
from servicemap.tests.guards.leaking import spellings
from servicemap.tests.guards.world import CANARIES, MEMBER_CANARIES, OWNER_CANARIES
from verification import services as verification

pytestmark = pytest.mark.django_db
SECRETS = {*CANARIES, *MEMBER_CANARIES, *OWNER_CANARIES}
PUBLIC, MEMBERS = "servicemap.faces.public", "servicemap.faces.members"
TABLES = ["directory_directoryrevision", "directory_directoryterm", "directory_publiccentre",
          "directory_publiccountryfact", "directory_publiccountrynotice", "directory_publicdigest",
          "directory_publicdigestline", "directory_publicgrantcall", "directory_publicgrantsum",
          "directory_publiclisting", "directory_publicmaterial", "directory_publicmoved",
          "directory_publicorganization", "directory_publicpaper", "directory_publicrefusedsite",
          "directory_publicreviewed", "directory_publictraining", "directory_publicwording",
          "django_migrations"]  # fmt: skip


def everything_in(face) -> str:
    return "\n".join(str(row) for table in tables_of(face) for row in face.execute(f"TABLE {table}").fetchall()).lower()


def test_a_database_of_six_tables_serves_every_public_page_as_home_does(network, face, face_name):
    """Same addresses, same bytes; no cookie, no secret, and nothing private in the whole database."""
    feed(connection, face)
    assert tables_of(face) == TABLES
    rows = everything_in(face)
    assert network.place.public_id in rows
    assert not [secret for secret in SECRETS for form in spellings(secret) if len(form) > 4 and form in rows]
    moment = clock.now()
    process = subprocess.run(
        [sys.executable, "-m", crawl.__name__, moment.isoformat()], cwd=settings.BASE_DIR, check=True,
        env=environment(SERVICEMAP_DB=face_name), capture_output=True, text=True,
    )  # fmt: skip
    there = json.loads(process.stdout)
    assert len(there) > 30 and {answer["status"] for answer in there.values()} == {200, 204, 302, 405}
    assert not [address for address, answer in there.items() if answer["cookies"]]
    found = json.dumps(there, ensure_ascii=False).lower()
    assert not [secret for secret in SECRETS for form in spellings(secret) if len(form) > 4 and form in found]
    here = crawl.answers(PUBLIC, moment)
    in_a_language = {"/", "/forget/"}
    sent_away = {address for address, answer in there.items() if answer["status"] == 302} - in_a_language
    elsewhere = ("/report", "/suggest/", "/news/letters/", "/join/", "/light/search/", "/list/pdf/", "/workspace/")
    assert {address for address in sent_away if not any(room in address for room in elsewhere)} == set()
    own = sent_away | {"/readyz", "/api/v1/schema/"}  # these tell which process it is
    assert here.keys() == there.keys()
    assert not [address for address in here.keys() - own if here[address] != there[address]]


def test_hiding_reaches_the_face_and_the_members_counter_stays_at_home(network, face):
    feed(connection, face)
    assert feed(connection, face) == 0, "nothing has changed"
    counted = "SELECT count(*) FROM directory_publiclisting WHERE id = %s"
    assert face.execute(counted, [network.listing.public_id]).fetchone() == (1,)
    verification.hide(listing=network.listing, actor=None, reason="опасно")
    assert feed(connection, face) > 0
    assert face.execute(counted, [network.listing.public_id]).fetchone() == (0,)
    number, public, fed = face.execute(
        "SELECT number, public_number, changed_at FROM directory_directoryrevision"
    ).fetchone()
    assert number == 0 and public > 0 and abs((clock.now() - fed).total_seconds()) < 60


def is_private(name):
    doors = ("confirm", "invitation", "reporting", "suggesting", "subscribing", "joining", "voice")
    rooms = (*doors, "workspace", "admin", "workz")
    return name.split(":")[0] in rooms or "members" in name or name.startswith(("account_", "mfa_"))


def test_each_face_has_its_own_addresses():
    """From the resolver: nothing private at the public's, and of everybody's pages only the way to them at members'."""
    everybody, public, members = (crawl.routes(name) for name in ("servicemap.urls", PUBLIC, MEMBERS))
    assert everybody.keys() - public.keys() - members.keys() == set(), "this is shown by neither face"
    led_to = {"workspace:home", "reporting:report", "reporting:answer"}
    led_to |= {"suggesting:suggest", "suggesting:answer", "suggesting:access"}
    led_to |= {"joining:join", "subscribing:subscribe"}
    private = {name for name in everybody if is_private(name)}
    assert public.keys() & private == led_to
    assert all(public[name] == everybody[name] for name in led_to)
    assert private - members.keys() == set()
    assert not [name for name in members if name.startswith("api:") and "members" not in name and name != "api:schema"]


def test_the_process_of_the_public_knows_no_private_app_and_no_key_of_members():
    told = (
        "import json, sys, django; django.setup(); from django.conf import settings as s; from django.apps import apps;"
        "import servicemap.faces.public;"
        "print(json.dumps([s.DATABASES['default']['USER'], s.MIDDLEWARE, sorted(sys.modules), s.SECRET_KEY]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", told], cwd=settings.BASE_DIR, check=True, capture_output=True, text=True,
        env=environment(DJANGO_SETTINGS_MODULE="servicemap.settings.dev", PUBLIC_SECRET_KEY="of the public"),
    )  # fmt: skip
    login, middleware, modules, key = json.loads(run.stdout)
    assert login == "servicemap_reader" and key == "of the public"
    assert not [
        name for name in middleware if "session" in name.lower() or "csrf" in name.lower() or "accounts" in name
    ]
    rooms = (
        "accounts",
        "organizations",
        "services",
        "messaging",
        "verification",
        "facts",
        "workspace",
        "doors",
        "exchange",
    )
    assert not [name for name in modules if name.split(".")[0] in (*rooms, "allauth", "procrastinate", "pghistory")]
