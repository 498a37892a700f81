"""Pages of absences. Rows come from `editable_by`; for whom somebody may act, from `answered_for_by`."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core.errors import HouseError, NotAllowed
from core.phrasing.dates import days_in_words
from messaging.absences import change_absence, declare_absence, end_absence, put_back_absence
from messaging.models import Absence, Correspondent
from messaging.models.absence import WRITING_ROLES, answered_for_by
from messaging.people import gets_letters
from organizations.models import Organization
from workspace.absences.forms import AbsenceForm
from workspace.absences.presenter import Picture, past_of, people_of_network, picture_of, stands_in_for
from workspace.absences.undoing import undo_offer
from workspace.shared.pages import desk_page, reason_of, sent, show_form


@desk_page
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """One's own absences, for whom one stands in, and the form."""
    if not gets_letters(request.user):
        raise Http404
    picture = picture_of(request.user, actor=request.user)
    form = AbsenceForm(sent(request), picture=picture)
    if request.method == "POST" and (absence := _declare(request, form, picture)):
        messages.success(request, _saved(absence))
        return redirect("workspace:absences")
    context = {
        "past": past_of(picture),
        "standing_in": stands_in_for(picture),
        "network": people_of_network(request.user) if request.user.is_administrator else [],
    }
    return _page(request, "workspace/absences/index.html", form, picture, context)


@desk_page
@require_http_methods(["GET", "POST"])
def of_somebody(request: SignedInRequest, person: str) -> HttpResponse:
    """For a person who cannot do it themselves: by a manager of their organisation or an administrator."""
    people = Correspondent.objects.filter(left_at__isnull=True, user__in=answered_for_by(request.user))
    user = get_object_or_404(people.select_related("user"), public_id=person).user
    if user is None:
        raise Http404
    if user == request.user:
        return redirect("workspace:absences")
    picture = picture_of(user, actor=request.user)
    form = AbsenceForm(sent(request), picture=picture)
    if request.method == "POST" and (absence := _declare(request, form, picture)):
        messages.success(request, _saved(absence))
        return redirect(_home_of(request, user))
    return _page(request, "workspace/absences/person.html", form, picture, {"back_url": _home_of(request, user)})


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, absence: str) -> HttpResponse:
    row = _row(request, absence)
    picture = picture_of(row.user, actor=request.user)
    home = _home_of(request, row.user)
    if row.ends_on < picture.today:
        messages.error(request, _("This absence is over already."))
        return redirect(home)
    form = AbsenceForm(sent(request), picture=picture, row=row)
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            changed = change_absence(actor=request.user, absence=row, **form.values())
            messages.success(request, _saved(changed))
            return redirect(home)
    return _page(request, "workspace/absences/edit.html", form, picture, {"absence": row, "back_url": home})


@desk_page
@require_POST
def end(request: SignedInRequest, absence: str) -> HttpResponse:
    row = _row(request, absence)
    home = _home_of(request, row.user)
    try:
        end_absence(actor=request.user, absence=row)
    except NotAllowed:
        raise
    except HouseError as error:
        messages.error(request, reason_of(error))
        return redirect(home)
    return redirect(f"{home}?undo={row.public_id}")


@desk_page
@require_POST
def put_back(request: SignedInRequest, absence: str) -> HttpResponse:
    """Undo the end of an absence."""
    try:
        row = put_back_absence(actor=request.user, public_id=absence)
    except NotAllowed:
        raise
    except HouseError as error:
        messages.error(request, reason_of(error))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, _saved(row))
        return redirect(_home_of(request, row.user))
    return redirect("workspace:absences" if gets_letters(request.user) else "workspace:home")


def _row(request: SignedInRequest, public_id: str) -> Absence:
    rows = Absence.objects.editable_by(request.user).select_related("user", "delegate")
    return get_object_or_404(rows, public_id=public_id)


def _declare(request: SignedInRequest, form: AbsenceForm, picture: Picture) -> Absence | None:
    """None when the form now says what is wrong."""
    if form.is_valid():
        with form.collecting():
            return declare_absence(actor=request.user, user=picture.user, **form.values())
    return None


def _home_of(request: SignedInRequest, user: User) -> str:
    """Where the absences of this person are shown to whoever acts: their own page, their team's, the network's."""
    if user == request.user or user.is_coordinator:
        return reverse("workspace:absences")
    here = user.memberships.filter(role__in=WRITING_ROLES).values("organization")
    team = Organization.objects.managed_by(request.user).filter(pk__in=here).order_by("name", "pk").first()
    return reverse("workspace:team", args=[team.slug]) if team else reverse("workspace:teams")


def _saved(absence: Absence) -> str:
    values = {"days": days_in_words(absence.starts_on, absence.ends_on), "name": absence.delegate}
    return _("Saved: %(name)s gets the letters, %(days)s.") % values


def _page(
    request: SignedInRequest, template: str, form: AbsenceForm, picture: Picture, context: dict[str, object]
) -> HttpResponse:
    is_team = picture.user != request.user and not picture.user.is_coordinator
    common = {
        "section": "team" if is_team else "absences",
        "person": picture.user,
        "is_me": picture.user == request.user,
        "absences": picture.absences,
        "can_choose": bool(picture.colleagues),
        "posts": picture.posts,
        "undo": undo_offer(request),
    }
    return show_form(request, template, form, common | context)
