"""What pages of an application and of a vote tell: who it looks like, and until when the council has."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from core import clock
from network.decisions import services as decisions
from network.decisions.tests import makers
from network.joining.tests import makers as newcomers
from organizations.models import Organization

pytestmark = pytest.mark.django_db


def _page(client, person, name, key):
    client.force_login(person)
    with translation.override("ru"):
        return client.get(reverse(f"workspace:{name}", args=[key])).content.decode()


def test_whoever_checks_is_warned_and_the_newcomer_is_not(client):
    made = makers.network()
    Organization.objects.filter(pk=made.houses[0].pk).update(website="https://dom-0.example.org")
    row = newcomers.sent(made, name="Дoм 0", website="https://dom-0.example.org.mirror.example")
    page = _page(client, made.managers[3], "network-application", row.public_id)
    assert "буквы двух алфавитов" in page and "На экране название не отличить от «Дом 0»" in page
    assert "Адрес сайта похож на адрес организации «Дом 0»" in page
    Organization.objects.filter(pk=made.houses[0].pk).update(website="", name="Иной дом")
    type(row).objects.filter(pk=row.pk).update(name="Дом 0")
    assert "Посмотрите дважды" not in _page(client, made.managers[3], "network-application", row.public_id)


def test_the_page_of_a_vote_says_until_when_the_council_answers_and_what_its_silence_means(client):
    made = makers.network()
    vote = makers.announced(made)
    voice = makers.voice(made, vote, 2)
    decisions.object_to(actor=made.managers[2], vote=vote, voice=voice, text="Опасно")
    assert "Совет отвечает до" in _page(client, made.managers[1], "network-vote", vote.public_id)
    with clock.travel(vote.closes_at + dt.timedelta(days=15)):
        page = _page(client, made.managers[1], "network-vote", vote.public_id)
    assert "Совет не ответил вовремя" in page and "Ответ словами" not in page
