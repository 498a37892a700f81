"""A real deployment does not start with what only a trial may have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from servicemap.settings.refusals import faults

ROOT = Path(__file__).resolve().parents[2]
FIT = {
    "SECRET_KEY": "q7Jt0Zp-5cXw2Vb9Rk4Ns8Lm1Hd6Gf3Ya0Ue7Io5Tz2Wq9Xc4Bv8",
    "DEMO_NETWORK": False,
    "HTTPS": True,
    "EMBED_FRAME_ANCESTORS": ["https://partner.example"],
}


def test_a_fit_one_starts() -> None:
    assert faults(FIT) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "ab" * 30}, "SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "django-insecure-" + FIT["SECRET_KEY"]}, "stands in a public repository"),
        ({"SECRET_KEY_FALLBACKS": ["old"]}, "SECRET_KEY can be guessed"),
        ({"DEMO_NETWORK": True}, "DEMO_NETWORK=off"),
        ({"HTTPS": False}, "put TLS in front"),
        ({"EMBED_FRAME_ANCESTORS": ["*"]}, "EMBED_FRAME_ANCESTORS="),
    ],
)
def test_each_fault_is_named_with_its_cure(change: dict, words: str) -> None:
    (fault,) = faults(FIT | change)
    assert words in fault


def test_the_secret_of_the_compose_file_is_refused() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    published = compose["services"]["web"]["environment"]["SECRET_KEY"].partition(":-")[2].rstrip("}")
    assert "stands in a public repository" in faults(FIT | {"SECRET_KEY": published})[0]


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """A process of its own with the production settings, and nothing of ours in its environment."""
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "VIRTUAL_ENV")}
    given = {"ALLOWED_HOSTS": "map.example", "DATABASE_URL": "postgres://nobody@nowhere/none", **variables}
    given["DJANGO_SETTINGS_MODULE"] = "servicemap.settings.production"
    command = [sys.executable, "-c", "import django; django.setup()"]
    return subprocess.run(command, cwd=ROOT, env=known | given, capture_output=True, text=True, check=False)


def test_all_faults_are_said_at_once_and_nothing_starts() -> None:
    refused = start(SECRET_KEY="short", DEMO_NETWORK="on", HTTPS="off", EMBED_FRAME_ANCESTORS="*")
    assert refused.returncode != 0
    for name in ("SECRET_KEY", "DEMO_NETWORK", "HTTPS", "EMBED_FRAME_ANCESTORS"):
        assert f"- {name}" in refused.stderr
    assert start(SECRET_KEY=FIT["SECRET_KEY"]).returncode == 0
