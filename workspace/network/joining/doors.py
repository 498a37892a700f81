"""Who may open which of these pages."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.pages.http import View
from network.joining.models import Application
from workspace.shared.pages import desk_page, reason_of

#: What a press does, and what is said when it was done.
Step = tuple[Callable[[], object], str]


def joiners_page(view: View) -> View:
    """For everybody of the network, and for people of an organisation that has applied."""

    @functools.wraps(view)
    def open_page(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not Application.objects.visible_to(request.user).filter(public_id=kwargs["application"]).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return desk_page(open_page)


def pressed(request: SignedInRequest, steps: dict[str, Step], back: str, *arguments: str) -> HttpResponse:
    """One step of those on the page; whatever a service refuses is told there."""
    step = steps.get(request.POST.get("step", ""))
    try:
        if step is None:
            messages.warning(request, _("Choose what to do."))
        else:
            step[0]()
            messages.success(request, step[1])
    except HouseError as error:
        messages.warning(request, reason_of(error))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except (ObjectDoesNotExist, ValueError):
        messages.warning(request, _("It has changed meanwhile. Please look at the page once more."))
    return redirect(back, *arguments)
