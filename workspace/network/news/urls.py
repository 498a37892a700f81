"""Addresses under /<language>/workspace/network/news/."""

from django.urls import path

from workspace.network.news import choosing, editing, pages

urlpatterns = [
    path("", pages.index, name="network-news"),
    path("letters/", choosing.letters, name="network-news-letters"),
    path("assemble/", editing.assemble, name="network-digest-assemble"),
    path("<slug:digest>/", pages.show, name="network-digest"),
    path("<slug:draft>/edit/", editing.edit, name="network-digest-edit"),
    path("<slug:draft>/line/", editing.line, name="network-digest-line"),
    path("<slug:draft>/preview/", editing.preview, name="network-digest-preview"),
    path("<slug:digest>/take-off/", pages.take_off, name="network-digest-take-off"),
]
