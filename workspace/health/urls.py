"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.health import views

urlpatterns = [
    path("", views.show, name="health"),
    path("sites/refuse/", views.refuse, name="health-refuse"),
    path("sites/let/", views.let, name="health-let"),
]
