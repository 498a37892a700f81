"""Included at /<language>/confirm/: answering a letter without a login."""

from django.urls import path

from doors.confirm import views

app_name = "confirm"

urlpatterns = [
    path("new-link/", views.new_link, name="new-link"),
    path("rhythm/<str:note>/", views.rhythm, name="rhythm"),
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/answer/", views.answer, name="answer"),
    path("<str:token>/profile/", views.profile, name="profile"),
    path("<str:token>/changed/<slug:item>/", views.changed, name="changed"),
    path("<str:token>/closed/<slug:item>/", views.closed, name="closed"),
    path("<str:token>/capacity/<slug:item>/", views.capacity, name="capacity"),
    path("<str:token>/undo/", views.undo, name="undo"),
]
