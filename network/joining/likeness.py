"""Whether an applicant only looks like somebody: letters of two alphabets in a word, a member's name or web address.

Rule: it warns whoever checks and refuses nothing; two honest houses may be called alike. Compared are skeletons: what
letters look like on a screen, as Unicode's list of confusables has it for Latin, Cyrillic and Greek (UTS 39).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.spelling.folding import folded
from network.joining.models import Application
from organizations.models import MemberStatus, Organization

#: Letters of lower case that look like a Latin one, they or their capitals; i, l and 1 are one sign in many typefaces.
_LOOKS = str.maketrans(
    "авекмнорстухіїјѕԁһԛԝґαβεικμνορτυχωlı01345|",
    "abekmhopctyxiijsdhqwгabeikmvoptyxwiioiзчsi",
)
_PAIRS = (("rn", "m"), ("vv", "w"))
_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _OTHER = re.compile("[a-z]", re.IGNORECASE), re.compile("[\u0370-\u052f]")
#: Where many houses have a page each: the address counts with its path.
_SHARED = frozenset(
    {
        *("facebook.com", "instagram.com", "t.me", "vk.com", "ok.ru", "youtube.com", "linktr.ee", "taplink.cc"),
        *("sites.google.com", "telegra.ph"),
    }
)
#: A shorter address is found in too many others.
SHORTEST = 6
_STANDING = (MemberStatus.MEMBER, MemberStatus.ASSOCIATE, MemberStatus.SUSPENDED)


@dataclass(frozen=True)
class Resemblance:
    """`kind` is mixed_name, like_name, mixed_address, same_address or like_address; of whom, and what it is like."""

    kind: str
    organization: Organization | None = None
    said: str = ""


def skeleton(text: str) -> str:
    """What the text looks like: equal for “Дoм” with a Latin o and «Дом», for rn and m, with and without hyphens."""
    plain = _NO_LETTER.sub("", folded(text)).translate(_LOOKS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def is_mixed(text: str) -> bool:
    """Whether a word has letters of two alphabets that look alike."""
    return any(_LATIN.search(word) and _OTHER.search(word) for word in _WORD.findall(text))


def address_of(website: str) -> str:
    """The host as people read it, with its path where many share the host; "" for what is none."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(website if "//" in website else f"//{website}")
        host = (parts.hostname or "").removeprefix("www.")
        with contextlib.suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
        return host + parts.path.rstrip("/").lower() if host in _SHARED else host
    return ""


def likenesses(application: Application) -> list[Resemblance]:
    """Everything that whoever checks should look at twice; each organisation once for its name and its address."""
    names = [name for name in (application.name, application.name_en) if name]
    address = address_of(application.website)
    found = [Resemblance("mixed_name", said=name) for name in names if is_mixed(name)]
    if is_mixed(address):
        found.append(Resemblance("mixed_address", said=address))
    others = Organization.objects.filter(member_status__in=_STANDING).exclude(pk=application.organization_id or 0)
    looks = {skeleton(name) for name in names}
    for other in others.order_by("name", "pk"):
        found += _of_name(looks, other)
        found += _of_address(address, other)
    return found


def _of_name(looks: set[str], other: Organization) -> Iterator[Resemblance]:
    told = (other.name, getattr(other, "name_en", None), other.name_local, other.short_name)
    like = next((name for name in told if name and skeleton(name) in looks), None)
    if like is not None:
        yield Resemblance("like_name", other, like)


def _of_address(address: str, other: Organization) -> Iterator[Resemblance]:
    theirs = address_of(other.website)
    if not address or not theirs:
        return
    if address == theirs or address.endswith(f".{theirs}"):
        yield Resemblance("same_address", other, theirs)
    elif _name_of(address) == _name_of(theirs) or (len(theirs) >= SHORTEST and skeleton(theirs) in skeleton(address)):
        yield Resemblance("like_address", other, theirs)


def _name_of(address: str) -> str:
    """The skeleton of an address without its last part: dom-0.org and dom0.com are one; of a shared one its path."""
    host, _slash, path = address.partition("/")
    return skeleton(path or host.rpartition(".")[0] or host)
