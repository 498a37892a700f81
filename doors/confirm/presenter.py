"""What the page of a link shows: the critical facts of each listing, and what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from django.utils.translation import gettext as _

from directory.crossing.content import Content
from directory.vocabulary import localised
from doors.confirm.forms import ChangedForm, ClosedForm
from facts.capacity import CapacityQuestion, asked_of
from facts.critical import Fact, critical_facts
from facts.discretion import LINK, content_for, contents_by_link
from facts.profile import profile_facts, profile_standing
from facts.wording import items
from verification.answering import LinkLine, lines_of
from verification.campaigns.tasks import asks_of
from verification.letters.occasions.profiles import waiting_profile
from verification.models import Answer, Campaign, Clock, ConfirmationLink, ProfileCheck
from verification.profiles import said_to_all, shown_profile

#: Forms that were sent with faults: of which item, for which question.
Faulty = Mapping[str, Mapping[str, ChangedForm | ClosedForm]]


class LineCard(TypedDict):
    """One listing of the letter, with what can be answered about it."""

    id: str
    listing: str
    title: str
    place: str
    city: str
    months: int
    due_on: dt.date | None
    facts: list[Fact]
    standing: str
    asked: CapacityQuestion | None
    answer: str
    note: str
    can_undo: bool
    changed: ChangedForm | ClosedForm
    closed: ChangedForm | ClosedForm
    changed_open: bool
    closed_open: bool


def page_context(link: ConfirmationLink, token: str, forms: Faulty) -> dict[str, object]:
    """Context of doors/confirm/page.html. `forms` are bound ones with faults, by item and question."""
    lines = lines_of(link)
    months = dict(Clock.objects.values_list("code", "recheck_months"))
    shown = contents_by_link((line.item.listing, line.item.snapshot.content) for line in lines)
    told = zip(lines, shown, strict=True)
    cards = [_card(line, content, months, forms.get(line.item.public_id, {})) for line, content in told]
    apart = [(card, asked) for card in cards if (asked := card["asked"]) and card["standing"] != "open"]
    answered = [line for line in lines if line.standing == "answered"]
    return {
        "organization": link.correspondent.organization,
        "token": token,
        "open_cards": [card for card in cards if card["standing"] == "open"],
        "capacity_cards": [card for card, _asked in apart],
        "capacity_waits": any(asked.standing in ("ending", "lapsed") for _card, asked in apart),
        "answered_cards": [card for card in cards if card["standing"] == "answered"],
        "other_cards": [card for card in cards if card["standing"] not in ("open", "answered", "capacity")],
        "campaigns": _campaigns(link, lines),
        "profile": _profile(link),
        "profile_said": _profile_said(link),
        "confirmed": sum(1 for line in answered if line.item.answer == Answer.CORRECT),
        "undoable": [line.item.public_id for line in answered if line.can_undo],
        "expires_at": link.expires_at,
        "has_login": link.correspondent.user_id is not None,
    }


def _campaigns(link: ConfirmationLink, lines: list[LinkLine]) -> list[Campaign]:
    """Those that ask for a word about what can still be answered here."""
    organization = link.correspondent.organization
    waiting = {line.item.listing_id for line in lines if line.standing == "open"}
    asks = asks_of(organization) if organization and waiting else []
    return [ask.campaign for ask in asks if ask.listings & waiting]


def _profile(link: ConfirmationLink) -> dict[str, object] | None:
    """What everybody reads of the organisation, while it waits for a word about that."""
    organization = link.correspondent.organization
    shown = shown_profile(organization) if organization and waiting_profile(organization) else None
    if organization is None or shown is None:
        return None
    facts = profile_facts(content_for(LINK, said_to_all(shown)))
    return {"seen": shown.public_id, "facts": facts, "standing": profile_standing(organization)}


def _profile_said(link: ConfirmationLink) -> bool:
    """Whether this person has said by a link, since the letter was written, that the profile is right."""
    words = ProfileCheck.objects.filter(correspondent=link.correspondent, checked_at__gte=link.created_at)
    return words.filter(organization=link.correspondent.organization).exists()


def _card(
    line: LinkLine, content: Content, months: dict[str, int], forms: Mapping[str, ChangedForm | ClosedForm]
) -> LineCard:
    item, place = line.item, content["location"]
    return {
        "id": item.public_id,
        "listing": item.listing.public_id,
        "title": localised(content["service"]["title"])
        or ", ".join(items("service.types", content["service"]["types"])),
        "place": localised(place["name"]) if place else "",
        "city": localised(place["city"]) if place else "",
        "months": months[line.state.verification_class],
        "due_on": line.state.due_on,
        "facts": _in_one_line(critical_facts(content)),
        "standing": line.standing,
        "asked": _asked(line),
        "answer": item.answer,
        "note": item.note,
        "can_undo": line.can_undo,
        "changed": forms.get("changed") or ChangedForm(prefix=f"changed-{item.public_id}"),
        "closed": forms.get("closed") or ClosedForm(prefix=f"closed-{item.public_id}"),
        "changed_open": "changed" in forms,
        "closed_open": "closed" in forms,
    }


def _asked(line: LinkLine) -> CapacityQuestion | None:
    """Whether there are places, where the organisation says such things and the listing is on the map."""
    asked = asked_of(line.item.listing, line.word) if line.standing != "gone" else None
    said_nothing_else = line.standing == "capacity"
    return asked if asked is not None and (asked.is_recent or said_nothing_else) else None


def _in_one_line(facts: list[Fact]) -> list[Fact]:
    """Short lists in one line each, so that a listing fits on a phone; hours keep a line for each day."""
    lists = {_("Documents"), _("Cost"), _("How to get in"), _("Languages")}
    return [{**fact, "lines": [", ".join(fact["lines"])]} if fact["label"] in lists else fact for fact in facts]
