"""Learning in words, for members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.files.icalendar import CalendarEvent
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, zone_in_words
from directory.asking.learnt import LearningAsked
from directory.asking.learnt import asked as asked_of
from facts.names import names
from network.learning import rights
from network.learning.models import EnrolmentState, Material, OfferState, ResourceCentre, Training
from network.learning.models.offers import LearningOffer
from network.learning.services.offering import country_of
from reading.presenters.learning import choices_of, topic_names, when, where
from workspace.shared.texts import worded

TONES = {
    OfferState.OFFERED: "warn",
    OfferState.RETURNED: "warn",
    OfferState.APPROVED: "ok",
    OfferState.ENDED: "stale",
}
ENROLMENT_TONES = {
    EnrolmentState.WANTED: "warn",
    EnrolmentState.INVITED: "accent",
    EnrolmentState.ENROLLED: "accent",
    EnrolmentState.ATTENDED: "ok",
    EnrolmentState.COMPLETED: "ok",
    EnrolmentState.NO_SHOW: "stale",
    EnrolmentState.WITHDRAWN: "stale",
}


def base(view: str) -> dict[str, object]:
    """What every page of learning has."""
    return {"section": "network", "tab": "learning", "view": view}


def asked(query: QueryDict, rows: Iterable[Material | Training]) -> tuple[LearningAsked, dict[str, Any]]:
    """What was asked of these rows, and what can be asked of them."""
    found = list(rows)
    languages, countries = {row.language for row in found}, {row.country for row in found} - {""}
    return asked_of(query, languages, countries), choices_of(names(), languages, countries)


def fits(row: Material | Training, wanted: LearningAsked) -> bool:
    texts = [*worded_in_all(row, "title"), *worded_in_all(row, "summary")]
    kind = row.kind if isinstance(row, Material) else ""
    if isinstance(row, Training):
        texts += [*worded_in_all(row, "audience"), *worded_in_all(row, "city")]
        if wanted.kind:
            return False
    return wanted.fits(topics=row.topics, kind=kind, language=row.language, country=row.country, texts=texts)


def worded_in_all(row: Material | Training, name: str) -> list[str]:
    """A translated field in each of its languages."""
    others = [text for key, text in (row.i18n or {}).items() if key.startswith(f"{name}_") and text]
    return [str(getattr(row, name) or ""), *others]


def offer_told(row: LearningOffer, user: User) -> dict[str, Any]:
    """State and presses of what is offered."""
    state = OfferState(row.state)
    owns, decides = rights.owns(user, row), rights.decides(user, row, country_of(row))
    return {
        "state": state,
        "stage": state.label,
        "tone": TONES[state],
        "owns": owns,
        "may_decide": decides and row.waits,
        "waits_for_other": rights.coordinates(user, country_of(row)) and row.waits and not decides,
        "may_end": (owns or rights.coordinates(user, country_of(row))) and state != OfferState.ENDED,
        "owner": worded(row.organization, "name"),
    }


def material_told(row: Material) -> dict[str, Any]:
    return {
        "row": row,
        "title": worded(row, "title"),
        "summary": worded(row, "summary"),
        "kind": row.get_kind_display(),
        "language": names().name("language", row.language),
        "topics": topic_names(row.topics),
        "country": country_name(row.country) if row.country else "",
        "owner": worded(row.organization, "name"),
        "looked": day_in_words(row.looked_on),
        "until": day_in_words(row.valid_until) if row.valid_until else "",
        "is_stale": row.is_open and row.is_stale,
        "stage": OfferState(row.state).label if not row.is_open else "",
        "tone": TONES[OfferState(row.state)],
    }


def training_told(row: Training) -> dict[str, Any]:
    zone = clock.zone(row.timezone)
    return {
        "row": row,
        "title": worded(row, "title"),
        "summary": worded(row, "summary"),
        "audience": worded(row, "audience"),
        "when": when(row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)),
        "zone": zone_in_words(row.timezone),
        "where": where(row.is_online, worded(row, "city"), row.country),
        "language": names().name("language", row.language),
        "topics": topic_names(row.topics),
        "owner": worded(row.organization, "name"),
        "stage": _stage(row),
        "tone": _tone(row),
    }


def _tone(row: Training) -> str:
    if row.cancelled_at is not None:
        return "warn"
    return "stale" if row.is_open and row.is_over else TONES[OfferState(row.state)]


def _stage(row: Training) -> str:
    if row.cancelled_at is not None:
        return _("cancelled")
    if not row.is_open:
        return str(OfferState(row.state).label)
    return _("is over") if row.is_over else ""


def centre_told(row: ResourceCentre) -> dict[str, Any]:
    return {
        "row": row,
        "rooms": worded(row, "rooms"),
        "topics": topic_names(row.topics),
        "looked": day_in_words(row.looked_on),
    }


def event_of(row: Training, request: HttpRequest, *, comes: bool) -> CalendarEvent:
    """With the address and the link for whoever comes."""
    told = training_told(row)
    parts = [told["summary"], row.join_link if comes else ""]
    inside = f"{row.place}, " if comes and row.place else ""
    return CalendarEvent(
        uid=row.public_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        stamped_at=row.updated_at,
        title=told["title"],
        text="\n".join(part for part in parts if part),
        where=f"{inside}{told['where']}",
        url=request.build_absolute_uri(path_to(Page.TRAINING, row.public_id)),
        sequence=row.version,
        is_cancelled=row.cancelled_at is not None,
    )
