"""What the map of a form needs."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from core.geo.gazetteer import Place
from core.geo.ground import ground


def map_of_form(city: Place | None) -> dict[str, object]:
    """Its ground, the centre of a city, where it asks for towns and for points."""
    return {
        "basemap": ground(),
        "labels_url": static("basemap/labels.json"),
        "lang": get_language(),
        "city": [city.lat, city.lon] if city else None,
        "cities": reverse("workspace:lookup-cities"),
        "point": reverse("workspace:lookup-point"),
    }
