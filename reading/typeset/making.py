"""A file for paper: tagged, in our own typefaces, made by a process of its own.

Rule: words come as data and never as markup. The process may use so much time and memory and no more, reads the folder
of this wing and writes nothing; whoever asked waits for it and not for another one. What goes wrong, for whatever
reason, is one error, and the page that asked says what to do.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

from core.languages import active, babel_locale, by_code

_PROGRAM = Path(__file__).with_name("run.py")
SECONDS = 10
#: How long somebody waits for the others' files, and how many are made at once.
PATIENCE = 2.0
_few = threading.BoundedSemaphore(2)
LARGEST = 8 * 1024 * 1024


class NotMade(Exception):
    """There is no file. The reason is the operator's business."""


@dataclass(frozen=True)
class Printed:
    """`said` is what the layout knows when all is set: how many pages, what found no room."""

    pdf: bytes
    pictures: tuple[bytes, ...]
    said: Mapping[str, Any]


def printed(layout: str, told: Mapping[str, object], *, pictures: int = 0) -> Printed:
    """What the layout (a name in this folder) makes of these words, with pictures of the first pages."""
    if not _few.acquire(timeout=PATIENCE):
        raise NotMade("others are being made")
    try:
        run = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), layout, str(pictures)],
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMade(type(error).__name__) from error
    finally:
        _few.release()
    if run.returncode:
        raise NotMade(f"{layout} ended with {run.returncode}")
    return unpacked(run.stdout)


def unpacked(made: bytes) -> Printed:
    """The parts behind their line; NotMade for what is no answer."""
    head, _line, rest = made.partition(b"\n")
    try:
        about = json.loads(head)
        lengths: list[int] = about["parts"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotMade("an answer of another form") from error
    parts, at = [], 0
    for length in lengths:
        parts.append(rest[at : at + length])
        at += length
    if at != len(rest) or at > LARGEST or not parts or not parts[0].startswith(b"%PDF"):
        raise NotMade("an answer of another form")
    return Printed(parts[0], tuple(parts[1:]), about["said"])


def packed(made: Printed) -> bytes:
    """As the program answers it."""
    parts = [made.pdf, *made.pictures]
    head = json.dumps({"parts": [len(part) for part in parts], "said": dict(made.said)})
    return head.encode() + b"\n" + b"".join(parts)


def of_language() -> dict[str, object]:
    """How a page of the active language is set."""
    locale = babel_locale(active())
    region = (locale.territory or "") if by_code(active()).tag.count("-") else ""
    return {"lang": locale.language, "region": region.lower(), "dir": by_code(active()).direction}


def qr_code(link: str) -> str:
    """As a drawing (SVG)."""
    image = io.BytesIO()
    segno.make(link, error="m").save(image, kind="svg", scale=4, border=0, xmldecl=False, svgns=True)
    return image.getvalue().decode()
