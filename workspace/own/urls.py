"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.own import views

urlpatterns = [
    path("", views.index, name="own"),
    path("keep/", views.keep, name="own-keep"),
    path("follow/", views.follow, name="own-follow"),
    path("selections/<slug:selection>/delete/", views.forget, name="own-forget"),
    path("follows/<slug:follow>/end/", views.unfollow, name="own-unfollow"),
]
