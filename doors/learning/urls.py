"""Files of the library for everybody; under the language."""

from django.urls import path

from doors.learning.views import download

app_name = "learning"
urlpatterns = [path("learning/files/<slug:material>/", download, name="file")]
