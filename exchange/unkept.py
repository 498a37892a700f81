"""An address that is not kept leaves the files that the organisation's people uploaded, too."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from core.scrubbing import scrub
from exchange.models import BookImport, ForeignList, ImportStep
from organizations.models import Location


def forget_door(location: Location, words: Sequence[str]) -> None:
    """The cells stay, without the words; what was imported can still be undone, but for the address."""
    organization = location.organization_id
    theirs = BookImport.objects.filter(
        Q(user__memberships__organization=organization) | Q(foreign__organization=organization)
    )
    scrub(BookImport.objects.filter(pk__in=theirs.values("pk")), ["rows"], words, by="")
    scrub(ImportStep.objects.filter(book__in=theirs.values("pk")), ["rows"], words, by="")
    scrub(ForeignList.objects.filter(organization=organization), ["rows", "notes"], words, by="")
