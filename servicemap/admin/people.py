"""People: who may come in, with which rights, and help for those who lost their way in."""

from __future__ import annotations

from allauth.core.context import request_context
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.entering.sessions import end_sessions
from accounts.forms import ResetPasswordForm
from accounts.models import User
from accounts.requests import signed_in
from accounts.services import create_person, remove_second_factor
from core.languages import by_code
from network.volunteering.models import VolunteerProposal
from organizations.models import Invitation, Membership, Volunteering
from servicemap.admin.base import Column, HouseAdmin, ReadOnlyAdmin, choice_field, country_field
from servicemap.rights.erasing import erase_person
from translations.rights import translated_into


class MembershipInline(admin.StackedInline):
    """Stacked: the fields of a table have no labels of their own."""

    model = Membership
    extra = 0
    raw_id_fields = ("organization", "user")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class UserForm(forms.ModelForm):
    """The address is kept in lower case, as the database wants it."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(HouseAdmin):
    """No passwords here: a person sets their own, through a letter."""

    form = UserForm
    list_display = ("email", "name", "network_role", "is_staff", "is_active", "last_login")
    list_filter = ("network_role", "is_staff", "is_active", "language")
    search_fields = ("email", "name")
    fields = (
        *("email", "name", "language", "network_role", "countries", "translates"),
        *("is_active", "is_staff", "is_superuser"),
    )
    inlines = (MembershipInline,)
    actions = ("send_link", "take_second_factor_off", "erase")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a superuser touches a superuser."""
        above = isinstance(obj, User) and obj.is_superuser and not signed_in(request).is_superuser
        return not above and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Nobody raises themselves: the highest right is given by those who have it."""
        return () if signed_in(request).is_superuser else ("is_superuser",)

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> tuple[type[InlineModelAdmin], ...]:
        return tuple(self.inlines) if obj else ()

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> forms.Field | None:
        if db_field.name == "countries":
            return country_field(db_field, several=True)
        if db_field.name == "translates":
            return choice_field(db_field, [(code, by_code(code).name) for code in translated_into()])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        if change:
            obj.save()
            if obj.pk == request.user.pk and set(form.changed_data) == {"translates"}:
                # whoever wrote their own languages down goes on to translate; their other sessions end
                request.session[HASH_SESSION_KEY] = obj.get_session_auth_hash()
        else:
            names = ("email", "name", "language", "network_role", "countries", "translates", "is_staff")
            created = create_person(**{name: getattr(obj, name) for name in names})
            obj.pk, obj.password = created.pk, created.password
            obj.save()
            transaction.on_commit(lambda: self.send_link(request, User.objects.filter(pk=obj.pk)))
        obj.confirm_address()

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm[User], formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        """Another part in an organisation means another sign-in."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            end_sessions(form.instance)

    @admin.action(description=gettext_lazy("Send a link for a new password"))
    def send_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(is_active=True):
            form = ResetPasswordForm({"email": user.email})
            if form.is_valid():
                with request_context(request):
                    form.save(request)
                self.message_user(request, _("A letter is on its way to %(email)s.") % {"email": user.email})

    @admin.action(description=gettext_lazy("Take the second step off (the person lost the phone)"))
    def take_second_factor_off(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        allowed = [user for user in queryset if self.has_change_permission(request, user)]
        for user in allowed:
            remove_second_factor(user=user)
            self.log_change(request, user, _("The second step was taken off."))
        text = ngettext(
            "%(n)d account signs in with the password alone now.",
            "%(n)d accounts sign in with the password alone now.",
            len(allowed),
        )
        self.message_user(request, text % {"n": len(allowed)}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Erase the person (they asked to be forgotten)"))
    def erase(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """One person at a time, after a second look; nobody erases themselves or somebody above them."""
        person = queryset.first() if queryset.count() == 1 else None
        me = signed_in(request)
        if person is None or person == me or not self.has_change_permission(request, person):
            self.message_user(request, _("Choose one person, not yourself."), messages.ERROR)
            return None
        if "sure" not in request.POST:
            context = {**self.admin_site.each_context(request), "person": person, "title": _("Erase the person")}
            return TemplateResponse(request, "admin/erase_person.html", context)
        done = erase_person(person)
        self.message_user(request, _("The person is erased."), messages.SUCCESS)
        for slug in done.without_manager:
            self.message_user(request, _("%(name)s has no manager any more.") % {"name": slug}, messages.WARNING)
        for contact in done.contacts:
            text = _("A contact of an organisation (%(id)s) is still theirs: ask the organisation.")
            self.message_user(request, text % {"id": contact}, messages.WARNING)
        return None


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """To look at: invitations are sent and taken back on the team page of the organisation."""

    list_display = ("email", "organization", "role", "invited_by", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("role",)
    list_select_related = ("organization", "invited_by")
    search_fields = ("email", "organization__name")
    exclude = ("token_hash",)


@admin.register(Volunteering)
class VolunteeringAdmin(ReadOnlyAdmin):
    """To look at: managers invite, prolong and end beside the team of the organisation."""

    list_display = ("organization", "user", "colleague", "starts_on", "ends_on", "ended_at")
    list_select_related = ("organization", "user", "colleague")
    search_fields = ("user__email", "user__name", "organization__name")


@admin.register(VolunteerProposal)
class VolunteerProposalAdmin(ReadOnlyAdmin):
    """To look at: the colleague who answers for the volunteer says yes or no."""

    list_display = ("said_at", "volunteering", "kind", "state", "answered_by")
    list_filter = ("kind", "state")
    list_select_related = ("volunteering__organization", "volunteering__user", "answered_by")
