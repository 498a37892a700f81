"""What to offer when nothing fits: which condition to give up, what comes closest, and whom to call."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.phrasing.sentences import joined
from directory.asking import queries
from directory.asking.facets import Counts
from directory.asking.filters import Filters
from directory.asking.queries import Hits
from reading import kept, presenters
from reading.asked import Asked
from reading.lines import lines
from reading.presenters.choices import Choices
from reading.shapes import Alternatives, Card, Dropped

_MOST_NEAREST = 3


def alternatives(asked: Asked, filters: Filters, counts: Counts, *, hits: Hits | None = None) -> Alternatives:
    """For a question with `counts.total` 0. `code` is "" where the whole filter has to go."""
    return {
        "drop": _drop(asked, filters, counts, hits),
        "nearest": _nearest(asked, filters),
        "hotlines": lines(asked, filters),
    }


def _drop(asked: Asked, filters: Filters, counts: Counts, hits: Hits | None) -> list[Dropped]:
    choices = Choices(asked.vocabulary, asked.audience, kept.cities(asked))
    found: list[Dropped] = []
    for param, count in counts.without.items():
        if not count:
            continue
        values = filters.active().get(param, ())
        name = joined(choices.name(param, value) for value in values) or choices.near_name(filters)
        found.append({"param": param, "code": values[0] if len(values) == 1 else "", "name": name, "count": count})
    if hits is not None:
        without_words = kept.counts(asked, filters).total
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
