"""What every page of the workspace does the same way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.requests import SignedInRequest
from core.errors import HouseError, NotAllowed
from core.pages.http import View
from facts.names import one_page
from facts.opened import counted
from organizations.models import Visibility
from services.models import ServiceAtLocation
from services.models.coverage import Subject
from services.models.listing import ListingQuerySet
from workspace.shared import kept
from workspace.shared.forms import EditForm

RowT = TypeVar("RowT")
ModelT = TypeVar("ModelT", bound=Model)


def desk_page(view: View) -> View:
    """For people who are logged in; never kept by a cache; what they may not do does not exist for them."""

    @functools.wraps(view)
    def open_page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            with one_page(), counted(cast(User, request.user)):
                return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise Http404 from error

    inside = login_required(never_cache(open_page))

    @functools.wraps(view)
    def at_the_door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """A form that outlives its session gives back what was written; a page asks to sign in."""
        if not request.user.is_authenticated and (fields := kept.fields_of(request)):
            return kept.page_with_fields(request, fields, is_signed_out=True)
        return inside(request, *args, **kwargs)

    return at_the_door


def editable(model: type[ModelT], request: SignedInRequest, **lookup: object) -> ModelT:
    """The row when this user may edit it, else 404: the same answer as for a row that does not exist."""
    rows: QuerySet[ModelT] = model.objects.editable_by(request.user)  # type: ignore[attr-defined]  # what is edited has it
    return get_object_or_404(rows, **lookup)


def sent(request: SignedInRequest) -> QueryDict | None:
    """What a form was sent with; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def show_form(request: SignedInRequest, template: str, form: EditForm, context: Mapping[str, object]) -> HttpResponse:
    """A page with a form: 422 when it was sent (it has faults, or somebody else was quicker), else 200."""
    status = 422 if form.is_bound else 200
    return render(request, template, {**context, "form": form}, status=status)


def write(request: SignedInRequest, form: EditForm, save: Callable[..., RowT]) -> RowT | None:
    """Save a valid form by an editing service, `save(actor=…, **values)`.

    Returns the row, or None when the form now says what is wrong.
    """
    if not form.is_valid():
        return None
    with form.collecting(), transaction.atomic():
        return save(actor=request.user, **form.values())
    return None


def listings_of(row: Subject) -> ListingQuerySet:
    """The listings that show this organisation, place, contact, service or listing."""
    return ServiceAtLocation.objects.under(row).order_by("pk")


def reason_of(error: HouseError) -> str:
    return str(error.message)


def tell_of_care(request: HttpRequest, form: Form, visibility: str) -> None:
    """Where a proposal stood and the rest made it narrower (`organizations.careful`), say so, and how to change it."""
    if form.cleaned_data["visibility"] == Visibility.PUBLIC != visibility:
        messages.info(
            request,
            _(
                "For now only the network sees it: in a country of high risk this is shown to everybody only when you "
                "say so. Change “Who sees” if everybody may know."
            ),
        )
