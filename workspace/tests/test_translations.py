"""The translator's pages: what they see, what they write, who checks, and the page in which a text stands."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from translations.models import Translation
from translations.rows import expected, row_of
from translations.services import check
from translations.tests.makers import translator, two_organizations, unit_of, written
from translations.texts.units import every
from verification import editing
from verification import services as verification
from verification.models.review import ReviewState
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOTE, TEXT = "Возьмите с собой паспорт.", "Pasportingizni olib keling."


@pytest.fixture
def unit():
    scenarios.published(scenarios.place(scenarios.organization()), documents_note=NOTE, method="call")
    return unit_of("service", "documents_note")


@pytest.fixture
def vera(client):
    user = translator("vera", "uz")
    client.force_login(user)
    return user


def address(unit, name="translation", code="uz", question=""):
    return f"{reverse(f'workspace:{name}', args=[code, unit.id])}{question}"


def seen(unit, code="uz"):
    return expected(unit, row_of(unit, code))


def test_a_translator_writes_and_comes_to_the_next_text(client, vera, unit):
    page = client.get(address(unit, question="?tier=records")).content.decode()
    assert NOTE in page and "ошибка может навредить" in page and 'lang="uz"' in page
    response = client.post(address(unit, question="?tier=records"), {"form": TEXT, "seen": seen(unit)})
    assert response.status_code == 302 and "tier=records" in response["Location"]
    row = Translation.objects.get()
    assert (row.forms, row.translated_by, row.checked_at) == ([TEXT], vera, None)
    page = client.get(address(unit)).content.decode()
    assert "переводчик" in page and "ещё никто не проверил" in page and "Это ваш текст" in page
    assert "Прочитано, всё верно" not in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(client, vera, unit):
    response = client.post(address(unit), {"form": "Pasport 12.", "seen": seen(unit)})
    page = response.content.decode()
    assert response.status_code == 422 and "Числа и телефоны не те" in page and "Pasport 12." in page
    assert "В исходном тексте нет: 12." in page and "Не хватает" not in page
    assert not Translation.objects.exists()
    response = client.post(address(unit), {"form": TEXT, "seen": "another"})
    assert response.status_code == 422 and TEXT in response.content.decode()


def test_somebody_of_another_organisation_checks(client, unit):
    bridge, shore = two_organizations()
    written(translator("vera", of=bridge), unit, TEXT)
    for name, of, status in (("olim", bridge, 422), ("nodir", shore, 302)):
        client.force_login(translator(name, of=of))
        response = client.post(address(unit, "translation-check"), {"seen": seen(unit)})
        assert response.status_code == status
    page = client.get(address(unit)).content.decode()
    assert "Nodir, Берег" in page and "Vera, Мост" in page


def test_who_may_not_check_is_told_before_they_have_read_it(client, unit):
    bridge, shore = two_organizations()
    written(translator("vera", of=bridge), unit, TEXT)
    button = "Прочитано, всё верно"
    for name, of, words in (
        ("olim", bridge, "проверяет человек из другой организации"),
        ("guest", None, "проверяет человек, который работает в организации сети"),
        ("nodir", shore, button),
    ):
        client.force_login(translator(name, of=of))
        page = client.get(address(unit)).content.decode()
        assert words in page and (button in page) == (of == shore)


def test_beside_what_was_typed_and_refused_the_text_of_before_is_not_checked(client, unit):
    bridge, shore = two_organizations()
    written(translator("vera", of=bridge), unit, TEXT)
    client.force_login(translator("nodir", of=shore))
    page = client.post(address(unit), {"form": "Pasport 12.", "seen": seen(unit)}).content.decode()
    assert "Pasport 12." in page and "Прочитано, всё верно" not in page and "Убрать текст" not in page


def test_who_wrote_and_checked_is_told_to_the_network_alone_and_no_address_to_anybody(client, unit):
    bridge, shore = two_organizations()
    vera, nodir = translator("vera", of=bridge), translator("nodir", of=shore)
    User.objects.filter(pk=nodir.pk).update(name="")
    written(vera, unit, TEXT)
    check(actor=nodir, unit=unit, language="uz", seen=seen(unit))
    client.force_login(translator("olim", of=bridge))
    page = client.get(address(unit)).content.decode()
    assert "Vera, Мост" in page and "Берег" in page and "nodir@" not in page.lower()
    client.force_login(translator("guest"))
    page = client.get(address(unit)).content.decode()
    assert "другая организация" in page
    assert not [word for word in ("Vera", "Мост", "Берег", "nodir@") if word.lower() in page.lower()]


def test_the_queue_has_parts_and_orders_what_hurts_first(client, vera, unit):
    page = client.get(reverse("workspace:translation-queue", args=["uz"]) + "?tier=records")
    shown = [line.unit for line in page.context["page"]]
    assert shown[0].is_harmful and all(one.tier == 4 for one in shown)
    nonsense = client.get(reverse("workspace:translation-queue", args=["uz"]) + "?tier=x&show=y&page=zz")
    assert nonsense.status_code == 200


def test_another_language_is_not_there(client, vera, unit):
    assert client.get(reverse("workspace:translation-queue", args=["uk"])).status_code == 404
    assert client.get(address(unit, code="uk")).status_code == 404
    assert client.post(address(unit, "translation-remove", "uk"), {"seen": ""}).status_code == 404
    assert client.get(reverse("workspace:translation-queue", args=["ru"])).status_code == 404


def test_what_is_hidden_meanwhile_is_not_there(client, vera, unit):
    service = scenarios.ServiceAtLocation.objects.get().service
    editing.update_service(actor=None, service=service, expected_version=service.version, visibility="members")
    for name in ("translation", "translation-page"):
        assert client.get(address(unit, name)).status_code == 404
    page = client.get(reverse("workspace:translation-file", args=["uz"]) + "?kind=xlf").content.decode()
    assert NOTE not in page


def test_a_text_is_seen_in_its_page(client, vera, unit):
    written(vera, unit, TEXT)
    html = client.get(address(unit, "translation-page")).content.decode()
    assert re.search(rf'<mark id="here" lang="uz" dir="ltr" title="[^"]+">{TEXT}</mark>', html) and NOTE not in html, (
        "whoever checks sees the text in its place, which readers do not yet"
    )
    title = unit_of("service", "title")
    written(vera, title, "OIVga tezkor test")
    page = client.get(address(title, "translation-page"))
    html = page.content.decode()
    assert '<mark id="here">OIVga tezkor test</mark>' in html and re.search(r'<html\s+lang="uz"', html)
    assert "no-store" in page["Cache-Control"] and "Vera" not in html
    assert '<span lang="ru" dir="ltr">' in html, "what has no words yet says in which language it is"


def test_in_its_page_no_text_of_an_older_source_is_seen(client, vera, unit):
    written(vera, unit, TEXT)
    Translation.objects.update(source_hash="0" * 64)
    html = client.get(address(unit, "translation-page")).content.decode()
    assert f'<mark id="here">{NOTE}</mark>' in html and TEXT not in html


def test_a_string_is_seen_in_a_language_that_is_off(client, unit):
    client.force_login(translator("nino", "ka"))
    found = unit_of("message", source="Карта услуг")
    page = client.get(address(found, "translation-page", "ka")).content.decode()
    assert re.search(r'<html\s+lang="ka"', page) and '<mark id="here"' in page


def test_what_a_record_does_not_say_any_more_nobody_is_given(client, vera, unit):
    """It may have been taken back for somebody's safety: neither on the pages nor in a file."""
    written(vera, unit, TEXT)
    listing = scenarios.ServiceAtLocation.objects.get()
    scenarios.rename(listing, documents_note="Документы не нужны.")
    review = verification.submit(listing=listing, actor=None)
    if review.state == ReviewState.SUBMITTED:
        verification.approve(review=review, actor=scenarios.verifier())
    queue = reverse("workspace:translation-queue", args=["uz"]) + "?show=write&tier=records"
    file = reverse("workspace:translation-file", args=["uz"]) + "?kind=xlf"
    for page in (address(unit), queue, file):
        told = client.get(page).content.decode()
        assert "Документы не нужны." in told and NOTE not in told and TEXT not in told


def test_files_go_out_and_come_in(client, vera, unit):
    out = client.get(reverse("workspace:translation-file", args=["uz"]) + "?kind=xlf")
    assert out["Content-Disposition"] == 'attachment; filename="servicemap-uz.xlf"'
    text = out.content.decode()
    text = text.replace(f"<source>{NOTE}</source>", f"<source>{NOTE}</source><target>{TEXT}</target>")
    answer = client.post(
        reverse("workspace:translation-upload", args=["uz"]), {"file": SimpleUploadedFile("a.xlf", text.encode())}
    )
    assert answer.status_code == 200 and "Записано: 1" in answer.content.decode()
    answer = client.post(
        reverse("workspace:translation-upload", args=["uz"]), {"file": SimpleUploadedFile("a.xlf", b"no file")}
    )
    assert answer.status_code == 422 and "не файл PO" in answer.content.decode()
    assert client.get(reverse("workspace:translation-file", args=["uz"]) + "?kind=exe").status_code == 404


def test_what_a_file_lost_is_named_in_russian_with_the_way_to_it(client, vera):
    found = unit_of("message", source="до %(date)s")
    head = 'msgid ""\nmsgstr ""\n"Language: uz\\n"\n\n'
    file = f'{head}#. source:{found.source_hash[:16]}\nmsgid "{found.key}"\nmsgstr "gacha"\n'
    page = client.post(
        reverse("workspace:translation-upload", args=["uz"]), {"file": SimpleUploadedFile("a.po", file.encode())}
    ).content.decode()
    assert "Не принято: 1" in page and "до %(date)s" in page and f'href="{address(found)}?show=all"' in page


def test_an_administrator_sees_how_far_each_language_is(client):
    client.force_login(scenarios.person(scenarios.organization(), network_role="administrator"))
    page = client.get(reverse("workspace:translations"))
    told = {one.language.code: one for one in page.context["progress"]}
    assert told["uz"].states["unchecked"] and told["uz"].checked == 0 and not told["uz"].is_ready
    assert {"uk", "ka", "fa-af", "ar"} <= told.keys() and not {"ru", "en", "uz-cyrl", "en-xa"} & told.keys()
    client.force_login(scenarios.person(scenarios.organization()))
    assert client.get(reverse("workspace:translations")).status_code == 404


def test_a_text_is_taken_back(client, vera, unit):
    written(vera, unit, TEXT)
    assert client.post(address(unit, "translation-remove"), {"seen": seen(unit)}).status_code == 302
    assert not Translation.objects.exists()


def test_who_took_back_what_came_with_the_product_is_told(client, vera):
    found = unit_of("message", source="Карта услуг")
    assert client.post(address(found, "translation-remove"), {"seen": seen(found)}).status_code == 302
    page = client.get(address(found)).content.decode()
    assert "не переведено" in page and "Кто убрал" in page and "Xizmatlar" not in page


def test_saving_what_stands_there_already_is_no_translation_of_ones_own(client, vera):
    """Whoever presses it while they check may still check it, and it stays what came with the product."""
    found = unit_of("message", source="Карта услуг")
    text = row_of(found, "uz").forms[0]
    answer = client.post(address(found, question="?show=check"), {"form": text, "seen": seen(found)}, follow=True)
    assert "Вы ничего не изменили" in answer.content.decode() and not Translation.objects.exists()
    assert answer.redirect_chain[-1][0] == address(found, question="?show=check")


def test_the_same_text_of_another_place_is_laid_before_whoever_translates(client, vera, unit):
    """It is theirs to save: nothing is written of it until then."""
    scenarios.published(scenarios.place(scenarios.organization("Берег")), documents_note=NOTE, method="call")
    first, second = (one for one in every() if one.source == (NOTE,))
    assert "в другом месте" not in client.get(address(second)).content.decode()
    written(vera, first, TEXT)
    page = client.get(address(second)).content.decode()
    assert "в другом месте" in page and f">{TEXT}</textarea>" in page and Translation.objects.count() == 1
    Translation.objects.update(origin="machine")
    assert TEXT not in client.get(address(second)).content.decode(), "what a machine wrote nobody copies unread"


def test_where_a_text_stands_is_told_by_its_name(client, vera, unit):
    page = client.get(address(unit)).content.decode()
    row = scenarios.ServiceAtLocation.objects.get()
    assert row.service.title in page and str(row.location.name) in page
    assert reverse("maps:place", args=[row.location.public_id]) in page
