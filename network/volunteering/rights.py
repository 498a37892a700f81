"""Who may propose now, and what is missing where somebody may not. All of it by the clock of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import clock
from directory.tables.learning import LearningTopic
from network.learning.models import Certificate
from organizations.models import Volunteering

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from organizations.models.volunteering import VolunteeringQuerySet

#: What every volunteer has learnt before they begin, and as long as they go on.
NEEDED = LearningTopic.CONFIDENTIALITY


def working() -> VolunteeringQuerySet:
    """In force, and trained: a certificate that has not ended."""
    valid = Certificate.objects.valid().filter(topic=NEEDED, enrolment__person=OuterRef("user"))
    return Volunteering.objects.in_force().filter(Exists(valid))


def working_of(user: User) -> Volunteering | None:
    """What lets this person propose now, None when nothing does."""
    rows = working().filter(user=user)
    return rows.select_related("organization", "colleague", "user").first()


def standing_of(user: User) -> Volunteering | None:
    """What they are told of on their own page, also before the first day and after the last one."""
    rows = Volunteering.objects.open().filter(user=user)
    return rows.select_related("organization", "colleague", "user").first()


def trained_until(user: User) -> dt.date | None:
    """The last day of the training that is needed; None when there is none, or none any more."""
    rows = Certificate.objects.valid().filter(topic=NEEDED, enrolment__person=user)
    return rows.order_by("-valid_until").values_list("valid_until", flat=True).first()


def what_is_missing(row: Volunteering, *, trained: bool) -> list[str]:
    """In words, for whoever looks at it: why nothing can be proposed now."""
    today = clock.today()
    is_there = Volunteering.objects.in_force().filter(pk=row.pk).exists()
    found = [
        (row.starts_on > today, _("The first day has not come yet.")),
        (row.ends_on < today, _("The last day is over.")),
        (not trained, _("The training “Confidentiality” is missing, or its certificate has ended.")),
    ]
    words = [text for holds, text in found if holds]
    if not words and not is_there:
        return [_("Nobody of the organisation answers for the volunteer now.")]
    return words


def may_check(row: Volunteering) -> bool:
    """A check is recorded under the colleague's name: it is proposed where the colleague may record one."""
    return row.colleague is not None and row.colleague.is_verifier
