"""Asks every public route: in this process, or in one of the public's own (`python -m` this module MOMENT)."""

from __future__ import annotations

import datetime as dt
import json
import sys

if __name__ == "__main__":
    import django

    django.setup()

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core import clock
from directory.tables.listings import PublicListing, PublicOrganization
from directory.tables.news import PublicDigest, PublicPaper
from reading.hsds.ids import derived, uuid_of

ASKED_WITH = {
    "oembed": {"url": "http://testserver/ru/"},
    "nearest": {"lat": "41.7", "lon": "44.8"},
    "download": {"format": "csv"},
    **{name: {"country": "ge", "form": "a6"} for name in ("booklets", "booklet.pdf", "page-1.png")},
    "map": {"bbox": "-180,-90,180,90", "zoom": "4"},
}
#: A nonce, and the moment by the system's clock.
CHANGING = ("Content-Security-Policy", "Expires")
POSTED = {"api/v1/search/": {"q": "тест"}, "api/v1/cities/": {"q": "Тби"},
          "api/v1/suggestions/": {"q": "Тби"}, "/seen/": {"what": "map"}}  # fmt: skip


def routes(urlconf: str | None = None) -> dict[str, str]:
    """Patterns by the qualified name."""
    return dict(_walk(get_resolver(urlconf), (), ""))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], prefix: str):
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces, path)
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or path)), path


def addresses(urlconf: str) -> list[str]:
    """Every route in both languages, with each place and organisation that there is."""
    places = list(PublicListing.objects.order_by("id").values_list("place_id", flat=True).distinct())
    slugs = list(PublicOrganization.objects.order_by("id").values_list("slug", flat=True))
    found, known = [], in_the_words_of_hsds()
    month, paper = f"{PublicDigest.objects.latest('month').month:%Y-%m}", PublicPaper.objects.earliest("paper").paper
    for pattern in routes(urlconf).values():
        pattern = pattern.replace("<slug:country>", "ge").replace("<slug:other>", "kz")
        pattern = pattern.replace("<slug:month>", month).replace("<slug:document>", paper)
        pattern = pattern.replace("<slug:need>", "test").replace("<int:sheet>", "1")
        if "<slug:material>" in pattern:
            continue  # a file lies with the private rows: the members' face gives it
        for part, one in known.items():
            pattern = pattern.replace(f"<str:{part}>", one).replace(f"<slug:{part}>", one)
        for given in places if "place_id" in pattern else slugs if "slug" in pattern else [""]:
            address = "/" + pattern.replace("<slug:place_id>", given).replace("<slug:slug>", given)
            found += [address, address.replace("/ru/", "/en/")]
    return sorted(set(found))


def in_the_words_of_hsds() -> dict[str, str]:
    """One id of each kind."""
    row = PublicListing.objects.order_by("id")[0]
    return {
        "hsds_service": uuid_of("service", row.service_id),
        "hsds_listing": uuid_of("service_at_location", row.id),
        "hsds_location": uuid_of("location", row.place_id),
        "hsds_organization": uuid_of("organization", row.organization_id),
        "hsds_taxonomy": derived("taxonomy", "service"),
        "hsds_term": derived("term", "service", row.types[0]),
        "schema": "service",
    }


def answers(urlconf: str, moment: dt.datetime) -> dict[str, dict[str, object]]:
    client, told = Client(raise_request_exception=True), {}
    with clock.travel(moment):
        for address in addresses(urlconf):
            name = address.strip("/").split("/")[-1]
            body = next((data for path, data in POSTED.items() if path in address), None)
            if body is not None:
                answer = client.post(address, body, content_type="application/json")
            elif "/search/" in address:
                answer = client.post(address, {"q": "тест"})
            else:
                answer = client.get(address, ASKED_WITH.get(name))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = content.decode(errors="backslashreplace").replace(
                str(getattr(answer.wsgi_request, "csp_nonce", "") or "-"), "-"
            )
            headers = {key: value for key, value in answer.headers.items() if key not in CHANGING}
            told[address] = {"status": answer.status_code, "headers": headers, "text": text,
                             "cookies": sorted(answer.cookies)}  # fmt: skip
    return told


if __name__ == "__main__":
    from django.conf import settings

    moment = dt.datetime.fromisoformat(sys.argv[1])
    print(json.dumps(answers(settings.ROOT_URLCONF, moment)))  # noqa: T201
