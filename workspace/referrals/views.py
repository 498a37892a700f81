"""Incoming by deadline, outgoing as chains, one referral of one's own, its paper, and the field for a code."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TypedDict, cast

import segno
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from core.languages import active, writing
from core.pages import askers
from organizations.models import Organization
from referrals import choosing, desk, letters
from referrals import services as referrals
from referrals.codes import shown as shown_code
from referrals.models import Referral
from referrals.models.words import LegState, OfferState
from referrals.services.closing import OUTCOMES, REOPEN
from services.models import DeliveryLanguage
from workspace.referrals.composing import houses_of
from workspace.referrals.paper import PAPERS, paper_in
from workspace.referrals.presenter import (
    candidate_lines,
    chain_of,
    content_of,
    groups_of,
    offer_line,
    questions_of,
)
from workspace.shared.choices import term_choices
from workspace.shared.forms import DayField
from workspace.shared.pages import desk_page, reason_of

PER_PAGE = 20
#: Wrong codes of one person within an hour, after which the field is closed for them.
WRONG_CODES, HOUR = 10, 3600


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=` "taken", "sent" or "over"; as it opens, what waits for an answer."""
    houses_of(request)
    show = request.GET.get("show", "")
    show = show if show in ("taken", "sent", "over") else "incoming"
    sources = {"incoming": desk.incoming, "taken": desk.taken, "sent": desk.outgoing, "over": desk.answered}
    page = Paginator(sources[show](request.user), PER_PAGE).get_page(request.GET.get("page"))
    line = cast(Callable[..., dict[str, object]], chain_of if show == "sent" else offer_line)
    name = choosing.namer()
    context = {
        "section": "referrals",
        "show": show,
        "page": page,
        "lines": [line(row, name) for row in page.object_list],
        "tabs": [
            ("incoming", _("Wait for our answer"), desk.incoming(request.user).count()),
            ("taken", _("We expect"), desk.taken(request.user).count()),
            ("sent", _("We have sent"), desk.outgoing(request.user).count()),
            ("over", _("Answered"), None),
        ],
        "is_coordinator": request.user.is_coordinator,
    }
    return render(request, "workspace/referrals/index.html", context)


@desk_page
@require_GET
def show(request: SignedInRequest, referral: str) -> HttpResponse:
    row = _own(request, referral)
    chain = chain_of(row, choosing.namer())
    may_reopen = row.closed_at is not None and clock.now() - row.closed_at <= REOPEN and row.has_consent
    context = {
        "section": "referrals",
        "referral": row,
        "chain": chain,
        "content": content_of(row),
        "groups": groups_of(row),
        "stages": [(stage, _ask_again(request, row, stage)) for stage in cast(list[dict], chain["stages"])],
        "questions": {
            offer.pk: questions_of(offer) for stage in cast(list[dict], chain["stages"]) for offer in stage["offers"]
        },
        "languages": term_choices(DeliveryLanguage),
        "outcomes": [(outcome.value, outcome.label) for outcome in OUTCOMES],
        "events": row.events.select_related("organization", "leg"),
        "found": row.events.filter(step="found").select_related("organization"),
        "taken_back": row.events.filter(step="consent_back").select_related("organization").first(),
        "may_reopen": may_reopen,
        "papers": [(code, paper["name"]) for code, paper in PAPERS.items()],
    }
    return render(request, "workspace/referrals/referral.html", context)


def _ask_again(request: SignedInRequest, row: Referral, stage: dict) -> list[dict[str, object]]:
    """Whom one more can be asked: while somebody is looked for, and the person agreed to another one."""
    leg = stage["leg"]
    if leg.state not in (LegState.ASKING, LegState.STUCK) or not row.has_consent or not row.consent.fallback:
        return []
    found = choosing.candidates(
        actor=request.user, sender=row.sender, service_type=leg.service_type, country=leg.country, mode=leg.mode
    )
    asked = {offer.listing.public_id for offer in stage["offers"] if offer.state not in (OfferState.WITHDRAWN,)}
    named = next((offer.named.public_id for offer in stage["offers"] if offer.named), "")
    return [line for line in candidate_lines(found, first=named, fallback="") if line["id"] not in asked]


class OfSender(TypedDict):
    """Who presses, at which referral."""

    actor: User
    referral: str


class AtDesk(TypedDict):
    """Who presses, at which desk, and what was typed there."""

    actor: User
    organization: Organization
    typed: str


@desk_page
@require_POST
# long: one step a line
def press(request: SignedInRequest, referral: str) -> HttpResponse:
    """One press of the sender, named by `step`."""
    row = _own(request, referral)
    post, key = request.POST, OfSender(actor=request.user, referral=row.public_id)
    day = DayField(required=False)
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "answer": (
            lambda: referrals.answer_question(
                **key,
                offer=post.get("offer", ""),
                expected_on=day.clean(post.get("expected_on", "")),
                languages=[code for code in post.getlist("languages") if code in dict(term_choices(DeliveryLanguage))],
            ),
            _("Your answer was sent."),
        ),
        "ask": (
            lambda: referrals.offer_again(
                **key, leg=post.get("leg", ""), listing=post.get("listing", ""), called_first="called_first" in post
            ),
            _("Asked. The organisation has been written to."),
        ),
        "close": (
            lambda: referrals.close_by_sender(**key, leg=post.get("leg", ""), outcome=post.get("outcome", "")),
            _("Closed."),
        ),
        "reopen": (lambda: referrals.reopen(**key), _("It is open again: ask somebody for the last stage.")),
        "consent": (
            lambda: referrals.take_consent_back(**key),
            _("Consent was taken back. Nothing about the person is left."),
        ),
    }
    return do_step(request, steps, redirect("workspace:referral", row.public_id))


def do_step(
    request: SignedInRequest, steps: dict[str, tuple[Callable[[], object], str]], back: HttpResponse
) -> HttpResponse:
    """Take the step that was pressed; what cannot be done is said in words on the page it came from."""
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        messages.warning(request, _("Choose what to do."))
        return back
    try:
        step[0]()
    except HouseError as error:
        messages.warning(request, reason_of(error))
    except (ObjectDoesNotExist, ValidationError):
        messages.warning(request, _("It has changed meanwhile. Please look at the page once more."))
    else:
        messages.success(request, step[1])
    return back


@desk_page
@require_GET
def paper(request: SignedInRequest, referral: str) -> HttpResponse:
    """What the person takes along: the code and what to carry. `?in=` a language, `?phone=1` our phone."""
    row = _own(request, referral)
    language = request.GET.get("in", "")
    language = language if language in PAPERS else active() if active() in PAPERS else writing()
    image = io.BytesIO()
    segno.make(row.code.upper(), error="m", micro=False).save(
        image, kind="svg", scale=5, border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    context = {
        "referral": row,
        "code": shown_code(row.code),
        "qr": SafeString(image.getvalue().decode()),
        "paper": paper_in(language),
        "language": language,
        "papers": [(code, one["name"]) for code, one in PAPERS.items()],
        "size": "a6" if request.GET.get("size") == "a6" else "a5",
    }
    return render(request, "workspace/referrals/paper.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def code(request: SignedInRequest) -> HttpResponse:
    """Somebody stands here and holds a code: they have come, or they take their consent back (`step`)."""
    houses = houses_of(request)
    if request.method == "GET":
        return _code_page(request, houses, "")
    house = next((one for one in houses if one.slug == request.POST.get("organization", "")), houses[0])
    typed, wants_back = request.POST.get("code", "")[:40], request.POST.get("step") == "consent"
    who = str(request.user.pk)
    if _tries(who, 0) >= WRONG_CODES:
        return _code_page(request, houses, "closed", typed, status=429)
    if wants_back and "said" not in request.POST:
        return _code_page(request, houses, "unsaid", typed, status=422)
    key = AtDesk(actor=request.user, organization=house, typed=typed)
    if wants_back:
        answer, leg = "back" if referrals.take_consent_back_here(**key) else "unknown", None
    else:
        answer, leg = referrals.show_code(**key)
    if answer == "unknown":
        if _tries(who, 1) == WRONG_CODES:
            letters.guessed(request.user.pk)
        return _code_page(request, houses, answer, typed, status=422)
    if leg is not None:
        messages.success(request, _("The person is expected here. The sender knows that they have arrived."))
        offer = leg.offers.get(state=OfferState.ACCEPTED)
        return redirect("workspace:referral-offer", offer.public_id)
    return _code_page(request, houses, answer)


def _code_page(
    request: SignedInRequest, houses: list[Organization], answer: str, typed: str = "", status: int = 200
) -> HttpResponse:
    context = {"section": "referrals", "houses": houses, "answer": answer, "typed": typed}
    return render(request, "workspace/referrals/code.html", context, status=status)


def _tries(who: str, more: int) -> int:
    """How many wrong codes there were within the hour, with this one."""
    return askers.count("referral-code", who, HOUR) if more else askers.counted("referral-code", who)


def _own(request: SignedInRequest, public_id: str) -> Referral:
    rows = Referral.objects.visible_to(request.user).select_related("sender", "consent")
    rows = rows.prefetch_related(
        "legs__offers__organization", "legs__offers__listing__service", "legs__offers__named__service"
    )
    return get_object_or_404(rows, public_id=public_id)
