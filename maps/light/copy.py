"""The light pages as files: a copy for plain web space, for the day on which the domain is blocked or the server gone.

Rule: it is written as the public reads, so it holds what everybody may know and nothing else; it says when it was made
and never whether somewhere is open now. Every address in it is relative. Each copy is made whole beside the one
before, then `current` is pointed at it and the one before is removed: what was hidden meanwhile is in no file any more.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from core.languages import active, codes, offered
from core.phrasing.dates import day_in_words
from directory.access import public_read
from directory.asking.filters import Filters
from maps.light import pages
from maps.light.addresses import EVERYTHING, Filed
from reading import kept
from reading.answers import geojson_answer
from reading.asked import Asked
from reading.lines import lines
from reading.needs import needs

CURRENT, MANIFEST, SIGNATURE, KEY = "current", "manifest.json", "manifest.sig", "key.pub.pem"
_SHEET, _DATA, _LINES = "light.css", "data/services.geojson", "data/lines.json"
Progress = Callable[[str, int], None]


class UnusableKey(ValueError):
    """What was given to sign with is no Ed25519 key without a password."""


@dataclass(frozen=True)
class CopyWritten:
    """`folder` is where the copy lies; `revision` that of the directory."""

    folder: Path
    files: int
    revision: int


def write_copy(target: Path, key: Path | None = None, progress: Progress = lambda language, files: None) -> CopyWritten:
    """Make the copy and point `target/current` at it. Without a key it is not signed.

    Errors: UnusableKey; OSError where the folder cannot be written, the copy before stays then.
    """
    signing = _signing_key(key) if key else None
    with public_read():
        asked = Asked.now("public")
        making = target / f".{asked.at:%Y%m%dT%H%M%S%f}"
        shutil.rmtree(making, ignore_errors=True)
        try:
            told = _write_all(making, asked, progress)
            _sign(making, told, asked, signing)
            folder = _point_at(target, making)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    return CopyWritten(folder, len(told), asked.revision)


def _write_all(making: Path, asked: Asked, progress: Progress) -> dict[str, str]:
    """Every file with its SHA-256."""
    told: dict[str, str] = {}

    def put(name: str, text: str) -> None:
        path = making / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        told[name] = hashlib.sha256(text.encode()).hexdigest()

    put(_SHEET, Path(str(finders.find("css/light.css"))).read_text(encoding="utf-8"))
    for code in codes():
        with translation.override(code):
            for name, text in _pages(asked):
                put(name, text)
        progress(code, len(told))
    with translation.override(settings.LANGUAGE_CODE):
        put("index.html", _drawn(asked, "index.html", "start", pages.start_page(asked, Filed(active(), "index.html"))))
        put(_DATA, json.dumps(geojson_answer(asked, Filters(), ""), ensure_ascii=False, default=str))
        put(_LINES, json.dumps(_all_lines(asked), ensure_ascii=False, default=str))
    return told


def _pages(asked: Asked) -> Iterator[tuple[str, str]]:
    """Name and text of each file of the active language."""
    language = active()

    def filed(name: str) -> Filed:
        return Filed(language, f"{language}/{name}")

    start = filed("index.html")
    yield start.here, _drawn(asked, start.here, "start", pages.start_page(asked, start))
    for code in pages.countries_of(asked):
        here = filed(f"{code.lower()}/index.html")
        yield here.here, _drawn(asked, here.here, "country", pages.country_page(asked, code, here))
        yield from _lists(asked, code, filed)
    for place in pages.places_of(asked):
        here = filed(f"places/{place}.html")
        if told := pages.place_page(asked, place):
            yield here.here, _drawn(asked, here.here, "place", told)


def _lists(asked: Asked, code: str, filed: Callable[[str], Filed]) -> Iterator[tuple[str, str]]:
    """Only lists to which something leads."""
    counts = kept.counts(asked, Filters(country=(code,)))
    there = counts.by_value.get("service", {})
    wanted = [need for need in needs(asked.vocabulary) if pages.leads_on(asked, need, there)]
    for need in (*wanted, *((None,) if counts.total else ())):
        name, number, last = need["code"] if need else EVERYTHING, 1, 1
        while number <= last:
            part = f"{name}-{number}" if number > 1 else name
            here = filed(f"{code.lower()}/{part}.html")
            told = pages.list_page(asked, code, need, number, here)
            yield here.here, _drawn(asked, here.here, "list", told)
            number, last = number + 1, told["pages"]


def _drawn(asked: Asked, here: str, name: str, told: object) -> str:
    to = Filed(active(), here)
    other = [
        {"code": code, "name": word, "url": Filed(code, here).start()} for code, word in offered() if code != active()
    ]
    context = {
        "page": told,
        "copied_at": day_in_words(asked.at.date()),
        "network_name": settings.NETWORK_NAME,
        "demo_network": settings.DEMO_NETWORK,
        "light_url": to.start(),
        "sheet_url": to.to(_SHEET),
        "other_languages": other,
    }
    return render_to_string(f"maps/light/{name}.html", context)


def _all_lines(asked: Asked) -> dict[str, object]:
    return {code: lines(asked, Filters(country=(code,))) for code in pages.countries_of(asked)}


def _sign(making: Path, told: dict[str, str], asked: Asked, key: Ed25519PrivateKey | None) -> None:
    """The list of all files with the revision; and the word of whoever has the key that it is theirs."""
    about = {"made_at": asked.at.isoformat(timespec="seconds"), "revision": asked.revision, "sha256": told}
    text = json.dumps(about, indent=1, sort_keys=True).encode()
    (making / MANIFEST).write_bytes(text)
    if key:
        (making / SIGNATURE).write_bytes(key.sign(text))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (making / KEY).write_bytes(public)


def _signing_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise UnusableKey(str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(str(path))
    return key


def _point_at(target: Path, making: Path) -> Path:
    """Whoever reads meets the copy before or this one, whole."""
    folder = target / making.name.removeprefix(".")
    making.rename(folder)
    link = target / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(target / CURRENT)
    for old in target.iterdir():
        if old.is_dir() and not old.is_symlink() and old != folder and old.name.lstrip(".")[:8].isdecimal():
            shutil.rmtree(old)
    return folder
