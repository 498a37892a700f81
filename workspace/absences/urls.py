"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.absences import views

urlpatterns = [
    path("", views.index, name="absences"),
    path("people/<slug:person>/", views.of_somebody, name="absence-for"),
    path("<slug:absence>/", views.edit, name="absence"),
    path("<slug:absence>/end/", views.end, name="absence-end"),
    path("<slug:absence>/put-back/", views.put_back, name="absence-put-back"),
]
