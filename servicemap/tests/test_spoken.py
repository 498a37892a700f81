"""What people type in languages that nobody has checked: an administrator writes it, a person who speaks it reads it
over. Until then it is searched all the same, and the administrator's screen says so."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.services import create_person
from core.errors import NotAllowed
from directory.filters import Filters
from directory.listings import DirectoryTerm, PublicListing
from directory.search import search
from exchange.vocabulary import load_vocabulary
from servicemap.admin.synonyms import SynonymsField
from services.models import ServiceType, WordsChecked
from services.spoken import read_over, spoken
from verification.upkeep.rebuild import compare, reword
from workspace.tests.world import make_world

PAGE = "/admin/services/servicetype/psychologist/change/"


@pytest.fixture
def administrator(db):
    load_vocabulary()
    return create_person(
        email="a@example.org",
        name="Аида",
        language="en",
        network_role="administrator",
        translates=["uz"],
        is_staff=True,
    )


@pytest.fixture
def desk(administrator):
    client = Client(headers={"accept-language": "en"})
    client.force_login(administrator)
    return client


def filled(desk, **more):
    form = desk.get(PAGE).context["adminform"].form
    told = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in told.items() if value not in (None, False)} | more


def states():
    return {one.language: bool(one.check) for one in spoken(ServiceType.objects.get(pk="psychologist"))}


def test_words_of_files_are_searched_and_nobody_has_read_them_over(desk):
    assert states() == {"fa-af": False, "ka": False, "tg": False, "uz": False}
    page = desk.get(PAGE).content.decode()
    assert page.count("nobody who speaks it has read these words over") == 4
    assert 'name="read_over" value="uz"' in page and 'value="tg"' not in page


def test_a_person_who_speaks_it_reads_them_over_until_they_change(desk, administrator):
    assert desk.post(PAGE, filled(desk, read_over=["uz"])).status_code == 302
    assert states() == {"fa-af": False, "ka": False, "tg": False, "uz": True}
    page = desk.get(PAGE).content.decode()
    assert "read over by Аида" in page and 'name="read_over"' not in page
    words = filled(desk)["synonyms"]
    other = SynonymsField().prepare_value(words).replace("psixolog,", "psixolog, ruhiy yordam,")
    assert desk.post(PAGE, filled(desk, synonyms=other)).status_code == 302
    assert states()["uz"] is False
    assert "ruhiy yordam" in DirectoryTerm.objects.get(scheme="service", code="psychologist").synonyms["uz"]
    load_vocabulary()
    assert "ruhiy yordam" in ServiceType.objects.get(pk="psychologist").synonyms["uz"], "no release takes it back"


def test_words_that_were_taken_away_stay_away(desk):
    words = SynonymsField().prepare_value(filled(desk)["synonyms"])
    kept = "\n".join(line for line in words.splitlines() if not line.startswith("ka:"))
    assert desk.post(PAGE, filled(desk, synonyms=kept)).status_code == 302
    load_vocabulary()
    assert ServiceType.objects.get(pk="psychologist").synonyms["ka"] == []
    assert "ka" not in states()


def test_nobody_reads_over_what_they_do_not_speak(administrator):
    term = ServiceType.objects.get(pk="psychologist")
    with pytest.raises(NotAllowed):
        read_over(actor=administrator, term=term, languages=["tg"])
    assert not WordsChecked.objects.exists()


@pytest.mark.parametrize("line", ["psixolog", "xx: psixolog", "uz-cyrl: психолог", "en-xa: psychologist"])
def test_each_line_begins_with_a_language_of_the_registry(line):
    with pytest.raises(ValidationError):
        SynonymsField().clean(line)


def test_listings_are_found_by_the_words_of_a_new_release(db):
    """As after an upgrade: rows were written with other words, and `rebuild_directory --check` must find nothing."""
    world = make_world()
    listing = world.publish(world.add_listing(title="Психолог", types=["psychologist"]))
    load_vocabulary()
    row = PublicListing.objects.get(pk=listing.public_id)
    assert "ფსიქოლოგი" in row.search_text and not compare()
    PublicListing.objects.update(search_text="", search_vector=None)
    assert reword() == 1 and reword() == 0
    again = PublicListing.objects.get(pk=listing.public_id)
    assert (again.search_text, again.published_at) == (row.search_text, row.published_at)
    found = search("public", "руҳшунос", Filters()).hits
    assert found is not None and listing.public_id in found.scores


def test_two_lines_of_one_language_are_both_kept():
    assert SynonymsField().clean("uz: ruhshunos\nen: mind\nuz: psixolog") == {
        "uz": ["ruhshunos", "psixolog"],
        "en": ["mind"],
    }
