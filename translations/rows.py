"""What there is of a language: the rows of the database over the texts of its catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import WrongState
from core.phrasing.termnames import names_in
from directory.tables import wording
from directory.tables.wording import WRITTEN
from translations.models import Origin, Translation
from translations.texts import catalogues
from translations.texts.units import Unit, unit_id


def rows_of(language: str) -> dict[str, Translation]:
    """By unit. What came with the product is not saved: nobody has written it here, nor checked it."""
    return of_catalogue(language) | {row.unit: row for row in Translation.objects.filter(language=language)}


def of_catalogue(language: str) -> dict[str, Translation]:
    noted = catalogues.noted(language)
    found: dict[str, Translation] = {}
    for key, forms in catalogues.texts(language).items():
        unit = unit_id(wording.MESSAGE, key, "")
        found[unit] = Translation(
            unit=unit, language=language, kind=wording.MESSAGE, key=key, forms=list(forms),
            origin=Origin.CATALOGUE, source_hash=noted.get(key, ""),
        )  # fmt: skip
    for key, fields in names_in(language).items():
        for field, (text, digest) in fields.items():
            unit = unit_id(wording.TERM, key, field)
            found[unit] = Translation(
                unit=unit, language=language, kind=wording.TERM, key=key, field=field, forms=[text],
                origin=Origin.CATALOGUE, source_hash=digest,
            )  # fmt: skip
    return found


def row_of(unit: Unit, language: str) -> Translation | None:
    row = Translation.objects.filter(unit=unit.id, language=language).first()
    return row or (of_catalogue(language).get(unit.id) if unit.kind in (wording.MESSAGE, wording.TERM) else None)


def forms_elsewhere(unit: Unit, language: str) -> list[str]:
    """How the very same source is said in another place, a checked text first; a hundred phones are called alike."""
    rows = Translation.objects.filter(language=language, source_hash=unit.source_hash, kind__in=WRITTEN)
    found = rows.exclude(unit=unit.id).exclude(forms=[]).exclude(origin=Origin.MACHINE, checked_at=None)
    row = found.order_by(F("checked_at").desc(nulls_last=True), "unit").first()
    return list(row.forms) if row and unit.kind in WRITTEN else []


def expected(unit: Unit, row: Translation | None) -> str:
    """Names what somebody saw: the source and the text. Whoever checks checks these."""
    return wording.source_hash(unit.source_hash, *(row.forms if row else ()))[:16]


def must_be(unit: Unit, row: Translation | None, seen: str) -> None:
    if seen != expected(unit, row):
        raise WrongState(_("The text or its source has changed meanwhile. Look at it anew."))


def by_unit(units: list[Unit], rows: Mapping[str, Translation]) -> list[tuple[Unit, Translation | None]]:
    return [(unit, rows.get(unit.id)) for unit in units]
