"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.duplicates import hints, others, views

urlpatterns = [
    path("", views.index, name="duplicates"),
    path("like/<slug:slug>/", hints.look, name="lookup-alike"),
    path("like/<slug:slug>/place/", hints.place, name="lookup-alike-place"),
    path("like/<slug:slug>/organization/", hints.organization, name="lookup-alike-organization"),
    path("places/", others.places, name="twin-places"),
    path("places/<slug:merge>/undo/", others.undo, name="twin-places-undo"),
    path("organizations/", others.organizations, name="twin-organizations"),
    path("merges/<slug:merge>/", views.merge, name="merge"),
    path("merges/<slug:merge>/<slug:step>/", views.merge_step, name="merge-step"),
    path("<slug:pair>/", views.pair, name="pair"),
    path("<slug:pair>/different/", views.different, name="pair-different"),
    path("<slug:pair>/again/", views.again, name="pair-again"),
]
