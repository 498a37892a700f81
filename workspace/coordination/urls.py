"""Everything under /<language>/workspace/coordination/. Names begin with "coordination" within "workspace"."""

from django.urls import path

from workspace.coordination.views import (
    bulk,
    campaign_steps,
    campaigns,
    checks,
    desk,
    letters,
    monitoring,
    profiles,
    reports,
    takedowns,
    versions,
    visits,
)

urlpatterns = [
    path("", desk.show, name="coordination"),
    path("bulk/", bulk.bulk, name="coordination-bulk"),
    path("checks/<slug:listing>/", checks.check, name="coordination-check"),
    path("checks/<slug:listing>/texts/", checks.agree, name="coordination-texts-agree"),
    path("checks/<slug:check>/undo/", checks.undo, name="coordination-check-undo"),
    path("evidence/<slug:check>/", checks.evidence, name="coordination-evidence"),
    path("profiles/<slug:slug>/", profiles.show, name="coordination-profile"),
    path("reports/", reports.index, name="coordination-reports"),
    path("reports/<slug:report>/", reports.show, name="coordination-report"),
    path("visits/new/", visits.create, name="coordination-visit-new"),
    path("letters/<slug:message>/again/", letters.again, name="coordination-letter-again"),
    path("correspondents/<slug:correspondent>/works/", letters.works, name="coordination-address-works"),
    path("campaigns/", campaigns.index, name="coordination-campaigns"),
    path("campaigns/new/", campaigns.create, name="coordination-campaign-new"),
    path("campaigns/<slug:campaign>/", campaigns.show, name="coordination-campaign"),
    path("campaigns/<slug:campaign>/remind/", campaign_steps.remind, name="coordination-campaign-remind"),
    path("campaigns/<slug:campaign>/extend/", campaign_steps.extend, name="coordination-campaign-extend"),
    path("campaigns/<slug:campaign>/add/", campaign_steps.add, name="coordination-campaign-add"),
    path("campaigns/<slug:campaign>/take-out/", campaign_steps.take_out, name="coordination-campaign-take-out"),
    path("campaigns/<slug:campaign>/stop/", campaign_steps.stop, name="coordination-campaign-stop"),
    path("campaigns/<slug:campaign>/table.csv", campaigns.table, name="coordination-campaign-table"),
    path("monitoring/", monitoring.show, name="coordination-monitoring"),
    path("monitoring/table.csv", monitoring.table, name="coordination-monitoring-table"),
    path("takedowns/", takedowns.index, name="coordination-takedowns"),
    path("takedowns/new/", takedowns.create, name="coordination-takedown-new"),
    path("takedowns/<slug:takedown>/lift/", takedowns.lift, name="coordination-takedown-lift"),
    path("listings/<slug:listing>/history/", versions.history, name="coordination-history"),
    path("listings/<slug:listing>/versions/<slug:snapshot>/", versions.put_back, name="coordination-version"),
]
