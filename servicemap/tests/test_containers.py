"""docker-compose.yml says what docs/operations.md promises."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.local.paths import MEMBERS_ONLY

ROOT = Path(__file__).resolve().parents[2]
DATABASE_IMAGE = (ROOT / "docker" / "db.Dockerfile").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))


def test_what_keeps_running_reports_its_health(compose: dict[str, Any]) -> None:
    unwatched = {name for name, service in compose["services"].items() if "healthcheck" not in service}

    assert unwatched == {"prepare"}


def test_nothing_starts_before_the_database_is_prepared(compose: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        assert compose["services"][name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}


def test_every_secret_can_be_given_from_outside(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]

    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:-")
    assert "${POSTGRES_PASSWORD:-" in environment["DATABASE_URL"]


def test_postgis_comes_on_top_of_the_official_image() -> None:
    """The well-known postgis image is not made for every processor."""
    assert re.search(r"^FROM postgres:\d+", DATABASE_IMAGE, re.MULTILINE)


def test_only_the_web_port_is_open_and_that_of_the_face_that_was_asked_for(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["web", "face"]
    assert compose["services"]["face"]["profiles"] == ["faces"]


def test_the_public_face_is_given_nothing_of_the_members(compose: dict[str, Any]) -> None:
    environment = compose["services"]["face"]["environment"]
    assert not set(MEMBERS_ONLY) & environment.keys()
    assert "servicemap_reader:" in environment["PUBLIC_DATABASE_URL"]


def test_the_database_s_image_makes_the_roles_as_an_operator_does() -> None:
    assert "COPY roles.sql /" in DATABASE_IMAGE
    assert r"\i /roles.sql" in (ROOT / "docker" / "db-roles.sh").read_text()


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="no compose client here")
def test_a_compose_client_accepts_the_file() -> None:
    done = subprocess.run(["docker-compose", "config", "-q"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
