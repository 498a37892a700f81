"""The tables beside listings are compared with what their rooms say, and made anew: countries, papers, digests."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from core import clock
from directory.stores.store import LISTINGS, ORGANIZATIONS
from directory.tables.lands import MemberCountryFact, PublicCountryFact, PublicCountryNotice
from directory.tables.news import PublicDigest, PublicPaper
from network.countries.notices import announce
from network.countries.tests.makers import published
from network.decisions import services as decisions
from network.decisions.tests import makers
from verification.tests import scenarios
from verification.upkeep.beside import TABLES
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
#: Tables that are no copy of something else: names that have moved, words, the number of the directory.
OWN = {"Moved", "PublicMoved", "DirectoryTerm", "MemberTerm", "DirectoryRevision", "ReadableListing"}


def test_every_table_of_the_directory_is_compared():
    named = {model.__name__ for _audience, _name, model in TABLES}
    named |= {model.__name__ for table in (LISTINGS, ORGANIZATIONS) for model in table.values()}
    assert {model.__name__ for model in apps.get_app_config("directory").get_models()} - OWN == named


def test_what_differs_from_its_room_is_told_and_made_anew(capsys):
    with clock.travel(makers.NOW):
        fact, gone = published(), published(topic="tb")
        notice = announce(actor=scenarios.coordinator(), country="GE", kind="warning", level="warning", text="Ремонт.")
        made = makers.network()
        version = makers.paper(made, audience="public")
        vote = makers.announced(made, paper=version)
        makers.cast(made, vote, 0, "for")
    with clock.travel(vote.closes_at):
        decisions.decide(actor=made.chair, vote=vote, text="Принято")
    assert not compare()
    MemberCountryFact.objects.filter(pk=gone.public_id).delete()
    PublicCountryFact.objects.filter(pk=fact.public_id).update(answer="yes", valid_until=dt.date(2029, 1, 1))
    PublicCountryNotice.objects.filter(pk=notice.public_id).update(id="aaaaaaaaaa")
    PublicPaper.objects.update(text="Другие слова")
    PublicDigest.objects.create(id="bbbbbbbbbb", month=dt.date(2026, 9, 1), sent_at=makers.NOW)
    found = compare()
    assert sorted(found.missing) == [("members", f"fact/{gone.public_id}"), ("public", f"notice/{notice.public_id}")]
    assert sorted(found.unexpected) == [("public", "digest/bbbbbbbbbb"), ("public", "notice/aaaaaaaaaa")]
    assert {(key, *names) for _audience, key, names in found.changed} == {
        (f"fact/{fact.public_id}", "answer", "valid_until"),
        (f"paper/{version.public_id}", "text"),
    }
    assert not MemberCountryFact.objects.filter(pk=gone.public_id).exists()  # it only looked
    with pytest.raises(CommandError):
        call_command("rebuild_directory", check=True)
    assert f"fact/{fact.public_id}: answer, valid_until" in capsys.readouterr().out
    call_command("rebuild_directory")
    assert not compare()
