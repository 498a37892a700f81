"""Addresses under /<language>/workspace/network/grants/."""

from django.urls import path

from workspace.network.grants import applications, calls, running

urlpatterns = [
    path("", calls.index, name="network-grants"),
    path("calls/new/", calls.create, name="network-grant-call-new"),
    path("calls/<slug:grant_call>/", calls.show, name="network-grant-call"),
    path("calls/<slug:grant_call>/edit/", calls.edit, name="network-grant-call-edit"),
    path("calls/<slug:grant_call>/press/", calls.press, name="network-grant-call-press"),
    path("applications/<slug:bid>/", applications.show, name="network-grant-application"),
    path("applications/<slug:bid>/write/", applications.write, name="network-grant-write"),
    path("applications/<slug:bid>/score/", applications.score, name="network-grant-score"),
    path("applications/<slug:bid>/agree/", applications.agree, name="network-grant-agree"),
    path("applications/<slug:bid>/press/", applications.press, name="network-grant-application-press"),
    path("reports/<slug:grant_report>/", running.report, name="network-grant-report"),
    path("reports/<slug:grant_report>/write/", running.write, name="network-grant-report-write"),
    path("reports/<slug:grant_report>/press/", running.report_press, name="network-grant-report-press"),
    path("files/<slug:grant_file>/", running.download, name="network-grant-file"),
    path("<slug:grant>/", running.show, name="network-grant"),
    path("<slug:grant>/press/", running.press, name="network-grant-press"),
]
