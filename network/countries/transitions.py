"""The one table of steps of a fact."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import WrongState
from network.countries.models import CountryFact, FactState

S = FactState
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({S.DRAFT}), S.SENT),
    "give_back": (frozenset({S.SENT}), S.DRAFT),
    "approve": (frozenset({S.SENT}), S.PUBLISHED),
    "confirm": (frozenset({S.PUBLISHED}), S.PUBLISHED),
    "replace": (frozenset({S.PUBLISHED}), S.REPLACED),
    "withdraw": (frozenset({S.DRAFT, S.SENT, S.PUBLISHED}), S.WITHDRAWN),
}


def move(fact: CountryFact, step: str) -> None:
    """Set the state that the step leads to; WrongState when it does not lead there from here."""
    sources, target = STEPS[step]
    if fact.state not in sources:
        raise WrongState(
            _("This step is not possible now: the fact is “%(state)s”.") % {"state": fact.get_state_display()}
        )
    fact.state = target
