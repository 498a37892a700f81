"""Everything under /<language>/workspace/calls/."""

from django.urls import path

from workspace.calls import answers, views

urlpatterns = [
    path("", views.index, name="calls"),
    path("<slug:slug>/", views.show, name="call"),
    path("<slug:slug>/outcome/", answers.outcome, name="call-outcome"),
    path("<slug:slug>/all-right/", answers.all_right, name="call-all-right"),
    path("<slug:slug>/ask-owner/", answers.ask_owner, name="call-ask-owner"),
    path("listings/<slug:listing>/", answers.answer, name="call-answer"),
    path("checks/<slug:check>/undo/", answers.undo, name="call-undo"),
]
