"""What the worker does by the clock. Everything here may run at any time, any number of times, or not at all:

nothing on the map waits for it. A listing turns grey, leaves the public and is archived by the directory's query.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.presses.once import forget_old
from core import clock
from core.languages import SOURCE
from messaging.models import Correspondent
from messaging.people import refresh
from organizations.models import Organization
from verification.campaigns.running import close_over
from verification.coordination.alike.across import look_across
from verification.coordination.alike.finding import look
from verification.coordination.monitoring import record_month
from verification.letters.occasions import digest
from verification.letters.occasions.alerts import alert
from verification.letters.reminders import remind
from verification.models import ListingState, Publication
from verification.services import archive
from verification.services.told import evidence
from verification.services.weighing import weigh_all
from verification.upkeep import triggers
from verification.upkeep.standings import follow_standing


def run_often() -> dict[str, int]:
    """Every few minutes: letters about what is due and what is new; what people, bounces and suspensions ask for.

    What is new or was edited is compared with what is there.
    """
    written = {"letters": remind(), "alerts": alert()}
    return written | {"followed_up": follow_up_people(), "standings": follow_standing(), "compared": look()}


def run_daily() -> dict[str, int]:
    """Once a day: who answers for whom, re-checks that dates ask for, what dates have archived, the month's figures,

    places and organisations that may be one, the coordinators' digest on the first day of a week, evidence whose time
    is over.
    """
    refresh(Organization.objects.in_network())
    return {
        "rechecks": triggers.run_daily(),
        "archived": tidy_archived(),
        "figures": close_month(),
        "campaigns": close_over(),
        "pairs": look_across(),
        "digests": digest.write_digests(),
        "evidence purged": evidence.purge(),
        "forms forgotten": forget_old(),
    }


def close_month() -> int:
    """The figures of this month, as they are now: every listing is weighed before."""
    weigh_all()
    return record_month()


@transaction.atomic
def follow_up_people() -> int:
    """Letters to somebody come back, or somebody left: what their organisation has on the map is looked at, once."""
    changed = Q(bounced_at__isnull=False) | Q(left_at__isnull=False)
    news = Q(followed_up_at__isnull=True) | Q(followed_up_at__lt=F("bounced_at")) | Q(followed_up_at__lt=F("left_at"))
    people = Correspondent.objects.filter(changed & news, organization__isnull=False)
    rows = list(people.select_for_update().order_by("pk"))
    for person in rows:
        assert person.organization is not None  # noqa: S101  (filtered above)
        if person.left_at:
            triggers.after_contact_left(person.organization, person.name)
        else:
            triggers.after_bounce(person.organization, person.email)
    people.filter(pk__in=[person.pk for person in rows]).update(followed_up_at=clock.now())
    return len(rows)


def tidy_archived() -> int:
    """Write down what the dates have done already: listings past their last day become archived."""
    day = clock.today() + dt.timedelta(days=1)
    states = ListingState.objects.filter(publication=Publication.PUBLISHED, archives_on__lte=day)
    done = 0
    for state in states.select_related("listing__location", "listing__service__organization").order_by("pk"):
        if state.archives_on is None or clock.today(state.listing.timezone) < state.archives_on:
            continue
        with translation.override(SOURCE):
            archive(listing=state.listing, actor=None, reason=_("Nobody confirmed it in time."))
        done += 1
    return done
