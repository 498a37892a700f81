"""The register: who stands how and since when, what one's own organisation says of itself, and every press on it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_name
from core.spelling.collation import in_reading_order
from network.decisions.counting import VoteOutcome, count_of
from network.decisions.models import Vote
from network.joining import services as joining
from network.joining.models import NamedMember, Participation, StandingChange
from network.joining.rounds import silent_in
from organizations.models import MembershipRole, MemberStatus, Organization
from organizations.models.organization import is_network_person
from workspace.coordination.doors import network_page
from workspace.network.joining.doors import Step, pressed

#: In the order of the register.
STANDINGS = (MemberStatus.MEMBER, MemberStatus.ASSOCIATE, MemberStatus.SUSPENDED, MemberStatus.LEFT)
TONES = {MemberStatus.MEMBER: "ok", MemberStatus.ASSOCIATE: "accent", MemberStatus.SUSPENDED: "danger"}


def _register(user: User) -> QuerySet[Organization]:
    """Everybody of the network reads who is in it, and who was."""
    rows = Organization.objects.filter(member_status__in=STANDINGS)
    return rows if is_network_person(user) else rows.none()


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=` a standing; as it opens, all."""
    show = request.GET.get("show", "")
    rows = _register(request.user)
    found = rows.filter(member_status=show) if show in STANDINGS else rows
    named = set(NamedMember.objects.values_list("organization", flat=True))
    silent = set(silent_in(clock.today().year).values_list("pk", flat=True)) if request.user.is_coordinator else set()
    ordered = sorted(
        found.order_by(in_reading_order("name"), "pk"),
        key=lambda row: STANDINGS.index(MemberStatus(row.member_status)),
    )
    context = {
        "section": "network",
        "tab": "members",
        "show": show,
        "tabs": [(status.value, status.label, rows.filter(member_status=status).count()) for status in STANDINGS],
        "lines": [_line(row, named, silent) for row in ordered],
        "own": _own(request.user, named),
        "strangers": _strangers(request.user),
        "year": clock.today().year,
    }
    return render(request, "workspace/network/joining/members.html", context)


def _line(row: Organization, named: set[int], silent: set[int]) -> dict[str, object]:
    return {
        "row": row,
        "country": country_name(row.registration_country),
        "tone": TONES.get(MemberStatus(row.member_status), ""),
        "is_named": row.pk in named,
        "is_silent": row.pk in silent,
    }


def _own(user: User, named: set[int]) -> list[dict[str, object]]:
    """What a manager says of their organisation: that it takes part, that it may be named."""
    managed = Organization.objects.in_network().filter(memberships__user=user, memberships__role=MembershipRole.MANAGER)
    said = Participation.objects.filter(organization__in=managed, year=clock.today().year)
    takes_part = {one.organization_id: one for one in said}
    return [
        {"row": row, "takes_part": takes_part.get(row.pk), "is_named": row.pk in named}
        for row in managed.order_by("name", "pk")
    ]


def _strangers(user: User) -> list[Organization]:
    """Whom an administrator may write down as a founder or a partner."""
    if not user.is_administrator:
        return []
    rows = Organization.objects.filter(member_status__in=[MemberStatus.EXTERNAL, MemberStatus.APPLICANT])
    return list(rows.filter(application__isnull=True).order_by(in_reading_order("name"), "pk")[:300])


@network_page
@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    row = _row(request, slug)
    changes = StandingChange.objects.filter(organization=row).select_related("decision", "made_by")
    user, status = request.user, row.member_status
    manages = row.memberships.filter(user=user, role=MembershipRole.MANAGER).exists()
    is_own = row.memberships.filter(user=user).exists()
    last = joining.last_change(row)
    acts = user.is_administrator and not is_own
    suspended = status == MemberStatus.SUSPENDED
    context = {
        "section": "network",
        "tab": "members",
        "organization": row,
        "country": country_name(row.registration_country),
        "tone": TONES.get(MemberStatus(row.member_status), ""),
        "changes": list(changes),
        "reads_notes": user.is_administrator,
        "lapses_at": last.lapses_at if last and suspended else None,
        "has_lapsed": bool(last and suspended and last.lapses_at and last.lapses_at <= clock.now()),
        "may_suspend": acts and row.member_status in (MemberStatus.MEMBER, MemberStatus.ASSOCIATE),
        "may_restore": acts and suspended and last is not None and last.decision_id is None,
        "votes": _votes(row, last) if acts and suspended else [],
        "may_take_in": acts and row.member_status not in STANDINGS,
        "may_leave": (manages or user.is_administrator) and row.member_status in STANDINGS[:3],
        "heirs": _heirs(row),
        "years": list(row.participations.all()),
        "application": getattr(row, "application", None),
    }
    return render(request, "workspace/network/joining/member.html", context)


def _heirs(row: Organization) -> QuerySet[Organization]:
    members = Organization.objects.filter(member_status=MemberStatus.MEMBER).exclude(pk=row.pk)
    return members.order_by(in_reading_order("name"), "pk")


def _votes(row: Organization, last: StandingChange | None) -> list[Vote]:
    """Votes by which a suspension could be confirmed."""
    if last is None or last.lapses_at is None:
        return []
    rows = Vote.objects.over().filter(about=row, is_inner=False, opens_at__gte=last.made_at)
    return [vote for vote in rows if count_of(vote).outcome == VoteOutcome.ADOPTED]


@network_page
@require_POST
def press(request: SignedInRequest, slug: str) -> HttpResponse:
    rows = Organization.objects.visible_to(request.user)
    row = get_object_or_404(rows, slug=slug)
    on_the_list = request.POST.get("from") == "register"
    steps = _steps(request, row)
    if on_the_list:
        return pressed(request, steps, "workspace:network-members")
    return pressed(request, steps, "workspace:network-member", row.slug)


def _row(request: SignedInRequest, slug: str) -> Organization:
    """One of the register; for administrators also one that they may write into it."""
    strangers = {row.pk for row in _strangers(request.user)}
    rows = Organization.objects.filter(Q(pk__in=_register(request.user).values("pk")) | Q(pk__in=strangers))
    return get_object_or_404(rows, slug=slug)


# long: one step a line
def _steps(request: SignedInRequest, row: Organization) -> dict[str, Step]:
    post = request.POST
    told: dict[str, Any] = {"actor": request.user, "organization": row}
    note = post.get("note", "")[:1000]

    def heir() -> Organization:
        return Organization.objects.in_network().visible_to(request.user).get(slug=post.get("heir", ""))

    def vote() -> Vote:
        return Vote.objects.visible_to(request.user).get(public_id=post.get("vote", ""))

    return {
        "take_part": (lambda: joining.take_part(**told), _("Thank you. It is good to have you here.")),
        "name": (lambda: joining.be_named(**told, named=True), _("Now everybody may read that you are a member.")),
        "unname": (lambda: joining.be_named(**told, named=False), _("You are no longer named to everybody.")),
        "suspend": (
            lambda: joining.suspend(**told, note=note),
            _("Suspended for 30 days. Its listings left the map, requests went back to whoever asked."),
        ),
        "restore": (lambda: joining.restore(**told, note=note), _("The suspension is lifted.")),
        "confirm": (lambda: joining.confirm_suspension(**told, vote=vote()), _("The suspension is confirmed.")),
        "leave": (lambda: joining.leave(**told, heir=heir()), _("It has left. What was open is handed over.")),
        "take_in": (
            lambda: joining.take_in(**told, becomes=post.get("becomes", ""), note=note),
            _("Written into the register."),
        ),
    }
