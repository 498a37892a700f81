"""Files that prove a check: what is taken, under which name, and for how long. Coordinators only."""

from __future__ import annotations

import datetime as dt
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from core import clock
from core.files.pictures import check_paper, drawn_anew
from core.ids import new_public_id
from verification.models import Check

MEGABYTE = 1024 * 1024
AT_MOST = 10 * MEGABYTE
#: After so many days the file goes; the check stays.
KEPT_DAYS = 365
#: First bytes → extension. The name and the type that the browser claims are not believed.
_SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


def kind_of(file: File) -> str:
    """The extension that the content has: pdf, png or jpg. ValidationError for anything else or too much."""
    if file.size > AT_MOST:
        raise ValidationError(_("The file is larger than %(size)d MB.") % {"size": AT_MOST // MEGABYTE})
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    for signature, extension in _SIGNATURES:
        if head.startswith(signature):
            return extension
    raise ValidationError(_("Only PDF, PNG and JPEG can be kept as evidence."))


def attach(check: Check, file: File) -> None:
    """Keep the file under a name that says nothing, a picture without what the camera wrote into it."""
    kind = kind_of(file)
    check.evidence.save(f"{new_public_id()}.{kind}", _safe(file, kind), save=True)


def check_content(file: File) -> None:
    """ValidationError for a file that will not be kept: not of a kind, too large, or holding more than it shows."""
    _safe(file, kind_of(file))


def _safe(file: File, kind: str) -> File:
    file.seek(0)
    content = io.BytesIO(file.read())
    file.seek(0)
    if kind == "pdf":
        check_paper(content)
        return file
    return ContentFile(drawn_anew(content, "png" if kind == "png" else "jpg"))


def remove(check: Check) -> None:
    """Delete the file, and write down that there is none."""
    if check.evidence:
        check.evidence.delete(save=True)


def purge() -> int:
    """Delete what is older than its time; returns how many."""
    old = Check.objects.exclude(evidence="").filter(checked_at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS))
    rows = list(old)
    for check in rows:
        remove(check)
    return len(rows)
