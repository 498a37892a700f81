"""What goes wrong with a vote or a paper, in words for people."""

from __future__ import annotations

from core.errors import HouseError, WrongState


class NoVoice(HouseError):
    """The person has no voice in this vote."""

    code = "no_voice"


class VotedAlready(WrongState):
    """A secret voice cannot be found again, so it cannot be changed."""

    code = "voted_already"


class NotAdopted(WrongState):
    """The vote did not end with yes."""

    code = "not_adopted"
