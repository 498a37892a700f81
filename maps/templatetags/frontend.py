"""Template tags of the front end: icons, pins and the import map of our ES modules.

What stands on a page by the hundred (icons, pins, seals, choices) is drawn here and not by a template: a template that
is included takes fifty times as long as its text.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree as ET

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.languages import active, by_code, is_preview
from core.phrasing.direction import is_right_to_left
from core.phrasing.numbers import in_figures
from core.phrasing.sentences import in_a_row, lower_first
from maps.embeds.snippets import oembed_of
from maps.languages import ONE_ADDRESS, in_languages
from maps.shared import shared
from reading.presenters.choices import Option

register = template.Library()


class Shape(TypedDict):
    """One element of an icon."""

    tag: str
    attributes: list[tuple[str, str]]


_FAMILY = "family-"
_SVG = "{http://www.w3.org/2000/svg}"
#: Icons that scripts draw; they stand in the page as symbols, because a sandboxed embed may not fetch a sprite.
SCRIPT_ICONS = (
    "search",
    "x",
    "check",
    "plus",
    "minus",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "arrow-down",
    "list",
    "map",
    "map-pin",
    "locate-fixed",
    "navigation",
    "copy",
    "star",
    "phone",
    "clock",
    "badge-check",
    "hourglass",
    "circle-question-mark",
    "triangle-alert",
    "wifi-off",
    "refresh-cw",
    "circle-check",
    "circle-minus",
    "circle-x",
    "ban",
    "sliders-horizontal",
    "info",
    "move",
    "user",
    "languages",
    "banknote",
    "id-card",
    "monitor-smartphone",
    "family-health",
    "family-harm",
    "family-support",
    "family-law",
    "family-safety",
    "family-life",
    "family-network",
)
#: They point along the text: where that runs from right to left, they are turned (static/js/lib/dom.js, too).
POINTING = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right"})
_SEALS = {"fresh": "badge-check", "due": "hourglass"}
_CHOICE = (
    '<label class="choice{}" data-option>\n  <input type="checkbox" name="{}" value="{}" {}>\n  <span>{}<span\n'
    '      data-option-name\n      {}\n    >{}</span></span> <span class="count" data-count="{}:{}">{}</span>\n  {}\n'
    "</label>\n"
)
_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# Written here, with no word of anybody's in it.
_PLAIN, _TERM = '<span class="plain">{}</span>\n', mark_safe('class="term"')
_CHECKED = mark_safe("checked")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "phone" %}`: one icon of the sprite, drawn in the page, in the colour of the text.

    Without a newline at its end, which would be seen as a space inside running text.
    """
    classes = f"icon {extra}" if extra else "icon"
    return _svg(name, f"{classes} turned" if name in POINTING and is_right_to_left() else classes)


@register.simple_tag
def pin(family: str, size: str = "", *, stale: bool = False) -> SafeString:
    """`{% pin "law" size="s" %}`: the pin of a family of services, as the map draws it."""
    return _pin(family, f"pin {size}" if size else "pin", bool(stale))


@register.simple_tag
def family_icon(family: str) -> SafeString:
    """The pictogram on the pin of a family of services; nothing for a family that has none."""
    name = _FAMILY + family
    return icon(name) if name in _icons() else SafeString()


@register.simple_tag
def seal(freshness: str, checked: Mapping[str, object]) -> SafeString:
    """When, how and by whom something was checked, and whether that is still believed."""
    shape = icon(_SEALS.get(freshness, "circle-question-mark"))
    return format_html('<span class="seal {}">\n  {}\n  <span>{}</span>\n</span>\n', freshness, shape, checked["text"])


@register.simple_tag
def choices(options: Iterable[Option], param: str, without: str = "") -> SafeString:
    """`{% choices facets.cost "cost" %}`: a box to tick for each value of a filter, with how many listings it finds."""
    return format_html_join("", "{}", ((_choice(one, param),) for one in options if one["code"] != without))


def _choice(option: Option, param: str) -> SafeString:
    """In everyday words first, where there are some, with the term beside them."""
    plain, code = option.get("plain", ""), option["code"]
    help_text = format_html('<span class="help">{}</span>', hint) if (hint := option.get("hint")) and not plain else ""
    box = format_html(
        _CHOICE, "" if option["count"] else " zero", param, code, _CHECKED if option["selected"] else "",
        format_html(_PLAIN, plain) if plain else "", _TERM if plain else "", _whole_name(option),
        param, code, option["count"], help_text,
    )  # fmt: skip
    return format_html('<div data-country="{}">{}</div>\n', option["country"], box) if "country" in option else box


def _whole_name(option: Option) -> str:
    """An answer with its attribute, which is heard, and read on the chip, and stands above the boxes for the eye."""
    of = option.get("of")
    return format_html('<span class="visually-hidden">{}: </span>{}', of, option["name"]) if of else option["name"]


@cache
def _svg(name: str, classes: str) -> SafeString:
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, _drawn(name))


@cache
def _pin(family: str, classes: str, stale: bool) -> SafeString:
    html = '<span class="{}{}" data-family="{}" aria-hidden="true">\n  {}\n</span>\n'
    return format_html(html, classes, " stale" if stale else "", family, family_icon(family))


@register.simple_tag
@cache
def icon_symbols(start: str = "") -> SafeString:
    """The icons that scripts use, as symbols `#icon-<name>`: all, or those whose names start so."""
    symbols = ((name, _drawn(name)) for name in SCRIPT_ICONS if name.startswith(start))
    drawn = format_html_join("\n", '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>', symbols)
    return format_html("<svg hidden>\n{}\n</svg>\n", drawn)


register.filter(lower_first)
register.filter(in_a_row)


@register.filter
def kilometres(distance: float) -> str:
    """As static/js/map/card.js says it: with one decimal where that is worth a walk."""
    return in_figures(distance, decimals=1 if distance < 10 else 0)


@register.filter(is_safe=True)
def in_threes(text: str) -> str:
    """Long numbers of a sentence with a sign between their thousands, as static/js/lib/text.js writes them."""
    return re.sub(r"\d{5,}", lambda found: in_figures(int(found[0])), text)


@register.filter
def unbroken(text: str) -> str:
    """Periods of time that no line breaks inside: a word joiner on each side of every dash."""
    return text.replace("–", "\u2060–\u2060")


@register.simple_tag(takes_context=True)
def oembed_link(context: template.Context) -> SafeString:
    """By this a program that was given the address of the page finds its embed (oEmbed 1.0, discovery)."""
    request = context["request"]
    address = oembed_of(request.build_absolute_uri(reverse("oembed")), request.build_absolute_uri())
    link = '<link rel="alternate" type="application/json+oembed" href="{}" title="{}">'
    return format_html(link, address, _("Service map"))


@register.simple_tag(takes_context=True)
def import_map(context: template.Context) -> SafeString:
    """Names of our ES modules and their addresses; where modules are joined, of those alone that come on demand."""
    return in_the_page(context, _imports(), ' type="importmap"')


@register.simple_tag(takes_context=True)
def plain_script(context: template.Context) -> SafeString:
    """static/js/plain.js in the page itself: it is there before anything can break, and nobody waits for it."""
    return in_the_page(context, _plain())


def in_the_page(context: template.Context, text: SafeString, attributes: str = "") -> SafeString:
    """A script in the page.

    A page that many are given alike says what it is by a digest: a nonce that stays the same would be none.
    """
    request = context.get("request")
    digests: set[str] | None = getattr(request, "csp_digests", None)
    kind = mark_safe(attributes)  # noqa: S308  (written above)
    if digests is not None:
        digests.add(_digest(text))
        return format_html("<script{}>{}</script>\n", kind, text)
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script{} nonce="{}">{}</script>\n', kind, nonce, text)


@register.simple_tag
@cache
def preload_modules(*folders: str) -> SafeString:
    """Fetch the modules of these folders, and the libraries, at once instead of one import after the other.

    Where they are joined there is nothing to fetch ahead.
    """
    if are_joined():
        return SafeString()
    wanted = [f"js/{name}" for name in module_names() if name.partition("/")[0] in folders]
    addresses = ((static(path),) for path in (*settings.LIBRARIES.values(), *wanted))
    return format_html_join("", '  <link rel="modulepreload" href="{}">\n', addresses)


@register.simple_tag
@cache
def sheets(group: str) -> SafeString:
    """`{% sheets "map" %}`: style sheets as servicemap/settings/assets.py names them, or the file that they are in."""
    if are_joined():
        return format_html('<link rel="stylesheet" href="{}">\n', static(f"css/of/{group}.css"))
    named = (one if isinstance(one, tuple) else (one, "all") for one in settings.SHEETS[group])
    links = ((static(path), media) for path, media in named)
    return format_html_join("", '<link rel="stylesheet" href="{}" media="{}">\n', links)


@register.simple_tag(takes_context=True)
def same_elsewhere(context: template.Context) -> SafeString:
    """The page's one address, and the same page in every language, itself included: both ways, or it counts nowhere.

    Only pages that search engines may keep have it; no place that hides its door does.
    """
    request, place = context.get("request"), context.get("place")
    match = getattr(request, "resolver_match", None)
    is_hiding = isinstance(place, Mapping) and not place["is_remote"] and place["precision"] != "exact"
    if request is None or match is None or match.view_name not in ONE_ADDRESS or is_hiding:
        return SafeString()
    if is_preview(active()):
        return SafeString()
    found = in_languages(request, match.view_name, match.kwargs)
    canonical = format_html('<link rel="canonical" href="{}">\n', found[active()])
    rows = [*((by_code(code).tag, at) for code, at in found.items()), ("x-default", found[settings.LANGUAGE_CODE])]
    links = format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">\n', rows)
    return canonical + links + shared(request, match, found[active()])


@register.simple_tag
def inline_sheet(rules: str) -> SafeString:
    """Rules that one address asks for, as they are: the policy of the page names them by their digest."""
    return format_html("<style>{}</style>", rules) if rules else SafeString()


def are_joined() -> bool:
    """Whether files were collected so that a page needs few of them (servicemap/statics/storage.py)."""
    return getattr(staticfiles_storage, "joins", False)


@cache
def _imports() -> SafeString:
    files = {f"#{name}": f"js/{name}" for name in module_names()} | settings.LIBRARIES | settings.ON_DEMAND
    files = settings.ON_DEMAND if are_joined() else files
    pairs = format_html_join(", ", '"{}": "{}"', ((name, static(path)) for name, path in files.items()))
    return format_html('{{"imports": {{ {} }}}}', pairs)


@cache
def _plain() -> SafeString:
    """Without its comments. A file of ours, with no word of anybody's in it."""
    text = (Path(settings.BASE_DIR) / "static" / "js" / "plain.js").read_text()
    return mark_safe(re.sub(r"(?m)^\s*//.*\n|^ +", "", text))  # noqa: S308  (our own file)


@cache
def _digest(text: str) -> str:
    """As a Content-Security-Policy names a script that it allows."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def module_names() -> tuple[str, ...]:
    """`map/state.js`, … : every module in a folder of static/js, tests aside."""
    root = Path(settings.BASE_DIR) / "static" / "js"
    found = (path.relative_to(root) for path in sorted(root.glob("*/*.js")))
    return tuple(path.as_posix() for path in found if path.parts[0] != "tests")


@cache
def _icons() -> dict[str, list[Shape]]:
    """Shapes of each icon: `{"tag": "path", "attributes": [("d", "…")]}`. The sprite is a file of ours."""
    sprite = str(finders.find("icons/sprite.svg"))
    return {symbol.get("id", ""): [_shape(s) for s in symbol] for symbol in ET.parse(sprite).getroot()}  # noqa: S314


@cache
def _drawn(name: str) -> SafeString:
    shapes = ((shape["tag"], flatatt(dict(shape["attributes"]))) for shape in _icons()[name])
    return format_html_join("", "<{}{}/>", shapes)


def _shape(element: ET.Element) -> Shape:
    return {"tag": element.tag.removeprefix(_SVG), "attributes": list(element.attrib.items())}
