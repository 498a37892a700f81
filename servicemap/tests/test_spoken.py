"""What people type in languages that nobody has checked: an administrator writes it, a person who speaks it reads it
over. Until then it is searched all the same, and the administrator's screen says so."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from accounts.services import create_person
from core.errors import NotAllowed, WrongState
from directory.asking.filters import Filters
from directory.searching.search import search
from directory.tables.listings import DirectoryTerm, PublicListing
from exchange.vocabulary import load_vocabulary
from servicemap.admin.synonyms import SynonymsField
from servicemap.office.admin_site import WordsOfScripts
from services.attributes import SEPARATOR
from services.models import Attribute, AttributeAnswer, ServiceType, WordsChecked
from services.spoken import read_over, spoken, spoken_in
from translations.tests.makers import translator
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


@pytest.fixture
def reader(db):
    """Translates, and is no administrator."""
    return translator("nodir", "uz")


def words_page(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client, reverse("workspace:translation-words", args=["uz"])


def ticks(page):
    return re.findall(r'name="term"\s+value="([^"]*)"', page.content.decode())


def test_a_translator_who_is_no_administrator_reads_words_over(administrator, reader):
    client, address = words_page(reader)
    page = client.get(address)
    psychologist = next(one for one in ticks(page) if one.startswith("servicetype:psychologist:"))
    waiting = page.context["shows"][0][2]
    assert "psixolog" in page.content.decode() and waiting > 40
    assert client.post(address, {"term": [psychologist]}).status_code == 302
    assert states()["uz"] and WordsChecked.objects.get().checked_by == reader
    again = client.get(address)
    assert again.context["shows"][0][2] == waiting - 1 and psychologist not in ticks(again)
    pages = [client.get(f"{address}?show=all&page={n}").content.decode() for n in (1, 2, 3)]
    assert sum("прочитано: переводчик, " in page for page in pages) == 1, "names are for the network"


def test_terms_are_called_in_the_language_of_the_page(administrator, reader):
    client, _address = words_page(reader)
    with translation.override("en"):
        page = client.get(reverse("workspace:translation-words", args=["uz"])).content.decode()
    assert "Condoms and lubricants" in page and "Презервативы" not in page


def test_nothing_is_read_over_that_nobody_saw(administrator, reader):
    client, address = words_page(reader)
    for wrong in ([], ["servicetype:psychologist:0000000000000000"], ["servicetype:nothing:1"], ["user:1:2"], ["x"]):
        assert client.post(address, {"term": wrong}).status_code == 422, wrong
    first, second = ticks(client.get(address))[:2]
    assert client.post(address, {"term": [first, f"{second[:-1]}x"]}).status_code == 422
    assert not WordsChecked.objects.exists(), "all of it or nothing"
    assert client.get(address.replace("uz", "tg")).status_code == 404, "another language is not theirs"


def test_nobody_reads_over_what_they_wrote(desk, administrator, reader):
    words = SynonymsField().prepare_value(filled(desk)["synonyms"]).replace("psixolog,", "psixolog, ruhiy yordam,")
    assert desk.post(PAGE, filled(desk, synonyms=words, read_over=["uz"])).status_code == 302
    assert states()["uz"] is False, "neither in the same press"
    assert 'name="read_over"' not in desk.get(PAGE).content.decode()
    own, address = words_page(administrator)
    assert "yours: somebody else reads it over" in own.get(address).content.decode()
    with pytest.raises(WrongState, match="Somebody else"):
        read_over(actor=administrator, term=ServiceType.objects.get(pk="psychologist"), languages=["uz"])
    with pytest.raises(IntegrityError, match="wordschecked_by_another"), transaction.atomic():
        WordsChecked.objects.update(checked_by=administrator)
    read_over(actor=reader, term=ServiceType.objects.get(pk="psychologist"), languages=["uz"])
    assert states()["uz"]


def test_the_calendar_of_the_desk_begins_with_the_first_day_of_the_language(desk, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fa-af", "دری"), ("kk", "Қазақша")]
    for code, day in (("ru", 1), ("kk", 1), ("fa-af", 6)):
        with translation.override(code):
            catalog = WordsOfScripts(packages=["django.contrib.admin"])
            catalog.translation = DjangoTranslation(code, domain="djangojs")
            assert catalog.get_context_data()["formats"]["FIRST_DAY_OF_WEEK"] == day, code
    assert '"FIRST_DAY_OF_WEEK": 1' in desk.get("/admin/jsi18n/").content.decode()


# --- words of what an administrator asks --------------------------------------------------------------------------


def an_attribute(code="dogs", *, members_only=False):
    words = {"uz": ["it", "kuchuk"]}
    asked = Attribute.objects.create(code=code, name="С собакой", members_only=members_only, synonyms=words)
    AttributeAnswer.objects.create(code=f"{code}{SEPARATOR}small", attribute=asked, name="Небольшой", synonyms=words)
    return asked


def test_words_of_what_is_asked_are_read_over_too_but_not_those_for_members(db):
    asked, hidden = an_attribute(), an_attribute("guns", members_only=True)
    rows = [
        (term.pk, bool(one.check)) for term, one in spoken_in("uz") if isinstance(term, (Attribute, AttributeAnswer))
    ]
    assert rows == [("dogs", False), (f"dogs{SEPARATOR}small", False)]
    vera = Client()
    vera.force_login(translator("vera"))
    page = reverse("workspace:translation-words", args=["uz"])
    shown = vera.get(f"{page}?page=2").content.decode()
    assert "С собакой: Небольшой" in shown and "guns" not in shown
    seen = {term.pk: one.seen for term, one in spoken_in("uz")}
    told = [f"attribute:dogs:{seen['dogs']}", f"attributeanswer:dogs{SEPARATOR}small:{seen[f'dogs{SEPARATOR}small']}"]
    assert vera.post(page, {"term": told}).status_code == 302
    assert WordsChecked.objects.filter(checked_at__isnull=False).count() == 2
    (one,) = spoken(hidden)
    assert vera.post(page, {"term": [f"attribute:guns:{one.seen}"]}).status_code == 422
    assert [bool(one.check) for one in (*spoken(asked), *spoken(hidden))] == [True, False]


def test_an_administrator_writes_words_of_an_attribute_and_does_not_check_them(desk, administrator):
    an_attribute()
    AttributeAnswer.objects.all().delete()
    page = "/admin/services/attribute/dogs/change/"
    form = desk.get(page)
    assert "nobody who speaks it has read these words over" in form.content.decode()
    asked = form.context["adminform"].form
    told = {name: asked[name].value() for name in asked.fields}
    told = {name: value for name, value in told.items() if value not in (None, False)}
    told |= {"position": "1", "synonyms": "uz: it, laycha", "read_over": ["uz"], "own_answers-TOTAL_FORMS": "0",
             "own_answers-INITIAL_FORMS": "0"}  # fmt: skip
    answer = desk.post(page, told)
    assert answer.status_code == 302, answer.context["errors"]
    row = WordsChecked.objects.get(scheme="attribute", code="dogs", language="uz")
    assert (row.written_by, row.checked_at) == (administrator, None)
