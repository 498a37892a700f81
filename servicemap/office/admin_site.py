"""The operators' back office: who may open it, through which door, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from accounts.requests import person_of
from core.languages import active, by_code
from servicemap.office.front import waiting

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])


class WordsOfScripts(JavaScriptCatalog):
    """What the framework's scripts say; their calendar begins with the day with which the language begins a week."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        from_sunday = (by_code(active()).first_day + 1) % 7
        return context | {"formats": {**context["formats"], "FIRST_DAY_OF_WEEK": from_sunday}}


class OperatorsSite(AdminSite):
    """The doors are the product's own: one sign-in, with its limits and its second step, and one way out."""

    site_header = _("Service map: operators")
    site_title = _("Operators")
    index_title = _("What can be repaired here")
    site_url = None
    #: Their rows follow from the users' own screens, and the secrets of second factors are nobody's to look at.
    packages_left_out = frozenset({"account", "mfa", "auth"})
    #: Their own screens speak of their own insides; ours say the same in words of the domain (`admin/jobs.py`).
    packages_in_our_words = frozenset({"procrastinate"})

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return cast(HttpResponse, WordsOfScripts.as_view(packages=["django.contrib.admin"])(request))

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,
        **options: object,
    ) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        left_out = self.packages_left_out
        if not getattr(admin_class, "is_of_the_house", False):
            left_out |= self.packages_in_our_words
        kept = [model for model in models if model._meta.app_label not in left_out]
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

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """The front page: what waits for somebody, and how many rows each screen has."""
        rooms = self.get_app_list(request)
        for room in rooms:
            for screen in room["models"]:
                rows = self._registry[screen["model"]].get_queryset(request).count()
                screen["name"] = f"{screen['name']}: {number_format(rows, force_grouping=True)}"
        found = {"app_list": rooms, "waiting": waiting(request) if rooms else []}
        return super().index(request, {**found, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Screens under the names that they give themselves."""
        rooms: list[dict[str, Any]] = super().get_app_list(request, app_label)
        for room in rooms:
            for screen in room["models"]:
                screen["name"] = capfirst(self._registry[screen["model"]].opts.verbose_name_plural)
        return rooms

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
