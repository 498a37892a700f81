"""Schemes of the vocabulary as taxonomies, their words as terms, and what a listing says by them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.shown.rows import ListingRow
from directory.vocabulary import KnownTerm, Vocabulary, localised
from reading.hsds.ids import derived
from reading.hsds.words import Told, full


@dataclass(frozen=True)
class Taxonomy:
    """`columns` hold its codes in a listing; `link_type` is the standard's word for what it says of a service."""

    scheme: str
    name: str | Promise
    link_type: str
    columns: tuple[str, ...]


TAXONOMIES = (
    Taxonomy("service", _("Kinds of services"), "service_type", ("types", "tops")),
    Taxonomy("group", _("Target groups"), "population", ("group_codes",)),
    Taxonomy("status", _("Migration statuses"), "eligibility", ("statuses",)),
    Taxonomy("document", _("Documents"), "required_document", ("documents",)),
    Taxonomy("attribute", _("Further answers"), "attribute", ("attributes",)),
)
_BY_ID = {derived("taxonomy", one.scheme): one for one in TAXONOMIES}


def taxonomy_of(text: str) -> Taxonomy | None:
    return _BY_ID.get(text.lower())


def taxonomy(one: Taxonomy) -> Told:
    return full(id=derived("taxonomy", one.scheme), name=str(one.name), description=str(one.name), x_code=one.scheme)


def terms(vocabulary: Vocabulary, one: Taxonomy) -> list[KnownTerm]:
    return list(vocabulary.scheme(one.scheme).values())


def term_of(vocabulary: Vocabulary, text: str) -> tuple[Taxonomy, KnownTerm] | None:
    """The term with this UUID: a few hundred are looked through."""
    wanted = text.lower()
    every = ((one, term) for one in TAXONOMIES for term in terms(vocabulary, one))
    return next((found for found in every if term_id(found[1]) == wanted), None)


def term_id(term: KnownTerm) -> str:
    return derived("term", term.scheme, term.code)


def term(one: Taxonomy, known: KnownTerm, *, with_taxonomy: bool = False) -> Told:
    """The description is the hint that people read, else the name once more: the standard asks for one."""
    parent = derived("term", known.scheme, known.parent) if known.parent else ""
    return full(
        id=term_id(known),
        code=known.code,
        name=known.name(),
        description=localised(known.data.get("hint")) or known.name(),
        parent_id=parent,
        taxonomy=str(one.name),
        taxonomy_id=derived("taxonomy", one.scheme),
        taxonomy_detail=taxonomy(one) if with_taxonomy else None,
    )


def attributes(row: ListingRow, vocabulary: Vocabulary, owner: str) -> list[Told]:
    """What a service says by codes; of groups and statuses that were retired nobody is told."""
    said = {
        "service": row.types,
        "group": list(row.groups),
        "status": row.statuses,
        "document": [code for code in row.documents if code != "none"],
        "attribute": row.attributes,
    }
    return [
        full(
            id=derived("attribute", owner, one.scheme, code),
            link_id=owner,
            link_entity="service",
            link_type=one.link_type,
            label=found.name(),
            taxonomy_term_id=term_id(found),
            taxonomy_term=term(one, found),
        )
        for one in TAXONOMIES
        for code in said[one.scheme]
        if (found := vocabulary.scheme(one.scheme).get(code))
    ]
