"""Names of countries, in the words that the network uses; CLDR's for countries that the network's list leaves out."""

from __future__ import annotations

import json
from functools import cache
from typing import TypedDict

from core.languages import LANGUAGES, SOURCE, active, babel_locale, known
from core.spelling.alphabets import in_other_alphabets
from tools.local.network_file import current


class Country(TypedDict):
    code: str
    name: dict[str, str]
    in_network: bool


#: In CLDR's list of territories, but no countries: unions, reserved codes of islands and enclaves, land without people.
_UNIONS = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
_RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
_EMPTY_LAND = {"AQ", "BV", "GS", "HM", "TF", "UM"}
_NOT_COUNTRIES = _UNIONS | _RESERVED | _EMPTY_LAND


@cache
def countries() -> dict[str, Country]:
    """The network's countries by code, in the order of its file, then the others that we have words and places for."""
    network = current()
    rows = json.loads(network.vocabulary_file("countries.json").read_text(encoding="utf-8"))
    told = {
        row["code"]: Country(code=row["code"], name=row["name"], in_network=row["code"] in network.countries)
        for row in rows
    }
    own = [code for code in network.countries if code in told]
    return {code: told[code] for code in dict.fromkeys([*own, *told])}


@cache
def country_codes() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 code of every country in which people live (and XK)."""
    territories = (str(code) for code in babel_locale(SOURCE).territories)
    return frozenset(c for c in territories if len(c) == 2 and c.isalpha()) - _NOT_COUNTRIES | countries().keys()


def country_name(code: str, language: str | None = None) -> str:
    """The name in `language` (the active one, unless given); "" for no country, the code for an unknown one."""
    return _name(code, known(language) if language else active()) if code else ""


@cache
def names_everywhere(code: str) -> tuple[str, ...]:
    """What CLDR calls a country in each language of the registry, in each of its alphabets, with our own names."""
    found = [*countries()[code]["name"].values()] if code in countries() else []
    for row in LANGUAGES:
        if row.state != "trial" and (name := babel_locale(row.code).territories.get(code)):
            found += [str(name), *in_other_alphabets(str(name), row.code)]
    return tuple(dict.fromkeys(found))


@cache
def _name(code: str, language: str) -> str:
    known = countries().get(code)
    if known and language in known["name"]:
        return known["name"][language]
    return str(babel_locale(language).territories.get(code, code))
