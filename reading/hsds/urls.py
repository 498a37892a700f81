"""Addresses of HSDS: every question for the public, and its twin for members; no slash at the end, as the standard has
it."""

from django.urls import path

from reading.api.base import DirectoryView, MembersView, PublicView
from reading.api.urls import for_audience
from reading.hsds import package, profile, views

app_name = "hsds"

QUESTIONS: tuple[tuple[str, str, type[DirectoryView]], ...] = (
    ("", "about", views.AboutQuestion),
    ("services", "services", views.ServicesQuestion),
    ("services/<str:hsds_service>", "service", views.ServiceQuestion),
    ("service_at_locations", "service_at_locations", views.ServiceAtLocationsQuestion),
    ("service_at_locations/<str:hsds_listing>", "service_at_location", views.ServiceAtLocationQuestion),
    ("locations", "locations", views.LocationsQuestion),
    ("locations/<str:hsds_location>", "location", views.LocationQuestion),
    ("organizations", "organizations", views.OrganizationsQuestion),
    ("organizations/<str:hsds_organization>", "organization", views.OrganizationQuestion),
    ("taxonomies", "taxonomies", views.TaxonomiesQuestion),
    ("taxonomies/<str:hsds_taxonomy>", "taxonomy", views.TaxonomyQuestion),
    ("taxonomy_terms", "taxonomy_terms", views.TaxonomyTermsQuestion),
    ("taxonomy_terms/<str:hsds_term>", "taxonomy_term", views.TaxonomyTermQuestion),
    ("datapackage.zip", "package", package.PackageQuestion),
)

public = [path(route, for_audience(PublicView, view).as_view(), name=name) for route, name, view in QUESTIONS]
described = [
    path("profile/", profile.profile, name="profile"),
    path("profile/<slug:schema>.json", profile.schema, name="profile_schema"),
]
members = [
    path(f"members/{route}", for_audience(MembersView, view).as_view(), name=f"members_{name}")
    for route, name, view in QUESTIONS
]
urlpatterns = public + members + described
