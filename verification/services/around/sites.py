"""An administrator forbids a site to show the map in a frame, and lets it again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotAllowed
from directory.stores import sitestore
from verification.models import RefusedSite
from verification.services.changing import audit


@transaction.atomic
def refuse_site(*, host: str, actor: User) -> RefusedSite:
    """`host` is a name as `usage.words.host_of` writes it. ValidationError for what is none."""
    _require(actor)
    if not host or "." not in host or len(host) > 100:
        raise ValidationError({"host": _("Write the name of a site, like example.org.")})
    with audit("refuse site", actor):
        found, _created = RefusedSite.objects.get_or_create(host=host, defaults={"refused_by": actor})
    publish_sites()
    return found


@transaction.atomic
def let_site(*, host: str, actor: User) -> None:
    _require(actor)
    with audit("let site", actor):
        RefusedSite.objects.filter(host=host).delete()
    publish_sites()


def publish_sites() -> None:
    """As the directory has them."""
    sitestore.put_refused(list(RefusedSite.objects.values_list("host", flat=True)))


def _require(actor: User) -> None:
    if not actor.is_administrator:
        raise NotAllowed(_("Only an administrator may do this."))
