"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.guarding import circles, views

urlpatterns = [
    path("", views.index, name="guarding"),
    path("ask/", views.ask, name="guarding-ask"),
    path("circle/<slug:slug>/", circles.show, name="circle"),
    path("circle/<slug:slug>/<slug:circle_member>/agree/", circles.agree, name="circle-agree"),
    path("circle/<slug:slug>/<slug:circle_member>/remove/", circles.remove, name="circle-remove"),
    path("<slug:disclosure>/agree/", views.agree, name="guarding-agree"),
    path("<slug:disclosure>/end/", views.end, name="guarding-end"),
]
