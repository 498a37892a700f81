"""Organisations that are on the map already: the clock of their profile begins.

Rule: the day of confirmation is true, and nobody is surprised. It counts from the last time the organisation sent a
listing that another organisation approved; but no profile turns grey before the time of the first reminder has
passed from today. An organisation of which nothing was ever approved (an import) stays unconfirmed.
"""

import calendar
import datetime as dt
from typing import Any

from django.db import migrations

from core import clock, gazetteer

SHOWN = ("published", "imported")


def begin(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("verification", "Clock").objects.filter(pk="C").first()
    reviews = apps.get_model("verification", "Review").objects.filter(
        state="approved", listing__state__publication__in=SHOWN
    )
    newest: dict[int, Any] = {}
    for review in reviews.select_related("listing__service__organization").order_by("submitted_at", "pk"):
        newest[review.listing.service.organization_id] = review
    for review in newest.values():
        _begin(apps, review, rules)


def _begin(apps: Any, review: Any, rules: Any) -> None:
    organization = review.listing.service.organization
    zone = gazetteer.main_zone(organization.registration_country)
    checked_on = review.submitted_at.astimezone(clock.zone(zone)).date()
    values = _dates(rules, checked_on, clock.today(zone)) | {"level": 1, "timezone": zone}
    state = apps.get_model("verification", "ProfileState")
    _row, is_new = state.objects.get_or_create(
        organization_id=organization.pk, defaults=values | {"method": "first_listing"}
    )
    if not is_new:
        return
    apps.get_model("verification", "ProfileCheck").objects.create(
        organization_id=organization.pk,
        snapshot_id=review.snapshot_id,
        method="first_listing",
        checked_by_id=review.submitted_by_id,
        checked_at=review.submitted_at,
    )
    for name in ("PublicOrganization", "MemberOrganization"):
        apps.get_model("directory", name).objects.filter(pk=organization.public_id).update(**values)


def _dates(rules: Any, checked_on: dt.date, today: dt.date) -> dict[str, dt.date]:
    notice = max(rules.notice_days, default=0)
    due_on = max(_later(checked_on, rules.recheck_months), today + dt.timedelta(days=notice))
    return {
        "checked_on": checked_on,
        "notice_on": max(due_on - dt.timedelta(days=notice), checked_on),
        "due_on": due_on,
        "hides_on": due_on + dt.timedelta(days=rules.hide_days),
        "archives_on": due_on + dt.timedelta(days=rules.archive_days),
    }


def _later(day: dt.date, months: int) -> dt.date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0013_forget_organizations"),
        ("directory", "0007_profiles_age"),
        ("organizations", "0001_organizations"),
        ("services", "0001_services"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
