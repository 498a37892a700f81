"""A point out of what people paste: a pair of numbers in any usual form, or a link of a map that carries one.

Rule: nothing is fetched. A short link says nothing by itself, and following it would tell a stranger and let them send
our server anywhere: the long one is asked for. Latitude comes first, but in the links of Yandex and 2GIS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit

from django.utils.translation import gettext as _

from core.errors import HouseError

LONGEST = 2000
_NUMBER = r"[-−+]?\d{1,3}(?:\.\d+)?"
_PAIR = re.compile(rf"\s*\(?({_NUMBER})\s*[,;\s]\s*({_NUMBER})\)?(?![\d.])")
#: "41,72916, 44,77878": the comma is the decimal's where each number has one of its own.
_COMMAS = re.compile(r"([-−+]?\d{1,3}),(\d+)\s*[,;\s]\s*([-−+]?\d{1,3}),(\d+)\s*$")
_TOKEN = re.compile(r"[NSEW]|[-−+]?\d+(?:\.\d+)?\s*[°º˚]?", re.IGNORECASE)
_DEGREE = "°º˚"
_WIND = frozenset("NSEW")
#: Letters of the four winds as people write them in Russian.
_WINDS = (
    (r"(?:с\.?\s*ш\.?|сев(?:ерной)?\.?\s*шир(?:оты)?\.?)", "N"),
    (r"(?:ю\.?\s*ш\.?)", "S"),
    (r"(?:в\.?\s*д\.?|вост(?:очной)?\.?\s*долг(?:оты)?\.?)", "E"),
    (r"(?:з\.?\s*д\.?)", "W"),
)
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_VIEW = re.compile(rf"/@({_NUMBER}),({_NUMBER})")
_HASH = re.compile(rf"(?:^|[#&/])map=[\d.]+/({_NUMBER})/({_NUMBER})")
_TWO_GIS = re.compile(rf"/geo/(?:\d{{6,}}/)?({_NUMBER}),({_NUMBER})")
_LONGITUDE_FIRST = re.compile(r"(?:^|\.)(?:yandex|2gis)\.[a-z.]{2,7}$")
_SHORT = ("maps.app.goo.gl", "goo.gl", "go.2gis.com", "maps.apple", "osm.org", "clck.ru", "ya.cc", "bit.ly")
#: Parameters that hold a point, the surest first: a pin before a search, a search before the middle of the view.
_PARAMETERS = ("pt", "whatshere[point]", "m", "destination", "daddr", "coordinate", "query", "q", "ll", "sll", "center")


class PointNotRead(HouseError):
    """`code` says why: "short" asks for the long link, "none" found no point."""

    def __init__(self, code: str) -> None:
        words = {
            "short": _("A short link does not say where it leads. Open it, and copy the long one or the coordinates."),
            "none": _("No coordinates were found in this. Paste “41.72916, 44.77878” or a link to the place on a map."),
        }
        super().__init__(words[code], code=code)


def read_point(text: str) -> tuple[float, float]:
    """Latitude and longitude. Raises PointNotRead."""
    text = text.strip()[:LONGEST]
    found = next((point for point in _candidates(text) if _is_on_earth(point)), None)
    if found is None:
        raise PointNotRead("short" if _is_short(text) else "none")
    return found


def _candidates(text: str) -> Iterator[tuple[float, float]]:
    if text.lower().startswith("geo:"):
        yield from _of_geo(text[4:])
    elif re.match(r"https?://|www\.|[\w.-]+\.[a-z]{2,4}/", text, re.IGNORECASE):
        yield from _of_link(text if "://" in text else f"https://{text}")
    else:
        yield from _of_degrees(text)
        yield from _of_pair(text)


def _of_geo(rest: str) -> Iterator[tuple[float, float]]:
    """RFC 5870; Android's draft puts the point into q where the path says 0,0."""
    path, _mark, query = rest.partition("?")
    for asked in parse_qs(query).get("q", []):
        yield from _of_pair(asked)
    yield from _of_pair(path)


def _of_link(link: str) -> Iterator[tuple[float, float]]:
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    plain = unquote_plus(link)
    is_turned = bool(_LONGITUDE_FIRST.search(host))
    yield from _numbers(_PIN.findall(plain))
    yield from _numbers(_TWO_GIS.findall(plain), is_turned=True)
    yield from _of_parameters(parts, is_turned=is_turned)
    for part in unquote_plus(parts.path).split("/"):
        yield from _of_pair(part)
    yield from _numbers([*_VIEW.findall(plain), *_HASH.findall(plain)])


def _of_parameters(parts: SplitResult, *, is_turned: bool) -> Iterator[tuple[float, float]]:
    given = {**parse_qs(parts.fragment.partition("?")[2]), **parse_qs(parts.query)}
    for lat, lon in (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng")):
        yield from _numbers(zip(given.get(lat, []), given.get(lon, []), strict=False))
    for way in given.get("rtext", []):  # Yandex' way, which has the latitude first: its end
        yield from _of_pair(way.rsplit("~", 1)[-1])
    for name in _PARAMETERS:
        for value in given.get(name, []):
            yield from _of_pair(value, is_turned=is_turned and name not in ("q", "query"))
    for value in given.get("text", []):
        yield from _of_pair(value)


def _of_pair(text: str, *, is_turned: bool = False) -> Iterator[tuple[float, float]]:
    if found := _COMMAS.match(text.strip()):
        text = f"{found[1]}.{found[2]} {found[3]}.{found[4]}"
    if pair := _PAIR.match(text):
        yield from _numbers([(pair[1], pair[2])], is_turned=is_turned)


def _of_degrees(text: str) -> Iterator[tuple[float, float]]:
    """“41°43′45″N 44°46.7′E”, “N 41 43.75 E 44 46.7”, “41,72916° с. ш., 44,77878° в. д.”."""
    for words, letter in _WINDS:
        text = re.sub(words, f" {letter} ", text, flags=re.IGNORECASE)
    text = re.sub(r"(\d),(\d)", r"\1.\2", text)
    if re.search(r"[^\W\d_NSEWnsew]", text) or not re.search(rf"[NSEW{_DEGREE}]", text, re.IGNORECASE):
        return  # other words, or plain numbers
    halves = _halves([token.strip().upper() for token in _TOKEN.findall(text)])
    values = [_degrees(half) for half in halves]
    if len(values) == 2 and None not in values:
        turned = bool({"E", "W"} & set(halves[0]))
        yield from _numbers([(str(values[0]), str(values[1]))], is_turned=turned)


def _halves(tokens: list[str]) -> list[list[str]]:
    """Before and after the middle: each half begins with its letter, or ends with it, or begins with its degrees."""
    winds = [at for at, token in enumerate(tokens) if token in _WIND]
    starts = winds or [at for at, token in enumerate(tokens) if token[-1] in _DEGREE]
    if len(starts) != 2:
        return []
    middle = starts[0] + 1 if winds and starts[0] > 0 else starts[1]
    return [tokens[:middle], tokens[middle:]]


def _degrees(half: list[str]) -> float | None:
    """Degrees, minutes and seconds as one number; None where they are none."""
    numbers = [float(token.rstrip(f"{_DEGREE} ").replace("−", "-")) for token in half if token not in _WIND]
    if not 1 <= len(numbers) <= 3 or any(not 0 <= part < 60 for part in numbers[1:]):
        return None
    size = sum(abs(number) / 60**at for at, number in enumerate(numbers))
    return -size if numbers[0] < 0 or {"S", "W"} & set(half) else size


def _numbers(pairs: Iterable[tuple[str, str]], *, is_turned: bool = False) -> Iterator[tuple[float, float]]:
    for first, second in pairs:
        try:
            lat, lon = (float(number.replace("−", "-")) for number in (first, second))
        except ValueError:
            continue
        yield (lon, lat) if is_turned else (lat, lon)


def _is_on_earth(point: tuple[float, float]) -> bool:
    lat, lon = point
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)


def _is_short(text: str) -> bool:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    return host in _SHORT or ("yandex." in host and parts.path.startswith("/maps/-/"))
