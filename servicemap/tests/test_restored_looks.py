"""A rehearsal of a restore says what it looked at, and each look can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Session as SignedIn
from accounts.models import WaitingLetter
from accounts.services import create_person
from core import clock
from directory.tables.listings import DirectoryRevision, PublicListing
from messaging.models import Message
from messaging.tests import makers
from organizations.models import Organization
from servicemap.upkeep.restored_looks import MODELS, looks
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DUMMY = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def noted(settings) -> dict[str, object]:
    """What the backup of a network with one listing notes; the letters of it are called off."""
    settings.POST_BACKEND = DUMMY
    create_person(email="anna@example.org", name="А", password="ясный-день-на-Неве-1")
    scenarios.published()
    call_command("after_restore")
    counts = {name: model._base_manager.count() for name, model in MODELS.items()}
    assert all(counts.values())
    return {**counts, "public_number": DirectoryRevision.objects.get().public_number}


def bad(noted: dict[str, object], seconds: int = 1) -> list[str]:
    return [look.name for look in looks(noted, seconds) if not look.good]


def test_what_came_back_whole_is_good(noted, tmp_path: Path, capsys) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(noted))
    call_command("check_restored", "--manifest", tmp_path / "manifest.json", "--seconds", 20)
    assert capsys.readouterr().out.count("good: ") == 9


def test_each_look_can_fail(noted, settings) -> None:
    assert bad(noted) == []
    assert bad(noted, seconds=15 * 60) == ["seconds until it answered"]
    assert bad({**noted, "public_number": 10_000}) == ["the public's revision"]
    assert len(bad({**noted, "organizations": Organization.objects.count() + 20})) == 1
    create = SignedIn.objects.create(session_key="a", expire_date=clock.now())
    assert bad(noted) == ["people who are signed in"]
    create.delete()
    Message.objects.filter(pk=makers.make_message().pk).update(not_before=clock.now())
    noted["organizations"] = Organization.objects.count()
    assert bad(noted) == ["letters that would leave"]
    call_command("after_restore")
    WaitingLetter.objects.create(sealed="", not_before=clock.now())
    assert bad(noted) == ["letters that would leave"]
    WaitingLetter.objects.all().delete()
    settings.NOTICE_EMAIL = {"backend": DUMMY}
    assert bad(noted) == ["letters that would leave"]


def test_a_private_word_in_a_public_row_is_found(noted, tmp_path: Path) -> None:
    row = PublicListing.objects.get()
    secret = create_person(email="ivan@example.org", name="И", password="ясный-день-на-Неве-2").password
    PublicListing.objects.filter(pk=row.pk).update(content={"ru": f"… {secret} …"})
    noted["public_number"] = DirectoryRevision.objects.get().public_number
    assert bad(noted) == ["of 3 private words in public rows"]
    (tmp_path / "manifest.json").write_text(json.dumps(noted))
    with pytest.raises(CommandError, match="not fit"):
        call_command("check_restored", "--manifest", tmp_path / "manifest.json")


def test_an_empty_database_is_no_restored_one(noted) -> None:
    PublicListing.objects.all().delete()
    noted["public_number"] = DirectoryRevision.objects.get().public_number
    assert bad(noted) == ["listings (noted: 1)"]
