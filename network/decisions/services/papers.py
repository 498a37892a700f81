"""Documents and their versions. Files are looked through before they are kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import HouseError, WrongState
from core.ids import new_public_id
from core.languages import stored
from network.decisions import files, publication
from network.decisions.models import Body, Decision, Document, DocumentVersion
from network.decisions.services._inside import keep

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_document(
    *, actor: User, body: Body, kind: str, title: str, title_en: str = "", audience: str = "members"
) -> Document:
    keep(actor, body)
    row = Document(body=body, kind=kind, title=title, audience=audience, **{stored("title_en"): title_en or None})
    row.full_clean(exclude=["i18n"])
    row.save()
    return row


@transaction.atomic
def add_version(
    *, actor: User, document: Document, language: str, text: str = "", file: File | None = None,
    number: int | None = None, valid_until: dt.date | None = None,
) -> DocumentVersion:  # fmt: skip
    """The next version, or another language of one (by its number). What is there already stays as it is."""
    row = Document.objects.select_for_update().get(pk=document.pk)
    keep(actor, row.body)
    if row.repealed_by_id is not None:
        raise WrongState(_("This document was repealed."))
    last = row.versions.aggregate(n=Max("number"))["n"] or 0
    if number is not None and not 1 <= number <= last:
        raise HouseError(_("There is no such version."), field="number")
    version = DocumentVersion(
        document=row, number=number or last + 1, language=language, text=text.strip(), valid_until=valid_until,
        written_by=actor,
    )  # fmt: skip
    if file is not None:
        content, kind = files.looked_through(file)
        version.file_name = files.name_of(file, kind)
        version.file.save(f"{new_public_id()}.{kind}", content, save=False)
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def repeal(*, actor: User, document: Document, decision: Decision) -> Document:
    """By a decision of the same body."""
    row = Document.objects.select_for_update().get(pk=document.pk)
    keep(actor, row.body)
    if decision.body_id != row.body_id or row.repealed_by_id is not None:
        raise WrongState(_("This document cannot be repealed by that decision."))
    row.repealed_by = decision
    row.version += 1
    row.save()
    publication.publish(row)
    return row
