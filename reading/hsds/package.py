"""The tabular data package of HSDS: a zip of CSV tables and the datapackage.json that says what they are."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view

from directory.asking.filters import Source
from directory.shown.profiles import profiles
from reading.api.base import Question
from reading.api.schemas import names_of
from reading.asked import Asked
from reading.hsds import described, objects, terms
from reading.hsds.asking import rows_asked
from reading.hsds.profile import schemas
from reading.hsds.views import HsdsQuestion, services_told
from reading.hsds.words import Told

#: Table → its schema; the objects that are no columns become rows of their own table.
TABLES = {
    "organizations": "organization",
    "services": "service",
    "service_at_locations": "service_at_location",
    "locations": "location",
    "addresses": "address",
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "service_areas": "service_area",
    "accessibility": "accessibility",
    "attributes": "attribute",
    "taxonomy_terms": "taxonomy_term",
    "taxonomies": "taxonomy",
    "additional_websites": "url",
}
_KEYS = {
    "organization_id": "organizations", "service_id": "services", "service_at_location_id": "service_at_locations",
    "location_id": "locations", "phone_id": "phones", "taxonomy_id": "taxonomies", "taxonomy_term_id": "taxonomy_terms",
}  # fmt: skip
_ONE = {"location": "locations", "taxonomy_term": "taxonomy_terms", "taxonomy_detail": "taxonomies",
        "organization": "organizations"}  # fmt: skip
_OWNED = {"languages": {"phones": "phone_id"}}
_PHONE = re.compile(r"\+[\d\s()\-]+")
_TYPES = {"number": "number", "integer": "integer", "boolean": "boolean"}


@extend_schema_view(get=extend_schema(**described.PACKAGE))
class PackageQuestion(HsdsQuestion):
    """Everything that fits, as tables."""

    content_type = "application/zip"
    known = names_of(described.PACKAGE)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        rows, telling = rows_asked(asked, source), self.telling(asked)

        def build() -> bytes:
            ids = list(rows.order_by("service_id").values_list("service_id", flat=True).distinct())
            services = services_told(telling, asked, ids, is_full=True)
            owners = {str(one["organization_id"]) for one in services}
            found = [objects.organization(one, telling, is_full=True) for one in profiles(asked.audience, asked.at)]
            words = [
                terms.term(one, term, with_taxonomy=True)
                for one in terms.TAXONOMIES
                for term in terms.terms(asked.vocabulary, one)
            ]
            return zipped({"organizations": [one for one in found if one["id"] in owners], "services": services,
                           "taxonomy_terms": words})  # fmt: skip

        return self.canonical(source), build

    def respond(self, answer: object, status: int = 200) -> HttpResponse:
        response = HttpResponse(answer, content_type=self.content_type, status=status)
        response.headers["Content-Disposition"] = 'attachment; filename="service-map-hsds.zip"'
        return response


def zipped(trees: Mapping[str, Iterable[Told]]) -> bytes:
    """The same words give the same bytes: a file in it has no time of its own."""
    tables: dict[str, dict[str, Told]] = {name: {} for name in TABLES}
    for table, found in trees.items():
        for one in found:
            _take_apart(tables, table, one)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        resources = [_resource(name, schema) for name, schema in TABLES.items()]
        package.writestr(
            zipfile.ZipInfo("datapackage.json"), orjson.dumps(_about(resources), option=orjson.OPT_INDENT_2)
        )
        for resource in resources:
            text = _csv(resource, tables[resource["name"]].values())
            package.writestr(zipfile.ZipInfo(resource["path"]), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _take_apart(tables: dict[str, dict[str, Told]], table: str, one: Told) -> None:
    """A row of its table; what hangs on it goes to the tables of its own."""
    tables[table].setdefault(str(one["id"]), {}).update(one)
    for name, value in one.items():
        if name in _ONE and isinstance(value, dict) and value:
            _take_apart(tables, _ONE[name], value)
        elif name in TABLES and isinstance(value, list) and not (table == "organizations" and name == "services"):
            owner = _OWNED.get(name, {}).get(table)
            for each in value:
                _take_apart(tables, name, each | ({owner: one["id"]} if owner else {}))


def _resource(name: str, schema: str) -> dict[str, Any]:
    """Columns of the standard's schema, without what is an object or a list, and ours that are plain."""
    properties = schemas()[schema]["properties"]
    plain = {
        key: one for key, one in properties.items() if "$ref" not in one and one.get("type") not in ("array", "object")
    }
    fields = [{"name": key, "type": _TYPES.get(one.get("type", ""), "string")} for key, one in plain.items()]
    here = set(schemas()[schema].get("required", ())) | set(schemas()[schema].get("tabular_required", ()))
    for field in fields:
        if field["name"] in here and schema != "address":
            field["constraints"] = {"required": True}  # type: ignore[assignment]
    keys = [
        {"fields": key, "reference": {"resource": _KEYS[key], "fields": "id"}}
        for key in plain
        if key in _KEYS and _KEYS[key] != name
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }


def _about(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "service-map-hsds",
        "profile": "tabular-data-package",
        "title": "Service map, HSDS 3.1",
        "licenses": [{"name": settings.DATA_LICENCE, "path": settings.DATA_LICENCE_URL}],
        "resources": resources,
    }


def _csv(resource: Mapping[str, Any], rows: Iterable[Told]) -> str:
    """A cell that begins as a formula does is a text: programs of tables are told so by an apostrophe."""
    names = [field["name"] for field in resource["schema"]["fields"]]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name, "")) for name in names])
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    is_formula = (
        isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not _PHONE.fullmatch(value)
    )
    return f"'{value}" if is_formula else value
