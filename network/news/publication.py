"""What everybody reads of a digest, written when it is sent; without lines whose service is not public any more."""

from __future__ import annotations

from directory.stores import newsstore
from directory.tables.listings import PublicListing
from directory.tables.news import NewsAbout
from network.news.models import Digest, DigestAudience, DigestLine
from verification.snapshots import texts


def publish(digest: Digest) -> None:
    """The digest with its lines as they stand now. Only one that was sent, and for everybody."""
    lines = list(digest.lines.filter(is_out=False, is_public=True, taken_off_at__isnull=True))
    listings = [line.ref for line in lines if line.about == NewsAbout.LISTING]
    there = set(PublicListing.objects.filter(pk__in=listings).values_list("pk", flat=True))
    shown = [line for line in lines if line.about != NewsAbout.LISTING or line.ref in there]
    values = {"id": digest.public_id, "month": digest.month, "sent_at": digest.sent_at}
    newsstore.put_digest(values | {"opening": texts(digest, "opening")}, [_row(digest, line) for line in shown])


def publish_all() -> int:
    """Every digest for everybody anew and no other; how many there are. A service that came back is named again."""
    digests = list(Digest.objects.sent().filter(audience=DigestAudience.PUBLIC))
    newsstore.keep_digests([digest.public_id for digest in digests])
    for digest in digests:
        publish(digest)
    return len(digests)


def _row(digest: Digest, line: DigestLine) -> newsstore.Row:
    same = {name: getattr(line, name) for name in ("position", "section", "about", "ref", "country", "words")}
    return {"id": line.public_id, "digest": digest.public_id, **same}
