"""What everybody reads of grants, what is forgotten, and what the worker's letters need no worker for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import serializers
from django.core.files.base import ContentFile

from core import clock
from directory.grants import PublicGrantCall, PublicGrantSum
from messaging.models import Message
from network.grants import rounds
from network.grants import services as grants
from network.grants.forgetting import forget_grants
from network.grants.models import GrantApplication, GrantReportFile, GrantScore
from network.grants.tests.makers import APPLICANT, CANARY, MEMBER, Round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def public() -> str:
    return serializers.serialize("json", [*PublicGrantCall.objects.all(), *PublicGrantSum.objects.all()])


def test_everybody_reads_calls_and_sums_and_no_organisation():
    made = Round()
    made.granted()
    assert PublicGrantCall.objects.get().countries == ["GE"]
    summed = PublicGrantSum.objects.get()
    assert (summed.country, summed.grants, summed.amount) == ("GE", 1, 1500)
    assert not any(house.name in public() or house.public_id in public() for house in made.made.houses)


def test_a_country_of_high_risk_is_named_nowhere():
    made = Round(country="BY")
    made.granted()
    assert PublicGrantCall.objects.get().countries == []
    assert PublicGrantSum.objects.get().country == ""
    assert "BY" not in public()


def test_what_is_for_members_and_what_is_a_draft_is_not_public():
    made = Round()
    made.draft_call()
    assert PublicGrantCall.objects.count() == 1
    made.open_call(audience="members")
    assert PublicGrantCall.objects.count() == 1
    assert not PublicGrantCall.objects.exclude(pk=made.call.public_id).exists()
    with clock.travel(clock.now() + 40 * DAY):
        assert not PublicGrantCall.objects.current().exists()


def test_words_and_files_go_three_years_after_the_end(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = Round()
    grant = made.granted(days=(30,))
    report = grant.reports.get()
    pdf = ContentFile(b"%PDF-1.4\ntrailer\n<<>>\n%%EOF\n", name="чек.pdf")
    kept = grants.add_file(actor=made.person(APPLICANT), report=report, file=pdf)
    storage, name = kept.file.storage, kept.file.name
    with clock.travel(clock.now() + 30 * DAY):
        made.accepted(report)
        grant.refresh_from_db()
        grants.close(actor=made.secretary, grant=grant)
    with clock.travel(clock.now() + (30 + 3 * 365) * DAY):
        assert forget_grants() == 0
    with clock.travel(clock.now() + (31 + 3 * 365) * DAY):
        assert forget_grants() == 1 and forget_grants() == 0
    row = GrantApplication.objects.get()
    assert (row.plan, row.answers) == ("", []) and row.amount == 1500
    assert not GrantScore.objects.filter(reason=CANARY).exists() and not GrantReportFile.objects.exists()
    assert not storage.exists(name)


def test_a_draft_that_nobody_sent_goes():
    made = Round(days=5)
    made.draft()
    with clock.travel(clock.now() + 60 * DAY):
        assert forget_grants() == 0
    with clock.travel(clock.now() + 67 * DAY):
        assert forget_grants() == 1
    assert not GrantApplication.objects.exists()


def test_a_second_round_of_the_worker_writes_nothing_again():
    made = Round()
    row = made.eligible()
    made.ask(row, MEMBER)
    with clock.travel(clock.now() + 30 * DAY):
        rounds.run_daily()
        written = Message.objects.count()
        rounds.run_daily()
        assert Message.objects.count() == written
