"""The record itself: the models beside their tables, what is missing, and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet

from servicemap.processing import (
    checking,
    countries,
    deciding,
    evaluating,
    gaps,
    grants,
    joining,
    learning,
    listings,
    network,
    news,
    people,
    personal,
    referrals,
    reviews,
    translations,
    volunteering,
)
from servicemap.processing.shapes import Class, KeptFor, Table

TABLES: tuple[Table, ...] = (
    *people.TABLES,
    *network.TABLES,
    *listings.TABLES,
    *checking.TABLES,
    *referrals.TABLES,
    *deciding.TABLES,
    *joining.TABLES,
    *reviews.TABLES,
    *countries.TABLES,
    *personal.TABLES,
    *news.TABLES,
    *gaps.TABLES,
    *grants.TABLES,
    *learning.TABLES,
    *volunteering.TABLES,
    *translations.TABLES,
    *evaluating.TABLES,
)
#: Views over tables that stand here, and what PostGIS knows of the earth.
NOT_TABLES = frozenset(
    {"pghistory.Events", "pghistory.MiddlewareEvents", "gis.PostGISGeometryColumns", "gis.PostGISSpatialRefSys"}
)


@dataclass(frozen=True)
class ColumnTold:
    """What is known of one column."""

    model: str
    column: str
    kind: Class
    purpose: str
    kept: KeptFor


def lines(tables: Iterable[Table] = TABLES) -> Iterator[ColumnTold]:
    """The columns as the tables name them."""
    for table in tables:
        for group in table.columns:
            for name in group.names.split():
                yield ColumnTold(
                    table.model, name, group.kind, group.purpose or table.purpose, group.kept or table.kept
                )


def models() -> list[type[Model]]:
    """Every model with rows of its own; histories stand apart."""
    found = apps.get_models(include_auto_created=True)
    return [each for each in found if not _is_history(each) and each._meta.label not in NOT_TABLES]


def histories() -> list[type[Model]]:
    return [each for each in apps.get_models() if _is_history(each)]


def history_of(model: type[Model]) -> QuerySet[Model]:
    """The rows of its history."""
    (found,) = [each for each in histories() if getattr(each, "pgh_tracked_model", None) is model]
    return found._default_manager.all()


def columns_of(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields]


def faults(tables: Iterable[Table] = TABLES) -> list[str]:
    """One sentence for each column that stands in the models alone, in the tables alone, or twice."""
    told = [(line.model, line.column) for line in lines(tables)]
    real = {(model._meta.label, name) for model in models() for name in columns_of(model)}
    twice = {one for one in told if told.count(one) > 1}
    return [
        *(f"{model}.{name} has no class, purpose and period" for model, name in sorted(real - set(told))),
        *(f"{model}.{name} is no column" for model, name in sorted(set(told) - real)),
        *(f"{model}.{name} stands there twice" for model, name in sorted(twice)),
        *(f"{line.model}.{line.column} has no purpose" for line in lines(tables) if not line.purpose),
        *_faults_of_histories(),
    ]


def _faults_of_histories() -> Iterator[str]:
    """A history copies the columns of its table; what it adds are its own numbers and the moment."""
    for history in histories():
        known = set(columns_of(history.pgh_tracked_model))  # type: ignore[attr-defined]  # histories have it
        for name in columns_of(history):
            if not name.startswith("pgh_") and name not in known:
                yield f"{history._meta.label}.{name} is a column of a history alone"


# long: the parts of one page, one after the other
def as_markdown() -> str:
    """docs/processing.md."""
    rows = sorted(lines(), key=lambda line: (line.model, line.kind, line.purpose, line.kept))
    groups: dict[tuple[str, Class, str, KeptFor], list[str]] = {}
    for line in rows:
        groups.setdefault((line.model, line.kind, line.purpose, line.kept), []).append(line.column)
    tracked = sorted(each.pgh_tracked_model._meta.label for each in histories())  # type: ignore[attr-defined]
    return "\n".join(
        (
            "# Record of processing",
            "",
            "`bin/manage processing_record` makes this page of the models and of `servicemap/processing/`.",
            "",
            "| Class | Columns |",
            "|---|---|",
            *(f"| {kind} | {sum(line.kind == kind for line in rows)} |" for kind in Class),
            "",
            "| Table | Class | Columns | For what | How long |",
            "|---|---|---|---|---|",
            *(
                f"| {model} | {kind} | {', '.join(names)} | {purpose} | {kept} |"
                for (model, kind, purpose, kept), names in groups.items()
            ),
            "",
            "## Histories",
            "",
            "Of each of these tables a history is kept by the database. Its columns have the classes of the table.",
            f"How long: {KeptFor.HISTORY}.",
            "",
            ", ".join(tracked) + ".",
            "",
        )
    )


def _is_history(model: type[Model]) -> bool:
    return getattr(model, "pgh_tracked_model", None) is not None and model._meta.label not in NOT_TABLES
