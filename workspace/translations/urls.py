"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.translations import files, views, words

urlpatterns = [
    path("", views.index, name="translations"),
    path("<slug:tongue>/", views.queue, name="translation-queue"),
    path("<slug:tongue>/file/", files.download, name="translation-file"),
    path("<slug:tongue>/upload/", files.upload, name="translation-upload"),
    path("<slug:tongue>/words/", words.words, name="translation-words"),
    path("<slug:tongue>/<slug:unit>/", views.unit, name="translation"),
    path("<slug:tongue>/<slug:unit>/check/", views.check, name="translation-check"),
    path("<slug:tongue>/<slug:unit>/remove/", views.remove, name="translation-remove"),
    path("<slug:tongue>/<slug:unit>/page/", views.in_page, name="translation-page"),
]
