"""Files from strangers' hands: pictures are drawn anew, papers are looked through.

Of a picture the pixels are kept and nothing else: no place and time of taking, no owner, nothing that hangs on its
end and is another kind of file too. How large it will be is read before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import BinaryIO, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 25_000_000
Kind = Literal["png", "jpg"]
_FORMATS: dict[Kind, str] = {"png": "PNG", "jpg": "JPEG"}
#: What makes a paper act, or carry other files. Names may be written with #xx for a letter.
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|XFA)\b")
_FOREIGN = (b"PK\x03\x04", b"<script", b"<html", b"<?php", b"\x7fELF", b"MZ\x90\x00")


def drawn_anew(file: BinaryIO, kind: Kind) -> bytes:
    """The same picture as a new file. ValidationError when it is none, or has too many pixels."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[_FORMATS[kind]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has more than 25 million dots. Make it smaller."))
                return _saved(ImageOps.exif_transpose(picture), kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture cannot be read.")) from error
    except Image.DecompressionBombWarning as error:
        raise ValidationError(_("The picture has more than 25 million dots. Make it smaller.")) from error


def _saved(picture: Image.Image, kind: Kind) -> bytes:
    mode = "RGB" if kind == "jpg" else ("RGBA" if "A" in picture.getbands() else "RGB")
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    out = io.BytesIO()
    bare.save(out, _FORMATS[kind], **({"quality": 88} if kind == "jpg" else {"optimize": True}))
    return out.getvalue()


def check_paper(file: BinaryIO) -> None:
    """ValidationError for a PDF that does something when it is opened, carries files, or is another file as well."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    ends = content.rstrip(b"\r\n\0 ").endswith(b"%%EOF")
    spelled = re.sub(rb"#([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), content)
    if not ends or _ACTS.search(spelled) or any(mark in content for mark in _FOREIGN):
        raise ValidationError(_("This PDF holds more than pages. Print it into a new PDF, or take a picture."))
