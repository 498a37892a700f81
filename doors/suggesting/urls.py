"""Public pages of suggestions; included beside the public map under the language."""

from django.urls import path

from doors.suggesting.views import AccessView, SuggestionAnswerView, SuggestionView

app_name = "suggesting"
urlpatterns = [
    path("suggest/", SuggestionView.as_view(), name="suggest"),
    path("suggest/access/", AccessView.as_view(), name="access"),
    path("suggest/answer/", SuggestionAnswerView.as_view(), name="answer"),
]
