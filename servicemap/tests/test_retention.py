"""Every period of docs/processing.md ends on its day: a clock that is moved past it finds nothing left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from accounts.models import User
from core import clock
from messaging.models import Correspondent, Message
from organizations.invitations import invite
from organizations.models import Invitation
from servicemap.upkeep import retention
from verification import services as verification
from verification.models import Report, ReportState, Suggestion
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
MOMENT = dt.timedelta(minutes=1)


def everything() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT coalesce(string_agg(t::text, chr(10)), chr(32)) FROM "{table}" t')
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


def gone_after(period: dt.timedelta, canary: str) -> bool:
    """There a minute before the end of the period, gone a minute after it."""
    with clock.travel(START + period - MOMENT):
        retention.run()
        assert canary in everything()
    with clock.travel(START + period + MOMENT):
        retention.run()
        return canary not in everything()


@pytest.fixture
def listing():
    with clock.travel(START):
        return scenarios.published(scenarios.place(scenarios.organization()), method="call")


def test_what_a_reader_wrote_is_forgotten_ninety_days_after_closing(listing):
    with clock.travel(START - dt.timedelta(days=40)):
        report, code = verification.receive_report(
            listing=listing, kind="phone", text="kanareika wrote", contact="kanareika@example.org"
        )
    with clock.travel(START):
        verification.close_report(
            report=report, actor=scenarios.coordinator(), state=ReportState.FIXED, answer="kanareika, it is mended"
        )
    assert gone_after(retention.REPORTS, "kanareika")
    row = Report.objects.get()
    assert (row.kind, row.state, row.reported_by) == ("phone", "fixed", None)
    assert verification.find_report(code=code) is None


def test_what_came_in_a_flood_is_forgotten_after_a_fortnight_unless_somebody_took_it(listing):
    with clock.travel(START):
        verification.receive_report(listing=listing, kind="phone", text="kanareika", contact="kanareika", in_flood=True)
        taken, code = verification.receive_report(listing=listing, kind="phone", text="Молчат", in_flood=True)
        verification.take_report(report=taken, actor=scenarios.coordinator())
    assert gone_after(retention.FLOODS, "kanareika")
    assert verification.find_report(code=code) == taken == Report.objects.get()


def test_a_barrier_waits_for_its_answer_even_in_a_flood():
    with clock.travel(START):
        barrier, _code = verification.receive_barrier(what="Кнопка", where="Карта", country="GE", in_flood=True)
    with clock.travel(START + retention.FLOODS + dt.timedelta(days=1)):
        retention.run()
    assert barrier == Suggestion.objects.get()


def test_what_somebody_missed_is_forgotten_and_the_draft_is_not(listing):
    about = {"country": "GE", "city": "kanareika", "reach": "kanareika", "known_from": "been", "text": "kanareika"}
    with clock.travel(START - dt.timedelta(days=2)):
        suggestion, code = verification.receive_suggestion(what="kanareika", **about)
        verification.receive_suggestion(what="kanareika of a flood", in_flood=True, **about)
    with clock.travel(START):
        verification.take_suggestion_in(
            suggestion=suggestion, actor=scenarios.coordinator(), listing=listing, answer="kanareika, thank you"
        )
    assert gone_after(retention.REPORTS, "kanareika")
    row = Suggestion.objects.get()
    assert (row.state, row.listing, row.country) == ("accepted", listing, "GE")
    assert verification.find_suggestion(code=code) is None


def test_an_open_report_is_kept(listing):
    with clock.travel(START):
        verification.receive_report(listing=listing, kind="phone", text="kanareika waits")
    with clock.travel(START + dt.timedelta(days=400)):
        assert retention.forget_reports() == 0


@pytest.mark.parametrize("end", ["expired", "revoked", "accepted"])
def test_an_invitation_is_forgotten_thirty_days_after_its_end(end):
    with clock.travel(START - dt.timedelta(hours=72)):
        invitation, _token = invite(
            actor=None, organization=scenarios.organization(), email="kanareika@example.org", role="reader"
        )
    if end != "expired":
        later = START + dt.timedelta(days=9)
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=later, **{f"{end}_at": START})
    assert gone_after(retention.INVITATIONS, "kanareika")


def test_where_a_letter_went_is_forgotten_and_what_it_was_about_is_not():
    person = Correspondent.objects.create(organization=scenarios.organization(), email="somebody@example.org")
    made = {
        "kind": "reminder", "correspondent": person, "address": "kanareika@example.org", "subject": "kanareika",
        "not_before": START, "created_at": START, "payload": {"about": ["x"]},
    }  # fmt: skip
    Message.objects.create(dedupe_key="a", state="dead", last_error="kanareika", **made)
    assert gone_after(retention.LETTERS, "kanareika")
    assert Message.objects.get().payload == {"about": ["x"]}


def test_a_letter_that_waits_keeps_its_address():
    person = Correspondent.objects.create(organization=scenarios.organization(), email="somebody@example.org")
    Message.objects.create(
        dedupe_key="a", kind="reminder", correspondent=person, address=person.email, not_before=START, created_at=START
    )
    with clock.travel(START + dt.timedelta(days=400)):
        assert retention.forget_letters() == 0


def test_the_last_sign_in_is_forgotten_after_ninety_days():
    person = scenarios.person()
    User.objects.filter(pk=person.pk).update(last_login=START)
    with clock.travel(START + retention.SIGN_INS - MOMENT):
        assert retention.forget_sign_ins() == 0
    with clock.travel(START + retention.SIGN_INS + MOMENT):
        assert retention.forget_sign_ins() == 1
    assert User.objects.get(pk=person.pk).last_login is None


def test_what_operators_did_is_forgotten_after_a_year():
    row = LogEntry.objects.create(
        user=scenarios.person(), content_type=ContentType.objects.get_for_model(User), object_repr="kanareika",
        action_flag=2,
    )  # fmt: skip
    LogEntry.objects.filter(pk=row.pk).update(action_time=START)
    assert gone_after(retention.OPERATORS, "kanareika")


def test_a_link_for_a_new_password_works_for_an_hour():
    assert settings.PASSWORD_RESET_TIMEOUT == 60 * 60


def test_no_table_keeps_a_file_but_the_evidence_of_a_check_and_the_papers_of_the_network():
    """Files of imports and exports are not kept at all."""
    files = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    }
    papers = {"decisions.DocumentVersion.file", "decisions.DocumentVersionEvent.file"}
    papers |= {"grants.GrantReportFile.file"}
    papers |= {"learning.Material.file", "learning.MaterialEvent.file"}
    assert files == {"verification.Check.evidence", "verification.CheckEvent.evidence"} | papers
