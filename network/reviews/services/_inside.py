"""What every step asks first, and who is asked to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from network.reviews.models import YearlyReview
from network.reviews.models.reviews import UNDER_WAY, agreed_members
from network.reviews.models.words import YearlyState
from organizations.models import MembershipRole, Organization

if TYPE_CHECKING:
    from accounts.models import User

WRITES = (MembershipRole.MANAGER, MembershipRole.EDITOR)


def locked(review: YearlyReview) -> YearlyReview:
    """The row until the end of the transaction."""
    return YearlyReview.objects.select_for_update().get(pk=review.pk)


def writes_for(actor: User, organization: Organization | None) -> bool:
    """Whether the person manages or edits it."""
    return organization is not None and organization.memberships.filter(user=actor, role__in=WRITES).exists()


def is_inside(actor: User, organization: Organization) -> bool:
    return organization.memberships.filter(user=actor).exists()


def coordinates(actor: User, review: YearlyReview) -> bool:
    """The coordinator of the round's country, never about their own organisation."""
    return actor.coordinates(review.round.country) and not is_inside(actor, review.organization)


def need_own(actor: User, review: YearlyReview) -> None:
    if not writes_for(actor, review.organization):
        raise NotAllowed(_("The organisation itself writes this."))


def need_other(actor: User, review: YearlyReview, asked: Organization | None) -> None:
    """Somebody of the organisation that was asked, and of nothing that is reviewed here."""
    if not writes_for(actor, asked) or is_inside(actor, review.organization):
        raise NotAllowed(_("The organisation that was asked does this, and nobody about their own."))


def need_coordinator(actor: User, review: YearlyReview) -> None:
    if not coordinates(actor, review):
        raise NotAllowed(_("A coordinator of the country does this, and nobody about their own organisation."))


def chosen(review: YearlyReview, *, but: Organization | None = None) -> Organization:
    """Who looks: a member of another country if there is one, with the fewest reviews to do; never the organisation,

    never one that it looks at or decides about in the same year, never the one before; a newcomer only when
    nobody else is left.
    """
    same_year = YearlyReview.objects.filter(year=review.year)
    looked_at = same_year.filter(Q(reviewer=review.organization) | Q(third=review.organization))
    out = {review.organization_id, review.reviewer_id, but.pk if but else None}
    out |= set(looked_at.values_list("organization", flat=True))
    rows = agreed_members().exclude(pk__in=[key for key in out if key]).filter(memberships__role__in=WRITES)
    newcomers = set(Organization.objects.newcomers().values_list("pk", flat=True))
    country = review.organization.registration_country
    load = _load()
    found = sorted(
        rows.distinct().order_by("pk"),
        key=lambda one: (one.pk in newcomers, one.registration_country == country, load.get(one.pk, 0), one.pk),
    )
    if not found:
        raise WrongState(_("There is no other organisation that could look at it without a conflict of interest."))
    return found[0]


def _load() -> dict[int, int]:
    """How many reviews each is asked for now."""
    rows = YearlyReview.objects.filter(state__in=UNDER_WAY).order_by()
    found: dict[int, int] = {}
    for name in ("reviewer", "third"):
        for key, number in rows.exclude(**{name: None}).values_list(name).annotate(n=Count("pk")):
            found[key] = found.get(key, 0) + number
    return found


def turns_of(actor: User) -> list[YearlyReview]:
    """Reviews in which the next step is that of an organisation that the person writes for."""
    own = list(actor.memberships.filter(role__in=WRITES).values_list("organization", flat=True))
    planned = Q(state=YearlyState.PLANNED, starts_on__lte=clock.today())
    first = Q(organization__in=own) & (Q(state=YearlyState.SELF) | planned)
    second, last = Q(state=YearlyState.PEER, reviewer__in=own), Q(state=YearlyState.DISPUTED, third__in=own)
    rows = YearlyReview.objects.filter(first | ((second | last) & ~Q(organization__in=own)))
    return list(rows.select_related("organization").order_by("due_on", "pk"))
