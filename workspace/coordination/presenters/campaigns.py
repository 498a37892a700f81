"""A campaign in words: what it is about, how far each organisation and country is, who is silent and how to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.pages.links import href
from core.phrasing.dates import short_day
from core.spelling.collation import reading_key
from facts.discretion import Reader, where_of
from facts.names import names
from messaging.models import Correspondent
from organizations.models import Channel, Contact, Organization, Visibility
from services.models import ServiceType
from services.models.coverage import country_of
from verification.campaigns.running import CampaignPreview
from verification.campaigns.tasks import OPEN
from verification.letters.occasions.campaigns import LetterPreview
from verification.models import Campaign, CampaignTask, CheckMethod, Reminder, TaskOutcome
from verification.models.reminder import CAMPAIGN
from workspace.shared.texts import worded


class Share(TypedDict):
    """How far something is; `percent` of its tasks are answered."""

    name: str
    total: int
    done: int
    percent: int


class Owner(Share):
    """How far an organisation is. `asked_on` is when a letter about it left last, "" when none did."""

    slug: str
    is_silent: bool
    phone: str
    call: str
    asked_on: str
    is_reachable: bool


def line(task: Any, reader: Reader) -> dict[str, object]:
    """One listing of a campaign, from `tasks_of`."""
    listing = task.listing
    return {
        "id": listing.public_id,
        "title": worded(listing.service, "title"),
        "organization": worded(listing.service.organization, "name"),
        "place": where_of(reader, listing),
        "country": country_name(listing.country),
        "outcome": str(TaskOutcome(task.came).label),
        "is_open": task.came in OPEN,
        "tone": {TaskOutcome.CONFIRMED: "fresh", TaskOutcome.CHANGED: "fresh"}.get(task.came, "stale"),
        "done_on": date_format(task.came_at, "d.m.Y") if task.came_at else "",
        "method": str(CheckMethod(task.came_by).label) if task.came_by else "",
    }


def wheres(campaigns: Iterable[Campaign]) -> dict[int, str]:
    """By campaign its countries, organisations and kinds in words; a whole section by its name."""
    campaigns = list(campaigns)
    slugs = {slug for campaign in campaigns for slug in campaign.organizations}
    owners = {row.slug: worded(row, "name") for row in Organization.objects.filter(slug__in=slugs)} if slugs else {}
    sections: dict[str, set[str]] = defaultdict(set)
    for code, parent in ServiceType.objects.filter(is_retired=False).values_list("code", "parent"):
        sections[parent or ""].add(code)
    del sections[""]
    return {campaign.pk: " · ".join(_where(campaign, owners, sections)) for campaign in campaigns}


def _where(campaign: Campaign, owners: Mapping[str, str], sections: Mapping[str, set[str]]) -> Iterator[str]:
    yield ", ".join(map(country_name, campaign.countries)) or _("all countries")
    if campaign.organizations:
        yield ", ".join(sorted((owners.get(slug, slug) for slug in campaign.organizations), key=reading_key))
    whole = [code for code in sorted(sections) if sections[code] <= set(campaign.types)]
    alone = set(campaign.types).difference(*(sections[code] for code in whole))
    yield ", ".join(names().names("service", [*whole, *sorted(alone)])) or _("all kinds of service")


def shares(tasks: QuerySet[CampaignTask], campaign: Campaign) -> tuple[list[Share], list[Owner]]:
    """By country, and by organisation: those with the most that nobody has answered first."""
    rows = tasks.annotate(at=country_of("listing__")).order_by()
    by_country: dict[str, list[bool]] = defaultdict(list)
    by_owner: dict[int, list[bool]] = defaultdict(list)
    for country, owner, came in rows.values_list("at", "listing__service__organization", "came"):
        by_country[country].append(came not in OPEN)
        by_owner[owner].append(came not in OPEN)
    countries = [_share(country_name(code) or _("any country"), done) for code, done in by_country.items()]
    owners = list(_owners(by_owner, campaign))
    return (
        sorted(countries, key=lambda share: reading_key(share["name"])),
        sorted(owners, key=lambda one: (one["done"] - one["total"], reading_key(one["name"]))),
    )


def _owners(found: dict[int, list[bool]], campaign: Campaign) -> Iterator[Owner]:
    reached = set(
        Correspondent.objects.awake().filter(organization__in=found).order_by().values_list("organization", flat=True)
    )
    told = Reminder.objects.filter(
        listing__campaign_tasks__campaign=campaign, step__startswith=CAMPAIGN, created_at__gte=campaign.created_at
    )
    asked = dict(
        told.order_by()
        .values("listing__service__organization")
        .annotate(last=Max("created_at"))
        .values_list("listing__service__organization", "last")
    )
    phones = _phones(found)
    for row in Organization.objects.filter(pk__in=found):
        phone, last = phones.get(row.pk, ""), asked.get(row.pk)
        yield {
            **_share(worded(row, "name"), found[row.pk]),
            "slug": row.slug,
            "is_silent": not any(found[row.pk]),
            "phone": phone,
            "call": href("phone", phone, row.registration_country) if phone else "",
            "asked_on": short_day(last.date()) if last else "",
            "is_reachable": row.pk in reached,
        }


def _phones(organizations: Iterable[int]) -> dict[int, str]:
    """A number of each organisation that the network may call: its own rather than one of its places."""
    rows = Contact.objects.filter(
        organization__in=organizations,
        channel=Channel.PHONE,
        visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS],
    ).order_by("organization", "-location", "-position", "-pk")
    return dict(rows.values_list("organization", "value"))


def _share(name: str, done: list[bool]) -> Share:
    return {"name": name, "total": len(done), "done": sum(done), "percent": round(100 * sum(done) / len(done))}


def preview_words(preview: CampaignPreview, letters: LetterPreview) -> dict[str, object]:
    """What a start would ask for, and what it would write."""
    countries = [(country_name(code) or _("any country"), count) for code, count in preview.by_country.items()]
    return {
        "total": preview.total,
        "organizations": preview.organizations,
        "countries": countries,
        "now": letters.now,
        "later": letters.later,
        "unreachable": letters.unreachable,
    }
