"""What everybody reads of grants, what is forgotten, and what the worker's letters need no worker for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.utils import translation

from core import clock
from core.phrasing.dates import day_in_words
from directory.tables.grants import PublicGrantCall, PublicGrantSum
from messaging.letters import write
from messaging.models import Message
from network.grants import rounds
from network.grants import services as grants
from network.grants.forgetting import forget_grants
from network.grants.models import GrantApplication, GrantCall, GrantReportFile, GrantScore
from network.grants.tests.makers import APPLICANT, CANARY, MEMBER, OTHER, Round
from verification.models import HighRiskCountry

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


def test_a_country_that_comes_to_be_of_high_risk_is_named_no_more_at_once(admin_client):
    made = Round()
    made.granted()
    assert PublicGrantSum.objects.get().country == "GE"
    url = "/admin/verification/highriskcountry/"
    assert admin_client.post(f"{url}add/", {"code": "GE", "note": ""}).status_code == 302
    assert PublicGrantCall.objects.get().countries == [] and PublicGrantSum.objects.get().country == ""
    row = HighRiskCountry.objects.get(code="GE")
    assert admin_client.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert PublicGrantCall.objects.get().countries == ["GE"] and PublicGrantSum.objects.get().country == "GE"


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


def test_a_country_that_comes_to_be_of_high_risk_is_named_no_more_the_next_day():
    Round().granted()
    HighRiskCountry.objects.create(code="GE")
    assert PublicGrantSum.objects.get().country == "GE"
    rounds.run_daily()
    assert PublicGrantSum.objects.get().country == ""


def test_a_call_that_opens_later_is_told_with_its_own_last_day():
    made = Round()
    call = made.open_call(opens_on=clock.today() + dt.timedelta(days=5), timezone="Asia/Bishkek")
    message = Message.objects.filter(kind="grant_call", payload__grant_call=call.public_id).select_related(
        "correspondent"
    )[0]
    with translation.override("ru"):
        assert f"до {day_in_words(call.closes_on)}, до полуночи по времени Бишкек" in write(message).subject


def test_a_draft_that_is_called_off_goes_unread():
    made = Round()
    draft = made.draft_call()
    grants.call_off(actor=made.secretary, call=draft, reason="Передумали")
    assert (
        not GrantCall.objects.visible_to(made.person(OTHER)).filter(title=draft.title).exclude(pk=made.call.pk).exists()
    )


def test_a_vote_keeps_no_plan_for_good():
    made = Round()
    row = made.scored()
    assert row.plan and row.plan not in made.voted(row).text
