"""A face of a real deployment starts with what belongs to it, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import environ
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from servicemap.settings import faces
from tools.local.paths import MEMBERS_ONLY, READER

KEY = "q7Jt0Zp-5cXw2Vb9Rk4Ns8Lm1Hd6Gf3Ya0Ue7Io5Tz2Wq9Xc4Bv8"
URL = "postgis://servicemap_reader:word@face/map"
FIT = {"PUBLIC_ADDRESS": "https://map.example", "MEMBERS_ADDRESS": "https://in.map.example",
       "DATABASES": {"default": {"USER": READER}}}  # fmt: skip


def test_fit_faces_start() -> None:
    assert faces.faults(faces.PUBLIC, {"PUBLIC_DATABASE_URL": URL, "PUBLIC_SECRET_KEY": KEY}, FIT) == []
    assert faces.faults(faces.MEMBERS, {"SECRET_KEY": KEY}, FIT) == []
    assert faces.faults(faces.ALL, {"SECRET_KEY": KEY}, {}) == []


@pytest.mark.parametrize("name", MEMBERS_ONLY)
def test_what_belongs_to_members_is_refused_at_the_public_face(name: str) -> None:
    (fault,) = faces.faults(faces.PUBLIC, {"PUBLIC_DATABASE_URL": URL, name: "something"}, FIT)
    assert fault.startswith(f"{name} belongs to the members' face")


@pytest.mark.parametrize(
    ("face", "given", "change", "words"),
    [
        ("public", {}, {}, "PUBLIC_DATABASE_URL is missing"),
        (
            "public",
            {"PUBLIC_DATABASE_URL": URL},
            {"DATABASES": {"default": {"USER": "servicemap"}}},
            "logs in as servicemap",
        ),
        ("public", {"PUBLIC_DATABASE_URL": URL}, {"MEMBERS_ADDRESS": ""}, "MEMBERS_ADDRESS is missing"),
        ("public", {"PUBLIC_DATABASE_URL": URL}, {"MEMBERS_ADDRESS": "http://in.example"}, "Set it to https://"),
        ("members", {}, {"PUBLIC_ADDRESS": "https://map.example/"}, "without a slash"),
        ("members", {"SECRET_KEY": KEY, "PUBLIC_SECRET_KEY": KEY}, {}, "are the same"),
    ],
)
def test_each_fault_of_a_face_is_named(face: str, given: dict, change: dict, words: str) -> None:
    (fault,) = faces.faults(face, given, FIT | change)
    assert words in fault


def test_an_unknown_face_and_the_wrong_database_are_refused_whatever_the_settings(monkeypatch) -> None:
    env = environ.Env()
    monkeypatch.setenv("SERVICEMAP_FACE", "everything")
    with pytest.raises(ImproperlyConfigured, match="all, public, members"):
        faces.face_of(env)
    monkeypatch.setenv("DATABASE_URL", "postgis://servicemap@db/map")
    monkeypatch.delenv("PUBLIC_DATABASE_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_DATABASE_URL, as servicemap_reader"):
        faces.database(env, faces.PUBLIC, settings.BASE_DIR)


def test_all_faults_of_a_public_face_are_said_at_once_and_nothing_starts() -> None:
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "VIRTUAL_ENV")}
    given = {"SERVICEMAP_FACE": "public", "PUBLIC_SECRET_KEY": "short", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example",
             "PUBLIC_DATABASE_URL": "postgis://servicemap@db/map",
             "DJANGO_SETTINGS_MODULE": "servicemap.settings.production"}  # fmt: skip
    started = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"], cwd=settings.BASE_DIR, env=known | given,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    for words in (
        "PUBLIC_SECRET_KEY can be guessed",
        "SECRET_KEY belongs",
        "PUBLIC_DATABASE_URL logs in as servicemap.",
        "MEMBERS_ADDRESS is",
    ):
        assert f"- {words}" in started.stderr, words
