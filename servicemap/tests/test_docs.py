"""Sentences of the docs that a machine can check: a word that is not in the domain does not become a model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOMS = ("accounts", "organizations", "services", "directory", "messaging", "verification")
DOCS = sorted((Path(settings.BASE_DIR) / "docs").glob("*.md"))


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
