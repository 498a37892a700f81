"""Included by workspace.urls, inside its namespace. A worker reaches its own folder alone."""

from django.urls import path

from workspace.outreach import views

urlpatterns = [
    path("", views.page, name="outreach"),
    path("worker.js", views.worker, name="outreach-worker"),
    path("standing/", views.standing, name="outreach-standing"),
    path("take/", views.take, name="outreach-take"),
    path("begin/", views.begin, name="outreach-begin"),
    path("send/", views.send, name="outreach-send"),
]
