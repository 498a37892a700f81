"""Named errors of verification; messages are for people."""

from __future__ import annotations

from core.errors import HouseError, NotAllowed, WrongState


class OwnOrganization(NotAllowed):
    """Nobody checks the listings of an organisation that they belong to."""

    code = "own_organization"


class AlreadyDecided(WrongState):
    """Somebody else decided on this review meanwhile."""

    code = "already_decided"


class TakenByAnother(WrongState):
    """Somebody else is checking this review just now."""

    code = "taken_by_another"


class NothingToSubmit(HouseError):
    """The working copy equals what is on the map."""

    code = "nothing_to_submit"


class Unfinished(HouseError):
    """A new listing lacks what somebody who checks it has to know; the message names all of it."""

    code = "unfinished"


class ReasonMissing(HouseError):
    """This step needs a reason."""

    code = "reason_missing"
