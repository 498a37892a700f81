"""What everybody reads of learning, written in the transaction of whoever decides."""

from __future__ import annotations

from django.db.models import Sum

from directory.stores import learningstore
from network.learning.models import Enrolment, EnrolmentState, Material, ResourceCentre, Training
from organizations.careful import of_high_risk
from organizations.models import LocationType
from verification.snapshots import texts

#: A smaller number of people is told to nobody outside.
LEAST = 5


def publish_material(row: Material) -> None:
    learningstore.put_material(row.public_id, _material(row))


def publish_training(row: Training) -> None:
    learningstore.put_training(row.public_id, _training(row))


def publish_centre(row: ResourceCentre) -> None:
    learningstore.put_centre(row.location.public_id, _centre(row))


def publish_all() -> int:
    """All of it anew and nothing else, with the directory and every morning; how many rows there may be."""
    materials = list(Material.objects.approved().filter(is_public=True).select_related("organization"))
    trainings = list(Training.objects.approved().filter(is_public=True).select_related("organization"))
    centres = list(ResourceCentre.objects.filter(state="approved").select_related("organization", "location"))
    learningstore.keep(
        [row.public_id for row in materials],
        [row.public_id for row in trainings],
        [row.location.public_id for row in centres],
    )
    for material in materials:
        publish_material(material)
    for training in trainings:
        publish_training(training)
    for centre in centres:
        publish_centre(centre)
    return len(materials) + len(trainings) + len(centres)


def _material(row: Material) -> learningstore.Row | None:
    if not row.is_open or not row.is_public:
        return None
    same = ("kind", "language", "topics", "country", "link", "looked_on", "valid_until")
    return {name: getattr(row, name) for name in same} | {
        "title": texts(row, "title"),
        "summary": texts(row, "summary"),
        "has_file": bool(row.file),
        "owner": row.organization.public_id,
    }


def _training(row: Training) -> learningstore.Row | None:
    if not row.is_open or not row.is_public:
        return None
    same = ("starts_at", "ends_at", "timezone", "country", "is_online", "language", "topics", "places")
    return {name: getattr(row, name) for name in same} | {
        "title": texts(row, "title"),
        "summary": texts(row, "summary"),
        "audience": texts(row, "audience"),
        # Who comes together at which hour, nobody outside reads where that is dangerous.
        "city": {} if of_high_risk([row.country]) else texts(row, "city"),
        "owner": row.organization.public_id,
        "is_cancelled": row.cancelled_at is not None,
        "sequence": row.version,
    }


def _centre(row: ResourceCentre) -> learningstore.Row | None:
    """Only while the place is one of this kind."""
    if not row.is_open or row.location.type != LocationType.RESOURCE:
        return None
    trained = trained_by(row.organization_id)
    return {
        "rooms": texts(row, "rooms"),
        "seats": row.seats,
        "topics": row.topics,
        "trained": trained if trained >= LEAST else None,
        "owner": row.organization.public_id,
        "looked_on": row.looked_on,
    }


def trained_by(organization_id: int) -> int:
    """How many have completed trainings of the organisation; somebody who completed two is counted twice."""
    rows = Enrolment.objects.filter(training__organization=organization_id, state=EnrolmentState.COMPLETED)
    return rows.aggregate(n=Sum("came"))["n"] or 0
