"""Materials, trainings and resource centres: offered, changed, approved, returned, looked through, taken off.

Rule: whoever changes words of what was approved sends it to the coordinator once more. When and where a training is
may change without that: people have to know it at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.geo.countries import country_codes
from core.ids import new_public_id
from core.writing import assign, choose_codes, insert, one_write
from directory.tables.learning import LearningTopic
from directory.vocabulary import vocabulary
from network.decisions import files
from network.gaps.models import Gap
from network.learning import letters, publication, rights
from network.learning.models import Material, OfferState, ResourceCentre, Trainer, Training, TrainingGap
from network.learning.models.offers import LearningOffer
from network.learning.transitions import move_offer
from organizations.models import Location, LocationType, Organization

OfferT = TypeVar("OfferT", bound=LearningOffer)
MATERIAL = ("title", "summary", "kind", "language", "topics", "country", "link", "valid_until", "is_public")
TRAINING = (
    *("title", "summary", "audience", "starts_at", "ends_at", "timezone", "is_online", "country", "city", "place"),
    *("join_link", "language", "topics", "places", "trainers_words", "is_public"),
)
#: These may change while it stays approved.
AT_ONCE = {"starts_at", "ends_at", "timezone", "place", "join_link", "places", "trainers_words"}
#: Of these, whoever comes has to know.
TOLD_AT_ONCE = ("starts_at", "ends_at", "timezone", "place", "join_link")
CENTRE = ("rooms", "seats", "topics")
_DECIDED = ("state", "reason", "decided_by")
_FAULTS = {
    "material_link_or_file": "link",
    "material_has_a_topic": "topics",
    "training_ends_after_it_begins": "ends_at",
    "training_somewhere_or_online": "city",
    "training_has_a_topic": "topics",
    "training_has_places": "places",
    "centre_says_its_rooms": "rooms",
    "centre_seats_in_reason": "seats",
}


@one_write
def offer_material(
    *,
    actor: User,
    organization: Organization,
    fields: Mapping[str, Any],
    file: File | None = None,
    material: Material | None = None,
    expected_version: int | None = None,
) -> Material:
    """A new one, or the same with other words; it waits for a coordinator."""
    row = material or Material(organization=organization, offered_by=actor)
    _own(actor, row)
    values = _checked(fields)
    if file is not None:
        content, kind = files.looked_through(file)
        row.file_name = files.name_of(file, kind)
        row.file.save(f"{new_public_id()}.{kind}", content, save=False)
    row.looked_on = clock.today()
    more = ("file", "file_name", "looked_on")
    row = _kept(row, values, MATERIAL, more=more, is_other=file is not None, version=expected_version)
    publication.publish_material(row)
    return row


@one_write
def offer_training(
    *,
    actor: User,
    organization: Organization,
    fields: Mapping[str, Any],
    gaps: Iterable[Gap] = (),
    training: Training | None = None,
    expected_version: int | None = None,
) -> Training:
    """Whoever offers it is its first trainer. One that has begun is not changed."""
    row = training or Training(organization=organization, offered_by=actor)
    _own(actor, row)
    values = _checked(fields)
    _timely(row, values)
    is_new, seats = row.pk is None, values.get("places")
    before = {name: getattr(row, name) for name in TOLD_AT_ONCE}
    if not is_new and seats is not None and seats < sum(row.enrolments.seated().values_list("people", flat=True)):
        raise ValidationError({"places": _("More people are on the list already.")})
    row = _kept(row, values, TRAINING, free=AT_ONCE, version=expected_version)
    if is_new:
        Trainer.objects.create(training=row, person=actor)
    TrainingGap.objects.filter(training=row).delete()
    TrainingGap.objects.bulk_create([TrainingGap(training=row, gap=gap) for gap in gaps])
    if not is_new and any(getattr(row, name) != value for name, value in before.items()):
        letters.changed(row.enrolments.waiting().select_related("organization"), row)
    publication.publish_training(row)
    return row


@one_write
def offer_centre(
    *, actor: User, location: Location, fields: Mapping[str, Any], expected_version: int | None = None
) -> ResourceCentre:
    """Of a place of this kind, by its organisation."""
    if location.type != LocationType.RESOURCE:
        raise WrongState(_("Say in the form of the place that it is a resource centre."))
    row = ResourceCentre.objects.filter(location=location).first()
    row = row or ResourceCentre(location=location, organization=location.organization, offered_by=actor)
    _own(actor, row)
    row.country, row.looked_on = location.country, clock.today()
    row = _kept(row, _checked(fields), CENTRE, more=("country", "looked_on"), version=expected_version)
    publication.publish_centre(row)
    return row


@one_write
def approve(*, actor: User, row: OfferT, expected_version: int) -> OfferT:
    """What the coordinator has read, in the version that they have read."""
    _deciding(actor, row)
    move_offer(row, "approve")
    row.reason, row.decided_by = "", actor
    return _decided(row, expected_version, approved=True)


@one_write
def give_back(*, actor: User, row: OfferT, reason: str, expected_version: int) -> OfferT:
    _deciding(actor, row)
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words why.")})
    move_offer(row, "give_back")
    row.reason, row.decided_by = reason.strip()[:300], actor
    return _decided(row, expected_version, approved=False)


@one_write
def look_through(*, actor: User, row: Material | ResourceCentre) -> Material | ResourceCentre:
    """It is still right: by its organisation or a coordinator. Twelve months begin anew."""
    if not rights.owns(actor, row) and not rights.coordinates(actor, row.country):
        raise NotAllowed(_("Its organisation says this, or a coordinator."))
    if not row.is_open:
        raise WrongState(_("It is not approved."))
    row.looked_on = clock.today()
    row = save_version(row, expected=row.version, fields=["looked_on"])
    _publish(row)
    return row


@one_write
def end(*, actor: User, row: OfferT) -> OfferT:
    """Off the library or the calendar: by its organisation or a coordinator. It can be offered again."""
    if not rights.owns(actor, row) and not rights.coordinates(actor, country_of(row)):
        raise NotAllowed(_("Its organisation says this, or a coordinator."))
    if isinstance(row, Training) and row.enrolments.seated().exists():
        raise WrongState(_("People are on the list: cancel it, then they are told."))
    move_offer(row, "end")
    row = save_version(row, expected=row.version, fields=["state"])
    _publish(row)
    return row


@one_write
def add_trainer(*, actor: User, training: Training, person: User) -> Trainer:
    """Somebody of the organisation that offers it, by whoever writes for it or holds it."""
    _of_the_house(actor, training)
    if not person.memberships.filter(organization=training.organization).exists():
        raise NotAllowed(_("Choose somebody of the organisation that offers the training."), field="person")
    return Trainer.objects.get_or_create(training=training, person=person)[0]


@one_write
def remove_trainer(*, actor: User, training: Training, person_id: int) -> None:
    _of_the_house(actor, training)
    if training.trainers.count() < 2:
        raise WrongState(_("Somebody has to hold the training."))
    training.trainers.filter(person_id=person_id).delete()


def country_of(row: LearningOffer) -> str:
    return str(getattr(row, "country", ""))


def _own(actor: User, row: LearningOffer) -> None:
    if not rights.owns(actor, row):
        raise NotAllowed(_("You offer this in the name of your own organisation."))


def _of_the_house(actor: User, training: Training) -> None:
    if not rights.owns(actor, training) and not rights.holds(actor, training):
        raise NotAllowed(_("Those who hold the training do this."))


def _deciding(actor: User, row: LearningOffer) -> None:
    if not rights.decides(actor, row, country_of(row)):
        raise NotAllowed(_("A coordinator of the country decides, and nobody about their own organisation."))


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Codes that are known, each fault beside its field."""
    values, faults = dict(fields), {}
    try:
        values["topics"] = choose_codes("topics", values.get("topics") or (), LearningTopic.values)
    except ValidationError as error:
        faults |= error.message_dict
    if values.get("country") and values["country"] not in country_codes():
        faults["country"] = [_("This country is unknown.")]
    if "language" in values and values["language"] not in vocabulary("members").scheme("language"):
        faults["language"] = [_("Choose a language.")]
    if "timezone" in values and not clock.is_zone(values["timezone"]):
        faults["timezone"] = [_("This time zone is unknown.")]
    if faults:
        raise ValidationError(faults)
    return values


def _timely(row: Training, values: Mapping[str, Any]) -> None:
    now = clock.now()
    if row.pk is not None and (row.has_begun or row.cancelled_at is not None):
        raise WrongState(_("A training that has begun or was cancelled is not changed."))
    if not now < values["starts_at"] < now + dt.timedelta(days=731):
        raise ValidationError({"starts_at": _("A day from now on, two years ahead at most.")})


def _kept(
    row: OfferT,
    values: Mapping[str, Any],
    allowed: Collection[str],
    *,
    more: tuple[str, ...] = (),
    free: Collection[str] = (),
    is_other: bool = False,
    version: int | None = None,
) -> OfferT:
    """Written: anew, or as the next version. Other words than those of `free`, and what `is_other` for a reason of its
    own, go to the coordinator.
    """
    before = {name: getattr(row, name, None) for name in values}
    assign(row, values, allowed=allowed)
    if row.pk is None:
        return insert(row, fields_of=_FAULTS)
    is_same = not is_other and all(getattr(row, name, None) == value or name in free for name, value in before.items())
    if row.state != OfferState.APPROVED or not is_same:
        move_offer(row, "offer")
        row.reason, row.decided_by = "", None
    columns = [name for name in allowed if name in values]
    try:
        return save_version(row, expected=version or row.version, fields=[*columns, *more, *_DECIDED, "i18n"])
    except ValidationError as error:
        raise _beside(row, error) from error


def _beside(row: LearningOffer, error: ValidationError) -> ValidationError:
    """Faults of constraints stand beside the field of which they speak."""
    by_message = {
        str(one.get_violation_error_message()): _FAULTS[one.name]
        for one in row._meta.constraints
        if one.name in _FAULTS
    }
    found: dict[str, list[str]] = {}
    for name, messages in error.message_dict.items():
        for message in messages:
            found.setdefault(by_message.get(message, name), []).append(message)
    return ValidationError(found)


def _decided(row: OfferT, version: int, *, approved: bool) -> OfferT:
    row = save_version(row, expected=version, fields=_DECIDED)
    _publish(row)
    letters.decided(row, approved=approved)
    return row


def _publish(row: LearningOffer) -> None:
    if isinstance(row, Material):
        publication.publish_material(row)
    elif isinstance(row, Training):
        publication.publish_training(row)
    elif isinstance(row, ResourceCentre):
        publication.publish_centre(row)
