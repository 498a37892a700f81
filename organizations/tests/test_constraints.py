"""Each rule that the database keeps: the row is refused, and a person understands why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from core.geo import gazetteer
from organizations import places, services
from organizations.models import Contact, Invitation, Location, Membership, Organization
from organizations.tests.makers import make_contact, make_location, make_organization, make_user

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 1)
CITY = gazetteer.named("Тбилиси").id
DOOR = Point(44.80, 41.70, srid=4326)
NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def organization_row(**fields):
    return make_organization(), fields


def imported(make, model):
    """Two rows of one source with one external id."""
    model.objects.filter(pk=make().pk).update(source="list", external_id="7")
    return make(), {"source": "list", "external_id": "7"}


def place_row(**fields):
    return make_location(make_organization()), fields


def nowhere(**fields):
    """A place of which nobody knows more than the country."""
    return make_location(make_organization(), point=None), fields


def typed(**fields):
    """Pins by hand: the database derives them in every write, unless somebody takes that away from it."""
    row = make_location(make_organization(), place_code=CITY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE organizations_location DISABLE TRIGGER organizations_derive_areas")
    return row, {"place_code": "", "point": DOOR} | fields


def contact_row(**fields):
    return make_contact(make_organization()), fields


def membership_twice():
    user, organization = make_user(), make_organization()
    Membership.objects.create(user=user, organization=organization)
    other = Membership.objects.create(user=make_user(), organization=organization)
    return other, {"user_id": user.pk}


def invitation_row(**fields):
    return Invitation.objects.create(organization=make_organization(), email="a@example.org", token_hash="1"), fields


def invited_twice():
    first, _nothing = invitation_row()
    other = Invitation.objects.create(organization=first.organization, email="b@example.org", token_hash="2")
    return other, {"email": first.email}


#: By the name of the constraint: a row that is in order, and the change that the database must refuse.
REFUSED = {
    "organization_left_on_only_when_left": lambda: organization_row(left_on=DAY),
    "organization_leaves_after_joining": lambda: organization_row(
        member_status="left", joined_on=DAY, left_on=DAY - dt.timedelta(days=1)
    ),
    "organization_suspended_until_its_day": lambda: organization_row(suspended_until=NOON),
    "organization_imported_once": lambda: imported(make_organization, Organization),
    "location_exact_needs_point": lambda: place_row(point=None),
    "location_district_needs_centre": lambda: nowhere(public_precision="district", member_precision="district"),
    "location_settlement_needs_centre": lambda: nowhere(public_precision="settlement", member_precision="settlement"),
    "location_district_is_not_the_door": lambda: typed(place_code=CITY, district_point=DOOR),
    "location_settlement_is_not_the_door": lambda: typed(settlement_point=DOOR, district_point=None),
    "location_shelter_is_not_exact_for_the_public": lambda: place_row(type="shelter"),
    "location_not_kept_has_no_address": lambda: nowhere(is_address_kept=False, address="ул. Речная, 5"),
    "location_imported_once": lambda: imported(lambda: make_location(make_organization()), Location),
    "contact_for_colleagues_is_not_public": lambda: contact_row(audience="colleagues"),
    "contact_person_only_for_colleagues": lambda: contact_row(person="А. К."),
    "membership_once_per_person": membership_twice,
    "invitation_one_open_per_address": invited_twice,
    "invitation_accepted_or_revoked": lambda: invitation_row(accepted_at=NOON, revoked_at=NOON),
}


def rule(name: str) -> models.BaseConstraint:
    rules = (rule for model in apps.get_app_config("organizations").get_models() for rule in model._meta.constraints)
    return next(each for each in rules if each.name == name)


def test_every_rule_is_tried() -> None:
    kept = (Organization, Location, Contact, Membership, Invitation)
    assert {each.name for model in kept for each in model._meta.constraints} == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_the_row_whoever_writes_it(name: str) -> None:
    row, change = REFUSED[name]()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_says_it_in_words(name: str) -> None:
    row, change = REFUSED[name]()
    for field, value in change.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as caught:
        rule(name).validate(type(row), row)
    (message,) = caught.value.messages
    assert name not in message and "нарушено" not in message


@pytest.mark.parametrize(
    ("model", "faults_of"),
    [
        (Organization, lambda: services.ORGANIZATION_FAULTS),
        (Contact, lambda: services.CONTACT_FAULTS),
        (Location, lambda: places.FAULTS),
    ],
)
def test_the_message_of_a_rule_stands_beside_a_field_that_there_is(model, faults_of):
    """A table that names a rule or a field wrongly would send its message to nowhere."""
    faults = faults_of()
    rules = {rule.name for rule in model._meta.constraints}
    fields = {field.name for field in model._meta.get_fields()}
    assert faults.keys() <= rules
    assert set(faults.values()) <= fields
