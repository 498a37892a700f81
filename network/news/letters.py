"""Letters with news: to people of the network by the outbox, to subscribers by a queue of their own (`posting`).

Rule: a letter is read on lock screens, by families and employers. It counts and names countries; which service, which
answer, which danger stands on the page behind its link. Words are written when it leaves: a danger that is over is not
told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from core import clock
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from core.phrasing.dates import month_in_words
from directory.tables.lands import AbstractCountryNotice, MemberCountryNotice, PublicCountryNotice
from messaging.letters import Letter, Writer, address_of
from messaging.models import Message
from network.news import kinds, links, words
from network.news.models import Digest, LetterKind, NewsChoice, SubscriberLetter, Subscription

_FOLDER = "network/news/letters"
#: One press of a mail program ends the letters (RFC 8058).
_ONE_PRESS = "List-Unsubscribe=One-Click"


def _letter(template: str, facts: Mapping[str, object], end: str) -> Letter:
    context = {**facts, "network": settings.NETWORK_NAME, "end_link": end}
    subject = " ".join(render_to_string(f"{_FOLDER}/{template}_subject.txt", context).split())
    text = render_to_string(f"{_FOLDER}/{template}.txt", context).strip() + "\n"
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": _ONE_PRESS}
    return Letter(subject[:200], text, headers)


def digest_letter(digest: Digest, *, end: str, warnings: list[str], only_warnings: bool = False) -> Letter:
    """What a press sends, in the active language; the preview shows this very text."""
    page = (
        path_to(Page.DIGEST, f"{digest.month:%Y-%m}")
        if digest.is_public
        else path_to(Page.MEMBERS_DIGEST, digest.public_id)
    )
    facts = {
        "month": month_in_words(digest.month),
        "opening": words.opening_of(digest),
        "sections": [] if only_warnings else words.told(digest, clock.now()),
        "warnings": warnings,
        "is_public": digest.is_public,
        "only_warnings": only_warnings,
        "link": address_of(page),
    }
    return _letter("digest", facts, end)


def _danger_letter(notice: AbstractCountryNotice, page: Page, end: str) -> Letter:
    link = address_of(path_to(page, notice.country.lower()))
    return _letter("danger", {"country": country_name(notice.country), "link": link}, end)


# --- people of the network ----------------------------------------------------------------------------------------


def _digest(message: Message) -> Letter | None:
    """Over when the person has ended the digest meanwhile."""
    digest = Digest.objects.sent().filter(public_id=message.payload["digest"]).first()
    user_id = message.correspondent.user_id
    if digest is None or user_id is None or NewsChoice.objects.filter(user=user_id, wants_digest=False).exists():
        return None
    return digest_letter(digest, end=links.member_end_page(user_id, links.DIGEST), warnings=[])


def _danger(message: Message) -> Letter | None:
    """Over when the notice is, or is no danger any more."""
    user_id = message.correspondent.user_id
    notice = MemberCountryNotice.objects.filter(pk=message.payload["notice"]).dangers().first()
    chosen = NewsChoice.objects.filter(user=user_id).first()
    if notice is None or user_id is None or chosen is None or notice.country not in chosen.countries:
        return None
    return _danger_letter(notice, Page.MEMBERS_COUNTRY, links.member_end_page(user_id, links.DANGERS))


WRITERS: Mapping[str, Writer] = {kinds.NEWS_DIGEST: _digest, kinds.COUNTRY_DANGER: _danger}


# --- subscribers --------------------------------------------------------------------------------------------------


def to_subscriber(row: SubscriberLetter) -> Letter | None:
    """The letter in the subscriber's language; None when its occasion is over."""
    with translation.override(row.subscription.language):
        return _BY_KIND[LetterKind(row.kind)](row)


def _confirm(row: SubscriberLetter) -> Letter:
    """To whoever typed the address, or to whoever has it: nobody else reads whether it was known."""
    subscription = row.subscription
    facts = {"is_known": subscription.confirmed_at is not None, "link": links.own_page(subscription)}
    return _letter("confirm", facts, links.end_page(subscription))


def _monthly(row: SubscriberLetter) -> Letter | None:
    subscription = row.subscription
    digest = Digest.objects.sent().filter(public_id=row.ref).first()
    warnings = warnings_for(subscription)
    if digest is None or not (subscription.wants_digest or warnings):
        return None
    end = links.end_page(subscription)
    return digest_letter(digest, end=end, warnings=warnings, only_warnings=not subscription.wants_digest)


def warnings_for(subscription: Subscription) -> list[str]:
    """In which of the chosen countries something holds today, the loudest first, each once."""
    rows = PublicCountryNotice.objects.filter(country__in=subscription.countries).current()
    return list(dict.fromkeys(country_name(row.country) for row in rows if row.shown in ("danger", "warning")))


def _danger_abroad(row: SubscriberLetter) -> Letter | None:
    notice = PublicCountryNotice.objects.filter(pk=row.ref).dangers().first()
    if notice is None or notice.country not in row.subscription.countries:
        return None
    return _danger_letter(notice, Page.COUNTRY, links.end_page(row.subscription))


_BY_KIND: Mapping[LetterKind, Callable[[SubscriberLetter], Letter | None]] = {
    LetterKind.CONFIRM: _confirm,
    LetterKind.DIGEST: _monthly,
    LetterKind.DANGER: _danger_abroad,
}
