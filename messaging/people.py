"""Who gets letters: everybody who edits or manages an organisation, coordinators and administrators of the network.

Rows follow memberships and users whenever they are asked for, so nobody has to remember to make one, and nobody who
left keeps getting letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F, Q

from accounts.models import NetworkRole, User
from core import clock
from messaging.models import Correspondent
from messaging.models.absence import WRITING_ROLES
from messaging.models.correspondent import CorrespondentQuerySet
from organizations.models import Location, Membership, MembershipRole, MemberStatus, Organization
from organizations.models.membership import MembershipQuerySet

#: Nobody is written to about the listings of such an organisation.
_GONE = (MemberStatus.SUSPENDED, MemberStatus.LEFT)
#: Organisation (None for the network's own people) and user.
Key = tuple[int | None, int]


def correspondents_for(organization: Organization) -> CorrespondentQuerySet:
    """Those who get letters about the organisation, brought in step with its memberships; the left ones excluded."""
    refresh([organization])
    return Correspondent.objects.of(organization).filter(left_at__isnull=True)


def network_correspondents() -> CorrespondentQuerySet:
    """Coordinators and administrators, brought in step with their roles."""
    refresh_network()
    return Correspondent.objects.filter(organization=None, left_at__isnull=True).select_related("user")


def administrators() -> list[Correspondent]:
    """Those of the network who can be reached."""
    return [person for person in network_correspondents().awake() if person.user and person.user.is_administrator]


def gets_letters(user: User) -> bool:
    """Whether letters about listings may come to this person, for an organisation or for the network."""
    return user.is_coordinator or _writing(user).exists()


def posts_of(user: User) -> list[Correspondent]:
    """For what this person gets letters, brought in step: a row for each organisation, the network's row last."""
    known = Q(memberships__in=_writing(user)) | Q(correspondents__user=user)
    refresh(Organization.objects.filter(known).distinct().order_by("pk"))
    if user.is_coordinator:
        refresh_network()
    rows = Correspondent.objects.filter(user=user, left_at__isnull=True).select_related("organization", "user")
    rows = rows.exclude(organization__member_status__in=_GONE)
    return list(rows.order_by(F("organization__name").asc(nulls_last=True), "pk"))


def _writing(user: User) -> MembershipQuerySet:
    memberships = Membership.objects.filter(user=user, user__is_active=True, role__in=WRITING_ROLES)
    return memberships.exclude(organization__member_status__in=_GONE)


@transaction.atomic(savepoint=False)
def refresh(organizations: Iterable[Organization]) -> list[Correspondent]:
    """Bring the rows of these organisations in step with their memberships, in a constant number of queries.

    All of them are returned, those who left among them, with their organisation and their login.
    """
    known = {organization.pk: organization for organization in organizations}
    ids = list(known)
    memberships = (
        Membership.objects.filter(organization__in=ids, role__in=WRITING_ROLES, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    wanted: dict[Key, tuple[User, str]] = {(m.organization_id, m.user_id): (m.user, m.role) for m in memberships}
    rows = Correspondent.objects.filter(organization__in=ids).order_by("pk")
    found = _bring_in_step(list(rows), wanted)
    for row in found:
        row.organization = known[row.organization_id or 0]
    return found


@transaction.atomic(savepoint=False)
def refresh_network() -> None:
    """Bring the rows of the network's own people in step with their roles."""
    roles = [NetworkRole.COORDINATOR, NetworkRole.ADMINISTRATOR]
    users = User.objects.filter(Q(network_role__in=roles) | Q(is_superuser=True), is_active=True).order_by("pk")
    wanted: dict[Key, tuple[User, str]] = {(None, user.pk): (user, str(MembershipRole.MANAGER)) for user in users}
    _bring_in_step(list(Correspondent.objects.filter(organization=None).order_by("pk")), wanted)


def _bring_in_step(rows: list[Correspondent], wanted: dict[Key, tuple[User, str]]) -> list[Correspondent]:
    """Give every wanted person their row: the one with their address, else the one that they had, else a new one.

    All rows as they are now, by their keys.
    """
    by_person = {(row.organization_id, row.user_id): row for row in rows if row.user_id}
    by_address = {(row.organization_id, row.email): row for row in rows}
    chosen = {key: by_address.get((key[0], user.email)) or by_person.get(key) for key, (user, _role) in wanted.items()}
    owners = {row.pk: key for key, row in chosen.items() if row is not None}
    for key, row in by_person.items():
        if owners.get(row.pk) != key:  # left, or the address passed to somebody else
            row.user, row.left_at = None, row.left_at or clock.now()
            row.save(update_fields=["user", "left_at"])
    zones = _zones({key[0] for key, row in chosen.items() if row is None and key[0]})
    for key, found in chosen.items():
        user, role = wanted[key]
        if found is not None:
            _update(found, user, role)
            found.user = user
        else:
            zone = zones.get(key[0] or 0, "UTC")
            # Somebody else may have been quicker: two pages and the worker all bring rows in step.
            values = _about(user, role) | {"user": user, "timezone": zone}
            address = {"organization_id": key[0], "email": values.pop("email")}
            made, _is_new = Correspondent.objects.get_or_create(**address, defaults=values)
            rows.append(made)
    return sorted(rows, key=lambda row: row.pk)


def _about(user: User, role: str) -> dict[str, object]:
    return {"email": user.email, "name": user.name, "language": user.language, "role": role}


def _update(row: Correspondent, user: User, role: str) -> None:
    """Follow the user. A new address has not bounced yet."""
    values = _about(user, role) | {"user_id": user.pk, "left_at": None}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return
    if row.email != user.email:
        values |= {"bounced_at": None, "bounce_reason": ""}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _zones(organization_ids: Collection[int]) -> dict[int, str]:
    """The zone in which most places of each organisation lie."""
    if not organization_ids:
        return {}
    found: dict[int, Counter[str]] = {}
    places = Location.objects.filter(organization__in=list(organization_ids)).order_by("pk")
    for organization_id, name in places.values_list("organization_id", "timezone"):
        found.setdefault(organization_id, Counter())[name] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in found.items()}
