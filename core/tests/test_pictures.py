"""What comes as a picture leaves as its pixels: no place of taking, no second file in it, no bomb."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.files.pictures import check_paper, drawn_anew

CANARY = b"kanareika"
PAGE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(kind, size=(60, 40), tail=b"", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return io.BytesIO(out.getvalue() + tail)


def with_exif():
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()  # description
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825)[2] = (41.0, 43.0, 27.0)  # latitude
    return picture("JPEG", exif=exif)


def test_a_photo_loses_its_place_and_its_owner_and_keeps_its_turn():
    source = with_exif()
    assert CANARY in source.getvalue()
    made = drawn_anew(source, "jpg")
    with Image.open(io.BytesIO(made)) as found:
        assert not found.getexif() and found.size == (40, 60)
    assert CANARY not in made


def test_texts_in_a_png_and_what_hangs_on_its_end_are_gone():
    info = PngInfo()
    info.add_text("Comment", CANARY.decode())
    made = drawn_anew(picture("PNG", pnginfo=info, tail=b"PK\x03\x04" + CANARY), "png")
    assert CANARY not in made and b"PK\x03\x04" not in made
    with Image.open(io.BytesIO(made)) as found:
        assert found.size == (60, 40) and not found.info.get("Comment")


def bomb():
    """A PNG of a few bytes that says it is 30,000 dots wide and high."""

    def part(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (bomb(), "png"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64), "png"),
        (io.BytesIO(b"\xff\xd8\xff\xe0<script>alert(1)</script>"), "jpg"),
        (picture("GIF"), "png"),
        (picture("PNG"), "jpg"),
        (io.BytesIO(picture("JPEG").getvalue()[:200]), "jpg"),
    ],
)
def test_bombs_and_what_is_no_picture_are_refused(file, kind):
    with pytest.raises(ValidationError):
        drawn_anew(file, kind)


def test_a_plain_paper_is_taken():
    check_paper(io.BytesIO(PAGE))


@pytest.mark.parametrize(
    "more",
    [b"/OpenAction 2 0 R", b"/JS (app.alert(1))", b"/J#61vaScript 3 0 R", b"/EmbeddedFiles 4 0 R", b"PK\x03\x04zip",
     b"<script>alert(1)</script>"],
)  # fmt: skip
def test_papers_that_act_or_are_another_file_too_are_refused(more):
    with pytest.raises(ValidationError):
        check_paper(io.BytesIO(PAGE.replace(b"trailer", more + b"\ntrailer")))


def test_a_paper_with_something_behind_its_end_is_refused():
    with pytest.raises(ValidationError):
        check_paper(io.BytesIO(PAGE + b"and a zip"))
