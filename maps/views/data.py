"""Open data: what may be taken and how, what changed lately, and the description of the API as a page."""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from core.languages import active
from directory.asking import queries
from directory.asking.filters import Filters
from maps.context import frame
from maps.views.doors import public_page
from reading import kept
from reading.asked import Asked
from reading.exports.making import FORMS
from reading.hsds.ids import uuid_of
from reading.hsds.words import instant
from reading.presenters.cards import place_url
from reading.presenters.parts import text

ZIP, NDJSON = "application/zip", "application/x-ndjson"
#: How many changes are told.
LATEST = 50


@require_safe
@public_page
def data(request: HttpRequest) -> HttpResponse:
    """What this is, the licence, what is downloaded where, and how programs ask."""
    asked = Asked.now("public")
    site = request.build_absolute_uri("/").rstrip("/")
    downloads = _downloads()
    context: dict[str, object] = {
        **frame("public"),
        "site": site,
        "downloads": downloads,
        "total": kept.counts(asked, Filters()).total,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        "contact_email": settings.NETWORK_EMAIL,
        "linked_data": _dataset(request, site, downloads),
    }
    return render(request, "maps/data.html", context)


def _downloads() -> list[dict[str, str]]:
    as_file, language = reverse("maps:download"), active()
    xlsx, csv, kml, geojson = (FORMS[ending].media_type for ending in ("xlsx", "csv", "kml", "geojson"))
    everything = _("Everything on one sheet, opens in Excel and LibreOffice")
    by_phone = _("For maps on a phone: only places whose door everybody may know")
    points = _("Every service with its point: for QGIS, for a map of your own")
    tables = _("For a spreadsheet and for databases: organisations, services, places, hours, phones")
    objects = _("For other directories: services with all that belongs to them")
    rows = [
        (_("Table (XLSX)"), f"{as_file}?format=xlsx", xlsx, everything),
        ("CSV", f"{as_file}?format=csv", csv, _("The same table as text")),
        ("KML", f"{as_file}?format=kml", kml, by_phone),
        ("GeoJSON", f"{reverse('api:geojson')}?lang={language}", geojson, points),
        (_("Tables (CSV in a zip, HSDS data package)"), f"{reverse('hsds:package')}?lang={language}", ZIP, tables),
        (
            _("HSDS 3.1, an object a line"),
            f"{reverse('hsds:services')}?full=true&format=ndjson&lang={language}",
            NDJSON,
            objects,
        ),
    ]
    # Some are answers of the API, which name no file and would be shown in the tab.
    names = {geojson: "service-map.geojson", NDJSON: "service-map.ndjson"}
    return [
        {"name": name, "url": url, "type": kind, "about": about, "file": names.get(kind, "")}
        for name, url, kind, about in rows
    ]


def _dataset(request: HttpRequest, site: str, downloads: list[dict[str, str]]) -> dict[str, object]:
    """A data set in the words of schema.org, which mirror those of DCAT."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _("Map of services for migrants"),
        "description": _("Places that help migrants: what they do, where, when, and when it was checked."),
        "url": request.build_absolute_uri(request.path),
        "license": settings.DATA_LICENCE_URL,
        "inLanguage": active(),
        "isAccessibleForFree": True,
        "creator": {"@type": "NGO", "name": str(settings.NETWORK_NAME), "url": site},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one["name"],
                "encodingFormat": one["type"],
                "contentUrl": site + one["url"],
            }
            for one in downloads
        ],
    }


@require_safe
@public_page
def changes_json(request: HttpRequest) -> HttpResponse:
    """JSON Feed 1.1."""
    site = request.build_absolute_uri("/").rstrip("/")
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("What changed on the service map"),
        "home_page_url": request.build_absolute_uri(reverse("maps:data")),
        "feed_url": request.build_absolute_uri(request.path),
        "language": active(),
        "items": [
            {
                "id": f"urn:uuid:{one['id']}",
                "url": site + one["path"],
                "title": one["title"],
                "content_text": one["about"],
                "date_modified": one["updated"],
            }
            for one in _changes()
        ],
    }
    response = HttpResponse(orjson.dumps(told), content_type="application/feed+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@public_page
def changes_atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0 (RFC 4287)."""
    here, site = request.build_absolute_uri(request.path), request.build_absolute_uri("/").rstrip("/")
    found = _changes()
    entries = "".join(
        f"<entry><id>urn:uuid:{one['id']}</id><title>{escape(one['title'])}</title>"
        f"<updated>{one['updated']}</updated><link href={quoteattr(site + one['path'])}/>"
        f"<summary>{escape(one['about'])}</summary></entry>"
        for one in found
    )
    updated = found[0]["updated"] if found else "1970-01-01T00:00:00Z"
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{active()}">'
        f"<id>{escape(here)}</id><title>{escape(_('What changed on the service map'))}</title>"
        f"<updated>{updated}</updated><author><name>{escape(str(settings.NETWORK_NAME))}</name></author>"
        f'<link rel="self" href={quoteattr(here)}/>{entries}</feed>'
    )
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _changes() -> list[dict[str, str]]:
    """Listings that were published last. Of places that hide their door nothing is told on."""
    asked = Asked.now("public")
    current = queries.current_listings("public", asked.at).exclude(operation="closed")
    open_ones = current.filter(precision="exact") | current.filter(location_type="")
    latest = dict(open_ones.order_by("-published_at", "id").values_list("id", "published_at")[:LATEST])
    rows = queries.read_rows(open_ones.filter(id__in=list(latest)).order_by("-published_at", "id"), asked.at)
    return [
        {
            "id": uuid_of("service_at_location", row.id),
            "path": f"{place_url(row.place_id, 'public')}?service={row.id}",
            "title": text(row, "title"),
            "about": ", ".join(part for part in (text(row, "organization"), text(row, "city")) if part),
            "updated": instant(latest[row.id]),
        }
        for row in rows
    ]


@require_safe
@public_page
def reference(request: HttpRequest) -> HttpResponse:
    """The description of the API, which programs read as OpenAPI, for people."""
    found = operations()
    common = [one for one in found[0]["statuses"] if all(one in each["statuses"] for each in found)]
    told = [{**each, "statuses": [one for one in each["statuses"] if one not in common]} for each in found]
    return render(request, "maps/api_reference.html", {**frame("public"), "operations": told, "common": common})


@cache
def operations() -> list[dict[str, Any]]:
    """Every question that everybody may ask, in the order of the addresses."""
    schema = SchemaGenerator().get_schema(public=True)
    return [
        {
            "path": path,
            "method": method.upper(),
            "summary": one.get("summary", ""),
            "about": one.get("description", "").replace("`", ""),
            "parameters": [_parameter(each) for each in one.get("parameters", ())],
            "statuses": [
                {"code": code, "about": each["description"].replace("`", "")}
                for code, each in one["responses"].items()
                if each.get("description")
            ],
        }
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
        if "/members/" not in path and "/schema/" not in path
    ]


def _parameter(each: dict[str, Any]) -> dict[str, Any]:
    schema = each.get("schema", {})
    values = [value for value in schema.get("enum") or schema.get("items", {}).get("enum") or [] if value]
    return {
        "name": each["name"],
        "type": schema.get("type", "string"),
        "values": values,
        "about": each.get("description", ""),
    }
