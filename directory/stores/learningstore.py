"""Writing what everybody reads of learning, in the transaction of whoever decides. By `network.learning` alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction

from core.database.bulk import put
from directory.stores.store import bump_revision
from directory.tables.learning import PublicCentre, PublicMaterial, PublicTraining
from directory.tables.listings import PublicListing

#: The columns of a row, by name.
Row = Mapping[str, Any]


@transaction.atomic
def put_material(material: str, row: Row | None) -> None:
    """The row as it stands now; None takes it away."""
    _put(PublicMaterial, material, row)


@transaction.atomic
def put_training(training: str, row: Row | None) -> None:
    _put(PublicTraining, training, row)


@transaction.atomic
def put_centre(place: str, row: Row | None) -> None:
    """Only of a place of which the public reads something today."""
    is_there = PublicListing.objects.filter(place_id=place).exists()
    _put(PublicCentre, place, row if is_there else None)


@transaction.atomic
def keep(materials: Collection[str], trainings: Collection[str], centres: Collection[str]) -> None:
    """Rows of anything else go."""
    PublicMaterial.objects.exclude(pk__in=list(materials)).delete()
    PublicTraining.objects.exclude(pk__in=list(trainings)).delete()
    PublicCentre.objects.exclude(pk__in=list(centres)).delete()
    bump_revision()


def _put(model: type[models.Model], key: str, row: Row | None) -> None:
    if row is None:
        if model._default_manager.filter(pk=key).delete()[0]:
            bump_revision()
        return
    put(model, [{"id": key, **row}], overwrite=True)
    bump_revision()
