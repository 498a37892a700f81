"""Public pages of reports; included beside the public map under the language."""

from django.urls import path

from doors.reporting.views import AnswerView, ReportView

app_name = "reporting"
urlpatterns = [
    path("places/<slug:place_id>/report/", ReportView.as_view(), name="report"),
    path("report-answer/", AnswerView.as_view(), name="answer"),
]
