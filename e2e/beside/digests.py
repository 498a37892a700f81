"""Letters that the worker would send, for the journeys: sent at once, in the served network's database."""

from __future__ import annotations

from network.news import posting


def post() -> dict[str, int]:
    return dict(posting.post())
