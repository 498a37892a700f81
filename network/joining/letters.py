"""Letters about applications and standings.

Applicants have no account: their letters carry a link of their own, whose token is kept nowhere else. People of the
network get letters that say that there is something, and lead to the login.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import administrators, correspondents_for
from messaging.services import coordinators_of, enqueue
from network.joining import kinds
from network.joining.models import Application, ApplicationLink, StandingChange
from network.joining.stages import told_of
from organizations.models import MemberStatus, Organization

_NOTICE = "network/letters/notice"
#: So many links of an application work; older letters lead to none.
LINKS_KEPT = 12


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(application: Application) -> str:
    """The full address of a new link to it; the oldest ones stop working."""
    token = secrets.token_urlsafe(24)
    ApplicationLink.objects.create(application=application, token_hash=hash_of(token))
    kept = application.links.order_by("-pk").values_list("pk", flat=True)[:LINKS_KEPT]
    application.links.exclude(pk__in=list(kept)).delete()
    return address_of(path_to(Page.APPLICATION, token))


def to_applicant(application: Application, *, invitation: str = "") -> None:
    """How it stands, what is next and until when; no word of what was written stands in a letter.

    `invitation` is the token of the one into the workspace.
    """
    with translation.override(application.language):
        told = told_of(application)
        link = address_of(path_to(Page.INVITATION, invitation)) if invitation else ""
        facts = {
            "words": told.title,
            "other_words": told.next,
            "link": new_link(application),
            "activate_url": link,
            "network": settings.NETWORK_NAME,
        }
        send_mail(
            subject=told.title,
            message=render_to_string("network/letters/applicant.txt", facts),
            from_email=None,
            recipient_list=[application.email],
        )


def came(application: Application) -> None:
    _to_coordinators(kinds.APPLICATION_CAME, application, f"{application.pk}")


def answered(application: Application) -> None:
    _to_coordinators(kinds.APPLICATION_ANSWERED, application, f"{application.pk}-{application.version}")


def voted(application: Application) -> None:
    _to_coordinators(kinds.APPLICATION_VOTED, application, f"{application.pk}-{application.vote_id}")


def slow(application: Application) -> None:
    """Once for each day that has passed without what was to happen by it."""
    _to_coordinators(kinds.APPLICATION_SLOW, application, f"{application.pk}-{application.due_at:%Y%m%d}")


def mentor(application: Application) -> None:
    if application.mentor is not None:
        people = correspondents_for(application.mentor)
        mark = f"{application.pk}-{application.mentor_id}"
        _write(kinds.APPLICATION_MENTOR, people, mark, {"application": application.public_id})


def participation_asked(organization: Organization, year: int) -> None:
    people = [person for person in correspondents_for(organization) if person.is_manager]
    _write(kinds.PARTICIPATION_ASKED, people, f"{organization.pk}-{year}", {"organization": organization.public_id})


def participation_silent(country: str, year: int) -> None:
    """To the coordinators of the country, once a year: some have not answered."""
    _write(kinds.PARTICIPATION_SILENT, coordinators_of(country), f"{country}-{year}", {"year": year})


def standing_changed(change: StandingChange) -> None:
    """To the organisation, as far as it gets letters now, and to the administrators."""
    people = [*correspondents_for(change.organization), *administrators()]
    _write(kinds.STANDING_CHANGED, people, f"{change.pk}", {"change": change.public_id})


def _to_coordinators(kind: str, application: Application, mark: str) -> None:
    country = application.registration_country
    _write(kind, coordinators_of(country), mark, {"application": application.public_id})


def _write(kind: str, people: Iterable[Correspondent], mark: str, payload: Mapping[str, str | int]) -> None:
    for person in people:
        key = f"{kind}:{mark}:{person.pk}"
        enqueue(kind=kind, to=person, dedupe_key=key, payload=payload)


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _letter(message: Message, subject: str, more: str, link: str) -> Letter:
    return letter(message, _NOTICE, {"words": subject, "other_words": more, "link": address_of(link)})


def _application(message: Message) -> Letter | None:
    """Over when the application has ended meanwhile."""
    row = Application.objects.filter(public_id=message.payload["application"]).first()
    if row is None or row.is_ended:
        return None
    titles = {
        kinds.APPLICATION_CAME: _("An organisation wants to join the network"),
        kinds.APPLICATION_ANSWERED: _("An applicant has answered"),
        kinds.APPLICATION_VOTED: _("A vote on an application is over: tell the applicant"),
        kinds.APPLICATION_SLOW: _("An application waits longer than it should"),
        kinds.APPLICATION_MENTOR: _("You go along with an organisation that is joining"),
    }
    more = _("Which one it is stands in the workspace:")
    return _letter(message, titles[message.kind], more, path_to(Page.JOINING, row.public_id))


def _participation(message: Message) -> Letter | None:
    if message.kind == kinds.PARTICIPATION_SILENT:
        words = _("Some members have not said that they take part this year")
        return _letter(message, words, _("Please call them. Nobody is excluded by silence:"), path_to(Page.MEMBERSHIP))
    row = Organization.objects.in_network().filter(public_id=message.payload["organization"]).first()
    if row is None:
        return None
    words = _("Does your organisation take part this year, too?")
    return _letter(message, words, _("One press says yes:"), path_to(Page.MEMBERSHIP))


def _standing(message: Message) -> Letter | None:
    change = StandingChange.objects.filter(public_id=message.payload["change"]).first()
    if change is None:
        return None
    if change.lapses_at is not None:
        words = _("An organisation was suspended until %(day)s") % {"day": day_in_words(change.lapses_at.date())}
    elif change.becomes == MemberStatus.SUSPENDED:
        words = _("A suspension was confirmed by a vote")
    else:
        words = _("The standing of an organisation has changed")
    more = _("Which one, and how it goes on, stands in the workspace:")
    return _letter(message, words, more, path_to(Page.MEMBERSHIP))


WRITERS: Mapping[str, Writer] = {
    kinds.APPLICATION_CAME: _application,
    kinds.APPLICATION_ANSWERED: _application,
    kinds.APPLICATION_VOTED: _application,
    kinds.APPLICATION_SLOW: _application,
    kinds.APPLICATION_MENTOR: _application,
    kinds.PARTICIPATION_ASKED: _participation,
    kinds.PARTICIPATION_SILENT: _participation,
    kinds.STANDING_CHANGED: _standing,
}
