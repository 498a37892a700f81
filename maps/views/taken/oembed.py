"""oEmbed 1.0: whoever pastes an address of ours into WordPress or another editor gets the embed of that page."""

from __future__ import annotations

from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.numbers import as_integer
from maps.embeds.shown import EmbedShown, Private, shown_by
from maps.embeds.snippets import WIDTH, Size, frame
from maps.views.doors import public_page

#: Pixels that somebody may ask for; the least is the consumer's business.
_MOST = 100_000
#: Seconds for which a consumer may keep an answer.
CACHE_AGE = 86_400


@require_safe
@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    """`url`, `maxwidth`, `maxheight` (obeyed), `format` (json alone). 404: no such page to embed; 401: a page that is
    not for everybody; 501: another format; 400: a number that is none."""
    if request.GET.get("format", "json").lower() != "json":
        return _refused(501, _("Only JSON is answered here."))
    try:
        widest, tallest = (_most(request, name) for name in ("maxwidth", "maxheight"))
    except ValueError as error:
        return _refused(400, str(error))
    address = request.GET.get("url", "")
    try:
        shown = _shown(request, address)
    except Private:
        return _refused(401, _("This page is not for everybody."))
    except (Http404, ValueError):
        return _refused(404, _("There is nothing at this address."))
    return _answer(request, shown, min(WIDTH, widest), min(shown.height, tallest))


def _shown(request: HttpRequest, address: str) -> EmbedShown:
    if urlsplit(address).netloc.lower() not in _ours(request):
        raise Http404
    return shown_by(address)


def _answer(request: HttpRequest, shown: EmbedShown, width: int, height: int) -> HttpResponse:
    html = frame(request.build_absolute_uri(shown.path), shown.title, Size("fixed", width, height))
    home = request.build_absolute_uri(f"/{shown.language}/")
    return _json(
        {
            "type": "rich",
            "version": "1.0",
            "title": shown.title,
            "provider_name": str(settings.NETWORK_NAME),
            "provider_url": home,
            "cache_age": CACHE_AGE,
            "html": html,
            "width": width,
            "height": height,
        },
        200,
    )


def _refused(status: int, words: str) -> HttpResponse:
    return _json({"error": {"message": words}}, status)


def _json(answer: object, status: int) -> HttpResponse:
    response = HttpResponse(orjson.dumps(answer), content_type="application/json", status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _most(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return as_integer(given, 1, _MOST) if given else _MOST


def _ours(request: HttpRequest) -> set[str]:
    known = (settings.SITE_ADDRESS, settings.PUBLIC_ADDRESS)
    return {request.get_host().lower(), *(urlsplit(each).netloc.lower() for each in known if each)}
