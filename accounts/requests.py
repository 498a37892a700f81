"""Who asks: the request behind a door that lets nobody in without a login, as the type checker sees it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view takes that stands behind a door. At run time it is the request that it always was.

    A function names it as its parameter; a class writes `request: SignedInRequest` beside LoginRequiredMixin.
    """

    user: User


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in, if anybody is: for pages that strangers open too."""
    return request.user if isinstance(request.user, User) else None


def signed_in(request: HttpRequest) -> User:
    """Who is signed in: for code behind a door that somebody else built (the admin, allauth). Refuses strangers."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person
