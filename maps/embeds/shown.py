"""Which embed shows what a page of ours shows: read from the page's address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import Http404, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from core.phrasing.sentences import joined
from directory.asking import queries
from directory.asking.filters import Filters, parse_leniently
from maps.embeds.looks import Looks
from reading import kept
from reading.asked import Asked
from reading.picked.ids import Ids
from reading.presenters.choices import Choices
from reading.presenters.parts import text

#: Pages that are somebody's: whoever asks for one of these is told so.
_PRIVATE = ("workspace:", "account_", "mfa_", "maps:members", "confirm:", "acknowledge:", "invitation", "admin:")
#: Pixels. Cards alone are shown lower than a map with its list.
TALL, LOW = 600, 480


class Private(Exception):
    """The page is not for everybody."""


@dataclass(frozen=True)
class EmbedShown:
    """An embed: its path, what it is called, in which language, how tall it is best; `view` as in `Looks`."""

    path: str
    title: str
    language: str
    height: int
    view: str


def shown_by(address: str) -> EmbedShown:
    """The embed of a page of ours; Http404 where there is none, Private where the page is not for everybody."""
    parts = urlsplit(address)
    language = get_language_from_path(parts.path)
    if not language:
        raise Http404
    with override(language):
        try:
            match = resolve(parts.path)
        except Resolver404 as error:
            raise Http404 from error
        if match.view_name.startswith(_PRIVATE):
            raise Private
        return _of_page(match, QueryDict(parts.query), QueryDict(parts.fragment), language)


def named(asked: Asked, filters: Filters) -> str:
    """What an embed with these conditions is called."""
    choices = Choices(asked.vocabulary, "public", kept.cities(asked))
    told = [choices.name(param, code) for param, codes in filters.active().items() for code in codes]
    return called(told)


def selection_name() -> str:
    return _("Services put together")


def called(conditions: list[str]) -> str:
    if not conditions:
        return _("Map of services for migrants")
    return _("Service map: %(conditions)s") % {"conditions": joined(conditions)}


def path_of(filters: Filters, looks: Looks) -> str:
    """The path of an embed in the active language."""
    query = "&".join(part for part in (filters.to_query(), urlencode(looks.to_pairs())) if part)
    return f"{reverse('maps:embed')}?{query}"


def _of_page(match: ResolverMatch, query: QueryDict, fragment: QueryDict, language: str) -> EmbedShown:
    asked = Asked.now("public")
    if match.view_name == "maps:place":
        return _of_place(asked, str(match.kwargs["place_id"]), language)
    if match.view_name == "maps:organization":
        return _of_organization(asked, str(match.kwargs["slug"]), language)
    if match.view_name not in ("maps:home", "maps:embed"):
        raise Http404

    asks = query.copy()
    for name, values in fragment.lists():  # what the links of the map itself say
        asks.setlist(name, [*asks.getlist(name), *values])
    looks = Looks.read(asks) if match.view_name == "maps:embed" else Looks()
    if looks.picked:
        return EmbedShown(path_of(Filters(), looks), selection_name(), language, LOW, "cards")
    if looks.place:
        return _of_place(asked, looks.place, language)
    filters, _errors = parse_leniently(asks, asked.vocabulary)
    filters = filters.replace(near=None, sort="", page=1)
    height = LOW if looks.view == "cards" else TALL
    return EmbedShown(path_of(filters, looks), named(asked, filters), language, height, looks.view)


def _of_place(asked: Asked, place_id: str, language: str) -> EmbedShown:
    row = place_rows(asked, place_id)[0]
    name = text(row, "place") or text(row, "organization")
    return EmbedShown(path_of(Filters(), Looks(view="cards", place=place_id)), name, language, LOW, "cards")


def _of_organization(asked: Asked, slug: str, language: str) -> EmbedShown:
    profile = queries.organization("public", slug, asked.at)
    if profile is None:
        raise Http404
    path = path_of(Filters(organization=(slug,)), Looks(view="cards", locked=("organization",)))
    return EmbedShown(path, text(profile, "name"), language, LOW, "cards")


def picked_rows(asked: Asked, ids: Ids) -> list[queries.ListingRow]:
    """Of these services those that the public may read today, in their order."""
    rows = queries.matching("public", Filters(), asked.at).filter(id__in=ids).order_by("id")
    found = {row.id: row for row in queries.read_rows(rows, asked.at)}
    return [found[one] for one in ids if one in found]


def place_rows(asked: Asked, place_id: str) -> list[queries.ListingRow]:
    """The listings of a place that the public may know to the door, or that is everywhere; else there is nothing."""
    rows = [row for row in queries.place("public", place_id, asked.at) if row.operation != "closed"]
    if not rows or any(row.location_type and row.precision != "exact" for row in rows):
        raise Http404
    return rows
