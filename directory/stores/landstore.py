"""Writing what is said about countries, in the transaction of whoever decides: approval of a fact, word of a notice.

Called by `verification` and by `network.countries.publication`. Every function moves the directory's revision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction

from directory.stores.store import bump_revision
from directory.tables.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice


@transaction.atomic
def put_fact(fact_id: str, values: Mapping[str, object], *, is_public: bool) -> None:
    """The row of members, and that of the public when everybody may know."""
    _put(MemberCountryFact, fact_id, {**values, "is_public": is_public})
    if is_public:
        _put(PublicCountryFact, fact_id, values)
    else:
        PublicCountryFact.objects.filter(pk=fact_id).delete()
    bump_revision()


@transaction.atomic
def drop_fact(fact_id: str) -> None:
    _drop(fact_id, PublicCountryFact, MemberCountryFact)


@transaction.atomic
def keep_facts(fact_ids: Collection[str]) -> None:
    """Rows of any other fact go."""
    for model in (PublicCountryFact, MemberCountryFact):
        model._default_manager.exclude(pk__in=list(fact_ids)).delete()
    bump_revision()


@transaction.atomic
def keep_notices(notice_ids: Collection[str]) -> None:
    """Rows of any other notice go."""
    for model in (PublicCountryNotice, MemberCountryNotice):
        model._default_manager.exclude(pk__in=list(notice_ids)).delete()
    bump_revision()


@transaction.atomic
def put_notice(notice_id: str, values: Mapping[str, object], *, audiences: frozenset[str]) -> None:
    """`audiences` are those who may see it: public, members, or nobody."""
    for name, model in (("public", PublicCountryNotice), ("members", MemberCountryNotice)):
        if name in audiences:
            _put(model, notice_id, values)
        else:
            model._default_manager.filter(pk=notice_id).delete()
    bump_revision()


@transaction.atomic
def drop_notice(notice_id: str) -> None:
    _drop(notice_id, PublicCountryNotice, MemberCountryNotice)


def _put(model: type[models.Model], key: str, values: Mapping[str, Any]) -> None:
    model._default_manager.update_or_create(pk=key, defaults=dict(values))


def _drop(key: str, *tables: type[models.Model]) -> None:
    gone = [model._default_manager.filter(pk=key).delete()[0] for model in tables]
    if any(gone):
        bump_revision()
