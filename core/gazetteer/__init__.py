"""Cities and towns that the product knows by itself, without asking anybody.

Rows come from `fixtures/gazetteer/places.csv.gz`; its origin and licence are in the README beside it.
"""

from core.gazetteer.places import Place, country_of_zone, main_zone, place, places
from core.gazetteer.search import named, search, spoken

__all__ = ["Place", "country_of_zone", "main_zone", "named", "place", "places", "search", "spoken"]
