"""Proposals as lines: for whoever brought them, and for the colleague who answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from core.geo.countries import country_name
from network.volunteering.models import BroughtKind, BroughtState, VolunteerProposal
from workspace.volunteers.forms import path_names
from workspace.volunteers.seen import titles

TONES = {
    BroughtState.OPEN: "",
    BroughtState.ACCEPTED: "ok",
    BroughtState.DECLINED: "warn",
    BroughtState.TAKEN_BACK: "",
}


def lines(rows: Iterable[VolunteerProposal]) -> list[dict[str, Any]]:
    """The names of services are those on everybody's map; what is there no more is not named."""
    found = list(rows)
    named = titles({row.listing.public_id for row in found if row.listing})
    return [_line(row, named) for row in found]


def _line(row: VolunteerProposal, named: dict[str, tuple[str, str]]) -> dict[str, Any]:
    title, url = named.get(row.listing.public_id, ("", "")) if row.listing else ("", "")
    names, state = path_names(), BroughtState(row.state)
    if row.kind == BroughtKind.FACT:
        title = f"{country_name(row.country)} · {row.get_topic_display()}"
    return {
        "row": row,
        "kind": BroughtKind(row.kind).label,
        "title": title,
        "url": url,
        "is_fact": row.kind == BroughtKind.FACT,
        "method": row.get_method_display() if row.method else "",
        "outcome": row.get_outcome_display() if row.outcome else "",
        "compared": [names[path] for path in row.compared if path in names],
        "what": names.get(row.path, "") if row.kind == BroughtKind.EDIT else "",
        "state": state.label,
        "tone": TONES[state],
        "is_open": state == BroughtState.OPEN,
        "who": str(row.volunteering.user or ""),
    }


def result_of(row: VolunteerProposal, editable: bool) -> str:
    """Where the colleague finds what came of it, "" when there is nothing to open."""
    if row.fact_id and row.fact is not None:
        return reverse("workspace:fact", args=[row.fact.public_id])
    if editable and row.listing is not None:
        return reverse("workspace:listing", args=[row.listing.public_id])
    return ""
