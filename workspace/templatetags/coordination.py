"""Template tags of the coordinators' pages."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to

register = template.Library()


@register.inclusion_tag("workspace/coordination/_tabs.html", takes_context=True)
def coordination_tabs(context: template.Context) -> dict[str, object]:
    """The pages of the coordinators that this person may open."""
    user = context["request"].user
    tabs = []
    if user.is_verifier:
        tabs += [("desk", "coordination", _("Desk")), ("calls", "calls", _("Calls"))]
        tabs += [("reports", "coordination-reports", _("Reports"))]
    if user.is_coordinator:
        tabs += [("suggestions", "suggestions", _("Missing services"))]
        tabs += [("campaigns", "coordination-campaigns", _("Campaigns"))]
        tabs += [("takedowns", "coordination-takedowns", _("Urgent hiding"))]
        tabs += [("referrals", "referral-piles", _("Referrals"))]
    if tabs:
        tabs += [("monitoring", "coordination-monitoring", _("Monitoring"))]
    found = [(code, reverse(f"workspace:{name}"), label) for code, name, label in tabs]
    if user.is_coordinator:
        found += [("sources", path_to(Page.SOURCES), _("Other directories"))]
    return {"tab": context.get("tab", ""), "tabs": found}
