"""A sign never stands alone: whoever does not know it, or does not see it, reads or hears the word beside it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path for path in ROOT.rglob("*.html") if re.search(r"{% (icon|pin|ring) ", path.read_text()))
#: What is pressed as a whole, and so must say itself what it does.
PRESSED = ("a", "button", "summary", "label", "option")
#: How many elements further out a word may stand that belongs to the sign.
NEAR = 3
#: A piece that is put beside its word by whoever includes it.
PIECES = {"components/mark.html", "components/ring.html"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}


class Element:
    def __init__(self, tag: str, parent: Element | None) -> None:
        self.tag, self.parent, self.has_words = tag, parent, False

    def says(self) -> None:
        """Words are of every element around them."""
        at: Element | None = self
        while at:
            at.has_words, at = True, at.parent


class Read(HTMLParser):
    """The elements in which signs stand."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Element("", None)
        self.signs: list[Element] = []

    def handle_starttag(self, tag, attrs):
        if tag == "sign":
            self.signs.append(self.at)
            return
        named = any(name in ("aria-label", "alt", "title") and value for name, value in attrs)
        inner = Element(tag, self.at)
        if named:
            inner.says()
        if tag not in VOID:
            self.at = inner

    def handle_startendtag(self, tag, attrs):
        if tag == "sign":
            self.signs.append(self.at)

    def handle_endtag(self, tag):
        at: Element | None = self.at
        while at and at.tag != tag:
            at = at.parent
        self.at = at.parent if at and at.parent else self.at

    def handle_data(self, data):
        if re.search(r"\w", data):
            self.at.says()


def signs(text: str) -> list[Element]:
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% (icon|pin) [^%]*%}", "<sign>", text)
    text = re.sub(r"{%-? *(blocktranslate|translate|include|spaceless)\b[^%]*%}|{{[^}]*}}", "words", text)
    read = Read()
    read.feed(re.sub(r"{%.*?%}", "", text, flags=re.DOTALL))
    return read.signs


def stands_alone(sign: Element) -> bool:
    at: Element | None = sign
    for _step in range(NEAR):
        if at is None or not at.tag:
            return False  # the piece is put into something by whoever includes it
        if at.has_words:
            return False
        if at.tag in PRESSED:
            return True
        at = at.parent
    return at is not None and bool(at.tag) and not at.has_words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_sign_has_its_word(path):
    if str(path.relative_to(ROOT)) in PIECES:
        return
    alone = [one.tag for one in signs(path.read_text()) if stands_alone(one)]
    assert not alone, "a word beside the sign, or one for those who hear the page (visually-hidden)"


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ('<ul><li><a href="x">{% icon "phone" %}</a> Позвонить</li></ul>', True),
        ('<a href="x">{% icon "phone" %}{% translate "Call" %}</a>', False),
        ('<button>{% icon "x" %}<span class="visually-hidden">Закрыть</span></button>', False),
        ('<button aria-label="Закрыть">{% icon "x" %}</button>', False),
        ('<ul><li><span class="easy-sign">{% icon kind.icon %}</span><span>{{ kind.name }}</span></li></ul>', False),
        ('<main><section><div><p><span>{% pin "law" %}</span></p></div></section></main>', True),
    ],
)
def test_the_look_finds_a_sign_that_stands_alone(text, is_alone):
    (sign,) = signs(text)
    assert stands_alone(sign) is is_alone
