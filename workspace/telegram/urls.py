"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.telegram import views

urlpatterns = [
    path("", views.index, name="telegram"),
    path("digits/", views.digits, name="telegram-digits"),
    path("countries/", views.countries, name="telegram-countries"),
    path("end/", views.end, name="telegram-end"),
    path("group/", views.group, name="telegram-group"),
    path("group/end/", views.group_end, name="telegram-group-end"),
]
