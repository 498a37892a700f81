"""Subscriptions of people without an account: asked for, confirmed by a letter, chosen anew, ended and forgotten.

Rule: whoever types an address learns nothing of it. The same page answers each, and a letter goes to each: with the
way to confirm, or to what is confirmed already. Nothing that is confirmed changes by typing the address again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import secretbox
from accounts.models import User
from core import clock
from core.geo.countries import countries
from core.languages import known
from network.news import links
from network.news.models import LetterKind, NewsChoice, SubscriberLetter, Subscription

ADDRESS = "address of a subscriber"
#: Who did not confirm within so many days is forgotten.
UNCONFIRMED = dt.timedelta(days=7)


@transaction.atomic
def subscribe(*, address: str, language: str, wants_digest: bool, of_countries: Iterable[str] = ()) -> None:
    """A letter is on its way, whatever was known; two a day to one address at the most."""
    address = address.strip().lower()
    chosen = _something(wants_digest, of_countries)
    about = {"wants_digest": wants_digest, "countries": chosen, "language": known(language)}
    row = Subscription.objects.select_for_update().filter(address_mark__in=secretbox.marks(address, ADDRESS)).first()
    if row is None:
        mark, box = secretbox.marks(address, ADDRESS)[0], secretbox.seal(address, ADDRESS)
        row, _new = Subscription.objects.get_or_create(address_mark=mark, defaults={"address_box": box, **about})
    elif row.confirmed_at is None:
        row.wants_digest, row.countries, row.language = wants_digest, chosen, known(language)
    row.asked_at = clock.now()
    row.save()
    half = f"{clock.now():%Y-%m-%d %p}"
    SubscriberLetter.objects.get_or_create(subscription=row, kind=LetterKind.CONFIRM, ref=half)


@transaction.atomic
def confirm(*, note: str) -> Subscription | None:
    """By a press behind the link; None when there is nothing to confirm any more."""
    row = _locked(note)
    if row is not None and row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at"])
    return row


@transaction.atomic
def choose(*, note: str, wants_digest: bool, of_countries: Iterable[str], language: str) -> Subscription | None:
    row = _locked(note)
    if row is not None:
        row.countries = _something(wants_digest, of_countries)
        row.wants_digest, row.language = wants_digest, known(language)
        row.save(update_fields=["wants_digest", "countries", "language"])
    return row


def find(note: str) -> Subscription | None:
    return Subscription.objects.filter(public_id=links.of_own_page(note) or "-").first()


@transaction.atomic
def end(*, note: str) -> bool:
    """A subscription is deleted with all that belongs to it; a person of the network gets no digest, or no warning.

    Whether the link is ours; pressing twice is as pressing once.
    """
    whose, key = links.of_end_page(note)
    if whose == "subscription":
        Subscription.objects.filter(public_id=key).delete()
    elif whose and (person := User.objects.filter(pk=key).first()) is not None:
        if whose == links.DIGEST:
            choose_as_member(user=person, wants_digest=False)
        else:
            choose_as_member(user=person, of_countries=())
    return bool(whose)


def end_own(*, note: str) -> bool:
    """The same, from the page of one's own subscription."""
    key = links.of_own_page(note)
    if key:
        Subscription.objects.filter(public_id=key).delete()
    return bool(key)


@transaction.atomic
def choose_as_member(
    *, user: User, wants_digest: bool | None = None, of_countries: Iterable[str] | None = None
) -> NewsChoice:
    """What is not given stays as it is."""
    values: dict[str, object] = {"chosen_at": clock.now()}
    if wants_digest is not None:
        values["wants_digest"] = wants_digest
    if of_countries is not None:
        values["countries"] = _known(of_countries)
    row, _new = NewsChoice.objects.update_or_create(user=user, defaults=values)
    return row


@transaction.atomic
def forget_unconfirmed() -> int:
    """Addresses that nobody confirmed: somebody else may have typed them."""
    rows = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lt=clock.now() - UNCONFIRMED)
    gone = list(rows.values_list("pk", flat=True))
    Subscription.objects.filter(pk__in=gone).delete()
    return len(gone)


def _locked(note: str) -> Subscription | None:
    return Subscription.objects.select_for_update().filter(public_id=links.of_own_page(note) or "-").first()


def _something(wants_digest: bool, of_countries: Iterable[str]) -> list[str]:
    """The countries; ValidationError where nothing at all is chosen."""
    chosen = _known(of_countries)
    if not wants_digest and not chosen:
        raise ValidationError({"wants_digest": _("Choose what to write to you about.")})
    return chosen


def _known(codes: Iterable[str]) -> list[str]:
    """Countries of the network, in the order of their codes; anything else is left out."""
    known_ones = {code for code, one in countries().items() if one["in_network"]}
    return sorted(known_ones & set(codes))
