"""Addresses under /<language>/workspace/: `volunteering/` is the volunteer's own, `volunteers/` their colleagues'."""

from django.urls import path

from workspace.volunteers import managing, own, queue

urlpatterns = [
    path("volunteering/", own.index, name="volunteering"),
    path("volunteering/find/", own.find, name="volunteering-find"),
    path("volunteering/services/<slug:listing>/", own.listing, name="volunteering-listing"),
    path("volunteering/facts/new/", own.fact, name="volunteering-fact"),
    path("volunteering/proposals/<slug:brought>/take-back/", own.take_back, name="volunteering-take-back"),
    path("volunteers/", queue.index, name="volunteers"),
    path("volunteers/proposals/<slug:brought>/", queue.proposal, name="volunteer-proposal"),
    path("volunteers/of/<slug:slug>/", managing.index, name="volunteers-of"),
    path("volunteers/of/<slug:slug>/<slug:volunteering>/press/", managing.press, name="volunteers-of-press"),
]
