"""Everything under /<language>/workspace/directories/."""

from django.urls import path

from exchange.sources import views

app_name = "sources"

urlpatterns = [
    path("", views.sources, name="list"),
    path("<slug:source>/", views.source, name="source"),
    path("<slug:source>/read/", views.read, name="read"),
    path("<slug:source>/terms/", views.choose, name="choose"),
    path("<slug:source>/apply/", views.apply, name="apply"),
    path("<slug:source>/undo/", views.undo, name="undo"),
    path("<slug:source>/go-on/", views.go_on, name="go-on"),
    path("<slug:source>/gone/", views.gone, name="gone"),
    path("<slug:source>/remove/", views.remove, name="remove"),
]
