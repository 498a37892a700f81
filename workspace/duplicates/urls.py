"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.duplicates import hints, views

urlpatterns = [
    path("", views.index, name="duplicates"),
    path("like/<slug:slug>/", hints.look, name="lookup-alike"),
    path("merges/<slug:merge>/", views.merge, name="merge"),
    path("merges/<slug:merge>/<slug:step>/", views.merge_step, name="merge-step"),
    path("<slug:pair>/", views.pair, name="pair"),
    path("<slug:pair>/different/", views.different, name="pair-different"),
    path("<slug:pair>/again/", views.again, name="pair-again"),
]
