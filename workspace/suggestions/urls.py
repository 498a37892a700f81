"""Everything under /<language>/workspace/suggestions/."""

from django.urls import path

from workspace.suggestions import views

urlpatterns = [
    path("", views.index, name="suggestions"),
    path("<slug:suggestion>/", views.show, name="suggestion"),
    path("<slug:suggestion>/take-in/", views.take_in, name="suggestion-take-in"),
    path("<slug:suggestion>/close/", views.close, name="suggestion-close"),
]
