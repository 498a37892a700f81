"""Included at /<language>/invitation/, for people who may have no account yet."""

from django.urls import path

from doors.invitation.views import JoinView

urlpatterns = [path("<str:token>/", JoinView.as_view(), name="invitation")]
