"""What is said about a country, in words: facts by topic, notices, two countries side by side, one quiet line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypedDict

from django.utils.translation import gettext as _

from core.geo.countries import countries, country_name
from core.geo.gazetteer import region_in_words
from core.phrasing.dates import day_in_words, short_day
from core.phrasing.direction import isolated
from core.phrasing.sentences import upper_first
from directory.crossing.records import Audience
from directory.shown.profiles import profiles
from directory.tables.lands import (
    AbstractCountryFact,
    AbstractCountryNotice,
    MemberCountryFact,
    MemberCountryNotice,
    PublicCountryFact,
    PublicCountryNotice,
)
from directory.tables.topics import KEY, FactAnswer, Risk, Topic
from directory.tables.wording import in_further_languages
from directory.vocabulary import Vocabulary, as_read
from reading.asked import Asked
from reading.presenters.parts import text

_FACTS: dict[Audience, Any] = {"public": PublicCountryFact, "members": MemberCountryFact}
_NOTICES: dict[Audience, Any] = {"public": PublicCountryNotice, "members": MemberCountryNotice}
_ORDER = {code: place for place, code in enumerate(Topic.values)}


class Narrowed(Protocol):
    """A notice, as readers or as its writers have it."""

    @property
    def region(self) -> str: ...

    @property
    def service_type(self) -> str: ...


class FactTold(TypedDict):
    """`standing` is fresh, due, asked or stale; of the last one the answer is grey."""

    id: str
    topic: str
    name: str
    answer: str
    answer_text: str
    text: str
    risk: str
    risk_text: str
    source: str
    source_link: str
    source_language: str
    checked_text: str
    standing: str
    standing_text: str
    is_inside: bool


class BannerTold(TypedDict):
    """A notice of a country; `level` is info, warning or danger, as it counts now.

    `about` says the region and the kind of service, "" where all of the country is meant; `where` the country and that.
    `types` are the codes of that kind, with a space between them; `region` the code of the region.
    """

    country: str
    country_name: str
    about: str
    where: str
    region: str
    types: str
    level: str
    level_text: str
    text: str
    days: str
    source: str
    source_link: str
    is_alone: bool


class RowTold(TypedDict):
    """One topic in two countries; None where nothing is said."""

    name: str
    here: FactTold | None
    there: FactTold | None
    differs: bool


class LandTold(TypedDict):
    """What the map says of a country that is chosen: `line` is "" where none of the three answers is known."""

    name: str
    line: str
    banners: list[BannerTold]


def known_countries(asked: Asked) -> list[str]:
    """Codes of the countries that have a page: those of the network, and those of which something is said."""
    said = _FACTS[asked.audience].objects.order_by().values_list("country", flat=True).distinct()
    inside = {code for code, one in countries().items() if one["in_network"]}
    return sorted({*inside, *said}, key=lambda code: (country_name(code), code))


def facts_of(asked: Asked, *codes: str) -> dict[str, list[FactTold]]:
    """By country, in the order of the topics."""
    rows = _FACTS[asked.audience].objects.filter(country__in=codes).with_standing(asked.at.date())
    rows = in_further_languages("fact", rows)
    names = _names(asked, rows)
    found: dict[str, list[FactTold]] = {code: [] for code in codes}
    for row in sorted(rows, key=lambda one: (_ORDER.get(one.topic, 99), one.pk)):
        found[row.country].append(_fact(row, asked, names))
    return found


def banners(asked: Asked, codes: Sequence[str] | None = None) -> list[BannerTold]:
    """Notices of today, the loudest first; of every country unless some are named."""
    rows = _NOTICES[asked.audience].objects.all()
    if codes is not None:
        rows = rows.filter(country__in=codes)
    return [_banner(row, asked) for row in in_further_languages("notice", rows.current(asked.at))]


def side_by_side(asked: Asked, here: str, there: str) -> list[RowTold]:
    """Every topic of which one of the two says something: differences first, what only one of them says last."""
    facts = facts_of(asked, here, there)
    left, right = ({fact["topic"]: fact for fact in facts[code]} for code in (here, there))
    rows: list[RowTold] = []
    for topic in Topic:
        mine, theirs = left.get(topic), right.get(topic)
        if mine or theirs:
            rows.append({"name": str(topic.label), "here": mine, "there": theirs, "differs": _differ(mine, theirs)})
    return sorted(rows, key=lambda row: (not row["differs"], row["here"] is None or row["there"] is None))


def lands(asked: Asked) -> dict[str, LandTold]:
    """By country, what the map shows when it is chosen. Nothing is stale in the line: it would be taken for true."""
    rows = _FACTS[asked.audience].objects.filter(topic__in=list(KEY)).with_standing(asked.at.date())
    rows = in_further_languages("fact", rows)
    told: dict[str, LandTold] = {}
    for row in rows:
        _land(told, row.country)
    for code in told:
        told[code]["line"] = _line([row for row in rows if row.country == code])
    for banner in banners(asked):
        _land(told, banner["country"])["banners"].append(banner)
    return told


def _land(told: dict[str, LandTold], code: str) -> LandTold:
    return told.setdefault(code, {"name": country_name(code), "line": "", "banners": []})


def _line(rows: Iterable[AbstractCountryFact]) -> str:
    """«АРТ без документов: нет · ввоз препаратов: до 90 дней»."""
    by_topic = {row.topic: row for row in rows if row.standing != "stale"}
    said = [(name, by_topic[topic]) for topic, name in KEY.items() if topic in by_topic]
    return " · ".join(f"{name}: {_few_words(row)}" for name, row in said)


def _few_words(row: AbstractCountryFact) -> str:
    words = as_read(row.brief) or str(FactAnswer(row.answer).label).lower()
    return words if row.standing != "asked" else _("%(answer)s (being checked again)") % {"answer": words}


def _fact(row: AbstractCountryFact, asked: Asked, names: Mapping[str, str]) -> FactTold:
    return {
        "id": row.pk,
        "topic": row.topic,
        "name": str(Topic(row.topic).label),
        "answer": row.answer,
        "answer_text": upper_first(as_read(row.brief)) or str(FactAnswer(row.answer).label),
        "text": as_read(row.statement),
        "risk": row.risk,
        "risk_text": str(Risk(row.risk).label),
        "source": ", ".join(part for part in (row.source_title, row.source_article) if part),
        "source_link": row.source_link,
        "source_language": asked.vocabulary.name("language", row.source_language),
        "checked_text": _checked(row, names.get(row.checked_by, "")),
        "standing": row.standing,
        "standing_text": _standing(row),
        "is_inside": not getattr(row, "is_public", True),
    }


def _checked(row: AbstractCountryFact, name: str) -> str:
    values = {"date": short_day(row.checked_on), "name": name or _("an organisation of the network")}
    return _("Checked on %(date)s: %(name)s") % values


def _standing(row: AbstractCountryFact) -> str:
    if row.standing == "stale":
        return _("not confirmed since %(date)s") % {"date": short_day(row.valid_until)}
    if row.standing == "asked" and row.asked_again_on:
        return _("being checked again since %(date)s") % {"date": short_day(row.asked_again_on)}
    return _("holds until %(date)s") % {"date": isolated(short_day(row.valid_until))}


def about(row: Narrowed, vocabulary: Vocabulary) -> str:
    """«Аджария · Опиоидная заместительная терапия»; "" where all of the country is meant."""
    place = region_in_words(row.region) if row.region else ""
    kind = vocabulary.name("service", row.service_type) if row.service_type else ""
    return " · ".join(word for word in (place, kind) if word)


def _banner(row: AbstractCountryNotice, asked: Asked) -> BannerTold:
    said = about(row, asked.vocabulary)
    return {
        "country": row.country,
        "country_name": country_name(row.country),
        "about": said,
        "where": " · ".join(word for word in (country_name(row.country), said) if word),
        "region": row.region,
        "types": " ".join(row.types),
        "level": row.shown,
        "level_text": _level(row.shown),
        "text": as_read(row.text),
        "days": _days(row.starts_on, row.ends_on),
        "source": row.source_title,
        "source_link": row.source_link,
        "is_alone": row.shown == "danger" and row.falls_at is not None,
    }


def _level(code: str) -> str:
    return {"danger": _("Danger"), "warning": _("Warning")}.get(code, _("For information"))


def _days(first: dt.date, last: dt.date | None) -> str:
    if last is None:
        return _("since %(date)s") % {"date": day_in_words(first)}
    return _("until %(date)s") % {"date": isolated(day_in_words(last))}


def _differ(here: FactTold | None, there: FactTold | None) -> bool:
    """What is not known differs from nothing."""
    if here is None or there is None:
        return False
    return (here["answer"], here["answer_text"]) != (there["answer"], there["answer_text"])


def _names(asked: Asked, rows: Iterable[AbstractCountryFact]) -> dict[str, str]:
    """Organisations that the audience knows; the others stay without a name."""
    wanted = {row.checked_by for row in rows}
    return {one.id: text(one, "name") for one in profiles(asked.audience, asked.at, pk__in=wanted)} if wanted else {}
