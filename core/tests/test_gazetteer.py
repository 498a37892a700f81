"""The shipped file of places, and finding one of them."""

import json
import re
from collections import Counter
from zoneinfo import available_timezones

import pytest
from django.conf import settings

from core import gazetteer
from core.countries import countries
from core.text import normalise

# Read over by people: the centres of the network's countries and of their neighbours.
RUSSIAN_NAMES = {
    "GE": {"Tbilisi": "Тбилиси", "Batumi": "Батуми", "Kutaisi": "Кутаиси", "Zugdidi": "Зугдиди"},
    "AM": {"Yerevan": "Ереван", "Gyumri": "Гюмри", "Vanadzor": "Ванадзор", "Hrazdan": "Раздан"},
    "BY": {"Minsk": "Минск", "Hrodna": "Гродно", "Homyel'": "Гомель", "Mahilyow": "Могилёв", "Barysaw": "Борисов"},
    "UA": {"Kyiv": "Киев", "Kharkiv": "Харьков", "Dnipro": "Днепр", "Rivne": "Ровно", "Zaporizhzhya": "Запорожье"},
    "KZ": {"Almaty": "Алматы", "Oral": "Уральск", "Ust-Kamenogorsk": "Усть-Каменогорск", "Shymkent": "Шымкент"},
    "MD": {"Chisinau": "Кишинёв", "Bălţi": "Бельцы", "Cahul": "Кагул", "Bender": "Бендеры"},
    "PL": {"Warsaw": "Варшава", "Białystok": "Белосток", "Gdańsk": "Гданьск", "Lublin": "Люблин"},
    "DE": {"Köln": "Кёльн", "Hamburg": "Гамбург", "Leipzig": "Лейпциг", "Frankfurt am Main": "Франкфурт-на-Майне"},
    "FR": {"Paris": "Париж", "Nice": "Ницца", "Toulouse": "Тулуза", "Strasbourg": "Страсбург"},
    "EE": {"Tallinn": "Таллин", "Narva": "Нарва", "Kohtla-Järve": "Кохтла-Ярве"},
    "RU": {"Moscow": "Москва", "Perm": "Пермь", "Ulan-Ude": "Улан-Удэ", "Rostov-on-Don": "Ростов-на-Дону"},
    "UZ": {"Tashkent": "Ташкент", "Andijon": "Андижан", "Jizzax": "Джизак", "Olmaliq": "Алмалык"},
    "TJ": {"Dushanbe": "Душанбе", "Khujand": "Худжанд", "Kŭlob": "Куляб"},
    "KG": {"Bishkek": "Бишкек", "Osh": "Ош", "Balykchy": "Балыкчи"},
    "TM": {"Ashgabat": "Ашхабад"},
    "AZ": {"Baku": "Баку", "Ganja": "Гянджа"},
    "TR": {"Istanbul": "Стамбул"},
}
# Countries where people search in Russian: hardly a place may be without a Russian name.
NEARLY_ALL_NAMED = ("AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")


@pytest.fixture(scope="module")
def every():
    return list(gazetteer.places().values())


def test_rows_are_whole(every):
    zones = available_timezones()
    for place in every:
        assert place.name_en
        assert place.country in countries()
        assert place.timezone in zones
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.population > 0


def test_every_country_of_the_network_has_places(every):
    found = Counter(place.country for place in every)
    assert [code for code, country in countries().items() if country["in_network"] and found[code] < 15] == []


@pytest.mark.parametrize("country", RUSSIAN_NAMES)
def test_russian_names_are_the_ones_people_use(every, country):
    known = {}
    for place in every:  # the most populous first: of two towns with one name, the larger is meant
        if place.country == country:
            known.setdefault(place.name_en, place.name_ru)
    assert {name: known.get(name) for name in RUSSIAN_NAMES[country]} == RUSSIAN_NAMES[country]


def test_a_russian_name_has_russian_letters_only(every):
    strange = [p.name_ru for p in every if p.name_ru and not re.fullmatch("[А-ЯЁа-яё’ -]+", p.name_ru)]
    assert strange == []


def test_few_places_lack_a_russian_name_where_it_is_needed(every):
    total, named = Counter(), Counter()
    for place in every:
        total[place.country] += 1
        named[place.country] += bool(place.name_ru)
    assert {code: named[code] / total[code] for code in NEARLY_ALL_NAMED if named[code] / total[code] < 0.9} == {}


def test_no_old_nickname_of_a_town_is_a_word_for_a_service(every):
    vocabulary = settings.BASE_DIR / "fixtures" / "vocabulary" / "service_types.json"
    kinds = json.loads(vocabulary.read_text(encoding="utf-8"))
    words = {normalise(phrase) for kind in kinds for phrases in kind["synonyms"].values() for phrase in phrases}
    assert sorted({other for place in every for other in place.alternates if normalise(other) in words}) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("тбилиси", "Тбилиси"),
        ("ТБИЛ", "Тбилиси"),
        ("n,bkbcb", "Тбилиси"),
        ("харькв", "Харьков"),
        ("Kiev", "Киев"),
        ("Київ", "Киев"),
        ("თბილისი", "Тбилиси"),
        ("Երևան", "Ереван"),
        ("кишинев", "Кишинёв"),
        ("Ленинабад", "Худжанд"),
        ("varshava", "Варшава"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed, found):
    assert gazetteer.search(typed)[0].name("ru") == found


def test_a_search_can_stay_in_one_country():
    assert {place.country for place in gazetteer.search("Брест", country="FR")} == {"FR"}
    assert gazetteer.search("Брест")[0].country == "BY"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "ыыыыыыы"])
def test_nonsense_finds_nothing(typed):
    assert gazetteer.search(typed) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [(["варшаве"], "Варшава"), (["нижнем", "новгороде"], "Нижний Новгород"), (["москвы"], "Москва")],
)
def test_a_place_is_known_in_the_cases_of_russian(words, name):
    assert gazetteer.spoken(words).name_ru == name


@pytest.mark.parametrize("word", ["центре", "городе", "шелтере", "больнице"])
def test_common_words_are_no_places(word):
    assert gazetteer.spoken([word]) is None


def test_a_name_without_russian_is_shown_as_it_is_known(every):
    unnamed = next(place for place in every if not place.name_ru)
    assert unnamed.name("ru") == unnamed.name_en
