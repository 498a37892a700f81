"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.countries import desks, facts, notices, pages

urlpatterns = [
    path("", pages.index, name="countries"),
    path("facts/new/", facts.create, name="fact-new"),
    path("facts/<slug:fact>/", facts.show, name="fact"),
    path("facts/<slug:fact>/edit/", facts.edit, name="fact-edit"),
    path("facts/<slug:fact>/press/", facts.press, name="fact-press"),
    path("notices/<slug:country_notice>/", notices.edit, name="country-notice"),
    path("notices/<slug:country_notice>/press/", notices.press, name="country-notice-press"),
    path("<slug:country>/", pages.country, name="country"),
    path("<slug:country>/desk/", desks.edit, name="country-desk"),
    path("<slug:country>/notices/new/", notices.create, name="country-notice-new"),
    path("<slug:country>/with/<slug:other>/", pages.corridor, name="corridor"),
]
