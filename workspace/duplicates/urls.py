"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.duplicates import across, hints, others, views

urlpatterns = [
    path("", views.index, name="duplicates"),
    path("like/<slug:slug>/", hints.look, name="lookup-alike"),
    path("like/<slug:slug>/place/", hints.place, name="lookup-alike-place"),
    path("like/<slug:slug>/organization/", hints.organization, name="lookup-alike-organization"),
    path("places/", others.places, name="twin-places"),
    path("places/<slug:merge>/undo/", others.undo, name="twin-places-undo"),
    path("doors/<slug:pair>/", across.door_pair, name="door-pair"),
    path("door/<slug:door>/", across.door, name="door"),
    path("door/<slug:door>/<slug:step>/", across.door_step, name="door-step"),
    path("organizations/<slug:pair>/", across.organization_pair, name="organization-pair"),
    path("across/<slug:kind>/<slug:pair>/different/", across.different, name="across-different"),
    path("across/<slug:kind>/<slug:pair>/again/", across.again, name="across-again"),
    path("merges/<slug:merge>/", views.merge, name="merge"),
    path("merges/<slug:merge>/<slug:step>/", views.merge_step, name="merge-step"),
    path("<slug:pair>/", views.pair, name="pair"),
    path("<slug:pair>/different/", views.different, name="pair-different"),
    path("<slug:pair>/again/", views.again, name="pair-again"),
]
