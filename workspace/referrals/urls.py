"""Included by workspace.urls, inside its namespace."""

from django.urls import path

from workspace.referrals import composing, corridors, figures, offers, views

urlpatterns = [
    path("", views.index, name="referrals"),
    path("new/", composing.new, name="referral-new"),
    path("code/", views.code, name="referral-code"),
    path("waiting/", figures.piles, name="referral-piles"),
    path("corridors/", corridors.show, name="referral-corridors"),
    path("corridors/table/", corridors.table, name="referral-corridors-table"),
    path("requests/<slug:offer>/", offers.show, name="referral-offer"),
    path("requests/<slug:offer>/press/", offers.press, name="referral-offer-press"),
    path("<slug:referral>/", views.show, name="referral"),
    path("<slug:referral>/press/", views.press, name="referral-press"),
    path("<slug:referral>/paper/", views.paper, name="referral-paper"),
]
