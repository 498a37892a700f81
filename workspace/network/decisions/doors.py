"""Who may open which of these pages, and what all of them do alike."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.pages.http import View
from network.decisions.models import kept_bodies
from workspace.coordination.doors import network_page
from workspace.shared.pages import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django import forms

__all__ = ["keepers_page", "network_page", "telling"]


def keepers_page(view: View) -> View:
    """For those who lead a body or keep its minutes, and administrators."""

    @functools.wraps(view)
    def open_page(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not kept_bodies(request.user).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return network_page(open_page)


@contextmanager
def telling(form: forms.Form) -> Iterator[None]:
    """What a service refuses inside of the block stands in the form, beside its field when there is one."""
    try:
        yield
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, faults in found.items():
            for fault in faults:
                form.add_error(name if name in form.fields else None, fault)
    except HouseError as error:
        form.add_error(error.field if error.field in form.fields else None, reason_of(error))
    except IntegrityError:
        form.add_error(None, _("It has changed meanwhile. Please look at the page once more."))


def saved(form: forms.Form, save: Callable[..., object]) -> object | None:
    """What the service gives back for a valid form; None when the form now says what is wrong."""
    if not form.is_valid():
        return None
    with telling(form):
        return save(**form.cleaned_data)
    return None
