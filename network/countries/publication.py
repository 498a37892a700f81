"""What readers get of a fact, written in the transaction of the approval."""

from __future__ import annotations

from directory.crossing.content import Texts
from directory.stores import landstore
from network.countries.models import CountryFact, FactState, FactVisibility
from verification.snapshots import texts

_SAME = (
    *("country", "topic", "answer", "risk", "source_title", "source_link", "source_article", "source_language"),
    *("checked_on", "valid_until", "asked_again_on"),
)


def publish(fact: CountryFact) -> None:
    """The rows as the fact stands now: none unless it is in force, none for the public unless everybody may know."""
    if fact.state != FactState.PUBLISHED or fact.checked_by is None:
        landstore.drop_fact(fact.public_id)
        return
    written: dict[str, Texts] = {name: texts(fact, name) for name in ("brief", "statement")}
    values = {name: getattr(fact, name) for name in _SAME} | {"checked_by": fact.checked_by.public_id} | written
    landstore.put_fact(fact.public_id, values, is_public=fact.visibility == FactVisibility.PUBLIC)


def publish_all() -> int:
    """Every fact in force anew and no other, when the directory is made anew; how many there are."""
    facts = list(CountryFact.objects.published().select_related("checked_by"))
    landstore.keep_facts([fact.public_id for fact in facts])
    for fact in facts:
        publish(fact)
    return len(facts)
