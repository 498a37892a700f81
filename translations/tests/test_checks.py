"""What a text keeps of its source before a person may check it."""

import pytest

from core.languages import LANGUAGES, SOURCE
from directory.tables.wording import source_hash
from translations.rights import translated_into
from translations.texts.checks import numbers, problems
from translations.texts.glossary import barred_in, glossary, terms_in
from translations.texts.letters import FOREIGN, OWN, SCRIPTS, share_of_script
from translations.texts.units import Unit

RU = "Позвоните: +995 32 212 34 56, с 10:00 до 18:00."
EN = "Call +995 32 212 34 56, from 10:00 to 18:00."


def unit(source=RU, english=EN, field="text", **more):
    return Unit(
        "service", "abc", field, (source,), (english,) if english else (), source_hash(source), 4, False, **more
    )


def found(text, language="uz", of=None):
    return {problem.code for problem in problems(of or unit(), language, [text])}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uz", "Qoʻngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("uk", "Телефонуйте: +995 32 212 34 56, з 10:00 до 18:00, щодня їдемо."),
        ("fa-af", "زنگ بزنید: +995 32 212 34 56، از 10:00 تا 18:00."),
        ("fa-af", "زنگ بزنید: ‎+۹۹۵ ۳۲ ۲۱۲ ۳۴ ۵۶، از ۱۰:۰۰ تا ۱۸:۰۰."),
        ("ka", "დარეკეთ: +995 32 212 34 56, 10:00-დან 18:00-მდე."),
        ("de", "Rufen Sie an: +995 32 212-34-56, von 10:00 bis 18:00."),
    ],
)
def test_a_sound_text_has_no_problem(language, text):
    assert found(text, language) == set()


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("numbers", "uz", "Qoʻngʻiroq qiling: +995 32 212 34 65, soat 10:00 dan 18:00 gacha."),
        ("numbers", "uz", "Qoʻngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 19:00 gacha."),
        ("numbers", "uz", "Qoʻngʻiroq qiling."),
        ("html", "uz", "<b>Qoʻngʻiroq</b> qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("html", "uz", "<script>x</script> Qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("script", "uz", "Позвоните нам: +995 32 212 34 56, с 10:00 до 18:00."),
        ("script", "ka", "Call us: +995 32 212 34 56, from 10:00 to 18:00."),
        ("language", "uk", "Звоните: +995 32 212 34 56, с 10:00 до 18:00, мы рядом."),
        ("language", "kk", "Звоните нам по номеру +995 32 212 34 56, с 10:00 до 18:00, отвечаем сразу."),
        ("same", "kk", RU),
        ("end", "uz", "Qoʻngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha"),
        ("length", "uz", "Qoʻngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha, " + "albatta " * 8 + "."),
        ("apostrophe", "uz", "Qo'ngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("apostrophe", "uz", "Qo‘ngʻiroq qiling: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("mixed_up", "fa-af", "زنگ بزنيد: +995 32 212 34 56، از 10:00 تا 18:00."),
        ("barred", "uz", "Narkomanlar: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("form", "uz", "Qiling\u202e: +995 32 212 34 56, soat 10:00 dan 18:00 gacha."),
        ("forms", "uz", "  "),
    ],
)
def test_a_fault_is_found(code, language, text):
    assert code in found(text, language)


def test_placeholders_are_kept():
    counted = Unit(
        "message", "%(n)s services", "", ("%(n)s услуга", "%(n)s услуги", "%(n)s услуг"),
        ("%(n)s service", "%(n)s services"), "x", 3, False, is_counted=True,
    )  # fmt: skip
    assert not problems(counted, "uz", ["%(n)s xizmat", "%(n)s xizmat"])
    assert [p.code for p in problems(counted, "uz", ["%(n)s xizmat", "%(m)s xizmat"])] == ["placeholders"]
    assert [p.code for p in problems(counted, "uz", ["%(n)s xizmat"])] == ["forms"]
    assert [p.code for p in problems(counted, "uk", ["%(n)s послуга", "%(n)s послуги", "%(n)s послуг"])] == []


def message(source, english):
    return Unit("message", english, "", (source,), (english,), "x", 3, False)


@pytest.mark.parametrize(
    ("source", "english", "text"),
    [
        ("Закрыть", "Close", 'Yopish" onfocus="alert(1)" autofocus x="'),
        ("Закрыть", "Close", "Yopish <img src=x onerror=alert(1)//"),
        ("Закрыть", "Close", "Yopish & yoping"),
        ("Найдено {n}", "Found {n}", "Topildi {n} {"),
    ],
)
def test_a_string_of_a_page_opens_no_element_and_ends_no_attribute(source, english, text):
    assert "signs" in found(text, "uz", message(source, english))
    assert "signs" not in found("Yopish", "uz", message("Закрыть", "Close"))
    assert "signs" not in found('«Map» "Xarita"', "uz", message("«Карта» «Ещё»", 'Map "Map"'))
    assert "signs" not in found(text, "uz", unit(source, english)), "what records say is escaped"


@pytest.mark.parametrize("text", ["%(n)s % xizmat", "%(n)s 5 % som", "%(n)s 5%", "%(n)s%%%", "%(n)Q"])
def test_a_percent_sign_breaks_no_page(text):
    assert "percent" in found(text, "uz", message("%(n)s услуг", "%(n)s services"))


def test_percent_signs_where_they_are_sound():
    told = message("%(n)s%% услуг", "%(n)s%% of services")
    assert "percent" not in found("%(n)s%% xizmat", "uz", told)
    assert "percent" in found("%(n)s% xizmat", "uz", told)
    assert "percent" in found("Xizmat % som", "uz", message("Услуги", "Services"))


def test_nothing_reads_what_is_far_too_long():
    assert found("<" * 5000, "uz") == {"length"}
    assert found("1 " * 100000, "uz", message("Услуги", "Services")) == {"length"}


def test_a_name_stays_in_its_letters():
    told = unit("Напишите в Telegram.", "Write in Telegram.")
    assert found("Telegram-ში მოგვწერეთ.", "ka", told) == set()
    assert found("HIV, TB.", "ka", unit("ВИЧ, ТБ.", "HIV, TB.")) == set()


def test_a_phone_is_one_number_however_it_is_grouped():
    assert numbers("+995 32 212 34 56") == numbers("+995 (32) 212-34-56") == {"995322123456": 1}
    assert numbers("+۹۹۵ ۳۲ ۲۱۲ ۳۴ ۵۶") == {"995322123456": 1}
    assert numbers("10:00–18:00") == {"10": 1, "00": 2, "18": 1}


def test_stems_are_found_at_the_beginning_of_words_and_with_every_end():
    assert barred_in("для наркоманов", "ru") and barred_in("ЗАРАЖЁННЫХ", "ru")
    assert not barred_in("носитель языка", "ru")
    assert [term.term for term in terms_in(("Тест на ВИЧ без документов",), "uk")] == ["ВІЛ", "без документів"]


def test_no_glossary_says_that_somebody_has_checked_it():
    """Until a person has: then this test is what they change."""
    for code in (*translated_into(), "ru"):
        told = glossary(code)
        assert not told.stems_checked and not any(term.checked_by for term in told.terms)


def test_shares_are_of_letters_alone():
    assert share_of_script("Oʻzbek 123", "Latn") == 1
    assert share_of_script("", "Geor") == 1
    assert share_of_script("დაdf", "Geor") == 0.5


@pytest.mark.parametrize("row", [row for row in LANGUAGES if row.state != "trial"], ids=lambda row: row.code)
def test_letters_of_every_language_are_known(row):
    """Whoever adds a language in a new script, or in Cyrillic letters, writes them down: no check knows them else."""
    assert row.script in SCRIPTS
    assert row.script != "Cyrl" or row.code == SOURCE or row.code in {*FOREIGN, *OWN}
