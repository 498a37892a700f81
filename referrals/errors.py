"""What goes wrong with a referral, in words for people."""

from __future__ import annotations

from core.errors import HouseError, WrongState


class NoConsent(HouseError):
    code = "no_consent"


class NotTaken(HouseError):
    """The place cannot be asked: it is gone, closed, full, or of one's own organisation."""

    code = "not_taken"


class TooMany(HouseError):
    """The organisation has sent as many today as it may."""

    code = "too_many"


class TakenAlready(WrongState):
    """Another organisation was quicker."""

    code = "taken_already"
