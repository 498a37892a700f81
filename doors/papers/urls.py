"""Files of documents for everybody; under the language."""

from django.urls import path

from doors.papers.views import download

app_name = "papers"
urlpatterns = [path("documents/files/<slug:version>/", download, name="file")]
