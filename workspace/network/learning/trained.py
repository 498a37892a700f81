"""Who is trained: numbers by organisation and topic for members; names for their manager and the coordinator."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.phrasing.dates import day_in_words
from directory.tables.learning import LearningTopic
from network.learning.models import Certificate
from network.learning.trained import trained
from organizations.models import Organization
from workspace.coordination.doors import network_page
from workspace.network.learning.presenter import base
from workspace.shared.texts import worded

SHOWN_AT_MOST = 300


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?topic=` shows the organisations that hold it."""
    topic = request.GET.get("topic", "")
    topic = topic if topic in LearningTopic.values else ""
    found = trained()
    names = {one.pk: worded(one, "name") for one in Organization.objects.in_network().filter(pk__in=found)}
    lines = [
        {"name": names[key], "topics": told}
        for key, topics in found.items()
        if key in names and (told := _topics(topics, topic))
    ]
    people = Certificate.objects.visible_to(request.user).exclude(enrolment__person=None)
    people = people.filter(topic=topic) if topic else people
    context = base("trained") | {
        "topic": topic,
        "topics": LearningTopic.choices,
        "lines": sorted(lines, key=lambda line: str(line["name"])),
        "people": [
            _named(one) for one in people.select_related(*_BESIDE).order_by("valid_until", "pk")[:SHOWN_AT_MOST]
        ],
    }
    return render(request, "workspace/network/learning/trained.html", context)


_BESIDE = ("enrolment__person", "enrolment__organization", "enrolment__training")


def _topics(topics: dict[str, Any], wanted: str) -> list[dict[str, Any]]:
    return [
        {
            "name": LearningTopic(code).label,
            "people": one.people,
            "until": day_in_words(one.until) if one.until else "",
            "is_expired": one.is_expired,
        }
        for code, one in sorted(topics.items())
        if code in LearningTopic.values and (not wanted or code == wanted)
    ]


def _named(one: Certificate) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": str(one.enrolment.person),
        "organization": worded(one.enrolment.organization, "name"),
        "topic": LearningTopic(one.topic).label,
        "until": day_in_words(one.valid_until),
        "is_over": one.valid_until < clock.today(),
    }


@network_page
@require_GET
def certificate(request: SignedInRequest, number: str) -> HttpResponse:
    """A page to print."""
    rows = Certificate.objects.visible_to(request.user).select_related(*_BESIDE, "enrolment__training__organization")
    row = get_object_or_404(rows, number=number)
    training = row.enrolment.training
    context = base("trained") | {
        "certificate": row,
        "name": str(row.enrolment.person) if row.enrolment.person else "",
        "organization": worded(row.enrolment.organization, "name"),
        "topic": LearningTopic(row.topic).label,
        "title": worded(training, "title"),
        "holder": worded(training.organization, "name"),
        "trainers": training.trainers_words,
        "is_over": row.valid_until < clock.today(),
    }
    return render(request, "workspace/network/learning/certificate.html", context)
