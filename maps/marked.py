"""What a page says to search engines in the words of schema.org: only what the page itself shows.

Rule: of a place that hides its door nothing is said. Properties stand only where the vocabulary has them
(`availableLanguage` belongs to a way to be reached, hours to a place, `lastReviewed` to a page).
"""

from __future__ import annotations

from reading.shapes import OrganizationTold, PlaceTold

Marked = dict[str, object]


def _said(**fields: object) -> Marked:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def of_place(place: PlaceTold, url: str, language: str) -> Marked | None:
    """The page of a place; None where its door is not for everybody to know."""
    if not place["is_remote"] and place["precision"] != "exact":
        return None
    ways = [
        _said(telephone=one["value"], name=one["label"], availableLanguage=one["languages"]) | {"@type": "ContactPoint"}
        for one in place["contacts"]
        if one["channel"] == "phone" and one["audience"] == "clients"
    ]
    organization: Marked = {
        "@type": "NGO",
        **_said(name=place["organization"]["name"], contactPoint=ways, location=_where(place)),
    }
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        **_said(
            url=url,
            name=place["title"],
            inLanguage=language,
            lastReviewed=place["checked"]["on"],
            about=[{"@type": "Service", **_said(name=one["title"], description=one["summary"])}
                   for one in place["listings"]],
            mainEntity=organization,
        ),
    }  # fmt: skip


def _where(place: PlaceTold) -> Marked:
    if place["is_remote"]:
        return {}
    address = _said(
        streetAddress=place["address"], addressLocality=place["city"], addressRegion=place["region"],
        addressCountry=place["country"],
    )  # fmt: skip
    point = {}
    if place["lat"] is not None and place["lon"] is not None:
        point = {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lon"]}
    return {
        "@type": "Place",
        **_said(name=place["title"], geo=point, address={"@type": "PostalAddress", **address} if address else {}),
    }


def of_organization(told: OrganizationTold, url: str) -> Marked:
    """The page of an organisation."""
    return {
        "@context": "https://schema.org",
        "@type": "NGO",
        **_said(
            name=told["name"],
            alternateName=told["short_name"],
            description=told["description"],
            url=told["website"] or url,
            mainEntityOfPage=url,
            areaServed=told["countries"],
            knowsLanguage=told["working_languages"],
        ),
    }
