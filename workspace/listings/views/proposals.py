"""What was said on the phone to have changed: the owner has written it in, or says that it is not so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from services.models import ServiceAtLocation
from verification import services as verification
from verification.models import Proposal
from workspace.shared.pages import desk_page, reason_of


@desk_page
@require_POST
def answer(request: SignedInRequest, proposal: str) -> HttpResponse:
    """`so` yes or no."""
    row = get_object_or_404(
        Proposal.objects.filter(listing__in=ServiceAtLocation.objects.editable_by(request.user)), public_id=proposal
    )
    is_so = request.POST.get("so") == "yes"
    try:
        verification.answer_proposal(proposal=row, actor=request.user, is_so=is_so)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Written down. Send the change, so that people see it.") if is_so
                         else _("Written down: the listing stays as it is."))  # fmt: skip
    return redirect("workspace:listing", row.listing.public_id)
