"""What every file says of itself: whose it is, of which day, what may be done with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from directory.crossing.records import Audience


@dataclass(frozen=True)
class About:
    title: str
    network: str
    licence: str
    as_of: str
    site: str
    notes: tuple[str, ...]


def about(audience: Audience, at: dt.datetime, site: str) -> About:
    """Nothing of what was asked stands in it: a file outlives the tab, and may be found on a shared phone."""
    is_public = audience == "public"
    return About(
        title=_("Services of the map") if is_public else _("Services of the map, for members"),
        network=str(settings.NETWORK_NAME),
        licence=_public_licence() if is_public else _("For members of the network. Please do not pass it on."),
        as_of=at.date().isoformat(),
        site=site,
        notes=(
            _("This is what was known on that day. The page of each service says what is true today."),
            _("Names of places: GeoNames, CC BY 4.0."),
        ),
    )


def _public_licence() -> str:
    words = _("%(licence)s: take it, pass it on, name %(network)s and the day.")
    return words % {"licence": settings.DATA_LICENCE, "network": settings.NETWORK_NAME}
