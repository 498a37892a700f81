"""The first rows of a network, out of its file: the clocks of the classes and the countries of high risk.

Rule: the file speaks until the first organisation is there. From then on the rows are the administrators', and reading
the file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import HouseError
from core.geo.countries import countries, country_name
from organizations.models import Organization
from tools.local.network_file import NetworkFile
from verification.models import Clock, HighRiskCountry


class BeginningError(HouseError):
    """A network's file that says what its database refuses; `problems` names the keys."""

    code = "network_file"

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@transaction.atomic
def begin(network: NetworkFile | None = None) -> bool:
    """Whether the rows are as the file says; False where organisations are there, and nothing was written."""
    network = network or settings.NETWORK
    clocks = [Clock(code=code, **windows) for code, windows in network.clocks.items()]
    if found := [*_unknown(network), *_refused(clocks)]:
        raise BeginningError(found)
    if Organization.objects.exists():
        return False
    for clock in clocks:
        clock.save()
    HighRiskCountry.objects.exclude(code__in=network.high_risk).delete()
    for code in network.high_risk:
        HighRiskCountry.objects.get_or_create(code=code)
    return True


def _unknown(network: NetworkFile) -> Iterator[str]:
    """Countries that have no name in the product's list have no outline and no towns either."""
    for key in ("countries", "high_risk"):
        for code in getattr(network, key):
            if code not in countries():
                yield (
                    f"{key}: {country_name(code)} ({code}) is not in countries.json. Write it into the network's own"
                    " list (vocabulary/countries.json), or take it out."
                )


def _refused(clocks: list[Clock]) -> Iterator[str]:
    for clock in clocks:
        try:
            clock.clean_fields()
            clock.validate_constraints()
        except ValidationError as error:
            yield f"clocks.{clock.code}: {' '.join(error.messages)}"
