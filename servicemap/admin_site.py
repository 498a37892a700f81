"""The operators' back office: who may open it, through which door, in which language."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class OperatorsSite(AdminSite):
    """The doors are the product's own: one sign-in, with its limits and its second step, and one way out."""

    site_header = _("Service map: operators")
    site_title = _("Operators")
    index_title = _("What can be repaired here")
    site_url = None
    #: Their rows follow from the users' own screens, and the secrets of second factors are nobody's to look at.
    packages_left_out = frozenset({"account", "mfa", "auth"})

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        kept = [model for model in models if model._meta.app_label not in self.packages_left_out]
        super().register(kept, admin_class, **options)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """404 for a person without rights here: to them this place does not exist."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if isinstance(request.user, User):
                if not self.has_permission(request):
                    raise Http404
                translation.activate(request.user.language)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        target = request.GET.get("next", "")
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(index)
        if request.user.is_authenticated:
            raise Http404
        inside = target.startswith(index)
        return redirect_to_login(target if inside else index, resolve_url("account_login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")
