"""What an invited person sees behind the link.

Looking changes nothing, so that a mail scanner that follows links uses nothing up; a deliberate press accepts. The
address of the page is a secret: no cache keeps it and no other site learns of it.
"""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import User
from accounts.requests import person_of
from accounts.services import create_person
from core.errors import NotAllowed
from core.languages import writing
from doors.invitation.forms import JoinForm
from organizations.invitations import InvitationClosed, accept_invitation, find_invitation
from organizations.models import Invitation


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class JoinView(View):
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except InvitationClosed as closed:
            response = self.closed(closed)
        # Never the path, which holds the token. Not "no-referrer": with it browsers post forms from the origin
        # "null", which the protection against forged requests refuses.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token=token)
        return self.page(invitation, JoinForm(invitation=invitation))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token=token)
        if person := person_of(request):
            return self.accept_as(person, invitation, token)
        if self.account_of(invitation):
            return self.page(invitation, JoinForm(invitation=invitation))
        form = JoinForm(request.POST, invitation=invitation)
        if not form.is_valid():
            return self.page(invitation, form)
        with transaction.atomic():
            invitation = find_invitation(token=token, lock=True)
            user = create_person(
                email=invitation.email,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=writing(),
            )
            accept_invitation(token=token, user=user)
        return perform_login(request, user)

    def accept_as(self, user: User, invitation: Invitation, token: str) -> HttpResponse:
        try:
            accept_invitation(token=token, user=user)
        except NotAllowed as error:
            if error.code != "other_person":
                messages.warning(self.request, str(error.message))
            return self.page(invitation, JoinForm(invitation=invitation))
        if invitation.is_for_volunteer:
            messages.success(
                self.request,
                _("You help “%(organization)s” as a volunteer.") % {"organization": invitation.organization},
            )
            return redirect("workspace:volunteering")
        messages.success(
            self.request, _("You are in the team of “%(organization)s”.") % {"organization": invitation.organization}
        )
        return redirect("workspace:home")

    def account_of(self, invitation: Invitation) -> User | None:
        return User.objects.filter(email=invitation.email).first()

    def page(self, invitation: Invitation, form: JoinForm) -> HttpResponse:
        person = person_of(self.request)
        mine = person is not None and person.email == invitation.email
        context = {
            "invitation": invitation,
            "form": form,
            "is_mine": mine,
            "is_somebody_else": person is not None and not mine,
            "has_account": person is None and self.account_of(invitation) is not None,
            "path": self.request.path,
        }
        return render(self.request, "doors/invitation/invitation.html", context)

    def closed(self, closed: InvitationClosed) -> HttpResponse:
        """Says why, and what to do: 404 for a link that never existed, 410 for one that is used up."""
        status = 404 if closed.code == "unknown" else 410
        context = {"reason": closed.code, "invitation": closed.invitation}
        return render(self.request, "doors/invitation/invitation_closed.html", context, status=status)
