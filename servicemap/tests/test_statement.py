"""The accessibility statement promises what the desk keeps, and is found."""

import pytest
from django.test import Client

from maps.views import access
from verification import services as verification

pytestmark = pytest.mark.django_db


def test_the_statement_promises_what_the_clock_keeps_and_leads_to_the_form():
    assert access.ANSWER_DAYS == verification.BARRIER_DAYS == 14
    for language, words in (("ru", "в течение 14 дней"), ("en", "within 14 days")):
        page = Client().get(f"/{language}/accessibility/").content.decode()
        assert words in page and f'href="/{language}/suggest/access/"' in page
    assert access.LOOKED_ON < access.NEXT_ON
    assert 'href="/ru/accessibility/"' in Client().get("/ru/about/").content.decode()
    assert "/ru/accessibility/</loc>" in Client().get("/sitemap.xml").content.decode()
