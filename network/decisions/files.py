"""Which files are kept: PDF, DOCX, XLSX, PNG and JPEG, ten megabytes at most, known by their content.

A picture is drawn anew; a PDF that acts is refused; of an office file, one with macros or with links to elsewhere.
"""

from __future__ import annotations

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from core.files.pictures import check_paper, drawn_anew

MEGABYTE = 1024 * 1024
AT_MOST = 10 * MEGABYTE
#: What an office file may unpack to, and of how many parts it may be.
_UNPACKED, _PARTS = 80 * MEGABYTE, 2000
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ACTS = re.compile(r"vbaProject|activeX|/embeddings/|externalLinks", re.IGNORECASE)


def looked_through(file: File) -> tuple[ContentFile, str]:
    """The content as it is kept, and its kind. ValidationError, by the field `file`, for anything else."""
    try:
        return _looked_through(file)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _looked_through(file: File) -> tuple[ContentFile, str]:
    if file.size > AT_MOST:
        raise ValidationError(_("The file is larger than %(size)d MB.") % {"size": AT_MOST // MEGABYTE})
    file.seek(0)
    content = file.read()
    if content.startswith(b"%PDF-"):
        check_paper(io.BytesIO(content))
        return ContentFile(content), "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ContentFile(drawn_anew(io.BytesIO(content), "png")), "png"
    if content.startswith(b"\xff\xd8\xff"):
        return ContentFile(drawn_anew(io.BytesIO(content), "jpg")), "jpg"
    if content.startswith(b"PK\x03\x04"):
        return ContentFile(content), _office_kind(content)
    raise ValidationError(_("Only PDF, DOCX, XLSX, PNG and JPEG can be kept."))


def _office_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ValidationError(_("This file cannot be read.")) from error
    names = {info.filename for info in infos}
    if len(infos) > _PARTS or sum(info.file_size for info in infos) > _UNPACKED:
        raise ValidationError(_("This file unpacks to too much."))
    kind = next((kind for kind, main in _MAIN.items() if main in names), "")
    if not kind:
        raise ValidationError(_("Only PDF, DOCX, XLSX, PNG and JPEG can be kept."))
    if any(_ACTS.search(name) for name in names):
        raise ValidationError(_("This file holds macros or other files. Save it anew without them, or as a PDF."))
    return kind


def name_of(file: File, kind: str) -> str:
    """The name under which it is saved again: letters, digits, spaces, dots, dashes, and the kind that it has."""
    stem = str(file.name or "").replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    stem = " ".join(re.sub(r"[^\w .-]", " ", stem).split()).strip(". ")[:80]
    return f"{stem or 'document'}.{kind}"
