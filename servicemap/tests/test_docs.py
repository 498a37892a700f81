"""Sentences of the docs that a machine can check: a word that is not in the domain does not become a model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOMS = (
    "accounts",
    "organizations",
    "services",
    "directory",
    "messaging",
    "verification",
    "referrals",
    "decisions",
    "personal",
)
DOCS = sorted((Path(settings.BASE_DIR) / "docs").glob("*.md")) + sorted(
    (Path(settings.BASE_DIR) / "docs" / "operations").glob("*.md")
)


def test_every_model_is_a_word_of_the_domain():
    words = (Path(settings.BASE_DIR) / "docs" / "domain.md").read_text()
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    names = {model.__name__ for model in models if not hasattr(model, "pgh_tracked_model")}
    assert len(names) > 30
    assert not {name for name in names if not re.search(rf"\b{name}\b", words)}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_files_and_folders_that_the_docs_name_are_there(page):
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|js|md|toml))`", page.read_text())
    places = [Path(settings.BASE_DIR), Path(settings.BASE_DIR) / "static" / "js"]
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert not missing


def test_the_walk_through_the_house_has_at_most_twelve_stops():
    text = (Path(settings.BASE_DIR) / "docs" / "architecture.md").read_text()
    walk = text.split("## From a form to the embed")[1].split("\n## ")[0]
    assert 8 <= len(re.findall(r"^\d+\. ", walk, re.MULTILINE)) <= 12


def test_the_docs_name_every_script_that_touches_leaflet():
    root = Path(settings.BASE_DIR) / "static" / "js"
    scripts = {file.relative_to(root).as_posix(): file.read_text() for file in root.glob("*/*.js")}
    touching = {name for name, text in scripts.items() if not name.startswith("tests/") and "leaflet" in text}
    text = (Path(settings.BASE_DIR) / "docs" / "architecture.md").read_text()
    sentence = text.split("Leaflet is touched by ")[1].split(". ")[0]
    assert touching and touching == set(re.findall(r"`([a-z]+/[a-z-]+\.js)`", sentence))


def _programs() -> list[str]:
    """Programs of `bench` that the docs start by name, without a command of the product around them."""
    pages = [*DOCS, Path(settings.BASE_DIR) / "bench" / "README.md"]
    return sorted({name for page in pages for name in re.findall(r"python -m (bench\.[a-z]+)", page.read_text())})


@pytest.mark.parametrize("program", _programs())
def test_a_program_that_the_docs_name_starts_as_they_write_it(program):
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "SERVICEMAP_"))}
    told = subprocess.run(
        [sys.executable, "-m", program, "--help"], cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr[-300:]


def _promises() -> dict[str, list[str]]:
    """The rows of the tables of threats and rules: number → cells."""
    text = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return {row[0]: row for row in rows if re.fullmatch(r"[TP][0-9]+", row[0])}


def test_every_threat_and_rule_names_its_tests_or_says_not_yet():
    rows = _promises()
    assert set(rows) == {f"T{n}" for n in range(1, 31)} | {f"P{n}" for n in range(1, 18)}
    assert not [key for key, cells in rows.items() if "`" not in cells[2] and not cells[3].startswith("not yet: ")]


def test_the_tests_that_privacy_names_are_there():
    missing = []
    for cells in _promises().values():
        for name in re.findall(r"`([^`]+)`", cells[2]):
            path, _, test = name.partition("::")
            file = Path(settings.BASE_DIR) / path
            if not file.is_file() or (test and not re.search(rf"def {test}\b", file.read_text())):
                missing.append(name)
    assert not missing
