"""Addresses under /<language>/workspace/network/ about membership."""

from django.urls import path

from workspace.network.joining import applications, calls, members

urlpatterns = [
    path("applications/", applications.index, name="network-applications"),
    path("applications/<slug:application>/", applications.show, name="network-application"),
    path("applications/<slug:application>/press/", applications.press, name="network-application-press"),
    path("calls/", calls.index, name="network-calls"),
    path("calls/new/", calls.create, name="network-call-new"),
    path("calls/<slug:call>/", calls.edit, name="network-call"),
    path("members/", members.index, name="network-members"),
    path("members/<slug:slug>/", members.show, name="network-member"),
    path("members/<slug:slug>/press/", members.press, name="network-member-press"),
]
