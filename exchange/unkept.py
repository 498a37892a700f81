"""An address that is not kept leaves what people uploaded, and what other directories said, too."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from core.spelling.folding import bare
from core.spelling.scrubbing import scrub
from exchange.importing.planning import short
from exchange.models import BookImport, ForeignList, ForeignSource, ImportStep, SourcePage, SourceReading
from exchange.sources.ready import place_key, without_doors
from organizations.models import Location
from services.models import ServiceAtLocation


def forget_door(location: Location, words: Sequence[str]) -> None:
    """The cells stay, without the words; what was imported can still be undone, but for the address."""
    organization = location.organization_id
    theirs = BookImport.objects.filter(
        Q(user__memberships__organization=organization) | Q(foreign__organization=organization)
    )
    scrub(BookImport.objects.filter(pk__in=theirs.values("pk")), ["rows"], words, by="")
    scrub(ImportStep.objects.filter(book__in=theirs.values("pk")), ["rows"], words, by="")
    scrub(ForeignList.objects.filter(organization=organization), ["rows", "notes"], words, by="")
    scrub(SourcePage.objects.all(), ["rows"], words, by="")
    scrub(SourceReading.objects.all(), ["results"], words, by="")
    for source in ForeignSource.objects.order_by("pk"):
        if source.code == location.source:
            _forget_at(source, location)


def _forget_at(source: ForeignSource, location: Location) -> None:
    """The directory that the place came from may have said another address by now: of this place nothing is left."""
    listings = ServiceAtLocation.objects.filter(location=location, service__source=source.code).order_by()
    keys = {bare(key) for key in listings.values_list("service__external_id", flat=True)}
    for page in SourcePage.objects.filter(reading__source=source).order_by("pk").iterator(chunk_size=20):
        here = [row for row in page.rows if row["location"] and place_key(source, row) == bare(location.external_id)]
        if here:
            keys |= {short(bare(str(row["id"]))) for row in here}
            page.rows = without_doors(source, page.rows)
            page.save(update_fields=["rows"])
    for reading in SourceReading.objects.filter(source=source).order_by("pk"):
        for told in reading.results:
            if short(bare(str(told["key"]))) in keys:
                told |= {"say": [], "changes": []}
        reading.save(update_fields=["results"])
