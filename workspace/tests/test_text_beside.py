"""Forms name the text beside the source `…_en`; in a network whose source is English it is the Russian one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from core import languages
from tools.local.network_file import FIRST

SECOND = FIRST.with_name("lantern.toml")

#: What a network of this source makes of a form with a text and the text beside it.
_SAY = """
import json, django
django.setup()
from django import forms
from django.utils import translation
from core import languages
from organizations.models import Organization
from workspace.shared.forms import EditForm, read
class Named(EditForm):
    columns = ("name", "name_en")
    name = forms.CharField(label="Name")
    name_en = forms.CharField(label="Name in English")
translation.activate("en")
row = Organization(name="Lantern", i18n={"name_ru": "Фонарь"})
form = Named({"name": "Lantern", "name_en": "Фонарь"}, row=row)
form.is_valid()
values = form.values()
print(json.dumps({
    "source": languages.SOURCE, "columns": languages.column_names("name"),
    "label": str(form.fields["name_en"].label), "read": [read(row, "name"), read(row, "name_en")],
    "values": {name: values[name] for name in values if name.startswith("name") and name != "name_local"},
    "fault": form.field_for("name_ru"), "twin": row.name_ru, "own": row.name_en,
}))
"""


@pytest.fixture(scope="module")
def second() -> dict[str, object]:
    env = os.environ | {"NETWORK_FILE": str(SECOND), "DJANGO_SETTINGS_MODULE": "servicemap.settings.test"}
    command = [sys.executable, "-c", _SAY]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_english_stands_in_the_columns_and_russian_beside(second):
    assert (second["source"], second["columns"]) == ("en", ["name", "name_ru"])
    assert (second["own"], second["twin"]) == ("Lantern", "Фонарь")


def test_a_form_reads_and_writes_the_text_beside_in_its_column(second):
    assert second["read"] == ["Lantern", "Фонарь"]
    assert second["values"] == {"name": "Lantern", "name_ru": "Фонарь"}


def test_its_label_says_the_language_and_a_fault_finds_its_field(second):
    assert second["label"] == "Name, Russian"
    assert second["fault"] == "name_en"


def test_with_russian_as_the_source_a_form_and_its_columns_have_one_name():
    for name in ("title", "title_en", "children", "questions"):
        assert languages.stored(name) == name and languages.shown(name) == name
