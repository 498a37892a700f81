"""To whom a new row is shown where nobody said: in a country of high risk, to nobody outside the network.

Rule P6 of safety: the default of shelters, of organisations in countries of high risk, and of what helps people who use
drugs there is not public. Only a default: the owner may choose otherwise, and then it is the owner's word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from organizations.models import Location, LocationType, Organization, Visibility

#: Which of these countries (ISO 3166-1 alpha-2 codes) are of high risk.
RiskOf = Callable[[Collection[str]], Collection[str]]


class _Knows:
    """Who keeps the list of countries; `verification` does, and says so when the house starts."""

    countries: RiskOf = staticmethod(lambda codes: ())


def ask_of_countries(asked: RiskOf) -> None:
    """From now on, this is asked which countries are of high risk."""
    _Knows.countries = staticmethod(asked)


def of_high_risk(codes: Collection[str]) -> set[str]:
    """Those of these countries that are of high risk."""
    return set(_Knows.countries([code for code in codes if code]))


def for_organization(organization: Organization) -> Visibility:
    """Who sees what it will list, until it says otherwise."""
    return Visibility.MEMBERS if of_high_risk([organization.registration_country]) else Visibility.PUBLIC


def for_place(location: Location) -> Visibility:
    """A shelter, and any place in a country of high risk, is for members at most. Others follow the default."""
    default = Visibility(location.organization.default_visibility)
    if default != Visibility.PUBLIC:
        return default
    is_careful = location.type == LocationType.SHELTER or of_high_risk([location.country])
    return Visibility.MEMBERS if is_careful else default


def for_service(organization: Organization, *, is_delicate: Callable[[], bool]) -> Visibility:
    """The organisation's default, but for members where its own country is of high risk.

    What is delicate (harm reduction) is for members if any country that it works in is.
    """
    default = Visibility(organization.default_visibility)
    if default != Visibility.PUBLIC:
        return default
    found = of_high_risk({organization.registration_country, *organization.countries})
    if organization.registration_country in found or (found and is_delicate()):
        return Visibility.MEMBERS
    return default
