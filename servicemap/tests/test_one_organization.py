"""Two organisations are one: every key to an organisation moves, or stays for a reason that is written here."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, WrongState
from network.decisions import services as decisions
from network.decisions.models import Decision, Seat, Voter
from network.decisions.tests import makers
from network.gaps.models import Gap
from network.joining import services as joining
from organizations.models import Organization
from referrals.models import Referral
from verification.models import AlikeOrganizations
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

#: Keys that stay with the organisation that goes, by the reason.
STAYS = {
    "moved by people, place by place and listing by listing (ADR 0061, 0067)": """
        organizations.Location.organization organizations.Contact.organization services.Service.organization
        services.Notice.organization learning.ResourceCentre.organization exchange.ForeignList.organization
        exchange.ListMapping.organization organizations.Organization.parent""",
    "who may do what for an organisation is a word between people": """
        organizations.Membership.organization organizations.Invitation.organization messaging.Correspondent.organization
        organizations.CircleMember.organization organizations.CircleMember.member
        organizations.Volunteering.organization""",
    "what was said or done, under the name that said it": """
        verification.Check.organization verification.Check.owner verification.PhoneCall.organization
        verification.Agreement.agreed_for verification.Proposal.organization verification.CapacityReport.organization
        verification.ProfileCheck.organization verification.ProfileCheck.recorded_for verification.Visit.organization
        verification.Review.decided_for decisions.Meeting.present decisions.Vote.about decisions.Objection.answered_for
        joining.ApplicationCheck.organization countries.CountryFact.checked_by countries.FactCheck.organization
        gaps.AbsenceCheck.organization grants.GrantReport.read_for grants.GrantReport.accepted_for
        grants.GrantScore.organization referrals.ReferralEvent.organization
        evaluation.SurveyHanded.organization organizations.Opened.organization
        organizations.Disclosure.organization""",
    "its own standing, figures and yearly word, which end with it": """
        joining.Application.organization joining.StandingChange.organization joining.NamedMember.organization
        joining.Participation.organization reviews.YearlyReview.organization verification.ProfileState.organization
        verification.MonthlyPart.organization
        verification.MonthlyListing.organization verification.Watch.organization verification.Takedown.organization""",
    "returns to whoever asked when its membership ends": """
        referrals.Offer.organization verification.Recheck.assigned_to""",
    "signed: a merge is refused while it runs": "grants.GrantApplication.organization grants.Grant.organization",
    "the pair itself": """
        verification.DifferentOrganizations.first verification.DifferentOrganizations.second
        verification.AlikeOrganizations.first verification.AlikeOrganizations.second
        verification.AlikeOrganizations.kept""",
}


def _keys() -> set[str]:
    """Every key of a table to organisations, but for those of the audit and of the tables between two others."""
    found = set()
    for model in apps.get_models():
        is_audit = hasattr(model, "pgh_label")
        for field in model._meta.get_fields():
            if not is_audit and field.concrete and field.related_model is Organization:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_key_to_an_organisation_moves_or_stays_for_a_reason():
    moves = [key for name in settings.MERGE_FOLLOWERS for key in import_module(name.rpartition(".")[0]).MOVES]
    stays = [key for words in STAYS.values() for key in words.split()]
    assert len({*moves, *stays}) == len(moves) + len(stays), "each once"
    assert _keys() == {*moves, *stays}


@pytest.fixture
def made():
    with clock.travel(makers.NOW):
        yield makers.network()


def _pair(made, kept=0, gone=1):
    first, second = sorted((made.houses[kept], made.houses[gone]), key=lambda house: house.pk)
    said = {"same_at": clock.now(), "same_by": made.administrator, "kept": made.houses[kept]}
    return AlikeOrganizations.objects.create(first=first, second=second, likeness=90, **said)


def _merge(made, pair=None):
    return joining.hand_over_all(actor=made.administrator, pair=pair or _pair(made))


def test_seats_voices_decisions_and_gaps_go_to_the_one_that_stays(made):
    kept, gone = made.houses[:2]
    old = makers.announced(made, closes_at=clock.now() + dt.timedelta(days=1))
    makers.cast(made, old, 1, "for")
    with clock.travel(old.closes_at + dt.timedelta(hours=1)):
        body = makers.announced(made, body=made.council)
        vote = makers.announced(made)
        work = Decision.objects.create(body=made.assembly, text="Перевести памятку", vote=old, organization=gone,
                                       responsible=made.managers[1], due_on=clock.today())  # fmt: skip
        assert _merge(made) == 4  # a seat, a voice of the members, a voice of a seat, a decision
        assert not Seat.objects.current().filter(organization=gone).exists()
        assert list(vote.voters.filter(organization=kept).values_list("seat", flat=True)) == [None]
        assert body.voters.filter(organization=kept).count() == 2 and not vote.voters.filter(organization=gone).exists()
        assert old.voters.get(organization=gone).ballot.choice == "for", "what is over stays as it was"
        work.refresh_from_db()
        assert work.organization == kept
        seat_voice = body.voters.get(seat__person=made.managers[1])
        decisions.cast(actor=made.managers[1], vote=body, voice=seat_voice, choice="for")
        assert _merge(made, AlikeOrganizations.objects.get()) == 0


@pytest.mark.parametrize(("spoke", "choice"), [((0,), "against"), ((1,), "for")])
def test_of_two_voices_the_one_that_has_spoken_counts(made, spoke, choice):
    vote = makers.announced(made)
    for number in spoke:
        makers.cast(made, vote, number, choice)
    _merge(made)
    assert makers.voice(made, vote, 0).ballot.choice == choice
    assert vote.voters.count() == len(made.houses) - 1


def test_where_both_have_voted_nothing_moves_before_the_end(made):
    vote = makers.announced(made)
    makers.cast(made, vote, 0, "for")
    makers.cast(made, vote, 1, "against")
    pair = _pair(made)
    with pytest.raises(WrongState):
        _merge(made, pair)
    assert Seat.objects.filter(organization=made.houses[1]).exists() and Voter.objects.count() == len(made.houses)
    with clock.travel(vote.closes_at):
        assert _merge(made, pair) == 1


def test_only_administrators_and_only_after_the_word(made):
    pair = _pair(made)
    for actor in (made.chair, scenarios.coordinator()):
        with pytest.raises(NotAllowed):
            joining.hand_over_all(actor=actor, pair=pair)
    AlikeOrganizations.objects.update(same_at=None, kept=None)
    with pytest.raises(WrongState):
        _merge(made, pair)


def test_open_gaps_and_referrals_of_the_sender_go_along(made):
    kept, gone = made.houses[:2]
    Gap.objects.create(service_type="art", country="GE", organization=gone, priority="high", why="Нет", state="open")
    sent = [
        Referral.objects.create(sender=house, number=1, from_country="GE", to_country="AM", supply_kind="none")
        for house in (kept, gone)
    ]
    _merge(made)
    sent[1].refresh_from_db()
    assert (sent[1].sender, sent[1].number) == (kept, 2)
    assert Gap.objects.get().organization == kept


def test_the_page_offers_it_to_administrators_and_says_why_not(made, client):
    pair = _pair(made)
    page = reverse("workspace:organization-pair", args=[pair.public_id])
    client.force_login(made.administrator)
    assert 'value="hand_over"' in client.get(page).content.decode()
    answer = client.post(page, {"step": "hand_over"}, follow=True)
    assert answer.status_code == 200 and not Seat.objects.filter(organization=made.houses[1]).exists()
    client.force_login(made.chair)
    assert 'value="hand_over"' not in client.get(page).content.decode()
    assert client.post(page, {"step": "hand_over"}).status_code == 404
