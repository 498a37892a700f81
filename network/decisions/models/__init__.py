"""Who decides, about what, with which papers."""

from network.decisions.models.bodies import Body, Seat
from network.decisions.models.decisions import Decision
from network.decisions.models.documents import Document, DocumentVersion
from network.decisions.models.meetings import AgendaItem, Meeting
from network.decisions.models.votes import Ballot, Objection, SecretCount, Vote, Voted, Voter, kept_bodies

__all__ = [
    "AgendaItem",
    "Ballot",
    "Body",
    "Decision",
    "Document",
    "DocumentVersion",
    "Meeting",
    "Objection",
    "Seat",
    "SecretCount",
    "Vote",
    "Voted",
    "Voter",
    "kept_bodies",
]
