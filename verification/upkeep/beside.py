"""What lies in the directory beside listings and organisations: countries, papers, digests, reviews, grants.

Rule: each row is what its room publishes from its own rows; no other row is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils.module_loading import import_string

from directory.stores import landstore
from directory.tables.grants import PublicGrantCall, PublicGrantSum
from directory.tables.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.tables.learning import PublicCentre, PublicMaterial, PublicTraining
from directory.tables.news import PublicDigest, PublicDigestLine, PublicPaper
from directory.tables.sites import PublicRefusedSite
from directory.tables.spectrum import MemberReviewed, PublicReviewed
from directory.tables.wording import PublicWording
from services.models import Notice
from verification.services.around.lands import publish_notice
from verification.services.around.sites import publish_sites

#: Audience, as what a row is told, and its table.
TABLES: tuple[tuple[str, str, type[models.Model]], ...] = (
    ("public", "fact", PublicCountryFact),
    ("members", "fact", MemberCountryFact),
    ("public", "notice", PublicCountryNotice),
    ("members", "notice", MemberCountryNotice),
    ("public", "paper", PublicPaper),
    ("public", "digest", PublicDigest),
    ("public", "line", PublicDigestLine),
    ("public", "reviewed", PublicReviewed),
    ("members", "reviewed", MemberReviewed),
    ("public", "grant call", PublicGrantCall),
    ("public", "grant sum", PublicGrantSum),
    ("public", "material", PublicMaterial),
    ("public", "training", PublicTraining),
    ("public", "centre", PublicCentre),
    ("public", "wording", PublicWording),
    ("public", "refused site", PublicRefusedSite),
)
#: Table, key of a row: its columns.
Rows = dict[tuple[str, str], dict[str, object]]


class _TakenBackError(Exception):
    """Ends the transaction of a comparison."""


def publish_beside() -> None:
    """All of it anew, by each room."""
    notices = list(Notice.objects.exclude(country="").order_by("pk"))
    landstore.keep_notices([notice.public_id for notice in notices])
    for notice in notices:
        publish_notice(notice)
    publish_sites()
    for name in settings.PUBLISHES_BESIDE:
        import_string(name)()


def differences() -> Iterator[tuple[str, str, dict[str, object] | None, dict[str, object] | None]]:
    """Audience, "fact/<id>", the row as it is and as it should be, None where there is none; only what differs.

    The rooms publish in a transaction that is taken back, so there is one way to make the rows, and nothing is written.
    """
    there, wanted = _rows(), _as_published()
    for key in sorted(there.keys() | wanted.keys()):
        if there.get(key) != wanted.get(key):
            yield *key, there.get(key), wanted.get(key)


def _as_published() -> Rows:
    found: Rows = {}
    try:
        with transaction.atomic():
            publish_beside()
            found = _rows()
            raise _TakenBackError
    except _TakenBackError:
        return found


def _rows() -> Rows:
    return {
        (audience, f"{name}/{row.pk}"): model_to_dict(row, exclude=["changed_at"])
        for audience, name, model in TABLES
        for row in model._default_manager.all()
    }
