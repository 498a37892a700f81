"""Public pages of joining; included beside the public map under the language."""

from django.urls import path

from doors.joining.views import ApplicationView, JoinView

app_name = "joining"
urlpatterns = [
    path("join/", JoinView.as_view(), name="join"),
    path("join/<str:token>/", ApplicationView.as_view(), name="application"),
]
