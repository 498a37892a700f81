"""The person's own page, and the page that says how people come in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, UpdateView

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.requests import SignedInRequest


class ProfileView(LoginRequiredMixin, UpdateView):
    """Name and language; doors to the address, the password and the second factor."""

    request: SignedInRequest
    form_class = ProfileForm
    template_name = "account/profile.html"

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        # A fresh row: a refused name must not show up in the page's head as if it were saved.
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: forms.ModelForm[User]) -> HttpResponse:
        response = super().form_valid(form)
        with translation.override(self.object.language):
            messages.success(self.request, _("Saved."))
        return response

    def get_success_url(self) -> str:
        return translate_url(reverse("account_profile"), self.object.language)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        factors = Authenticator.objects.filter(user=self.object).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_context_data(**kwargs) | {"has_second_factor": factors.exists()}


class ByInvitationView(TemplateView):
    """Where others have a registration form."""

    template_name = "account/signup_closed.html"
    extra_context = {"contact_email": settings.NETWORK_EMAIL}
