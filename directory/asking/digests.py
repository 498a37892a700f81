"""Which services a digest may name today, and its lines as they are shown: the one question of pages and letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from directory.asking.queries import current_listings
from directory.crossing.records import Audience
from directory.tables.news import NewsAbout, PublicDigestLine


def nameable(audience: Audience, ids: Collection[str], at: dt.datetime) -> dict[str, str]:
    """Of these services, those that the audience may see today, with their places; of the public's, no hidden door."""
    if not ids:
        return {}
    rows = current_listings(audience, at).filter(pk__in=list(ids))
    if audience == "public":
        rows = rows.filter(precision="exact") | rows.filter(location_type="")
    return dict(rows.order_by("id").values_list("id", "place_id"))


def lines_shown(digests: Collection[str], at: dt.datetime) -> list[tuple[PublicDigestLine, str]]:
    """Lines of digests for everybody, each with the place that it names ("" for none)."""
    lines = list(PublicDigestLine.objects.filter(digest__in=list(digests)).order_by("digest", "position", "id"))
    there = nameable("public", [line.ref for line in lines if line.about == NewsAbout.LISTING], at)
    return [(line, there.get(line.ref, "")) for line in lines if line.about != NewsAbout.LISTING or line.ref in there]
