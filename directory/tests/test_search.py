import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from directory.asking.filters import Filters
from directory.searching.places_in_words import RADIUS_KM, understand
from directory.searching.search import search
from directory.stores import store
from directory.tables.listings import PublicListing
from directory.tests.factories import ALMATY, TBILISI, WARSAW, organization, publish

pytestmark = pytest.mark.django_db


def found(query, filters=Filters(), audience="public"):  # noqa: B008 (frozen)
    answer = search(audience, query, filters)
    return list(answer.hits.scores) if answer.hits else None


_KINDS = pytest.mark.first_network("found by a name of its kinds of help, which no text says")


@pytest.fixture
def listings():
    return {
        "hiv": publish(),
        "hepatitis": publish(
            types=["hepatitis_test"], texts={"title": "Гепатит C: проверка"}, country="PL", point=WARSAW
        ),
        "law": publish(
            types=["deportation_appeal"], texts={"title": "Обжаловать депортацию", "city": "Алматы"}, point=ALMATY
        ),
        "mind": publish(types=["psychologist"], texts={"title": "Психологическая помощь"}, point=None),
    }


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("тест на вич", "hiv"),
        ("ТЕСТЫ на ВИЧ!", "hiv"),
        ("ntcn yf dbx", "hiv"),
        ("vich", "hiv"),
        ("hiv test", "hiv"),
        pytest.param("провериться на спид", "hiv", marks=_KINDS),
        ("гепатит", "hepatitis"),
        ("гепатита", "hepatitis"),
        ("гепатитом", "hepatitis"),
        ("gepatit", "hepatitis"),
        ("гипатит", "hepatitis"),
        ("депортации", "law"),
        ("департация", "law"),
        pytest.param("deportation", "law", marks=_KINDS),
        pytest.param("псехолог", "mind", marks=_KINDS),
        ("нужен психолог", "mind"),
        ("псих", "mind"),
        ("gcb[", "mind"),
        ("алм", "law"),
        ("alm", "law"),
    ],
)
def test_words_find_what_people_mean(listings, query, name):
    assert found(query)[0] == listings[name].id


def test_a_mended_word_is_said():
    publish(types=["psychologist"], texts={"title": "Психолог"})
    assert search("public", "псехолог", Filters()).understood.to_json()["corrected"] == "психолог"


def test_a_word_that_is_still_being_typed_is_no_slip(listings):
    """«псих» begins several kinds and is none of them; «бесплат» can only become one thing."""
    understood = search("public", "псих", Filters()).understood
    assert (understood.filters, understood.to_json()["corrected"]) == ((), None)
    understood = search("public", "бесплат", Filters()).understood
    assert understood.filters == (("cost", "free"),)
    assert understood.to_json()["corrected"] is None


def test_all_words_count_and_any_word_when_all_find_nothing(listings):
    assert found("гепатит проверка") == [listings["hepatitis"].id]
    assert set(found("гепатит депортация")) == {listings["hepatitis"].id, listings["law"].id}


@pytest.mark.parametrize("query", ["йцфыв", "zzzz qqqq", "'; DROP TABLE x; --", "a" * 5000])
def test_nonsense_finds_nothing(listings, query):
    assert found(query) == []


@pytest.mark.parametrize("query", ["", "   ", "\u200b\u00a0", "\x00", "тбилиси", "в тбилиси"])
def test_no_words_and_a_place_alone_leave_every_listing(listings, query):
    assert found(query) is None


@pytest.mark.parametrize("query", ["шжж", "i;;", "!!!", "🙂", "в на и", ":* & | !", "the", "«»", "yf", "٪"])
def test_a_question_of_which_nothing_is_understood_finds_nothing(listings, query):
    publish(texts={"title": "I"})
    assert found(query) == []


@pytest.mark.parametrize("query", ["e,t;bot", "E,T;BOT", ".hbcn ,t;tywfv", "ntcn d nb,kbcb"])
def test_signs_on_the_keys_of_letters_are_letters(query):
    publish(types=["shelter"], texts={"title": "Убежище"})
    publish(types=["stay_permits"], texts={"title": "Юрист: помощь беженцам"})
    publish(texts={"title": "Тест"}, point=TBILISI)
    assert len(found(query)) == 1


@pytest.mark.parametrize(
    "query", ["гепа\u00adтит", "ге\u200bпатит", "o‘quv", "oʻquv", "o`quv", "oquv", "гепати\u0301т"]
)
def test_signs_that_nobody_sees_neither_hide_nor_split_a_word(query):
    publish(texts={"title": "Гепа\u00adтит и o‘quv markazi"})
    publish(texts={"title": "Другое"})
    assert len(found(query)) == 1


def count_statements(query):
    with CaptureQueriesContext(connection) as seen:
        search("public", query, Filters())
    return len(seen)


def test_more_words_take_no_more_statements(listings):
    """Bounded by construction: a flood of words that nobody knows costs what one costs."""
    words = "псехолог гипатит департация тестированее консультацея бесплатна помощъ врачъ юристъ приют еда вода"
    one, many = count_statements("йцфыв"), count_statements(words)
    long, wide = count_statements("ц" * 200), count_statements(" ".join("щ" * 2 + letter for letter in "абвгдежзик"))
    assert max(one, many, long, wide, count_statements("e,t;bot zz;z")) <= 8


def test_suggestions_come_from_the_audience_alone():
    publish(types=["shelter"], texts={"title": "Тайныйшелтер"}, audiences=("members",))
    answer = search("public", "тайныйшелтир", Filters())
    assert answer.hits.scores == {}
    assert answer.understood.corrected == ()
    assert found("тайныйшелтир", audience="members")


@pytest.mark.parametrize(
    ("query", "words", "place", "country"),
    [
        ("тест на вич рядом с тбилиси", "тест на вич", "Тбилиси", ""),
        ("юрист в варшаве", "юрист", "Варшава", ""),
        ("приют недалеко от алматы", "приют", "Алматы", ""),
        ("lawyer near warsaw", "lawyer", "Варшава", ""),
        ("варшава юрист", "юрист", "Варшава", ""),
        ("юрист нижний новгород", "юрист", "Нижний Новгород", ""),
        ("помощь в грузии", "помощь", None, "GE"),
        ("hiv test in georgia", "hiv test", None, "GE"),
        ("тбилиси", "", "Тбилиси", ""),
        ("помощь в тюрьме", "помощь в тюрьме", None, ""),
        ("что делать в беде", "что делать в беде", None, ""),
    ],
)
def test_a_place_in_the_words(query, words, place, country):
    understood = understand(query.split())
    assert " ".join(understood.words) == words
    assert (understood.place and understood.place.name("ru")) == place
    assert understood.country == country


def test_near_a_place_means_its_surroundings_first(listings):
    near = search("public", "тест на вич рядом с Тбилиси", Filters())
    assert near.filters.near.radius_km == RADIUS_KM
    far = search("public", "депортация рядом с Тбилиси", Filters())
    assert list(far.hits.scores) == [listings["law"].id]
    assert far.filters.near.radius_km is None


def test_chosen_filters_win_over_places_in_the_words():
    chosen = Filters(country=("PL",))
    assert search("public", "юрист в Грузии", chosen).filters.country == ("PL",)


def test_an_overdue_listing_ranks_lower():
    import datetime as dt

    from core import clock
    from directory.asking.queries import listings_page

    today = clock.today("Asia/Tbilisi")
    overdue = publish(checked_on=today - dt.timedelta(days=99), notice_on=None, due_on=today - dt.timedelta(days=3))
    fresh = publish(point=TBILISI)
    hits = search("public", "тест на вич", Filters()).hits
    assert [row.id for row in listings_page("public", Filters(), hits=hits).rows] == [fresh.id, overdue.id]


def test_published_with_many_a_listing_has_the_words_that_it_has_alone():
    alone = [publish(types=[kind], texts={"title": f"Помощь: {kind}"}) for kind in ("hiv_rapid_test", "psychologist")]
    rows = PublicListing.objects.order_by("id").values_list("id", "search_vector", "search_text")
    before = list(rows.all())
    assert all(vector and text for _listing, vector, text in before)
    PublicListing.objects.all().delete()
    together: list[store.Published] = [
        {"listing_id": row.id, "records": {"public": row}, "readers": store.NOBODY, "published_at": clock.now()}
        for row in alone
    ]
    store.publish_many([together], {"public": [organization(alone[0])]})
    assert list(rows.all()) == before
