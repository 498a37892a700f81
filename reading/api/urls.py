"""Addresses of the read API: every question for the public, and its twin for members.

A question is mixed with an audience here, in one table, so that no endpoint can forget whom it speaks to.
"""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from core.pages.http import kept_as_public
from reading.api import views
from reading.api.base import DirectoryView, MembersView, PublicView

app_name = "api"

QUESTIONS: tuple[tuple[str, str, type[DirectoryView]], ...] = (
    ("map/", "map", views.MapQuestion),
    ("listings/", "listings", views.ListingsQuestion),
    ("listings.geojson", "geojson", views.GeoJsonQuestion),
    ("places/<slug:place_id>/", "place", views.PlaceQuestion),
    ("nearest/", "nearest", views.NearestQuestion),
    ("search/", "search", views.SearchQuestion),
    ("suggestions/", "suggestions", views.SuggestionsQuestion),
    ("cities/", "cities", views.CitiesQuestion),
)


def for_audience(audience: type[DirectoryView], question: type[DirectoryView]) -> type[DirectoryView]:
    return type(f"{audience.__name__}{question.__name__}", (question, audience), {"__doc__": question.__doc__})


schema = kept_as_public(SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[AllowAny]))

public = [path(route, for_audience(PublicView, view).as_view(), name=name) for route, name, view in QUESTIONS]
members = [
    path(f"members/{route}", for_audience(MembersView, view).as_view(), name=f"members_{name}")
    for route, name, view in QUESTIONS
]
#: What a phone takes along is of the public alone: it has no twin for members.
public += [path("pack/<slug:country>/", for_audience(PublicView, views.PackQuestion).as_view(), name="pack")]
described = [path("schema/", schema, name="schema")]

urlpatterns = public + members + described
