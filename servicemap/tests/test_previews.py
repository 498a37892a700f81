"""Languages that were not checked: who reads them, what they borrow, and that nobody else meets them."""

import datetime as dt
import io
import json
import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import linebreaks
from django.utils.translation import gettext, ngettext, pgettext
from openpyxl import load_workbook

from core import clock, languages
from core.languages import by_code, of_everybody, writing
from core.phrasing import own_words
from core.phrasing.marks import begin_page, mark, mark_noted, marked_up, marking, unmarked
from core.phrasing.scripts import of_scripts
from core.phrasing.sentences import lower_first, upper_first
from core.spelling.folding import visible
from directory.tables.learning import PublicTraining
from directory.tables.news import PublicDigest
from directory.vocabulary import KnownTerm
from reading.hours import notes
from servicemap.tongues.translations import mirrored, stretched
from workspace.coordination.sheets import SheetTable, book

pytestmark = pytest.mark.django_db
SKIP = "Перейти к содержанию"


@pytest.fixture
def previewed(settings):
    """Ukrainian and Dari as previews, and Arabic, into which nothing is translated."""
    more = [(code, by_code(code).name) for code in ("uk", "fa-af", "ar")]
    settings.LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] in ("ru", "en")] + more
    settings.PREVIEWS_FOR_ALL = ()


@pytest.fixture
def opened(previewed, settings):
    settings.PREVIEWS_FOR_ALL = ("uk", "fa-af", "ar")


def words(response):
    return response.content.decode()


def test_the_public_is_led_to_the_fallback(client, previewed):
    assert client.get("/uk/about/?a=1")["Location"] == "/ru/about/?a=1"
    assert client.get("/fa-af/")["Location"] == "/en/"
    assert [client.get(f"/uk{rest}")["Location"] for rest in ("", "?a=1")] == ["/ru", "/ru?a=1"]
    assert client.post("/uk/report-answer/", {"code": "x"}).status_code == 404
    assert client.get("/tg/").status_code == 404


def test_the_bare_address_and_addresses_without_language_offer_no_preview(client, previewed):
    asked = {"headers": {"accept-language": "uk,en;q=0.5"}}
    assert client.get("/", **asked)["Location"] == "/en/"
    missing = client.get("/nothing-here", **asked)
    assert missing.status_code == 404 and re.search(r'<html\s+lang="ru"', words(missing))


def test_an_opened_preview_is_everybodys(client, opened):
    assert client.get("/", headers={"accept-language": "prs"})["Location"] == "/fa-af/"
    page = client.get("/fa-af/about/")
    assert page.status_code == 200 and 'dir="rtl"' in words(page)
    assert page["X-Robots-Tag"] == "noindex, noarchive"


def test_a_page_of_a_preview_says_once_that_nobody_has_checked_it(client, opened):
    assert words(client.get("/fa-af/about/")).count("data-unchecked") == 1
    assert "data-unchecked" not in words(client.get("/ru/about/"))


def test_what_has_no_words_comes_in_the_languages_own_fallback_and_says_so(client, opened):
    page = words(client.get("/ar/about/"))
    assert '<span lang="en" dir="ltr">Skip to the content</span>' in page
    assert "\ue000" not in page and "\ue001" not in page


def test_search_engines_are_told_of_no_preview(client, opened):
    assert "/uk/" not in words(client.get("/sitemap.xml")) and "/fa-af/" not in words(client.get("/sitemap.xml"))
    page = words(client.get("/ru/about/"))
    assert 'hreflang="uk" href="http' not in page and 'rel="alternate" hreflang="en"' in page
    assert 'rel="canonical"' not in words(client.get("/uk/about/"))


def test_the_chooser_offers_what_the_page_speaks(client, previewed, settings):
    assert "Українська" not in words(client.get("/ru/about/"))
    settings.PREVIEWS_FOR_ALL = ("uk",)
    assert "Українська" in words(client.get("/ru/about/"))


def test_the_api_speaks_a_preview_where_it_is_open(client, previewed, settings):
    asked = reverse("api:map") + "?zoom=3&lang=uk"
    assert client.get(asked).status_code == 400
    settings.PREVIEWS_FOR_ALL = ("uk",)
    assert client.get(asked).status_code == 200


def test_texts_and_letters_are_in_languages_that_are_on(previewed):
    assert [writing(code) for code in ("uk", "fa-af", "ps", "en")] == ["ru", "en", "en", "en"]
    assert [of_everybody(code) for code in ("uk", "fa-af", "en")] == ["ru", "en", "en"]


# --- what is said in another language ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "close", "services", "more"),
    [("az", SKIP, "5 услуг", "Подробнее"), ("ar", "Skip to the content", "5 services", "More")],
)
def test_each_language_falls_to_its_own(code, close, services, more):
    with translation.override(code):
        assert gettext("Skip to the content") == close
        assert ngettext("%(n)s service", "%(n)s services", 5) % {"n": 5} == services
        assert pgettext("link", "More") == more


def test_nothing_is_marked_where_nobody_takes_the_marks_out():
    with translation.override("az"):
        assert gettext("Skip to the content") == SKIP
        with marking(on=True):
            assert gettext("Skip to the content") == mark(SKIP, "ru") != SKIP
            assert unmarked(gettext("Skip to the content")) == SKIP
    with translation.override("en"), marking(on=True):
        assert gettext("Skip to the content") == "Skip to the content"


def test_marks_become_elements_only_where_an_element_may_stand():
    with marking(on=True):
        word, inner = mark("Да", "ru"), mark(f"A {mark('b', 'en')} c", "ru")
    said = '<span lang="ru" dir="ltr">{}</span>'
    assert marked_up(f"<p title='{word}'>{word}</p>") == f"<p lang=\"ru\" title='Да'>{said.format('Да')}</p>"
    assert marked_up(f"<title>{word}</title><script>{word}</script>") == "<title>Да</title><script>Да</script>"
    assert marked_up(f"<option>{word}</option><!-- {word} -->") == '<option lang="ru" dir="ltr">Да</option><!-- Да -->'
    assert marked_up(inner) == said.format("A b c")
    assert marked_up("<p>plain</p>") == "<p>plain</p>"
    lines = linebreaks(f"{word[:2]}Раз\n\nДва{word[-1]}")
    assert marked_up(lines) == f"<p>{said.format('Раз')}</p>\n\n<p>{said.format('Два')}</p>"


def test_a_sign_that_is_left_open_or_ends_nothing_makes_no_element():
    with marking(on=True):
        word, cut = mark("Да", "ru"), mark("Раз два", "ru")[:5]
    said = '<span lang="ru" dir="ltr">Да</span>'
    assert marked_up(f"<li>{cut} …</li><li>{word}</li>") == f"<li>Раз …</li><li>{said}</li>"
    assert marked_up(f"<li>{word}{word[-1]}</li>") == f"<li>{said}</li>"


def test_news_are_cut_before_their_language_is_marked(client, opened):
    opening = " ".join(["Слово"] * 50)
    PublicDigest.objects.create(id="d", month=dt.date(2026, 10, 1), sent_at=clock.now(), opening={"ru": opening})
    own = {"ru": "Карта выросла.", "uk": "Мапа зросла."}
    PublicDigest.objects.create(id="e", month=dt.date(2026, 9, 1), sent_at=clock.now(), opening=own)
    page, short = words(client.get("/uk/news/")), " ".join(["Слово"] * 40)
    assert f'<p><span lang="ru" dir="ltr">{short} …</span></p>' in page
    assert "<p>Мапа зросла.</p>" in page, "nothing was left open before it"


def test_a_calendar_of_a_preview_holds_no_marks_and_no_gaps(client, opened):
    starts = clock.now() + dt.timedelta(days=3)
    PublicTraining.objects.create(
        id="t", title={"ru": "Тест при свидетеле"}, summary={}, audience={}, city={}, starts_at=starts, is_online=True,
        ends_at=starts + dt.timedelta(hours=2), timezone="UTC", language="ru", owner="x", places=9,
    )  # fmt: skip
    text = words(client.get("/uk/learning/calendar.ics"))
    assert "SUMMARY:Тест при свидетеле\r\n" in text


def test_a_borrowed_text_is_led_into_a_sentence_as_one_of_the_page_is():
    with translation.override("uk"), marking(on=True):
        assert lower_first(mark("Call first", "en")) == mark("call first", "en")
        assert lower_first(mark("PEP", "en")) == mark("PEP", "en")
        assert lower_first(mark("Termin", "de")) == mark("Termin", "de"), "as its own language writes it"
        said = notes({"note": {"ru": "Звоните дважды."}})
        assert said == mark("Звоните дважды", "ru")


def test_where_no_element_may_stand_words_of_the_other_direction_are_isolated():
    with marking(on=True):
        word, other = mark("Close (x).", "en"), mark("بستن", "fa-af")
    isolated = "\u2066Close (x).\u2069"
    with translation.override("fa-af"):
        assert (
            marked_up(f'<a title="{word}" data-x="{word}">') == f'<a lang="en" title="{isolated}" data-x="Close (x).">'
        )
        assert marked_up(f"<input placeholder='{word}' value='{word}'>").count("\u2066") == 1
        assert marked_up(f"<title>{word} · {other}</title>") == f"<title>{isolated} · بستن</title>"
        assert marked_up(f"<textarea>{word}</textarea>") == "<textarea>Close (x).</textarea>"
        told = marked_up(f'<script type="application/json">{json.dumps({"a": word})}</script>')
        assert json.loads(told.partition(">")[2].partition("<")[0]) == {"a": isolated}
        assert "\u2066" not in marked_up(f"<script>{word}</script>")
    with translation.override("uk"):
        assert marked_up(f'<a title="{word}">') == '<a lang="en" title="Close (x).">'
        assert marked_up(f'<a aria-label="{other}!">') == '<a lang="fa-AF" aria-label="\u2067بستن\u2069!">'


def test_an_option_says_its_language_itself():
    with marking(on=True):
        word = mark("Any", "en")
    with translation.override("fa-af"):
        assert marked_up(f'<option value="" selected>{word}</option>') == (
            '<option value="" selected lang="en" dir="ltr">Any</option>'
        )
        assert marked_up(f'<option value="1">{word} (2)</option>') == '<option value="1">\u2066Any\u2069 (2)</option>'
        assert marked_up(f"<option>{word} (2)</option>") == "<option>Any (2)</option>", "its text is its value"


def test_scripts_are_told_which_words_are_borrowed():
    with translation.override("fa-af"), marking(on=True):
        said = of_scripts(
            {"skip": mark("Skip", "en"), "n": {"one": mark("%(n)s day", "en"), "other": "x"}, "own": "خود"}
        )
    assert said[""]["en ltr"] == "skip n"
    with translation.override("ru"):
        assert not [name for name in of_scripts({"skip": "Пропустить"})[""] if " " in name]


def test_marks_vanish_from_what_scripts_read_and_from_what_is_kept(client, opened):
    with marking(on=True):
        told = {"word": mark("Да", "ru"), "path": r"C:\ue001"}
    plain = {"word": "Да", "path": r"C:\ue001"}
    assert json.loads(unmarked(json.dumps(told))) == plain
    page = marked_up(f'<script type="application/json">{json.dumps(told)}</script>')
    assert json.loads(page.partition(">")[2].partition("<")[0]) == plain
    for address in ("/uk/road/", "/uk/", "/uk/road/app.webmanifest", "/uk/news/news.atom"):
        text = words(client.get(address))
        assert "ue000" not in text and "\ue000" not in text, address


def test_a_private_sign_of_somebody_else_is_no_mark():
    assert marked_up("<p>\ue000A \ue000</p>") == "<p>\ue000A \ue000</p>"
    assert visible("a\ue000b\ue001") == "ab", "and nobody types one"


def test_a_workbook_of_a_preview_holds_no_marks():
    with translation.override("uk"), marking(on=True):
        table = SheetTable(gettext("Skip to the content"), [mark("Да", "ru")], [[mark("Да", "ru")]])
        found = load_workbook(io.BytesIO(book("x", [table]).content))
    assert [cell.value for row in found.worksheets[0] for cell in row] == ["Да", "Да"]


def test_a_preview_that_is_none_is_refused_at_the_start():
    assert languages.opened(["uk", " uz"]) == ("uk", "uz")
    for wrong in ("ua", "ru", "ar"):
        with pytest.raises(ValueError, match=wrong):
            languages.opened(["uk", wrong])


# --- languages made of English ----------------------------------------------------------------------------------


def test_a_stretched_message_is_longer_and_keeps_its_places():
    said = stretched("%(n)s of <b>%(total)s</b> places &amp; more %%")
    assert "%(n)s" in said and "<b>%(total)s</b>" in said and "&amp;" in said and "%%" in said
    assert len(stretched("Show everything that fits")) >= 1.7 * len("Show everything that fits")


def test_a_mirrored_message_keeps_its_places():
    assert mirrored("Call %(phone)s") == "\u202eCall\u202c %(phone)s"


def test_languages_of_tests_are_no_languages_of_the_product(client):
    assert client.get("/ar-xb/").status_code == client.get("/en-xa/").status_code == 404


def test_words_of_the_vocabulary_and_of_the_network_say_their_language_too(opened):
    term = KnownTerm("service", "x", names={"ru": "Тест", "en": "Test"}, data={"short": {"ru": "Т"}})
    with translation.override("fa-af"), marking(on=True):
        assert [marked_up(text) for text in (term.name(), term.short())] == [
            '<span lang="en" dir="ltr">Test</span>',
            '<span lang="ru" dir="ltr">Т</span>',
        ]
        assert marked_up(own_words.said({"en": "A network"})) == '<span lang="en" dir="ltr">A network</span>'
        assert upper_first(term.name()) == term.name() and upper_first(mark("test", "en")) == mark("Test", "en")
        assert KnownTerm("language", "ka", names={"ru": "грузинский"}).name() == "گرجی", "as CLDR says it"
    with translation.override("ru"), marking(on=True):
        assert term.name() == "Тест"


def test_an_attribute_that_is_borrowed_says_its_language_and_what_stands_inside_its_own():
    with marking(on=True), translation.override("az"):
        word = mark("Закрыть", "ru")
        assert marked_up(f'<input placeholder="{word}">') == '<input lang="ru" placeholder="Закрыть">'
        assert marked_up(f'<a href="/" aria-label="{word}"><svg/></a>') == (
            '<a lang="ru" href="/" aria-label="Закрыть"><svg lang="az"/></a>'
        )
        page = marked_up(f'<nav aria-label="{word}"><p>Öz</p> söz <b lang="en">own</b><br></nav><p>Son</p>')
        assert page == (
            '<nav lang="ru" aria-label="Закрыть"><p lang="az">Öz</p> <span lang="az">söz</span> '
            '<b lang="en">own</b><br lang="az"></nav><p>Son</p>'
        )
        both = marked_up(f'<section title="{word}"><button title="{word}">Öz</button>{word}</section>')
        assert both == (
            '<section lang="ru" title="Закрыть"><button lang="ru" title="Закрыть"><span lang="az">Öz</span></button>'
            '<span lang="ru" dir="ltr">Закрыть</span></section>'
        )
        assert marked_up(f'<p title="Öz, {word}">Öz</p>') == '<p title="Öz, Закрыть">Öz</p>'


def test_an_attribute_of_borrowed_words_and_figures_says_their_language_too():
    """“Позвонить +994 12 000”, two borrowed words with a dot between, one within another: no word of it is our own."""
    with marking(on=True), translation.override("az"):
        word, other = mark("Закрыть", "ru"), mark("Close", "en")
        for text, plain in (
            (f"{word} · +994 12 000", "Закрыть · +994 12 000"),
            (f"{word}&nbsp;· {word}", "Закрыть&nbsp;· Закрыть"),
            (mark(f"Закрыть: {other}", "ru"), "Закрыть: Close"),
        ):
            assert marked_up(f'<input title="{text}">') == f'<input lang="ru" title="{plain}">'
        assert marked_up(f'<input title="{word}, {other}">') == '<input title="Закрыть, Close">'


def test_a_form_that_comes_back_says_which_of_its_words_are_borrowed(client, settings):
    settings.PREVIEWS_FOR_ALL = ("fa-af",)
    with translation.override("fa-af"):
        page = client.post(reverse("joining:join"), {"email": "nobody"}).content.decode()
    assert 'lang="fa-af"' in page and "\ue000" not in page and "data-borrowed" not in page
    assert page.count('<span lang="en"') > 10


def test_what_a_form_writes_down_keeps_no_signs():
    with translation.override("az"), marking(on=False):
        assert gettext("Skip to the content") == SKIP
        begin_page()
        assert mark_noted(SKIP) == gettext("Skip to the content") == mark(SKIP, "ru") != SKIP
    with translation.override("az"):
        assert gettext("Skip to the content") == SKIP and mark_noted(SKIP) == SKIP


def test_sentences_that_follow_each_other_are_read_in_one_element():
    with marking(on=True):
        one, two, other = mark("One.", "en"), mark("Two.", "en"), mark("Три.", "ru")
    said = '<span lang="en" dir="ltr">One. Two.</span> <span lang="ru" dir="ltr">Три.</span> <b>x</b>'
    assert marked_up(f"<p>{one} {two} {other} <b>x</b></p>") == f"<p>{said}</p>"
    tag = f'<span class="tag">{one}</span> {two}'
    assert marked_up(tag).count("<span") == marked_up(tag).count("</span>") == 3
