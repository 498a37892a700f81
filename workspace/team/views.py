"""The team page: who is in the organisation, whom it invited, what each may do."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from core.spelling.collation import in_reading_order
from organizations import invitations, people
from organizations.models import Invitation, Membership, Organization
from organizations.models.membership import OWN_ROLES, VOLUNTEER
from workspace.absences.presenter import team_lines
from workspace.absences.undoing import undo_offer
from workspace.team.forms import InviteForm
from workspace.team.letters import send_invitation

log = logging.getLogger(__name__)

UNDO_SALT = "workspace.team.undo"
UNDO_SECONDS = 15 * 60


class TeamIndexView(LoginRequiredMixin, View):
    """To the team of the only organisation that the person manages, or to a choice of teams."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        managed = list(Organization.objects.managed_by(request.user).in_network()[:200])
        if len(managed) == 1:
            return redirect("workspace:team", managed[0].slug)
        return render(request, "workspace/team/index.html", {"organizations": managed, "section": "team"})


class TeamMixin(LoginRequiredMixin, View):
    """404 for everybody but the organisation's managers, as for an organisation that does not exist."""

    request: SignedInRequest

    @cached_property
    def organization(self) -> Organization:
        return get_object_or_404(Organization.objects.managed_by(self.request.user), slug=self.kwargs["slug"])

    def membership(self) -> Membership:
        people_here = Membership.objects.filter(organization=self.organization).select_related("user", "organization")
        return get_object_or_404(people_here, pk=self.kwargs["membership"])

    def invitation(self) -> Invitation:
        sent = Invitation.objects.filter(organization=self.organization).select_related("organization")
        return get_object_or_404(sent, public_id=self.kwargs["invitation"])

    def send(self, invitation: Invitation, token: str, done: str) -> None:
        """Hand the letter over. The invitation stands also when the mail server does not answer."""
        about = {"email": invitation.email}
        try:
            send_invitation(self.request, invitation, token)
        except (OSError, SMTPException):
            log.exception("An invitation could not be sent.")
            messages.error(self.request, _("The mail server does not answer. Press “Send again” in a while."))
        else:
            messages.success(self.request, done % about)

    def back(self) -> HttpResponse:
        return redirect("workspace:team", self.organization.slug)


class TeamView(TeamMixin):
    def get(self, request: SignedInRequest, slug: str) -> HttpResponse:
        return self.page(InviteForm(), undo=request.session.pop("team_undo", None))

    def post(self, request: SignedInRequest, slug: str) -> HttpResponse:
        """Invite somebody."""
        self.organization  # noqa: B018  (404 before a word about the form)
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            invitation, token = invitations.invite(
                actor=request.user, organization=self.organization, **form.cleaned_data
            )
        except HouseError as error:
            form.add_error(error.field, str(error.message))
            return self.page(form)
        self.send(invitation, token, _("The letter is on its way to %(email)s."))
        return self.back()

    def page(self, form: InviteForm, undo: object = None) -> HttpResponse:
        waiting = Invitation.objects.filter(organization=self.organization, accepted_at=None, revoked_at=None)
        waiting = waiting.exclude(role=VOLUNTEER)  # those stand among the volunteers
        context = {
            "section": "team",
            "organization": self.organization,
            "members": Membership.objects.filter(organization=self.organization)
            .select_related("user")
            .order_by(in_reading_order("user__name"), "user__email"),
            "invitations": waiting.order_by("expires_at", "pk"),
            "roles": [(role, role.label) for role in OWN_ROLES],
            "form": form,
            "undo": undo,
            "away": team_lines(self.organization, self.request.user),
            "absence_undo": undo_offer(self.request),
            "now": clock.now(),
        }
        return render(self.request, "workspace/team/team.html", context)


class TeamActionView(TeamMixin):
    """One press on the team page. What the service refuses is said on the page."""

    http_method_names = ["post"]

    def post(self, request: SignedInRequest, **kwargs: object) -> HttpResponse:
        self.organization  # noqa: B018  (404 before anything else)
        try:
            self.act()
        except HouseError as error:
            messages.error(request, str(error.message))
        return self.back()

    def act(self) -> None:
        raise NotImplementedError


class ResendView(TeamActionView):
    def act(self) -> None:
        invitation, token = invitations.renew_invitation(actor=self.request.user, invitation=self.invitation())
        done = _("A new letter is on its way to %(email)s. The link in the old one does not work any more.")
        self.send(invitation, token, done)


class RevokeView(TeamActionView):
    def act(self) -> None:
        invitations.revoke_invitation(actor=self.request.user, invitation=self.invitation())
        messages.success(self.request, _("The invitation is taken back: its link does not work any more."))


class RoleView(TeamActionView):
    def act(self) -> None:
        membership = people.change_role(
            actor=self.request.user, membership=self.membership(), role=self.request.POST.get("role", "")
        )
        messages.success(
            self.request,
            _("%(name)s: %(role)s.") % {"name": membership.user, "role": membership.get_role_display().lower()},
        )


class RemoveView(TeamActionView):
    """Takes a person out at once and offers to undo it; a signed note remembers who it was."""

    def act(self) -> None:
        membership = self.membership()
        people.remove_member(actor=self.request.user, membership=membership)
        note = {"organization": self.organization.pk, "user": membership.user_id, "role": membership.role}
        self.request.session["team_undo"] = {
            "name": str(membership.user),
            "note": signing.dumps(note, salt=UNDO_SALT),
        }

    def back(self) -> HttpResponse:
        still_manages = Organization.objects.managed_by(self.request.user).filter(pk=self.organization.pk).exists()
        return super().back() if still_manages else redirect("workspace:home")


class RestoreView(TeamActionView):
    """Undoes a removal within a quarter of an hour."""

    def act(self) -> None:
        try:
            note = signing.loads(self.request.POST.get("note", ""), salt=UNDO_SALT, max_age=UNDO_SECONDS)
        except signing.BadSignature as error:
            raise HouseError(_("It is too late to undo this. Invite the person again.")) from error
        user = User.objects.filter(pk=note["user"]).first()
        if user is None or note["organization"] != self.organization.pk:
            raise HouseError(_("This person has no account any more."))
        people.add_member(actor=self.request.user, organization=self.organization, user=user, role=note["role"])
        messages.success(self.request, _("%(name)s is in the team again.") % {"name": user})
