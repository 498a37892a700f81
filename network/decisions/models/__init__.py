"""Who decides, about what, with which papers."""

from network.decisions.models.bodies import Body, Seat

__all__ = ["Body", "Seat"]
