"""Finding a service: each function gives the next screen, from what the public may read and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.geo.countries import country_name
from directory.asking.filters import FilterError, Filters, parse_filters
from directory.geometry import Near
from directory.searching.search import search
from reading import kept
from reading.answers import listings_answer, nearest_answer
from reading.asked import Asked
from reading.presenters.choices import Choices
from reading.shapes import Card, Hotline, ListingsAnswer
from telegram.public.buttons import Turn, button, fits, in_rows
from telegram.screens import Button, Screen, shorten

#: Cards in one message, and characters of each.
CARDS, LONGEST_CARD = 5, 650
#: So many of the nearest services are put together by place; so many titles of one place are told.
LOOKED_AT, TITLES = 40, 4
#: A question of fewer or more characters is no question.
WORDS = (2, 100)
#: About a hundred metres: enough to know what is near, too little to know a door.
DECIMALS = 3


def groups(asked: Asked) -> Screen:
    """What kind of help: only groups in which there is something."""
    counts = _counts(asked, Filters(), "service")
    codes = [code for code in asked.vocabulary.tree if counts.get(code)]
    if not codes:
        return Screen(_("There is nothing on the map yet."), (_home(),))
    found = [button(asked.vocabulary.name("service", code), Turn.KINDS, code) for code in codes]
    return Screen(_("What kind of help do you need?"), (*in_rows(found), _home()))


def kinds(asked: Asked, group: str) -> Screen:
    """Which service of the group; a group of one kind asks nothing."""
    counts = _counts(asked, Filters(), "service")
    codes = [code for code in asked.vocabulary.tree.get(group, []) if counts.get(code)]
    if not codes:
        return groups(asked)
    if len(codes) == 1:
        return countries(asked, codes[0])
    found = [button(asked.vocabulary.name("service", code), Turn.COUNTRIES, code) for code in codes]
    everything = button(_("Anything of this"), Turn.COUNTRIES, group)
    head = asked.vocabulary.name("service", group)
    return Screen(head, (*in_rows(found), (everything,), (button(_("← Back"), Turn.GROUPS),)))


def countries(asked: Asked, kind: str) -> Screen:
    filters = _filters(asked, kind)
    counts = _counts(asked, filters, "country")
    codes = sorted((code for code in counts if counts[code] and len(code) == 2), key=country_name)
    found = [button(f"{country_name(code)} · {counts[code]}", Turn.CITIES, kind, code) for code in codes]
    anywhere = button(_("In any country"), Turn.FOUND, kind, "", "", "1")
    head = _("%(kind)s. In which country?") % {"kind": asked.vocabulary.name("service", kind)}
    return Screen(head, (*in_rows(found[:22], 2), (anywhere,), (button(_("← Back"), Turn.GROUPS),)))


def cities(asked: Asked, kind: str, country: str) -> Screen:
    """Cities of the country with something of the kind; where there is one or none, the answer itself."""
    counts = _city_counts(asked, kind, country)
    if len(counts) < 2:
        return found(asked, kind, country, "", 1)
    names = Choices(asked.vocabulary, asked.audience, kept.cities(asked))
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    options = [button(f"{names.name('city', c)} · {counts[c]}", Turn.FOUND, kind, country, c, "1") for c in codes]
    whole = button(_("The whole country"), Turn.FOUND, kind, country, "", "1")
    back = button(_("← Back"), Turn.COUNTRIES, kind)
    return Screen(_("In which city?"), (*in_rows(options[:22], 2), (whole,), (back,)))


def found(asked: Asked, kind: str, country: str, city: str, page: int) -> Screen:
    """A page of cards. Back leads to the last question that there was."""
    filters = _filters(asked, kind, country, city).replace(page=page, page_size=CARDS)
    answer = listings_answer(asked, filters)
    rows = []
    if answer["page"] < answer["pages"]:
        rows.append((button(_("Show more"), Turn.FOUND, kind, country, city, str(page + 1)),))
    had_cities = bool(country) and len(_city_counts(asked, kind, country)) > 1
    codes = (Turn.CITIES, kind, country) if had_cities else (Turn.COUNTRIES, kind)
    return Screen(_told(answer), (*rows, (button(_("← Back"), *codes), *_home())))


def by_words(asked: Asked, words: str) -> Screen:
    """Nothing of the words is kept, and no button carries them."""
    words = " ".join(words.split())
    if not WORDS[0] <= len(words) <= WORDS[1]:
        return Screen(
            _("Write in a few words what you need and where: a doctor, and the city. Up to 100 characters."),
            (_home(),),
        )
    answered = search(asked.audience, words, Filters(page_size=CARDS), asked.at, asked.language)
    answer = listings_answer(asked, answered.filters, hits=answered.hits)
    choose = button(_("Choose by buttons"), Turn.GROUPS)
    text = _told(answer)
    if answer["pages"] > 1:
        text += "\n\n" + _("Name a city or a kind of help, and the list gets shorter.")
    return Screen(text, ((choose, *_home()),))


def near(asked: Asked, lat: float, lon: float) -> Screen:
    """The nearest places to a position that is rounded first, used here, and said nowhere again."""
    here = Near(round(lat, DECIMALS), round(lon, DECIMALS))
    places: dict[str, list[Card]] = {}
    for card in nearest_answer(asked, Filters(), here, LOOKED_AT)["results"]:
        places.setdefault(card["place_id"], []).append(card)
    choose = button(_("Choose by buttons"), Turn.GROUPS)
    if not places:
        return Screen(_("We know of nothing near you."), ((choose, *_home()),))
    head = _("Nearest to you. We have not kept your position.")
    told = [_place(cards) for cards in sorted(places.values(), key=_distance)[:CARDS]]
    return Screen("\n\n".join([head, *told]), ((choose, *_home()),))


def _distance(cards: list[Card]) -> float:
    return min(card["distance_km"] or 0 for card in cards)


def _city_counts(asked: Asked, kind: str, country: str) -> dict[str, int]:
    """Cities of the country that a button can carry, with how much there is of the kind."""
    counts = _counts(asked, _filters(asked, kind, country), "city")
    here = [code for code, of, _names in kept.cities(asked) if of == country]
    return {c: counts[c] for c in here if counts.get(c) and fits(Turn.FOUND, kind, country, c, "99")}


def _filters(asked: Asked, kind: str, country: str = "", city: str = "") -> Filters:
    """The question of a button; codes that have gone meanwhile raise FilterError."""
    given = {"service": kind, "country": country, "city": city}
    return parse_filters({name: code for name, code in given.items() if code}, asked.vocabulary)


def _counts(asked: Asked, filters: Filters, param: str) -> Mapping[str, int]:
    return kept.counts(asked, filters).by_value.get(param, {})


def _told(answer: ListingsAnswer) -> str:
    """A page of cards; where there is none, what comes closest and whom to call."""
    if "guide" in answer:
        guide = answer["guide"]
        return "\n\n".join([guide["title"], guide["text"], *map(_line, guide["lines"])])
    if answer["results"]:
        total = answer["count"]
        head = ngettext("%(count)d service", "%(count)d services", total) % {"count": total}
        if answer["pages"] > 1:
            head += " · " + _("page %(page)d of %(pages)d") % {"page": answer["page"], "pages": answer["pages"]}
        return "\n\n".join([head, *map(_card, answer["results"])])
    parts = [_("Nothing was found.")]
    if "alternatives" in answer:
        other = answer["alternatives"]
        if other["nearest"]:
            parts += [_("What comes closest:"), *map(_card, other["nearest"])]
        if other["hotlines"]:
            parts += [_("Whom to call:"), *map(_line, other["hotlines"][:2])]
    return "\n\n".join(parts)


def _card(card: Card) -> str:
    """Name, whose, where, hours, phone, when it was checked, the page; the page is never cut off."""
    where = ", ".join(filter(None, (card["country_name"], card["address"] or card["city"])))
    return _lines(f"▪ {card['title']}", where, card, card["open"]["text"], card["checked"]["text"])


def _place(cards: list[Card]) -> str:
    """One place and what there is in it, checked when the oldest of it was."""
    first = cards[0]
    where = _("%(km)s km · %(where)s") % {"km": first["distance_km"], "where": first["address"] or first["city"]}
    titles = [f"▪ {card['title']}" for card in cards[:TITLES]]
    if len(cards) > TITLES:
        more = len(cards) - TITLES
        titles.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return _lines("\n".join(shorten(title, 80) for title in titles), where, first, _hours(cards), _oldest(cards))


def _lines(title: str, where: str, card: Card, hours: str, checked: str) -> str:
    texts = (title, card["organization"], where, card["notice"], hours, card["phone"], checked)
    link = site(card["url"])
    return shorten("\n".join(filter(None, texts)), LONGEST_CARD - len(link)) + f"\n{link}"


def _hours(cards: list[Card]) -> str:
    """Nothing where services of one place differ: the page tells each."""
    texts = {card["open"]["text"] for card in cards}
    return texts.pop() if len(texts) == 1 else ""


def _oldest(cards: list[Card]) -> str:
    """Of several checks the one that promises least."""
    return min(cards, key=lambda card: card["checked"]["on"] or "")["checked"]["text"]


def _line(line: Hotline) -> str:
    texts = (f"☎ {line['phone']}", f"{line['name']}, {line['country_name']}", line["open"]["text"])
    return shorten("\n".join(filter(None, texts)), 300)


def site(path: str) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def _home() -> tuple[Button, ...]:
    return (button(_("To the beginning"), Turn.START),)


__all__ = ["FilterError", "by_words", "cities", "countries", "found", "groups", "kinds", "near", "site"]
