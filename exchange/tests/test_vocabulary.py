"""Loading the vocabulary: added, changed, retired, never deleted; a faulty file writes nothing."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from directory.stores.store import revision
from directory.tables.listings import DirectoryTerm
from exchange.vocabulary import FOLDER, VocabularyError, load_vocabulary
from services.models import DocumentKind, ServiceType

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "vocabulary")
    return tmp_path / "vocabulary"


def change(folder, name, edit):
    path = folder / f"{name}.json"
    items = json.loads(path.read_text(encoding="utf-8"))
    edit(items)
    path.write_text(json.dumps(items), encoding="utf-8")


def term(items, code):
    return next(item for item in items if item["code"] == code)


def test_loading_again_writes_nothing():
    load_vocabulary()
    before = revision()
    loaded = load_vocabulary()
    assert (loaded.added, loaded.changed, loaded.retired) == (0, 0, 0)
    assert loaded.unchanged > 100
    assert revision() == before


def test_a_changed_name_reaches_the_directory(folder):
    change(folder, "document_kinds", lambda items: term(items, "passport")["name"].update(ru="Паспорт любой страны"))
    assert load_vocabulary(folder).changed == 1
    assert DocumentKind.objects.get(code="passport").name == "Паспорт любой страны"
    assert DirectoryTerm.objects.get(scheme="document", code="passport").name["ru"] == "Паспорт любой страны"


def test_a_term_without_its_line_is_retired_and_comes_back_with_it(folder):
    change(folder, "document_kinds", lambda items: items.remove(term(items, "photo")))
    assert load_vocabulary(folder).retired == 1
    assert DocumentKind.objects.get(code="photo").is_retired
    assert load_vocabulary(folder).retired == 0
    assert load_vocabulary().changed == 1
    assert not DocumentKind.objects.get(code="photo").is_retired


def test_a_new_leaf_is_added_under_its_group(folder):
    leaf = {"code": "laughter", "parent": "mental_health", "family": "support", "verification_class": "B",
            "name": {"ru": "Смех", "en": "Laughter"}}  # fmt: skip
    change(folder, "service_types", lambda items: items.append(leaf))
    assert load_vocabulary(folder).added == 1
    assert ServiceType.objects.get(code="laughter").parent_id == "mental_health"


@pytest.mark.parametrize(
    ("name", "edit", "part"),
    [
        ("service_types", lambda i: term(i, "art").update(parent="treatment"), "treatment"),
        ("service_types", lambda i: term(i, "art")["name"].pop("en"), "art"),
        ("service_types", lambda i: i.append(dict(term(i, "art"))), "art"),
        ("service_types", lambda i: term(i, "art").update(verification_class="Z"), "Z"),
        ("service_types", lambda i: term(i, "art").update(family="sport"), "sport"),
        ("target_groups", lambda i: term(i, "msm")["name"].update(ru=""), "msm"),
        ("target_groups", lambda i: term(i, "msm").pop("code"), "target_groups.json"),
    ],
)
def test_a_faulty_file_is_named_and_writes_nothing(folder, name, edit, part):
    change(folder, name, edit)
    change(folder, "document_kinds", lambda items: items.remove(term(items, "photo")))
    with pytest.raises(VocabularyError) as error:
        load_vocabulary(folder)
    assert f"{name}.json" in str(error.value)
    assert part in str(error.value)
    assert not DocumentKind.objects.get(code="photo").is_retired


def test_every_fault_is_told_at_once(folder):
    change(folder, "target_groups", lambda items: term(items, "msm")["name"].update(ru="", en=""))
    change(folder, "document_kinds", lambda items: term(items, "photo")["name"].update(en=""))
    with pytest.raises(VocabularyError) as error:
        load_vocabulary(folder)
    assert len(error.value.problems) == 3


def test_the_command_speaks_of_the_fault(folder):
    (folder / "target_groups.json").write_text("[{", encoding="utf-8")
    with pytest.raises(CommandError, match="target_groups"):
        call_command("load_vocabulary", folder=folder)
