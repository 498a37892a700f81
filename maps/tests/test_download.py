"""«Download this list»: the file of the question, words in the body, and a question that cannot be read is told."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.urls import reverse

from core import clock
from directory.tests.factories import publish
from reading.exports import files
from reading.exports.making import FORMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return publish(texts={"title": "Первая"}), publish(country="KZ", city_code="kz1", texts={"title": "Вторая"})


@pytest.mark.parametrize("ending", FORMS)
def test_each_form_is_a_file_to_save_with_a_name_that_tells_nothing_of_the_question(client, two, ending):
    answer = client.post("/ru/download/", {"format": ending, "country": "KZ", "q": "вторая"})
    assert answer.status_code == 200 and answer["Content-Type"] == FORMS[ending].media_type
    assert "no-store" in answer["Cache-Control"] and "Set-Cookie" not in answer
    assert unquote(answer["Content-Disposition"]).endswith(f"услуги-{clock.today().isoformat()}.{ending}")
    content = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(content) > 0
    if ending != "xlsx":
        assert "Вторая" in content.decode() and "Первая" not in content.decode()


def test_a_link_holds_conditions(client, two):
    answer = client.get("/en/download/", {"format": "csv", "country": "GE"})
    text = b"".join(answer.streaming_content).decode()
    assert "Первая" in text and "Вторая" not in text and "services-" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "given", [{"format": "exe"}, {}, {"format": "csv", "country": "Нигде"}, {"format": "csv", "bbox": "x"}]
)
def test_what_cannot_be_read_is_told_on_the_page_with_the_words_in_it(client, two, given):
    answer = client.post("/ru/download/", given | {"q": "вторая"})
    assert answer.status_code == 400 and "attachment" not in answer.get("Content-Disposition", "")
    assert 'value="вторая"' in answer.content.decode() and "note warn" in answer.content.decode()


def test_one_file_at_a_time_is_made_and_who_waits_keeps_the_question(client, two, monkeypatch):
    monkeypatch.setattr(files, "_PATIENCE", 0)
    with files._one_at_a_time():
        answer = client.post("/ru/download/", {"format": "csv", "q": "вторая"})
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 0
    assert 'value="вторая"' in answer.content.decode()
    assert client.post("/ru/download/", {"format": "csv"}).status_code == 200


def test_the_page_offers_it_with_the_question_and_the_embed_does_not(client, two):
    page = client.get("/ru/", {"country": "KZ"}).content.decode()
    assert f'action="{reverse("maps:download")}"' in page and 'name="country" value="KZ"' in page
    assert "data-download" not in client.get("/ru/embed/").content.decode()
    found = client.post("/ru/search/", {"q": "вторая"}).content.decode()
    assert '<input type="hidden" name="q" value="вторая">' in found
