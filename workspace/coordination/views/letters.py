"""Letters that did not arrive: once more, or an address that works again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from messaging.services import address_works, send_again
from verification.coordination.desk import letters_in_trouble, people_of, unreachable
from workspace.coordination.doors import coordinators_page
from workspace.shared.pages import reason_of


@coordinators_page
@require_POST
def again(request: SignedInRequest, message: str) -> HttpResponse:
    row = get_object_or_404(letters_in_trouble(request.user), public_id=message)
    try:
        send_again(message=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("A new letter is on its way."))
    return _back()


@coordinators_page
@require_POST
def works(request: SignedInRequest, correspondent: str) -> HttpResponse:
    """Somebody made sure by another way that letters arrive again."""
    row = get_object_or_404(people_of(unreachable(request.user)), public_id=correspondent)
    address_works(correspondent=row)
    messages.success(request, _("Letters go to this address again."))
    return _back()


def _back() -> HttpResponse:
    return redirect(reverse("workspace:coordination", query={"pile": "unreachable"}))
