"""A country's notice as readers get it, beside what every listing in the country says of it."""

from __future__ import annotations

from directory.stores import landstore
from directory.tables.topics import MEMBERS_ONLY
from organizations.models import Visibility
from services.models import Notice
from verification.snapshots import texts
from verification.surroundings import types_meant

_SAME = (
    *("country", "topic", "level", "source_title", "source_link", "starts_on", "ends_on", "falls_at"),
    *("region", "service_type"),
)
_AUDIENCES = {Visibility.PUBLIC: frozenset({"public", "members"}), Visibility.MEMBERS: frozenset({"members"})}


def publish_notice(notice: Notice) -> None:
    """The rows as the notice stands now; a notice of an organisation, place or service has none."""
    if not notice.country:
        return
    audiences = _AUDIENCES.get(Visibility(notice.visibility), frozenset())
    if notice.topic in MEMBERS_ONLY:
        audiences &= {"members"}
    values = {name: getattr(notice, name) for name in _SAME} | {"text": texts(notice, "text")}
    values["types"] = types_meant([notice.service_type])[notice.service_type]
    landstore.put_notice(notice.public_id, values, audiences=audiences)


def withdraw_notice(notice: Notice) -> None:
    """Taken down: gone, or ended as its dates say."""
    if Notice.objects.filter(public_id=notice.public_id).exists():
        publish_notice(notice)
    else:
        landstore.drop_notice(notice.public_id)
