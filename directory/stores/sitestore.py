"""Writing which sites may not show the map. Only `verification` calls this."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from directory.stores.store import bump_revision
from directory.tables.sites import PublicRefusedSite


@transaction.atomic
def put_refused(hosts: Collection[str]) -> None:
    """Exactly these."""
    PublicRefusedSite.objects.exclude(host__in=hosts).delete()
    rows = [PublicRefusedSite(host=host) for host in sorted(hosts)]
    PublicRefusedSite.objects.bulk_create(rows, ignore_conflicts=True)
    bump_revision()
