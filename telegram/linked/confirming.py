"""Confirming what is due, by the doors of the letter's link: what waits, one press, and taking it back.

Rule: a press confirms what the message showed, and the message shows what everybody reads. The others are a number and
a way to the site: a chat with a bot lies in somebody else's cloud, and nobody should confirm what they do not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.pages.addresses import Page, path_to
from directory.asking.queries import current_listings, read_rows
from messaging.models import Correspondent, Message
from messaging.people import posts_of
from reading import presenters
from reading.asked import Asked
from reading.shapes import Card
from telegram.linked.actions import Act, act
from telegram.public.finding import site
from telegram.screens import Button, Screen, shorten
from verification import answering
from verification.letters.links import issue_link
from verification.letters.occasions.listings import waiting
from verification.models import CheckMethod, ConfirmationLink, ListingState

if TYPE_CHECKING:
    from accounts.models import User

#: So many listings in one message; the next message has the others.
SHOWN, LONGEST = 6, 420


def due(user: User) -> Screen:
    """One message for each organisation of the person would be many: the first one that has something due."""
    for post in posts_of(user):
        if post.organization is not None and (screen := for_post(post)) is not None:
            return screen
    return Screen(_("Nothing is due. Thank you!"), (_home(),))


def for_post(post: Correspondent, message: Message | None = None) -> Screen | None:
    """What is due in one organisation; None when nothing is."""
    organization = post.organization
    states = waiting(organization) if organization else []
    if organization is None or not states:
        return None
    cards = public_cards([state.listing.public_id for state in states])
    shown = [state for state in states if state.listing.public_id in cards][:SHOWN]
    head = _("Please confirm: %(organization)s") % {"organization": shorten(organization.name, 80)}
    lines = [_told(cards[state.listing.public_id]) for state in shown]
    later, others = len(cards) - len(shown), len(states) - len(cards)
    if later:
        told = ngettext("%(n)d more in the next message.", "%(n)d more in the next message.", later)
        lines.append(told % {"n": later})
    if others:
        told = ngettext("%(n)d more waits on the site.", "%(n)d more wait on the site.", others)
        lines.append(told % {"n": others})
    lines.append(_("Something is different? Correct it here: %(site)s") % {"site": site(path_to(Page.DESK))})
    return Screen("\n\n".join([head, *lines]), _answers(post, shown, message))


def _answers(
    post: Correspondent, shown: Sequence[ListingState], message: Message | None
) -> tuple[tuple[Button, ...], ...]:
    if not shown:
        return ()
    stale = ConfirmationLink.objects.filter(correspondent=post, method=CheckMethod.TELEGRAM, message=None)
    stale.filter(first_used_at=None).delete()  # a newer message stands below them
    _link, handle = issue_link(to=post, states=shown, message=message, method=CheckMethod.TELEGRAM)
    label = _("Everything is right (%(n)d)") % {"n": len(shown)}
    rows: tuple[tuple[Button, ...], ...] = ((act(label, Act.ALL_RIGHT, handle),),)
    return rows if len(shown) == 1 else (*rows, (act(_("One by one"), Act.EACH, handle),))


def all_right(user: User, handle: str) -> Screen:
    """Each listing of the handle that nobody has answered or changed since."""
    link = answering.find_link(handle, chat_of=user)
    open_items = [line.item.public_id for line in answering.lines_of(link) if line.standing == "open"]
    return _thanks(user, handle, answering.confirm(token=handle, items=open_items, chat_of=user))


def one_right(user: User, handle: str, item: str) -> Screen:
    done = answering.confirm(token=handle, items=[item], chat_of=user)
    return each(user, handle) if done and _open(user, handle) else _thanks(user, handle, done)


def each(user: User, handle: str) -> Screen:
    """A button for each that still waits."""
    lines = _open(user, handle)
    cards = public_cards([line.item.listing.public_id for line in lines])
    rows = [
        (
            act(
                shorten(f"✓ {cards[line.item.listing.public_id]['title']}", 60),
                Act.ONE_RIGHT,
                handle,
                line.item.public_id,
            ),
        )
        for line in lines
        if line.item.listing.public_id in cards
    ]
    if not rows:
        return Screen(_("Nothing of this waits any more."), (_home(),))
    undo = ((act(_("Undo"), Act.UNDO, handle),),) if _undoable(user, handle) else ()
    return Screen(_("Which of these is right as it stands on the map?"), (*rows, *undo))


def undone(user: User, handle: str) -> Screen:
    answering.undo(token=handle, items=_undoable(user, handle) or _answered(user, handle), chat_of=user)
    return Screen(_("Taken back. Everything is as it was."), (_home(),))


def _thanks(user: User, handle: str, done: Sequence[object]) -> Screen:
    """What was done, and what could not be: somebody was quicker, or the listing has changed since the message."""
    if not done:
        text = _("Nothing was confirmed: it was answered already, or has changed since. What waits now:")
        return Screen(text, (_home(),))
    told = ngettext("Thank you! %(n)d was confirmed.", "Thank you! %(n)d were confirmed.", len(done)) % {"n": len(done)}
    changed = sum(
        1 for line in answering.lines_of(answering.find_link(handle, chat_of=user)) if line.standing == "changed"
    )
    if changed:
        told += "\n\n" + ngettext(
            "%(n)d has changed since: please look.", "%(n)d have changed since: please look.", changed
        ) % {"n": changed}
    return Screen(told, ((act(_("Undo"), Act.UNDO, handle),), _home()))


def _open(user: User, handle: str) -> list[answering.LinkLine]:
    lines = answering.lines_of(answering.find_link(handle, chat_of=user))
    return [line for line in lines if line.standing == "open"]


def _answered(user: User, handle: str) -> list[str]:
    lines = answering.lines_of(answering.find_link(handle, chat_of=user))
    return [line.item.public_id for line in lines if line.standing == "answered"]


def _undoable(user: User, handle: str) -> list[str]:
    return [
        line.item.public_id for line in answering.lines_of(answering.find_link(handle, chat_of=user)) if line.can_undo
    ]


def public_cards(ids: Iterable[str]) -> dict[str, Card]:
    """What everybody reads of these listings, by their id; those that the public does not see are not there."""
    asked = Asked.now("public")
    rows = read_rows(current_listings("public", asked.at).filter(id__in=list(ids)), asked.at)
    return {card["id"]: card for card in presenters.cards(rows, asked.vocabulary, asked.audience, asked.at)}


def _told(card: Card) -> str:
    where = card["address"] or card["city"]
    texts = (f"▪ {card['title']}", where, card["open"]["text"], card["phone"], card["notice"])
    return shorten("\n".join(filter(None, texts)), LONGEST)


def _home() -> tuple[Button, ...]:
    return (act(_("What is due"), Act.DUE),)
