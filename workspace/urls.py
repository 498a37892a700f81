"""Everything under /<language>/workspace/. Private rows are named by their public ids."""

from django.urls import include, path

from workspace.desk import confirming as confirm
from workspace.desk import views as desk
from workspace.listings.views import capacity, listings, proposals, services, standing, stops, submissions
from workspace.notices import views as notices
from workspace.organizations.views import contacts, organizations, profiles
from workspace.places import lookup
from workspace.places import views as places
from workspace.places.unkept import unkept
from workspace.reviews import decisions
from workspace.reviews import views as reviews

app_name = "workspace"

urlpatterns = [
    path("", desk.home, name="home"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("organizations/<slug:slug>/", organizations.edit, name="organization"),
    path("organizations/<slug:slug>/confirm/", profiles.confirm, name="profile-confirm"),
    path("organizations/<slug:slug>/contacts/", contacts.index, name="contacts"),
    path("organizations/<slug:slug>/contacts/new/", contacts.create, name="contact-new"),
    path("organizations/<slug:slug>/contacts/restore/", contacts.restore, name="contact-restore"),
    path("contacts/<slug:contact>/", contacts.edit, name="contact"),
    path("contacts/<slug:contact>/remove/", contacts.remove, name="contact-remove"),
    path("organizations/<slug:slug>/places/new/", places.create, name="place-new"),
    path("places/<slug:place>/", places.edit, name="place"),
    path("places/<slug:place>/unkept/", unkept, name="place-unkept"),
    path("places/<slug:place>/changes/", submissions.place_changes, name="place-changes"),
    path("organizations/<slug:slug>/services/new/", services.create, name="service-new"),
    path("services/<slug:service>/", services.edit, name="service"),
    path("services/<slug:service>/listings/new/", services.add_listing, name="listing-new"),
    path("listings/<slug:listing>/", listings.show, name="listing"),
    path("listings/<slug:listing>/hours/", listings.edit, name="listing-edit"),
    path("listings/<slug:listing>/changes/", submissions.listing_changes, name="listing-changes"),
    path("listings/<slug:listing>/withdraw/", submissions.withdraw, name="listing-withdraw"),
    path("listings/<slug:listing>/history/", listings.history, name="listing-history"),
    path("proposals/<slug:proposal>/", proposals.answer, name="proposal-answer"),
    path("listings/<slug:listing>/operation/", standing.operation, name="listing-operation"),
    path("listings/<slug:listing>/capacity/", capacity.say, name="listing-capacity"),
    path("listings/<slug:listing>/stops/", stops.call_off, name="listing-stop"),
    path("listings/<slug:listing>/interval/", standing.interval, name="listing-interval"),
    path("listings/<slug:listing>/hide/", standing.hide, name="listing-hide"),
    path("listings/<slug:listing>/restore/", standing.restore, name="listing-restore"),
    path("listings/<slug:listing>/delete/", standing.delete, name="listing-delete"),
    path("organizations/<slug:slug>/notices/", notices.index, name="notices"),
    path("organizations/<slug:slug>/notices/new/", notices.create, name="notice-new"),
    path("notices/<slug:notice>/", notices.edit, name="notice"),
    path("notices/<slug:notice>/end/", notices.end, name="notice-end"),
    path("lookup/cities/", lookup.cities, name="lookup-cities"),
    path("lookup/area/", lookup.area, name="lookup-area"),
    path("lookup/point/", lookup.point, name="lookup-point"),
    path("lookup/address/", lookup.address, name="lookup-address"),
    path("reviews/", reviews.queue, name="reviews"),
    path("reviews/decided/", reviews.decided, name="reviews-decided"),
    path("reviews/<slug:review>/", reviews.show, name="review"),
    path("reviews/<slug:review>/take/", decisions.take, name="review-take"),
    path("reviews/<slug:review>/release/", decisions.release, name="review-release"),
    path("reviews/<slug:review>/decide/", decisions.decide, name="review-decide"),
    path("duplicates/", include("workspace.duplicates.urls")),
    path("translations/", include("workspace.translations.urls")),
    path("guarding/", include("workspace.guarding.urls")),
    path("health/", include("workspace.health.urls")),
    path("absences/", include("workspace.absences.urls")),
    path("telegram/", include("workspace.telegram.urls")),
    path("own/", include("workspace.own.urls")),
    path("team/", include("workspace.team.urls")),
    path("", include("workspace.volunteers.urls")),
    path("suggestions/", include("workspace.suggestions.urls")),
    path("calls/", include("workspace.calls.urls")),
    path("outreach/", include("workspace.outreach.urls")),
    path("referrals/", include("workspace.referrals.urls")),
    path("network/gaps/", include("workspace.network.gaps.urls")),
    path("network/learning/", include("workspace.network.learning.urls")),
    path("network/evaluation/", include("workspace.network.evaluation.urls")),
    path("network/news/", include("workspace.network.news.urls")),
    path("network/grants/", include("workspace.network.grants.urls")),
    path("network/", include("workspace.network.decisions.urls")),
    path("network/", include("workspace.network.joining.urls")),
    path("network/", include("workspace.network.reviews.urls")),
    path("coordination/", include("workspace.coordination.urls")),
    path("countries/", include("workspace.countries.urls")),
]
