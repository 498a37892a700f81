"""What everybody reads of the network's papers, written in the transaction of the decision.

Rule: of a paper that is marked for everybody, the last adopted version in each language, its text and by whom it was
adopted, in the words of its kind. The words of the decision and the body's own name stay among members; a file stays
behind the login.
"""

from __future__ import annotations

from typing import cast

from django.utils import translation

from core.languages import codes
from directory.stores import newsstore
from network.decisions.models import Decision, Document, DocumentVersion
from network.decisions.models.words import Audience, BodyKind
from verification.snapshots import texts


def publish(document: Document) -> None:
    """The rows as the paper stands now. Its last day is compared where it is read, so nothing has to end it."""
    newsstore.put_papers(document.public_id, _rows(document))


def publish_all() -> int:
    """Every paper for everybody anew and no other, when the directory is made anew; how many there are."""
    papers = list(Document.objects.filter(audience=Audience.PUBLIC).select_related("body"))
    newsstore.keep_papers([paper.public_id for paper in papers])
    for paper in papers:
        publish(paper)
    return len(papers)


def _rows(document: Document) -> list[newsstore.Row]:
    if document.audience != Audience.PUBLIC or document.repealed_by_id is not None:
        return []
    adopted = document.versions.filter(adopted_by__isnull=False).select_related("adopted_by__body")
    last: dict[str, DocumentVersion] = {}
    for version in adopted.order_by("number"):
        last[version.language] = version
    return [_row(document, version) for version in last.values()]


def _row(document: Document, version: DocumentVersion) -> newsstore.Row:
    decision = cast(Decision, version.adopted_by)  # those that were not adopted are not asked for
    return {
        "id": version.public_id,
        "paper": document.public_id,
        "kind": document.kind,
        "title": texts(document, "title"),
        "language": version.language,
        "number": version.number,
        "text": version.text,
        "has_file": bool(version.file),
        "adopted_on": decision.decided_at.date(),
        "body": _in_words(decision.body.kind),
        "ground": "vote" if decision.vote_id is not None else "meeting",
        "valid_until": version.valid_until,
    }


def _in_words(kind: str) -> dict[str, str]:
    """What kind of body it is, in every language."""
    told = {}
    for code in codes():
        with translation.override(code):
            told[code] = str(BodyKind(kind).label)
    return told
