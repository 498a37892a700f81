"""Which part of the matrix a page was asked for. Whatever is not known is as if it were not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.names import names
from network.gaps.cells import LEFT_OUT, Matrix, matrix
from network.gaps.matrix import GROUP, LANGUAGE

#: Cuts of the matrix, in the order of the tabs: of one country by group, by country, on a way, by language.
VIEWS = ("groups", "countries", "ways", "languages")
Choice = tuple[str, str]


@dataclass(frozen=True)
class MatrixAsked:
    """`column` narrows the table to one of its columns, "" to none; on a phone one is shown anyhow."""

    view: str
    country: str
    group: str
    section: str
    column: str
    cut: Matrix

    @property
    def columns(self) -> list[str]:
        """Codes of the columns; "" is everybody, or every language."""
        others = [code for code in self.cut.countries if code != self.country]
        found = {"groups": ["", *self.cut.ones], "countries": self.cut.countries, "ways": others}
        return found.get(self.view, ["", *self.cut.ones])

    @property
    def shown(self) -> list[str]:
        return [self.column] if self.column in self.columns[1:] or self.column else self.columns

    @property
    def main(self) -> str:
        """The column that a phone shows."""
        if self.column in self.columns:
            return self.column
        return self.country if self.view == "countries" else self.columns[0]

    def query(self, **other: str) -> str:
        """The address of the same question with other parts of it."""
        own = {"view": self.view, "country": self.country, "group": self.group, "section": self.section,
               "column": self.column}  # fmt: skip
        return urlencode({name: value for name, value in (own | other).items() if value})


def asked(query: QueryDict | Mapping[str, str], home: str = "") -> MatrixAsked:
    """`home` is the country of the person, with which the page opens."""
    view = query.get("view", "")
    view = view if view in VIEWS else "groups"
    cut = matrix(names(), LANGUAGE if view == "languages" else GROUP)
    country = query.get("country", "")
    country = country if country in cut.countries else (home if home in cut.countries else cut.countries[0])
    group, section = query.get("group", ""), query.get("section", "")
    found = MatrixAsked(
        view=view,
        country=country,
        group=group if view == "countries" and group in cut.ones else "",
        section=section if section in names().tree and section != LEFT_OUT else "",
        column="",
        cut=cut,
    )
    column = query.get("column", "")
    return found if column not in found.columns else MatrixAsked(**(vars(found) | {"column": column}))


def column_name(view: str, code: str) -> str:
    if view in ("countries", "ways"):
        return country_name(code)
    if view == "languages":
        return names().name("language", code) if code else _("Any language")
    return names().scheme("group")[code].short() if code else _("Everybody")


def countries_by_name(cut: Matrix) -> list[Choice]:
    return sorted(((code, country_name(code)) for code in cut.countries), key=lambda pair: reading_key(pair[1]))


def sections() -> list[Choice]:
    return [(code, names().name("service", code)) for code in names().tree if code != LEFT_OUT]


def groups() -> list[Choice]:
    return [(code, term.short()) for code, term in names().scheme("group").items() if not term.is_retired]
