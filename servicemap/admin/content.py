"""Organisations, places, contacts, services, listings and notices, for repair.

Every write goes through the services that members' screens use, so the same rules, versions and audit hold, and what
was narrowed leaves the map in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from leaflet.admin import LeafletGeoAdminMixin
from modeltrans.fields import TranslationField

from accounts.models import User
from accounts.requests import signed_in
from core.constraints import Editable
from core.geo.ground import ground
from core.languages import column_names
from organizations.models import Contact, Location, Organization
from organizations.models.organization import CommunityLed
from servicemap.admin.base import Choices, Column, HouseAdmin, choice_field, country_field
from servicemap.admin.forms import ContentForm
from servicemap.admin.people import MembershipInline
from services.attributes import asked
from services.models import (
    ACCESS_CHOICES,
    DeliveryLanguage,
    DocumentKind,
    MigrationStatus,
    Notice,
    Service,
    ServiceAtLocation,
    ServiceType,
)
from services.models.vocabulary import Term
from verification import editing

RowT = TypeVar("RowT", bound=Editable)

#: How an import finds its own rows again: no person's business.
IMPORT_MARKS = ("source", "external_id")


class ContentAdmin(HouseAdmin, Generic[RowT]):
    """`names` in the order of the form; a translated field brings its translations along."""

    can_add = False
    form = ContentForm
    names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        i18n = cast(TranslationField, self.model._meta.get_field("i18n")).fields
        shown = [at for name in self.names for at in (column_names(name) if name in i18n else [name])]
        return (*shown, "expected_version")

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object
    ) -> type[ContentForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"actor": signed_in(request), "write": staticmethod(self.write)})

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> forms.Field | None:
        if db_field.name in self.countries:
            return country_field(db_field, several=hasattr(db_field, "base_field"))
        choices = self.choices(db_field.name)
        if choices is not None:
            return choice_field(db_field, choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def choices(self, name: str) -> Choices | None:
        return None

    def get_queryset(self, request: HttpRequest) -> QuerySet[RowT]:
        """Without what its organisation hides, unless it is disclosed to whoever looks."""
        rows = super().get_queryset(request)
        editable_by = getattr(self.model.objects, "editable_by", None)
        return rows.filter(pk__in=editable_by(signed_in(request)).values("pk")) if editable_by else rows

    def write(self, actor: User, row: RowT | None, version: int, fields: dict[str, object]) -> RowT:
        return self.create(actor, fields) if row is None else self.update(actor, row, version, fields)

    def create(self, actor: User, fields: dict[str, object]) -> RowT:
        raise PermissionDenied

    def update(self, actor: User, row: RowT, version: int, fields: dict[str, object]) -> RowT:
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: RowT, form: ContentForm, change: bool) -> None:
        written = form.perform()
        obj.pk, obj.version = written.pk, written.version


@admin.register(Organization)
class OrganizationAdmin(ContentAdmin[Organization]):
    can_add = True
    list_display = ("name", "registration_country", "member_status", "joined_on", "source")
    list_filter = ("member_status", "registration_country")
    search_fields = ("name", "short_name", "slug")
    inlines = (MembershipInline,)
    raw_id_fields = ("parent",)
    countries = ("registration_country", "countries")
    names = (
        "name",
        "name_local",
        "short_name",
        "slug",
        "description",
        "legal_form",
        "registration_country",
        "parent",
        "countries",
        "working_languages",
        "website",
        "links",
        "community_led",
        "default_visibility",
        "due_diligence_note",
        "safety_note",
        "spectrum_reviewed_on",
    )

    def choices(self, name: str) -> Choices | None:
        known = {"working_languages": _terms(DeliveryLanguage.objects.all()), "community_led": CommunityLed.choices}
        return known.get(name)

    def create(self, actor: User, fields: dict[str, object]) -> Organization:
        return editing.create_organization(actor=actor, **fields)

    def update(self, actor: User, row: Organization, version: int, fields: dict[str, object]) -> Organization:
        return editing.update_organization(
            actor=actor, organization=row, expected_version=version, batch=None, **fields
        )


@admin.register(Location)
class LocationAdmin(LeafletGeoAdminMixin, ContentAdmin[Location]):
    change_form_template = "admin/change_form_with_map.html"
    list_display = ("name", "organization", "city", "country", "type", "public_precision", "visibility")
    list_filter = ("country", "type", "public_precision", "visibility")
    list_select_related = ("organization",)
    search_fields = ("name", "city", "address", "organization__name", "public_id")
    countries = ("country",)
    names = tuple(name for name in editing.LOCATION_FIELDS if name not in IMPORT_MARKS)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Location | None = None,
    ) -> HttpResponse:
        return super().render_change_form(request, context | {"basemap": ground()}, add, change, form_url, obj)

    def update(self, actor: User, row: Location, version: int, fields: dict[str, object]) -> Location:
        return editing.update_location(actor=actor, location=row, expected_version=version, batch=None, **fields)


@admin.register(Contact)
class ContactAdmin(ContentAdmin[Contact]):
    list_display = ("label", "channel", "value", "organization", "audience", "visibility")
    list_filter = ("channel", "audience", "visibility", "is_crisis")
    list_select_related = ("organization",)
    search_fields = ("label", "value", "organization__name")
    raw_id_fields = ("location",)
    names = editing.CONTACT_FIELDS

    def choices(self, name: str) -> Choices | None:
        return _terms(DeliveryLanguage.objects.all()) if name == "languages" else None

    def update(self, actor: User, row: Contact, version: int, fields: dict[str, object]) -> Contact:
        return editing.update_contact(actor=actor, contact=row, expected_version=version, batch=None, **fields)


@admin.register(Service)
class ServiceAdmin(ContentAdmin[Service]):
    list_display = ("title", "organization", "operation", "visibility", "source")
    list_filter = ("operation", "visibility", "cost")
    list_select_related = ("organization",)
    search_fields = ("title", "organization__name", "public_id")
    names = tuple(name for name in editing.SERVICE_FIELDS if name not in IMPORT_MARKS)

    def choices(self, name: str) -> Choices | None:
        terms: dict[str, Iterable[Term]] = {
            "statuses": MigrationStatus.objects.all(),
            "languages": DeliveryLanguage.objects.all(),
            "interpreter_languages": DeliveryLanguage.objects.all(),
            "documents": DocumentKind.objects.all(),
        }
        if name in terms:
            return _terms(terms[name])
        if name == "attributes":
            return [(code, f"{one.name}: {one.answer(code)}") for one in asked() for code in one.answers]
        if name == "types":
            leaves = ServiceType.objects.leaves().select_related("parent")
            return [(term.code, f"{term.parent} → {term}") for term in leaves.order_by("parent__position", "position")]
        return ACCESS_CHOICES[name].choices if name in ACCESS_CHOICES else None

    def update(self, actor: User, row: Service, version: int, fields: dict[str, object]) -> Service:
        return editing.update_service(actor=actor, service=row, expected_version=version, batch=None, **fields)


@admin.register(ServiceAtLocation)
class ListingAdmin(ContentAdmin[ServiceAtLocation]):
    list_display = ("service", "location", "remote_country", "updated_at")
    list_filter = ("location__country",)
    list_select_related = ("service", "location")
    search_fields = ("service__title", "location__name", "public_id")
    countries = ("remote_country",)
    names = editing.LISTING_FIELDS

    def update(self, actor: User, row: ServiceAtLocation, version: int, fields: dict[str, object]) -> ServiceAtLocation:
        return editing.update_listing(actor=actor, listing=row, expected_version=version, batch=None, **fields)


@admin.register(Notice)
class NoticeAdmin(ContentAdmin[Notice]):
    list_display = ("text", "kind", "starts_on", "ends_on", "visibility")
    list_filter = ("kind", "visibility", "country")
    names = editing.NOTICE_FIELDS

    def update(self, actor: User, row: Notice, version: int, fields: dict[str, object]) -> Notice:
        return editing.set_notice(actor=actor, notice=row, expected_version=version, batch=None, **fields)


def _terms(terms: Iterable[Term]) -> Choices:
    return [(term.code, term.name) for term in terms]
