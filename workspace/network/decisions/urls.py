"""Addresses under /<language>/workspace/network/."""

from django.urls import path

from workspace.network.decisions import bodies, deciding, meetings, papers, votes

urlpatterns = [
    path("", papers.index, name="network-papers"),
    path("papers/new/", papers.create, name="network-paper-new"),
    path("papers/<slug:paper>/", papers.show, name="network-paper"),
    path("files/<slug:version>/", papers.download, name="network-file"),
    path("decisions/", deciding.index, name="network-decisions"),
    path("decisions/new/", deciding.create, name="network-decision-new"),
    path("decisions/<slug:decision>/", deciding.show, name="network-decision"),
    path("votes/", votes.index, name="network-votes"),
    path("votes/new/", votes.create, name="network-vote-new"),
    path("votes/<slug:vote>/", votes.show, name="network-vote"),
    path("votes/<slug:vote>/press/", votes.press, name="network-vote-press"),
    path("meetings/", meetings.index, name="network-meetings"),
    path("meetings/new/", meetings.create, name="network-meeting-new"),
    path("meetings/<slug:meeting>/", meetings.show, name="network-meeting"),
    path("bodies/", bodies.index, name="network-bodies"),
]
