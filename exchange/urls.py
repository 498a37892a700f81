"""Everything under /<language>/workspace/excel/."""

from django.urls import path

from exchange import incoming, matching, views

app_name = "exchange"

urlpatterns = [
    path("", views.services, name="services"),
    path("empty/", views.template, name="template"),
    path("foreign/", matching.foreign, name="foreign"),
    path("foreign/<slug:book>/", matching.match, name="match"),
    path("import/", incoming.upload, name="upload"),
    path("import/<slug:book>/", incoming.show, name="import"),
    path("import/<slug:book>/refused/", incoming.refused, name="refused"),
    path("import/<slug:book>/apply/", incoming.apply, name="apply"),
    path("import/<slug:book>/answer/", incoming.answer, name="answer"),
    path("import/<slug:book>/mend/", incoming.mend, name="mend"),
    path("import/<slug:book>/undo/", incoming.undo, name="undo"),
]
