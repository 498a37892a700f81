"""What people do with facts: write, send, approve, confirm, give back, withdraw.

Rule: whoever writes belongs to one organisation, whoever approves or confirms to another one, and has read the source;
what a law says needs the lawyer's seat. Dates come from the check: valid for half a year unless said otherwise, for a
year at the most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import NotAllowed
from core.writing import assign, check, insert, one_write
from directory.tables.topics import LAW
from network.countries.models import CountryFact, FactCheck, FactState, organizations_of
from network.countries.publication import publish
from network.countries.transitions import move
from network.decisions.seats import SeatKind, of
from organizations.models import Organization

FIELDS = (
    *("country", "topic", "answer", "brief", "statement", "risk", "visibility"),
    *("source_title", "source_link", "source_article", "source_language"),
)
FAULTS = {
    "countryfact_restricted_stays_inside": "visibility",
    "countryfact_one_in_force": "topic",
    "countryfact_valid_after_checked": "valid_until",
}
VALID_DAYS, MOST_DAYS = 182, 366
_DATES = ("state", "checked_on", "checked_by", "valid_until", "asked_again_on", "published_at")


@one_write
def write_fact(
    *,
    actor: User,
    organization: Organization | None = None,
    fact: CountryFact | None = None,
    expected_version: int | None = None,
    replaces: CountryFact | None = None,
    **fields: object,
) -> CountryFact:
    """A draft of the actor's organisation; with `fact`, other words in that draft."""
    if fact is not None:
        _own_draft(actor, fact)
        assign(fact, fields, allowed=FIELDS)
        columns = [*FIELDS, "i18n"]
        check(fact, columns, fields_of=FAULTS)
        return save_version(fact, expected=expected_version or fact.version, fields=columns)
    if organization is None or not organizations_of(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("You write facts for your own organisation."))
    fact = CountryFact(organization=organization, author=actor, replaces=replaces)
    assign(fact, fields, allowed=FIELDS)
    return insert(fact, fields_of=FAULTS)


@one_write
def send(*, actor: User, fact: CountryFact) -> CountryFact:
    _own_draft(actor, fact)
    move(fact, "send")
    fact.sent_at, fact.remark = clock.now(), ""
    return save_version(fact, expected=fact.version, fields=["state", "sent_at", "remark"])


@one_write
def give_back(*, actor: User, fact: CountryFact, remark: str) -> CountryFact:
    """Back to the draft with a word about what to change."""
    checking_organization(actor, fact)
    if not remark.strip():
        raise ValidationError({"remark": _("Say in a few words what to change.")})
    move(fact, "give_back")
    fact.remark = remark.strip()
    return save_version(fact, expected=fact.version, fields=["state", "remark"])


@one_write
def approve(
    *, actor: User, fact: CountryFact, has_read_source: bool, valid_until: dt.date | None = None
) -> CountryFact:
    """Into force; the fact that it replaces, or that stood there, ends in the same transaction."""
    _check(actor, fact, has_read_source, valid_until)
    move(fact, "approve")
    same = {"country": fact.country, "topic": fact.topic, "visibility": fact.visibility}
    for old in CountryFact.objects.published().filter(**same).select_for_update():
        _end(old, "replace")
    fact.published_at = clock.now()
    return _save_dates(fact)


@one_write
def confirm(
    *, actor: User, fact: CountryFact, has_read_source: bool, valid_until: dt.date | None = None
) -> CountryFact:
    """The source was read again and says the same: new dates."""
    _check(actor, fact, has_read_source, valid_until)
    move(fact, "confirm")
    fact.asked_again_on = None
    return _save_dates(fact)


@one_write
def withdraw(*, actor: User, fact: CountryFact) -> CountryFact:
    """By the organisation that wrote it; what is in force by a coordinator of the country too."""
    own = organizations_of(actor).filter(pk=fact.organization_id).exists()
    if not own and not (fact.state == FactState.PUBLISHED and actor.coordinates(fact.country)):
        raise NotAllowed(_("Only the organisation that wrote this may withdraw it."))
    return _end(fact, "withdraw")


def ask_again(*, country: str, topic: str) -> int:
    """Something happened: the facts in force on this topic wait for a new look; how many."""
    facts = CountryFact.objects.published().filter(country=country, topic=topic).order_by("pk").select_for_update()
    for fact in facts:
        fact.asked_again_on = clock.today()
        save_version(fact, expected=fact.version, fields=["asked_again_on"])
        publish(fact)
    return len(facts)


def checking_organization(actor: User, fact: CountryFact) -> Organization:
    """In whose name the person may check this fact; NotAllowed when in nobody's."""
    if fact.author_id == actor.pk or actor.memberships.filter(organization=fact.organization_id).exists():
        raise NotAllowed(_("Another organisation has to check this."), code="own_fact")
    if fact.topic in LAW:
        seat = of(actor).filter(kind=SeatKind.LAWYER).exclude(organization=fact.organization_id).first()
        if seat is None:
            raise NotAllowed(_("What a law says is checked by somebody with the lawyer's seat."), code="no_seat")
        return seat.organization
    if (found := organizations_of(actor).first()) is None:
        raise NotAllowed(_("You check facts for an organisation of the network."))
    return found


def why_not(actor: User, fact: CountryFact) -> str:
    """Why the person may not check this fact, in words; "" when they may."""
    try:
        checking_organization(actor, fact)
    except NotAllowed as error:
        return str(error.message)
    return ""


def _check(actor: User, fact: CountryFact, has_read_source: bool, valid_until: dt.date | None) -> None:
    organization = checking_organization(actor, fact)
    today = clock.today()
    until = valid_until or today + dt.timedelta(days=VALID_DAYS)
    faults: Mapping[str, str] = {
        **({} if has_read_source else {"has_read_source": _("Open the source and read it first.")}),
        **({} if today < until <= today + dt.timedelta(days=MOST_DAYS) else {"valid_until": _("Up to a year ahead.")}),
    }
    if faults:
        raise ValidationError(dict(faults))
    FactCheck.objects.create(
        fact=fact, organization=organization, person=actor, checked_on=today, valid_until=until, has_read_source=True
    )
    fact.checked_on, fact.checked_by, fact.valid_until = today, organization, until


def _save_dates(fact: CountryFact) -> CountryFact:
    saved = save_version(fact, expected=fact.version, fields=_DATES)
    publish(saved)
    return saved


def _end(fact: CountryFact, step: str) -> CountryFact:
    move(fact, step)
    fact.ended_at = clock.now()
    saved = save_version(fact, expected=fact.version, fields=["state", "ended_at"])
    publish(saved)
    return saved


def _own_draft(actor: User, fact: CountryFact) -> None:
    if not CountryFact.objects.editable_by(actor).filter(pk=fact.pk).exists():
        raise NotAllowed(_("Only the organisation that wrote this may change it."))
