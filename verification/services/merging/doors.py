"""Two organisations have one door: their places say it alike, and each keeps its own place.

Rule: nobody's place becomes somebody else's. The one that stays as it is gives its address and pin, the other one takes
them over, as an edit of each of its listings that is checked like any other. Both organisations agree; after fourteen
days the coordinator's word is enough. Whose door the fewer may know gives no address, so nothing is opened by it.
Within thirty days it can be taken back: what nobody has written since is as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.languages import column_names
from organizations.models import Location, Organization
from organizations.models.location import HIDES, PRECISION_ORDER, TIERS
from services.models import ServiceAtLocation
from verification.models import AlikePlaces, MergeState, Review, SharedDoor
from verification.services.changing import audit
from verification.services.merging.places import UNDO_FOR, settle_rows, unchanged

if TYPE_CHECKING:
    from accounts.models import User

#: What a door is: how to get there and what the place is called stays with each organisation.
TEXTS = ("region", "city", "district", "address")
DOOR = ("place_code", "postal_code", *column_names(*TEXTS))


@transaction.atomic
def propose_door(*, kept: Location, gone: Location, actor: User) -> SharedDoor:
    """Say that both are one door. The word of an organisation to which whoever says it belongs is given with it."""
    kept, gone = _both(kept, gone)
    _require_a_side(kept, gone, actor)
    _require_free(kept, gone)
    door = SharedDoor(kept=kept, gone=gone, proposed_by=actor)
    with audit("propose shared door", actor):
        _note_word(door, actor)
        return _do_when_agreed(door, actor)


@transaction.atomic
def agree_to_door(*, door: SharedDoor, actor: User) -> SharedDoor:
    """The word of one of the two organisations; with the second one it is done."""
    door = _locked(door, MergeState.PROPOSED)
    if not _note_word(door, actor):
        raise NotAllowed(_("Only the organisation itself may do this."))
    with audit("agree to shared door", actor):
        return _do_when_agreed(door, actor)


@transaction.atomic
def insist_on_door(*, door: SharedDoor, actor: User) -> SharedDoor:
    """The coordinator's word, once the organisations have had their time."""
    door = _locked(door, MergeState.PROPOSED)
    if not coordinates_both(door.kept, door.gone, actor):
        raise NotAllowed(_("Only the coordinator of the country may do this."))
    if clock.now() < door.waits_until:
        raise WrongState(_("The organisations have fourteen days for their word."))
    with audit("insist on shared door", actor):
        return _do(door)


@transaction.atomic
def decline_door(*, door: SharedDoor, actor: User) -> SharedDoor:
    """One of the two says that it has a door of its own, or whoever proposed it takes it back."""
    door = _locked(door, MergeState.PROPOSED)
    if door.proposed_by_id != actor.pk and not sides_of_door(door, actor):
        raise NotAllowed(_("Only the organisation itself may do this."))
    with audit("decline shared door", actor):
        return _end(door, MergeState.DECLINED, actor)


@transaction.atomic
def undo_door(*, door: SharedDoor, actor: User) -> SharedDoor:
    """The one that took the address over has its own again; what somebody has written there since stays."""
    door = _locked(door, MergeState.DONE)
    _require_a_side(door.kept, door.gone, actor)
    if not can_undo_door(door):
        raise WrongState(_("After thirty days a merge stays."))
    place, back = door.gone, {}
    for name, (old, new) in door.before.items():
        if _told(place, name) == new:
            back[name] = old
    with audit("undo shared door", actor):
        _write(place, back, _("The door is not a shared one after all."))
        return _end(door, MergeState.UNDONE, actor)


def can_undo_door(door: SharedDoor) -> bool:
    return door.state == MergeState.DONE and bool(door.done_at and clock.now() - door.done_at <= UNDO_FOR)


def sides_of_door(door: SharedDoor, actor: User) -> set[str]:
    """For which of the two, "kept" or "gone", this person speaks as one of its organisation's own people."""
    own = set(Organization.objects.kept_by(actor).values_list("pk", flat=True))
    return {side for side in ("kept", "gone") if getattr(door, side).organization_id in own}


def coordinates_both(kept: Location, gone: Location, actor: User) -> bool:
    """The coordinator of the country of both, who belongs to neither of the organisations."""
    owners = [kept.organization_id, gone.organization_id]
    if not actor.is_coordinator or actor.memberships.filter(organization__in=owners).exists():
        return False
    return all(actor.coordinates(place.country) for place in (kept, gone))


# --- inside ------------------------------------------------------------------------------------------------------


def _do_when_agreed(door: SharedDoor, actor: User) -> SharedDoor:
    if not door.silent_sides():
        return _do(door)
    door.save()
    return door


def _do(door: SharedDoor) -> SharedDoor:
    kept, place = door.kept, door.gone
    _require_known(kept, place)
    _require_no_review(place)
    new = {name: _told(kept, name) for name in ("point", *DOOR)}
    door.before = {name: [_told(place, name), value] for name, value in new.items() if value != _told(place, name)}
    _write(
        place, {name: value for name, (_old, value) in door.before.items()}, _("The door is said as its house does.")
    )
    door.state, door.done_at = MergeState.DONE, clock.now()
    door.save()
    return door


def _write(place: Location, values: dict[str, str], message: str) -> None:
    """The place says this from now on. Its listings go to be checked, but for what its owner has not finished."""
    if not values:
        return
    rows = list(ServiceAtLocation.objects.filter(location=place).order_by("pk"))
    clean = unchanged(rows)
    for name, value in values.items():
        setattr(place, name, (GEOSGeometry(value) if value else None) if name == "point" else value)
    fields = [name for name in ("point", "place_code", "postal_code") if name in values]
    save_version(place, expected=place.version, fields=[*fields, *TEXTS, "i18n"])
    settle_rows(rows, clean, None, message)


def _told(place: Location, name: str) -> str:
    value = getattr(place, name)
    return (value.ewkt if value else "") if name == "point" else value or ""


def _end(door: SharedDoor, state: str, actor: User) -> SharedDoor:
    door.state, door.ended_at, door.ended_by = state, clock.now(), actor
    door.save()
    return door


def _both(kept: Location, gone: Location) -> tuple[Location, Location]:
    rows = Location.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[kept.pk], found[gone.pk]


def _locked(door: SharedDoor, state: str) -> SharedDoor:
    found = SharedDoor.objects.select_for_update().get(pk=door.pk)
    if found.state != state:
        raise WrongState(_("This was decided meanwhile: “%(s)s”.") % {"s": found.get_state_display()})
    found.kept, found.gone = _both(found.kept, found.gone)
    return found


def _require_a_side(kept: Location, gone: Location, actor: User) -> None:
    if not sides_of_door(SharedDoor(kept=kept, gone=gone), actor) and not coordinates_both(kept, gone, actor):
        raise NotAllowed(_("Only the organisation itself or a coordinator may do this."))


def _require_free(kept: Location, gone: Location) -> None:
    if kept.organization_id == gone.organization_id:
        raise WrongState(_("Both places are of one organisation: it makes one of them by itself."))
    pair = sorted([kept.pk, gone.pk])
    if not AlikePlaces.objects.filter(first=pair[0], second=pair[1]).exists():
        raise WrongState(_("Nothing speaks for these two being one door."))
    standing = SharedDoor.objects.filter(state__in=[MergeState.PROPOSED, MergeState.DONE])
    if standing.filter(Q(gone=gone) | Q(kept=gone) | Q(gone=kept)).exists():
        raise WrongState(_("One of the two is asked about already, or shares its door."))
    _require_known(kept, gone)


def _require_known(kept: Location, gone: Location) -> None:
    """Nobody learns of a door by its being said at another place, and nobody loses one."""
    if Location.objects.filter(HIDES, pk__in=[kept.pk, gone.pk]).exists() or not all(
        _rank(kept, tier) <= _rank(gone, tier) for tier in TIERS
    ):
        raise WrongState(_("Fewer people may know this door than the other one: let the other one stay."))


def _rank(place: Location, tier: str) -> int:
    """What a circle sees; a smaller one that nothing is said of sees what the wider one sees."""
    told = ""
    for name in TIERS[: TIERS.index(tier) + 1]:
        told = getattr(place, f"{name}_precision") or told
    return PRECISION_ORDER.index(told)


def _require_no_review(place: Location) -> None:
    if Review.objects.open().filter(listing__location=place).exists():
        raise WrongState(_("An edit of one of the two waits for a decision: that comes first."))


def _note_word(door: SharedDoor, actor: User) -> set[str]:
    sides = sides_of_door(door, actor)
    for side in sides:
        setattr(door, f"{side}_agreed_at", clock.now())
    return sides
