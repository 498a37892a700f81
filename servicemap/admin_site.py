"""The operators' back office: who may open it, through which door, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.requests import person_of

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])


class OperatorsSite(AdminSite):
    """The doors are the product's own: one sign-in, with its limits and its second step, and one way out."""

    site_header = _("Service map: operators")
    site_title = _("Operators")
    index_title = _("What can be repaired here")
    site_url = None
    #: Their rows follow from the users' own screens, and the secrets of second factors are nobody's to look at.
    packages_left_out = frozenset({"account", "mfa", "auth"})

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,
        **options: object,
    ) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        kept = [model for model in models if model._meta.app_label not in self.packages_left_out]
        super().register(kept, admin_class, **options)

    def admin_view(self, view: ViewT, cacheable: bool = False) -> ViewT:
        """404 for a person without rights here: to them this place does not exist."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if person := person_of(request):
                if not self.has_permission(request):
                    raise Http404
                translation.activate(person.language)
            return inner(request, *args, **kwargs)

        return cast(ViewT, update_wrapper(guarded, view))

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        target = request.GET.get("next", "")
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(index)
        if person_of(request):
            raise Http404
        inside = target.startswith(index)
        return redirect_to_login(target if inside else index, resolve_url("account_login"))

    # These two lead to the product's own pages, where Django's stubs promise templates.
    def logout(  # type: ignore[override]  # as above
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return redirect("account_logout")

    def password_change(  # type: ignore[override]  # as above
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return redirect("account_change_password")
