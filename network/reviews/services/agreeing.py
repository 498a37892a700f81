"""A review is agreed: it is told beside services, and a «no» against a published listing opens a re-check."""

from __future__ import annotations

from core import clock
from network.reviews import letters, publication
from network.reviews.models import YearlyReview
from network.reviews.models.reviews import good_until
from network.reviews.models.words import SpectrumAnswer
from network.reviews.transitions import move
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models.report import RecheckReason
from verification.services import open_recheck

#: What the review says against: somebody else looks at the listing then.
_AGAINST = (SpectrumAnswer.NONE, SpectrumAnswer.NOT_PLANNED)


def agree(row: YearlyReview) -> YearlyReview:
    """Inside of the caller's transaction, with the row locked."""
    move(row, "agree")
    row.agreed_on = clock.today()
    row.good_until = good_until(row.agreed_on)
    row.save()
    Organization.objects.filter(pk=row.organization_id).update(spectrum_reviewed_on=row.agreed_on)
    publication.publish(row)
    _recheck(row)
    letters.agreed(row)
    return row


def _recheck(row: YearlyReview) -> None:
    """By the mechanism of every re-check; the note names the kinds by their codes."""
    against = {line.leaf for line in row.lines.all() if line.agreed in _AGAINST}
    rows = ServiceAtLocation.objects.filter(
        service__organization=row.organization, service__types__overlap=sorted(against), state__published__isnull=False
    )
    for listing in rows.select_related("service").order_by("pk"):
        found = ", ".join(sorted(against & set(listing.service.types)))
        open_recheck(listing=listing, reason=RecheckReason.CHANGED, note=f"{row.agreed_on:%d.%m.%Y}: {found}")
