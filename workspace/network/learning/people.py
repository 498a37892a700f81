"""The list of a training: who may be put on it, who is, and what each may press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.learning import rights
from network.learning.models import ANSWERS, AfterQuestion, Certificate, Enrolment, EnrolmentState, Training
from network.learning.rounds import may_answer
from network.learning.services import heard
from network.learning.services._inside import free_places
from organizations.models import Membership, Organization, Volunteering
from organizations.models.membership import OWN_ROLES
from workspace.network.learning.presenter import ENROLMENT_TONES
from workspace.shared.forms import Filled, PlainForm
from workspace.shared.texts import worded

S = EnrolmentState


class AskForm(PlainForm):
    """Oneself, a colleague, or so many people of the organisation without names."""

    who = forms.ChoiceField(label=_("Who comes"))
    people = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=200, required=False, initial=1,
        help_text=_("For a group: people without an account here, of whom no name is kept."),
    )  # fmt: skip

    def __init__(self, data: Filled | None = None, *, user: User, training: Training) -> None:
        super().__init__(data)
        self.whom = whom(user, training)
        field: Any = self.fields["who"]
        field.choices = [(key, name) for key, (name, *_rest) in self.whom.items()]

    def values(self) -> dict[str, Any]:
        _name, organization, person = self.whom[self.cleaned_data["who"]]
        people = 1 if person else self.cleaned_data.get("people") or 1
        return {"organization": organization, "person": person, "people": people}


class PlaceInviteForm(PlainForm):
    """A place for an organisation that has not asked."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("Which organisation"), empty_label=None
    )
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=200, initial=1)

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.in_network().order_by("name", "pk")


def whom(user: User, training: Training) -> dict[str, tuple[str, Organization, User | None]]:
    """Key → words, organisation and person: oneself, colleagues of those that one manages, groups."""
    there = set(training.enrolments.exclude(state=S.WITHDRAWN).exclude(person=None).values_list("person_id", flat=True))
    groups = set(
        training.enrolments.filter(is_group=True).exclude(state=S.WITHDRAWN).values_list("organization_id", flat=True)
    )
    managed, written = rights.answering(user)
    colleagues = _colleagues(managed, user)
    found: dict[str, tuple[str, Organization, User | None]] = {}
    for own in rights.own_organizations(user):
        name = worded(own, "name")
        if user.pk not in there:
            found[f"me:{own.slug}"] = (gettext("I myself, of %(name)s") % {"name": name}, own, user)
        for house, person in colleagues:
            if house == own.pk and person.pk not in there:
                found[f"p:{own.slug}:{person.pk}"] = (f"{person} · {name}", own, person)
        if own.pk not in groups and own.pk in written:
            found[f"g:{own.slug}"] = (gettext("A group of %(name)s, without names") % {"name": name}, own, None)
    return found


def _colleagues(organizations: set[int], user: User) -> list[tuple[int, User]]:
    """Those of the organisations that one manages, and their volunteers, who begin with a training."""
    rows = Membership.objects.filter(organization__in=organizations, role__in=OWN_ROLES, user__is_active=True)
    own = rows.exclude(user=user).select_related("user").order_by("user__name", "pk")
    helping = Volunteering.objects.open().filter(organization__in=organizations, user__is_active=True)
    helpers = helping.select_related("user").order_by("user__name", "pk")
    return [
        *((one.organization_id, one.user) for one in own),
        *((one.organization_id, one.user) for one in helpers if one.user is not None),
    ]


def comes_to(user: User, training: Training) -> bool:
    """Whether the address and the link are for this person: they come, or hold it."""
    if rights.holds(user, training) or rights.owns(user, training):
        return True
    own = [one.pk for one in rights.own_organizations(user)]
    rows = training.enrolments.filter(state__in=[S.ENROLLED, S.ATTENDED, S.COMPLETED])
    return rows.filter(Q(person=user) | Q(is_group=True, organization__in=own)).exists()


def list_context(user: User, training: Training) -> dict[str, Any]:
    """Of the list: numbers for everybody, rows for those who may read them."""
    holds, own = rights.holds(user, training), rights.answering(user)
    trainers = [one.person for one in training.trainers.select_related("person").order_by("pk")] if holds else []
    rows = training.enrolments.visible_to(user).select_related("organization", "person")
    given: dict[int, list[Certificate]] = {}
    for one in Certificate.objects.filter(enrolment__in=rows).order_by("topic"):
        given.setdefault(one.enrolment_id, []).append(one)
    told = [
        _row(_is_mine(user, row, *own), training, row, holds, given.get(row.pk, []))
        for row in rows.order_by("organization__name", "pk")
    ]
    ask = AskForm(user=user, training=training) if training.takes_people else None
    return {
        "holds": holds,
        "free": max(0, free_places(training)),
        "comes": comes_to(user, training),
        "rows": told,
        "to_certify": holds and training.is_over and any(one["row"].state == S.ATTENDED for one in told),
        "ask_form": ask if ask is not None and ask.whom else None,
        "invite_form": PlaceInviteForm() if holds and training.takes_people else None,
        "trainers": trainers,
        "colleagues": _other_keepers(training, trainers) if holds else [],
        "heard": _heard(training),
    }


def _other_keepers(training: Training, trainers: Sequence[User]) -> list[User]:
    """Who could keep the list, too."""
    rows = User.objects.filter(memberships__organization=training.organization, is_active=True)
    return list(rows.exclude(pk__in=[person.pk for person in trainers]).order_by("name", "email").distinct())


def _is_mine(user: User, row: Enrolment, managed: set[int], written: set[int]) -> bool:
    """The predicate `rights.answers_for`, without a question to the database."""
    return row.person_id == user.pk or row.organization_id in (written if row.is_group else managed)


def _row(mine: bool, training: Training, row: Enrolment, holds: bool, given: list[Certificate]) -> dict[str, Any]:
    state = S(row.state)
    marks = holds and training.has_begun and training.cancelled_at is None
    return {
        "row": row,
        "organization": worded(row.organization, "name"),
        "name": str(row.person) if row.person else "",
        "stage": state.label,
        "tone": ENROLMENT_TONES[state],
        "may_invite": holds and training.takes_people and state == S.WANTED,
        "may_accept": mine and training.takes_people and state == S.INVITED,
        "may_withdraw": (mine or holds) and not training.has_begun and state in (S.WANTED, S.INVITED, S.ENROLLED),
        "may_mark": marks and state in (S.INVITED, S.ENROLLED, S.ATTENDED, S.NO_SHOW),
        "is_enrolled": state == S.ENROLLED,
        "certificates": given,
        "may_answer": mine and may_answer(row, training),
    }


def _heard(training: Training) -> list[dict[str, Any]]:
    found = heard(training)
    return [
        {
            "question": AfterQuestion(question).label,
            "answers": [(label, found[question].get(answer, 0)) for answer, label in answers],
        }
        for question, answers in ANSWERS.items()
        if question in found
    ]
