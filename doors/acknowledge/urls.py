"""Included at /<language>/acknowledge/: a request has arrived, by the secret link of its letter."""

from django.urls import path

from doors.acknowledge import views

app_name = "acknowledge"

urlpatterns = [path("<str:token>/", views.page, name="page")]
