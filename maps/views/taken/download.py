"""What the list shows as a file. Words come in the body of a form, as those of the search do."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from directory.asking.filters import MAX_VALUES, FilterError, Filters, parse_leniently, printable
from directory.crossing.records import Audience
from directory.searching.search import MAX_QUERY
from maps.views.app import search_page
from maps.views.doors import OpenForm, members_page, public_page
from reading.asked import Asked
from reading.exports.files import AnotherIsMade, exported
from reading.exports.making import FORMS, WantedFile
from usage import tally
from usage.words import DOWNLOAD, Used

#: Seconds after which whoever found somebody else's file being made may come again.
COME_AGAIN = 5


@extend_schema(exclude=True)
class DownloadView(OpenForm):
    """What a question finds, as a file."""

    def get(self, request: Request) -> HttpResponseBase:
        return _public(request._request)

    def post(self, request: Request) -> HttpResponseBase:
        return _public(request._request)


@public_page
def _public(request: HttpRequest) -> HttpResponseBase:
    return _file(request, "public")


@require_http_methods(["GET", "HEAD", "POST"])
@members_page
def members_download(request: HttpRequest) -> HttpResponseBase:
    return _file(request, "members")


def _file(request: HttpRequest, audience: Audience) -> HttpResponseBase:
    """Everything that fits, on however many pages the list shows it. What cannot be read is said on the map's page:
    half of a question would make a file of something else.
    """
    given = request.POST if request.method == "POST" else request.GET
    form = FORMS.get(given.get("format", ""))
    if form is None:
        return _refused(request, audience, given, _unknown(given.get("format", "")))
    asked = Asked.now(form.audience(audience))
    filters, errors = parse_leniently(given, asked.vocabulary)
    if errors:
        return _refused(request, audience, given)
    query = given.get("q", "").replace("\x00", " ")[:MAX_QUERY].strip()
    wanted = WantedFile(filters.replace(page=1), query, given.getlist("off")[:MAX_VALUES])
    try:
        file = exported(form, asked, wanted, request.build_absolute_uri("/")[:-1])
    except AnotherIsMade:
        return _busy(request, audience, given)
    if audience == "public":
        tally.add(Used(DOWNLOAD, _country(filters), form.ending))
    response = FileResponse(file, as_attachment=True, filename=f"{_name(asked)}.{form.ending}")
    response.headers["Content-Type"] = form.media_type
    patch_cache_control(response, no_store=True)
    return response


def _country(filters: Filters) -> str:
    """The one that was chosen, where it is one."""
    chosen = filters.chosen("country")
    return chosen[0] if len(chosen) == 1 and len(chosen[0]) == 2 else ""


def _name(asked: Asked) -> str:
    """Says what it is and of which day, and nothing of what was looked for."""
    name = _("services") if asked.audience == "public" else _("services-for-members")
    return f"{name}-{asked.at.date().isoformat()}"


def _unknown(value: str) -> FilterError:
    return FilterError("format", _("Unknown value: %(value)s") % {"value": printable(value)}, value=value)


def _refused(
    request: HttpRequest, audience: Audience, given: QueryDict, error: FilterError | None = None, status: int = 400
) -> HttpResponse:
    response = search_page(request, audience, given, [error] if error else [])
    response.status_code = status
    return response


def _busy(request: HttpRequest, audience: Audience, given: QueryDict) -> HttpResponse:
    """The page with the same question in it: one more press is all."""
    error = FilterError("format", _("Another file is being made just now. Please try again in a few seconds."))
    response = _refused(request, audience, given, error, 503)
    response.headers["Retry-After"] = str(COME_AGAIN)
    return response
