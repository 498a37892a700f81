"""Addresses under /<language>/workspace/network/ about yearly reviews."""

from django.urls import path

from workspace.network.reviews import marks, pages, voices, writing

urlpatterns = [
    path("reviews/", pages.index, name="network-reviews"),
    path("reviews/new/", pages.create, name="network-review-new"),
    path("reviews/marks/", marks.show, name="network-review-marks"),
    path("reviews/marks.csv", marks.table, name="network-review-marks-table"),
    path("reviews/voices/", voices.index, name="network-voices"),
    path("reviews/voices/make/", voices.make, name="network-voice-make"),
    path("reviews/voices/<slug:desk>/", voices.sheet, name="network-voice-sheet"),
    path("reviews/<slug:yearly>/", pages.show, name="network-review"),
    path("reviews/<slug:yearly>/press/", pages.press, name="network-review-press"),
    path("reviews/<slug:yearly>/services/", writing.spectrum, name="network-review-services"),
    path("reviews/<slug:yearly>/criteria/", writing.criteria, name="network-review-criteria"),
]
