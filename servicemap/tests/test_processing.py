"""Every column has a class, a purpose and a period, and the page of the record is what the models say."""

from pathlib import Path

from django.conf import settings

from servicemap.processing import record, risks
from servicemap.processing.shapes import Class, Columns, KeptFor, Table


def test_every_column_has_a_class_a_purpose_and_a_period():
    assert len(record.models()) > 55
    assert not record.faults()


def test_a_new_column_an_old_one_and_a_doubled_one_are_faults():
    without = tuple(table for table in record.TABLES if table.model != "messaging.Round")
    assert record.faults(without) == [
        "messaging.Round.finished_at has no class, purpose and period",
        "messaging.Round.kind has no class, purpose and period",
    ]
    wrong = Table("messaging.Round", "", KeptFor.RELEASE, (Columns(Class.SYSTEM, "kind finished_at finished_at gone"),))
    found = record.faults((*without, wrong))
    assert "messaging.Round.gone is no column" in found
    assert "messaging.Round.finished_at stands there twice" in found
    assert "messaging.Round.kind has no purpose" in found


def test_the_page_of_the_record_is_what_the_models_say():
    page = Path(settings.BASE_DIR) / "docs" / "processing.md"
    assert page.read_text() == record.as_markdown(), "bin/manage processing_record > docs/processing.md"


def test_every_field_of_a_tracked_model_is_in_its_history():
    """But what must not be kept twice: hashes, words erased with their row, what is weighed every night."""
    left_out = {
        "accounts.User": {"password", "last_login"},
        "organizations.Invitation": {"token_hash"},
        "messaging.Correspondent": {"email", "name"},
        "verification.Report": {"contact", "code_hash"},
        "verification.Suggestion": {"code_hash"},
        "verification.ListingState": {"completeness"},
        "joining.Application": {"about", "answer", "answers", "declared_by", "email", "referees_note"},
        "joining.ApplicationCheck": {"note"},
        "reviews.YearlyReview": {"objection", "remark", "verdict"},
        "reviews.ReviewAction": {"ending", "text"},
        "grants.GrantApplication": {"answer", "answers", "conditions", "plan", "question", "reason"},
        "grants.GrantScore": {"reason"},
        "grants.Grant": {"reason"},
        "grants.GrantReport": {"narrative", "reason", "readings", "spent"},
        "learning.Enrolment": {"asked_by", "person"},
        "learning.Material": {"decided_by", "offered_by"},
        "learning.ResourceCentre": {"decided_by", "offered_by"},
        "learning.Training": {"decided_by", "offered_by", "trainers_words"},
        "joining.ApplicationQuestion": {"text", "answer"},
    }
    missing = {}
    for history in record.histories():
        tracked = history.pgh_tracked_model
        if names := set(record.columns_of(tracked)) - set(record.columns_of(history)):
            missing[tracked._meta.label] = names
    assert len(record.histories()) > 25
    assert missing == left_out


def test_the_assessment_of_risks_is_what_the_models_say():
    page = Path(settings.BASE_DIR) / "docs" / "risks.md"
    assert page.read_text() == risks.as_markdown(), "bin/manage risk_assessment > docs/risks.md"


def test_every_class_is_weighed_against_threats_that_privacy_knows():
    assert set(risks.RISKS) == set(Class)
    known = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text()
    for risk in risks.RISKS.values():
        assert {risk.severity, risk.likelihood} <= set(risks.DEGREES)
        assert all(f"| {threat} |" in known for threat in risk.threats)
