"""The front page of the operators: what waits for somebody, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.requests import person_of
from core import clock
from messaging.models import Message
from verification.models import ListingState, Publication, Report, Review

_JOBS = "procrastinate_procrastinatejob"


@dataclass(frozen=True)
class Waiting:
    """A number with its words; `url` is the page where it is worked on, and `is_bad` says that somebody should."""

    count: int
    words: str
    url: str
    is_bad: bool = False


def waiting(request: HttpRequest) -> list[Waiting]:
    """For administrators of the network; other staff have their screens only."""
    person = person_of(request)
    if person is None or not person.is_administrator:
        return []
    states = ListingState.objects.filter(publication=Publication.PUBLISHED)
    overdue = states.filter(due_on__lt=clock.today()).count()
    unsent = Message.objects.filter(state="failed").count()
    broken = ProcrastinateJob.objects.filter(status="failed").count()
    shown = _screen("verification_listingstate", "publication__exact=published")
    late = f"{reverse('workspace:coordination')}?pile=overdue"
    letters, jobs = _screen("messaging_message", "state__exact=failed"), _screen(_JOBS, "status=failed")
    reports = reverse("workspace:coordination-reports")
    return [
        Waiting(states.count(), _("services on the map"), shown),
        Waiting(overdue, _("of them not confirmed in time"), late, bool(overdue)),
        Waiting(Review.objects.open().count(), _("changes wait for a check"), reverse("workspace:reviews")),
        Waiting(Report.objects.open().count(), _("reports of readers are open"), reports),
        Waiting(unsent, _("letters did not leave"), letters, bool(unsent)),
        Waiting(broken, _("jobs of the worker failed"), jobs, bool(broken)),
    ]


def _screen(name: str, query: str) -> str:
    return f"{reverse(f'admin:{name}_changelist')}?{query}"
