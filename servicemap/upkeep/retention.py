"""What is forgotten, and when: the periods of docs/processing.md that end by the clock, and the code that keeps them.

Forms are forgotten by `accounts.presses.once`, evidence by `verification.services.told.evidence`, jobs by
`servicemap.tasks`; links for a new password are of no use after an hour (PASSWORD_RESET_TIMEOUT). Files of an import
are read where they lie or as they come, and tables that somebody exports are made on the way: neither is kept here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from pghistory.models import Context

from accounts.entering.sessions import forget_ended
from accounts.models import User
from accounts.presses.outreach import forget_copies
from core import clock
from exchange.models import BookImport, ForeignList
from exchange.sources.models import READS, ForeignSource, ReadingState, SourceReading
from messaging.models import Message
from messaging.models.message import OPEN_MESSAGES
from messaging.telegram import forget_chats, forget_linkings
from network.grants.forgetting import forget_grants
from network.joining.forgetting import forget_applications
from network.learning.forgetting import forget_names
from network.news.rounds import forget_letters as forget_letters_to_subscribers
from network.news.services import forget_unconfirmed
from network.reviews.forgetting import forget_reviews
from network.volunteering.forgetting import forget_volunteers
from organizations.models import Invitation, Opened
from personal.letters import forget_follows, forget_selections
from servicemap.processing.record import history_of
from servicemap.upkeep.copies import forget_earlier
from verification.models import Report, ReportState, Suggestion

SIGN_INS = dt.timedelta(days=90)
INVITATIONS = dt.timedelta(days=30)
REPORTS = dt.timedelta(days=90)
FLOODS = dt.timedelta(days=14)
LETTERS = dt.timedelta(days=90)
OPERATORS = dt.timedelta(days=365)
OPENED = dt.timedelta(days=35)
READINGS = dt.timedelta(days=30)


@dataclass(frozen=True)
class Rule:
    name: str
    forget: Callable[[], int]


@transaction.atomic
def forget_sign_ins() -> int:
    """Of a person and of a key: when they were last used."""
    before = clock.now() - SIGN_INS
    people = User.objects.filter(last_login__lt=before).update(last_login=None)
    return people + Authenticator.objects.filter(last_used_at__lt=before).update(last_used_at=None)


@transaction.atomic
def forget_invitations() -> int:
    """Those that were accepted, taken back or too old: who belongs where stands in the memberships."""
    before = clock.now() - INVITATIONS
    rows = Invitation.objects.filter(
        Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    ).values_list("pk", flat=True)
    gone = list(rows)
    Invitation.objects.filter(pk__in=gone).delete()
    history_of(Invitation).filter(pgh_obj_id__in=gone).delete()
    return len(gone)


@transaction.atomic
def forget_reports() -> int:
    """What somebody wrote, who it was, and what they were told. That there was a report of this kind stays."""
    old = Report.objects.filter(closed_at__lt=clock.now() - REPORTS).exclude(code_hash__startswith="forgotten")
    gone = list(old.values_list("pk", flat=True))
    words = {"text": "", "answer": "", "reported_by": None}
    mark = Concat(Value("forgotten "), Cast(F("pk"), CharField()))
    Report.objects.filter(pk__in=gone).update(contact="", code_hash=mark, **words)
    events = history_of(Report).filter(pgh_obj_id__in=gone)
    events.update(**words)
    _forget_reasons(Context.objects.filter(pk__in=events.values("pgh_context_id"), metadata__step="close_report"))
    return len(gone)


@transaction.atomic
def forget_suggestions() -> int:
    """What somebody wrote about a missing service, and what they were told; the draft that came of it stays."""
    old = Suggestion.objects.filter(answered_at__lt=clock.now() - REPORTS).exclude(code_hash__startswith="forgotten")
    gone = list(old.values_list("pk", flat=True))
    words = {"what": "", "reach": "", "text": "", "city": "", "answer": "", "point": None}
    mark = Concat(Value("forgotten "), Cast(F("pk"), CharField()))
    Suggestion.objects.filter(pk__in=gone).update(code_hash=mark, **words)
    events = history_of(Suggestion).filter(pgh_obj_id__in=gone)
    events.update(**words)
    _forget_reasons(Context.objects.filter(pk__in=events.values("pgh_context_id"), metadata__step="answer_suggestion"))
    return len(gone)


def _forget_reasons(contexts: QuerySet[Context]) -> None:
    """The answer stands there once more, as the reason of the step."""
    for context in contexts:
        context.metadata["reason"] = ""
        context.save(update_fields=["metadata"])


@transaction.atomic
def forget_floods() -> int:
    """What came among very many, and nobody took in a fortnight: the row, its history and whatever stood in it.

    A barrier of the site is promised an answer until that very day: it waits for it.
    """
    return _forget_flood_of(Report.objects.all()) + _forget_flood_of(Suggestion.objects.of_services())


def _forget_flood_of(rows: QuerySet[Report] | QuerySet[Suggestion]) -> int:
    old = rows.filter(state=ReportState.FLOOD, received_at__lt=clock.now() - FLOODS)
    gone = list(old.values_list("pk", flat=True))
    rows.filter(pk__in=gone).delete()
    history_of(rows.model).filter(pgh_obj_id__in=gone).delete()
    return len(gone)


def forget_letters() -> int:
    """Where a letter went and what the provider said. What it was about stays: nobody is told of a thing twice."""
    old = Message.objects.exclude(state__in=OPEN_MESSAGES).filter(created_at__lt=clock.now() - LETTERS)
    return old.exclude(address="").update(address="", subject="", last_error="", provider_result="")


def forget_operators() -> int:
    return LogEntry.objects.filter(action_time__lt=clock.now() - OPERATORS).delete()[0]


def forget_opened() -> int:
    """How much of what is not public an account has opened."""
    return Opened.objects.filter(day__lt=clock.today() - OPENED).delete()[0]


def _last_readings() -> list[int]:
    """The last reading of each directory that was written: the clock reads none that nobody has taken over."""
    applied = SourceReading.objects.filter(state=ReadingState.APPLIED, source=OuterRef("pk")).order_by("-made_at")
    sources = ForeignSource.objects.annotate(last=Subquery(applied.values("pk")[:1]))
    return [key for key in sources.order_by().values_list("last", flat=True) if key]


def forget_imports() -> int:
    """What a workbook would have changed, and what one has changed that can no longer be undone."""
    old = SourceReading.objects.filter(made_at__lte=clock.now() - READINGS).exclude(state__in=READS)
    old.exclude(pk__in=_last_readings()).delete()
    lists = ForeignList.objects.filter(expires_at__lte=clock.now()).delete()[0]
    return lists + BookImport.objects.filter(expires_at__lte=clock.now()).delete()[0]


RULES = (
    Rule("sessions", forget_ended),
    Rule("phones without a connection", forget_copies),
    Rule("sign-ins", forget_sign_ins),
    Rule("invitations", forget_invitations),
    Rule("reports", forget_reports),
    Rule("suggestions", forget_suggestions),
    Rule("floods", forget_floods),
    Rule("letters", forget_letters),
    Rule("operators", forget_operators),
    Rule("opened", forget_opened),
    Rule("imports", forget_imports),
    Rule("selections", forget_selections),
    Rule("follows", forget_follows),
    Rule("linkings", forget_linkings),
    Rule("chats", forget_chats),
    Rule("subscriptions", forget_unconfirmed),
    Rule("letters to subscribers", forget_letters_to_subscribers),
    Rule("applications", forget_applications),
    Rule("reviews", forget_reviews),
    Rule("grants", forget_grants),
    Rule("names of people who learnt", forget_names),
    Rule("volunteers", forget_volunteers),
    Rule("copies of earlier revisions", forget_earlier),
)


def run() -> dict[str, int]:
    """All of them; how many rows each forgot. May run at any time, any number of times."""
    return {rule.name: rule.forget() for rule in RULES}
