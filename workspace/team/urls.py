"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.team import views

urlpatterns = [
    path("", views.TeamIndexView.as_view(), name="teams"),
    path("<slug:slug>/", views.TeamView.as_view(), name="team"),
    path("<slug:slug>/restore/", views.RestoreView.as_view(), name="team-restore"),
    path("<slug:slug>/people/<int:membership>/role/", views.RoleView.as_view(), name="team-role"),
    path("<slug:slug>/people/<int:membership>/remove/", views.RemoveView.as_view(), name="team-remove"),
    path("<slug:slug>/invitations/<slug:invitation>/resend/", views.ResendView.as_view(), name="team-resend"),
    path("<slug:slug>/invitations/<slug:invitation>/revoke/", views.RevokeView.as_view(), name="team-revoke"),
]
