"""The accessibility statement promises what the desk keeps, and is found."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from maps.views import access
from tools.local.long import STAGES
from verification import services as verification

pytestmark = pytest.mark.django_db
UPGRADE = Path(settings.BASE_DIR, "docs/operations/upgrade.md")


def test_the_statement_promises_what_the_clock_keeps_and_leads_to_the_form():
    assert access.ANSWER_DAYS == verification.BARRIER_DAYS == 14
    for language, words in (("ru", "в течение 14 дней"), ("en", "within 14 days")):
        page = Client().get(f"/{language}/accessibility/").content.decode()
        assert words in page and f'href="/{language}/suggest/access/"' in page
    assert access.LOOKED_ON < access.NEXT_ON
    assert 'href="/ru/accessibility/"' in Client().get("/ru/about/").content.decode()
    assert "/ru/accessibility/</loc>" in Client().get("/sitemap.xml").content.decode()


def test_the_statement_tells_what_is_tried_at_each_change_from_what_is_tried_before_a_release():
    for language, change, release, alone in (
        ("ru", "При каждом изменении сайта", "Перед каждым выпуском", "В самом Safari сайт никто не пробовал"),
        ("en", "At each change of the site", "Before each release", "In Safari itself nobody has tried the site"),
    ):
        page = Client().get(f"/{language}/accessibility/").content.decode()
        at_each_change, before_release = page.split(change)[1].split(release)
        assert "axe" in at_each_change and "200" not in at_each_change
        assert "200" in before_release and "320" in before_release and alone in before_release
    assert STAGES["access"] and STAGES["browsers"] and "`bin/check --long`" in UPGRADE.read_text()
