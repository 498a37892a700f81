"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.guarding import views

urlpatterns = [
    path("", views.index, name="guarding"),
]
