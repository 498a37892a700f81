"""Everything under /<language>/workspace/excel/."""

from django.urls import path

from exchange import views

app_name = "exchange"

urlpatterns = [
    path("", views.services, name="services"),
    path("empty/", views.template, name="template"),
]
