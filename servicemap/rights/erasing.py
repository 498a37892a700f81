"""A person is forgotten: afterwards neither their name nor their address is in the database, histories included.

What they did stays, done by somebody: rows that name them lose the key, histories keep its bare number. Words of
others about them are looked through in all columns of the classes «person» and «staff» (docs/processing.md). What an
organisation publishes as its own contact is the organisation's: it is told of, and not taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, F, JSONField, Model, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from core import clock
from directory.access import circles_open
from directory.tables.listings import CircleListing, CountryListing, MemberListing, MemberOrganization
from messaging.models import Correspondent
from network.volunteering.forgetting import forget_helper
from organizations.models import Contact, Invitation, Membership, Organization, Volunteering
from servicemap.processing.record import histories, history_of, lines
from servicemap.processing.shapes import Class
from verification.models import Snapshot

SOMEBODY = "somebody"
#: A name of one short word could be any word of a text.
SHORTEST_NAME = 5
#: Where the person of a contact for colleagues stands in frozen and published content.
NAMED: tuple[tuple[type[Model], str], ...] = (
    (Snapshot, "content"),
    *((model, name) for model in (MemberListing, CountryListing, CircleListing) for name in ("contacts", "content")),
    (MemberOrganization, "contacts"),
)


@dataclass(frozen=True)
class Erased:
    """What the operator should tell the organisations: contacts that are still the person's, and who has nobody."""

    contacts: list[str]
    without_manager: list[str]


@circles_open()
def erase_person(user: User) -> Erased:
    user = User.objects.select_for_update().get(pk=user.pk)
    words = [user.email, *_addresses(user), *([user.name] if len(user.name) >= SHORTEST_NAME else [])]
    organizations = list(Organization.objects.filter(memberships__user=user, memberships__role="manager"))
    _forget_post(user, words)
    _forget_log(user)
    number = user.pk
    user.delete()
    history_of(User).filter(pgh_obj_id=number).delete()
    forget_helper(number)
    _replace_words(words)
    return Erased(
        contacts=[str(row.public_id) for row in Contact.objects.filter(value__in=words).order_by("pk")],
        without_manager=[str(row.slug) for row in organizations if not _has_manager(row)],
    )


def _addresses(user: User) -> list[str]:
    known = apps.get_model("account", "EmailAddress").objects.filter(user=user)
    return list(known.exclude(email=user.email).order_by("pk").values_list("email", flat=True))


def _has_manager(organization: Organization) -> bool:
    return Membership.objects.filter(organization=organization, role="manager", user__is_active=True).exists()


def _forget_post(user: User, words: Iterable[str]) -> None:
    """Their invitations, and the address that letters went to; that a letter was sent stays."""
    gone = list(Invitation.objects.filter(Q(email__in=words) | Q(accepted_by=user)).values_list("pk", flat=True))
    Volunteering.objects.filter(invitation__in=gone, user=None).delete()
    Invitation.objects.filter(pk__in=gone).delete()
    history_of(Invitation).filter(pgh_obj_id__in=gone).delete()
    theirs = Correspondent.objects.filter(Q(user=user) | Q(email__in=words))
    for person in theirs:
        person.messages.update(address="", subject="", last_error="", provider_result="")
    nobody = Concat(Value("somebody-"), Cast(F("pk"), CharField()), Value("@erased.invalid"))
    theirs.update(email=nobody, name="", user=None, left_at=clock.now(), bounced_at=None, bounce_reason="")


def _forget_log(user: User) -> None:
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    about.update(object_repr=SOMEBODY)


def _replace_words(words: Iterable[str]) -> None:
    """In every column where people write about people, and in its history."""
    pattern = "|".join(re.sub(r"(\W)", r"\\\1", word) for word in words)
    columns = {(line.model, line.column) for line in lines() if line.kind in (Class.PERSON, Class.STAFF)}
    tables = [*apps.get_models(), *histories()]
    for model in dict.fromkeys(tables):
        tracked = getattr(model, "pgh_tracked_model", None) or model
        for field in model._meta.concrete_fields:
            if (tracked._meta.label, field.name) in columns and isinstance(field, CharField | TextField | JSONField):
                _replace(model, str(field.column), pattern, is_json=isinstance(field, JSONField))

    for model, column in NAMED:
        _replace(model, column, f'"person": "({pattern})"', is_json=True, by=f'"person": "{SOMEBODY}"')


def _replace(model: type[Model], column: str, pattern: str, *, is_json: bool, by: str = SOMEBODY) -> None:
    table, name = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(column)
    kind = "::jsonb" if is_json else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {name} = regexp_replace({name}::text, %s, %s, 'gi'){kind}"  # noqa: S608  (names of ours)
            f" WHERE {name}::text ~* %s",
            [pattern, by, pattern],
        )
