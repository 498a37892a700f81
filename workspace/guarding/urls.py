"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.guarding import views

urlpatterns = [
    path("", views.index, name="guarding"),
    path("ask/", views.ask, name="guarding-ask"),
    path("<slug:disclosure>/agree/", views.agree, name="guarding-agree"),
    path("<slug:disclosure>/end/", views.end, name="guarding-end"),
]
