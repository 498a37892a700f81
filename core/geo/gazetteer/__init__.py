"""Cities and towns that the product knows by itself, without asking anybody.

Rows come from `fixtures/gazetteer/places.csv.gz`; its origin and licence are in the README beside it.
"""

from core.geo.gazetteer.codes import city_code
from core.geo.gazetteer.namesakes import Namesakes, namesakes
from core.geo.gazetteer.places import Place, country_of_zone, largest, main_zone, place, places
from core.geo.gazetteer.regions import (
    region_at,
    region_in_words,
    region_name,
    region_of,
    regions_called,
    regions_like,
    regions_of,
    towns_of,
    width_of,
)
from core.geo.gazetteer.search import named, search, slipped, spoken
from core.geo.gazetteer.whereabouts import country_at, nearest

__all__ = [
    "Namesakes",
    "Place",
    "city_code",
    "country_at",
    "country_of_zone",
    "largest",
    "main_zone",
    "named",
    "namesakes",
    "nearest",
    "place",
    "places",
    "region_at",
    "region_in_words",
    "region_name",
    "region_of",
    "regions_called",
    "regions_like",
    "regions_of",
    "search",
    "slipped",
    "spoken",
    "towns_of",
    "width_of",
]
