"""How words were understood, with a name for each condition that somebody may take off again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from directory.searching.places_in_words import MeantJson, Understood, UnderstoodJson
from reading.asked import Asked
from reading.presenters.choices import Choices


def told(asked: Asked, understood: Understood) -> UnderstoodJson:
    """`filters` are all conditions of the words; taking one off is asking again with its `param:code` in `off`."""
    choices = Choices(asked.vocabulary, asked.audience)
    place, country = understood.place, understood.country
    near: list[MeantJson] = [_named("near", "", _("Near: %(place)s") % {"place": place.name()})] if place else []
    lands = [("country", country)] if country else []
    meant = [_named(param, code, choices.name(param, code)) for param, code in (*lands, *understood.filters)]
    return {**understood.to_json(), "filters": near + meant}


def _named(param: str, code: str, name: str) -> MeantJson:
    return {"param": param, "code": code, "name": name}
