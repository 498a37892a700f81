"""A listing of the served network with markup that wants to run in every text that somebody types."""

from __future__ import annotations

import itertools
from typing import Any

from django.db import models

from core.languages import column_names
from organizations import services as organizations
from organizations.models import Contact, Location, Membership, Organization
from services import services
from services.models import Notice, Service
from verification import services as verification
from verification.editing import update_organization
from verification.models import CapacityReport, Report
from verification.tests import scenarios

#: Each tries to call hit() by another way; none may be longer than the shortest field takes.
PAYLOADS = (
    "<script>hit()</script>", "<img src=x onerror=hit()>", "<svg onload=hit()>", "<svg/onload=hit()>",
    '"><script>hit()</script>', "'><img src=x onerror=hit()>", '" onmouseover="hit()" x="',
    "' autofocus onfocus=hit() '",
    "<iframe src=javascript:hit()>", "<a href=javascript:hit()>x</a>", "<details open ontoggle=hit()>",
    "<body onload=hit()>", "<input autofocus onfocus=hit()>", "<video><source onerror=hit()>",
    "</title><script>hit()</script>", "</textarea><script>hit()</script>", "</script><script>hit()</script>",
    "<math><mtext></p><img src=x onerror=hit()>", "{{constructor.constructor('hit()')()}}", "${hit()}",
    "<!--><script>hit()</script>-->", "<template><script>hit()</script></template>", "<style>@import'//x'</style>",
    "&lt;script&gt;hit()&lt;/script&gt;",
)  # fmt: skip
_turn = itertools.cycle(PAYLOADS)


def filled(model: type[models.Model], *names: str) -> dict[str, Any]:
    """Another payload for each of these texts, in every language that it has."""
    i18n = texts_of(model) if any(field.name == "i18n" for field in model._meta.concrete_fields) else []
    columns = [column for name in names for column in (column_names(name) if name in i18n else [name])]
    return {column: _fitting(model._meta.get_field(column).max_length) for column in columns}


def _fitting(longest: int | None) -> str:
    return next(one for one in _turn if longest is None or len(one) <= longest)


def texts_of(model: type[models.Model], *left_out: str) -> list[str]:
    """Names of the texts that people write: what is typed as a code, an address of a page or a mark is checked."""
    i18n = model._meta.get_field("i18n").fields
    return [name for name in i18n if name not in left_out]


# long: one listing with everything that it can have
def lay(email: str) -> dict[str, object]:
    """Everything through the services, for the organisation of the person with this address; the ids."""
    own = Organization.objects.get(pk=Membership.objects.filter(user__email=email).first().organization_id)
    update_organization(
        actor=None, organization=own, expected_version=own.version, **filled(Organization, *texts_of(Organization))
    )
    texts = filled(Location, *texts_of(Location), "address")
    place = scenarios.place(own, **{**texts, "type": "office"})
    organizations.create_contact(
        actor=None, organization=own, location=place, channel="phone", value="+995322123456",
        **filled(Contact, *texts_of(Contact)),
    )  # fmt: skip
    organizations.create_contact(
        actor=None, organization=own, channel="phone", value="+995322123457", audience="colleagues",
        visibility="members", **filled(Contact, *texts_of(Contact), "person"),
    )  # fmt: skip
    texts = filled(Service, *texts_of(Service, "operation_note"))
    # Shorter sentences are not sent to be checked.
    row = scenarios.published(place, method="call", **texts | {"summary": f"{PAYLOADS[1]} {PAYLOADS[5]}"})
    services.set_notice(
        actor=None, kind="warning", location=place, starts_on="2026-01-01", **filled(Notice, *texts_of(Notice))
    )
    verification.set_operation(listing=row, actor=None, operation="limited", **filled(Service, "operation_note"))
    verification.report_capacity(listing=row, actor=None, level="limited", **filled(CapacityReport, "note"))
    verification.receive_report(listing=row, kind="other", **filled(Report, "text", "contact"))
    scenarios.rename(row, **filled(Service, *texts_of(Service, "operation_note")), age_from=18)
    review = verification.submit(listing=row, actor=None, message=PAYLOADS[0])
    return {
        "slug": own.slug, "place": place.public_id, "listing": row.public_id, "review": review.public_id,
        "service": row.service.public_id, "report": Report.objects.latest("pk").public_id,
        "location": place.pk, "texts": len(PAYLOADS),
    }  # fmt: skip
