"""Public pages of joining; included beside the public map under the language."""

from django.urls import path

from doors.joining.views import ApplicationView, CallsView

app_name = "joining"
urlpatterns = [
    path("join/", CallsView.as_view(), name="join"),
    path("join/<str:token>/", ApplicationView.as_view(), name="application"),
]
