"""Writing what the network tells of itself, in the transaction of whoever decides. Only `network` calls this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.database.bulk import put
from directory.stores.store import bump_revision
from directory.tables.news import PublicDigest, PublicDigestLine, PublicPaper

#: The columns of a row, by name.
Row = Mapping[str, Any]


@transaction.atomic
def put_papers(paper: str, rows: Sequence[Row]) -> None:
    """The languages of one paper that are in force and for everybody, and no other; none takes the paper away."""
    PublicPaper.objects.filter(paper=paper).exclude(pk__in=[row["id"] for row in rows]).delete()
    put(PublicPaper, [dict(row) for row in rows], overwrite=True)
    bump_revision()


@transaction.atomic
def keep_papers(papers: Sequence[str]) -> None:
    """Rows of any other paper go."""
    PublicPaper.objects.exclude(paper__in=list(papers)).delete()
    bump_revision()


@transaction.atomic
def put_digest(digest: Row, lines: Sequence[Row]) -> None:
    """The digest, and exactly these of its lines."""
    put(PublicDigest, [dict(digest)], overwrite=True)
    PublicDigestLine.objects.filter(digest=digest["id"]).exclude(pk__in=[line["id"] for line in lines]).delete()
    put(PublicDigestLine, [dict(line) for line in lines], overwrite=True)
    bump_revision()


@transaction.atomic
def keep_digests(digests: Sequence[str]) -> None:
    """Rows of any other digest go."""
    PublicDigest.objects.exclude(pk__in=list(digests)).delete()
    PublicDigestLine.objects.exclude(digest__in=list(digests)).delete()
    bump_revision()
