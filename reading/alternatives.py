"""What to offer when nothing fits: which condition to give up, what comes closest, and whom to call."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.countries import country_name
from core.links import display, href
from directory import queries
from directory.content import ContactShown
from directory.facets import Counts, cities, facet_counts
from directory.filtering.declared import ANY_COUNTRY
from directory.filters import Filters
from directory.queries import Hits
from reading import presenters
from reading.asked import Asked
from reading.presenters.choices import Choices
from reading.presenters.parts import text
from reading.shapes import Alternatives, Card, Dropped, Hotline

_MOST_NEAREST = 3


def alternatives(asked: Asked, filters: Filters, counts: Counts, *, hits: Hits | None = None) -> Alternatives:
    """For a question with `counts.total` 0. `code` is "" where the whole filter has to go."""
    return {
        "drop": _drop(asked, filters, counts, hits),
        "nearest": _nearest(asked, filters),
        "hotlines": _hotlines(asked, filters),
    }


def _drop(asked: Asked, filters: Filters, counts: Counts, hits: Hits | None) -> list[Dropped]:
    choices = Choices(asked.vocabulary, asked.audience, cities(asked.audience, asked.at))
    found: list[Dropped] = []
    for param, count in counts.without.items():
        if not count:
            continue
        values = filters.active().get(param, ())
        name = ", ".join(choices.name(param, value) for value in values) or choices.near_name(filters)
        found.append({"param": param, "code": values[0] if len(values) == 1 else "", "name": name, "count": count})
    if hits is not None:
        without_words = facet_counts(asked.audience, filters, asked.vocabulary, asked.at).total
        if without_words:
            found.append({"param": "q", "code": "", "name": _("The words of the search"), "count": without_words})
    return sorted(found, key=lambda item: -item["count"])


def _nearest(asked: Asked, filters: Filters) -> list[Card]:
    """Listings that fit in part: everywhere, else the same kind of service on any terms."""
    near = filters.near.replace_radius(None) if filters.near else None
    everywhere = filters.replace(country=(), city=(), open=(), near=near, bbox=None, page=1, page_size=_MOST_NEAREST)
    same_kind = Filters(service=filters.service, country=filters.country, near=near, page_size=_MOST_NEAREST)
    for wider in (everywhere, same_kind, same_kind.replace(country=())):
        if wider.active() or wider.near:
            page = queries.listings_page(asked.audience, wider, asked.at)
            if page.rows:
                return presenters.cards(page.rows, asked.vocabulary, asked.audience, asked.at)
    return []


def _hotlines(asked: Asked, filters: Filters) -> list[Hotline]:
    country = filters.country[0] if filters.country and filters.country[0] != ANY_COUNTRY else ""
    lines: list[Hotline] = []
    for row in queries.hotlines(asked.audience, country, at=asked.at):
        phone = next((c for c in _by_urgency(row.contacts) if c["channel"] == "phone"), None)
        if phone is None:
            continue
        lines.append(
            {
                "name": text(row, "title"),
                "organization": text(row, "organization_short") or text(row, "organization"),
                "country_name": country_name(row.country),
                "phone": display(phone["value"], row.country),
                "phone_href": href("phone", phone["value"], row.country),
                "text": text(row, "summary"),
            }
        )
    return lines


def _by_urgency(contacts: list[ContactShown]) -> list[ContactShown]:
    """Crisis lines first; never a colleague's own number."""
    return sorted((c for c in contacts if c.get("audience") != "colleagues"), key=lambda c: not c.get("is_crisis"))
