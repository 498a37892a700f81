"""One press on what two organisations decide together, whatever it is that becomes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404

from accounts.requests import SignedInRequest
from core.errors import HouseError, NotAllowed
from workspace.shared.pages import reason_of

#: Name of a step → what does it, and what is said when it is done.
Steps = Mapping[str, tuple[Callable[..., object], str]]


def take(request: SignedInRequest, steps: Steps, step: str, **row: object) -> None:
    """Do the step with the row (a keyword of what does it) and say how it went. Http404 for one that is none."""
    if step not in steps:
        raise Http404
    do, done = steps[step]
    try:
        do(actor=request.user, **row)
    except NotAllowed:
        raise
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, done)
