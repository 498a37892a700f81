"""The person's own page, and the page that says how people come in."""

from __future__ import annotations

from allauth.account.views import LogoutView
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView, UpdateView

from accounts.entering.sessions import end_one, end_sessions, sessions_of
from accounts.forms import ProfileForm
from accounts.models import Session, User
from accounts.presses.outreach import end_of_session
from accounts.requests import SignedInRequest, person_of


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
        return super().get_context_data(**kwargs) | {
            "has_second_factor": factors.exists(),
            "has_bot": bool(settings.TELEGRAM_BOT) and import_string(settings.LETTERS_PERMISSION)(self.object),
            "has_selections": import_string(settings.MEMBERS_PERMISSION)(self.object),
            "gets_news": import_string(settings.MEMBERS_PERMISSION)(self.object),
            "sessions": [
                {"mark": row.mark, "began_at": row.began_at, "used_at": row.used_at, "is_this": self._is_this(row)}
                for row in sessions_of(self.object)
            ],
        }

    def _is_this(self, row: Session) -> bool:
        return row.session_key == self.request.session.session_key


class EndSessionsView(LoginRequiredMixin, View):
    """Ends one other session of the person, or all but this one."""

    http_method_names = ["post"]
    request: SignedInRequest

    def post(self, request: SignedInRequest) -> HttpResponse:
        mark = request.POST.get("session", "")
        ended = end_one(request.user, mark) if mark else end_sessions(request.user, but=request)
        text = ngettext("%(n)d other sign-in was ended.", "%(n)d other sign-ins were ended.", ended)
        messages.success(request, text % {"n": ended})
        return redirect("account_profile")


class SignOutView(LogoutView):
    """The browser forgets what it kept of us: pages behind the door, cookies, drafts."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        user, key = person_of(self.request), self.request.session.session_key
        if user is not None and key:
            end_of_session(user, key)
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class ByInvitationView(TemplateView):
    """Where others have a registration form."""

    template_name = "account/signup_closed.html"
    extra_context = {"contact_email": settings.NETWORK_EMAIL}
