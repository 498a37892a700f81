"""Template tags of the front end: icons, pins and the import map of our ES modules."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree as ET

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms.utils import flatatt
from django.template.defaultfilters import floatformat
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.sentences import in_a_row, lower_first

register = template.Library()


class Shape(TypedDict):
    """One element of an icon."""

    tag: str
    attributes: list[tuple[str, str]]


_SVG = "{http://www.w3.org/2000/svg}"
_FAMILY = "family-"
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
_VENDOR_MODULES = {
    "leaflet": "vendor/leaflet/leaflet.js",
    "protomaps-leaflet": "vendor/protomaps-leaflet/protomaps-leaflet.js",
}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "phone" %}`: one icon of the sprite, drawn in the page, in the colour of the text.

    Without a template: it stands inside running text, where the newline that ends a file would be seen as a space.
    """
    classes = f"icon {extra}" if extra else "icon"
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, _drawn(name))


@register.simple_tag
def family_icon(family: str) -> SafeString:
    """The pictogram on the pin of a family of services; nothing for a family that has none."""
    name = _FAMILY + family
    return icon(name) if name in _icons() else SafeString()


@register.inclusion_tag("components/icon_symbols.html")
def icon_symbols(start: str = "") -> dict[str, list[tuple[str, list[Shape]]]]:
    """The icons that scripts use, as symbols `#icon-<name>`: all, or those whose names start so."""
    return {"symbols": [(name, _icons()[name]) for name in SCRIPT_ICONS if name.startswith(start)]}


register.filter(lower_first)
register.filter(in_a_row)


@register.filter
def kilometres(distance: float) -> str:
    """As static/js/map/card.js says it: with one decimal where that is worth a walk."""
    return floatformat(distance, "-1g" if distance < 10 else "0g")


@register.filter
def unbroken(text: str) -> str:
    """Periods of time that no line breaks inside: a word joiner on each side of every dash."""
    return text.replace("–", "\u2060–\u2060")


@register.inclusion_tag("components/import_map.html", takes_context=True)
def import_map(context: template.Context) -> dict[str, object]:
    """Names of our ES modules and their addresses, which are hashed in production."""
    files = {f"#{name}": f"js/{name}" for name in _module_names()} | _VENDOR_MODULES
    request = context.get("request")
    return {
        "modules": [(name, static(path)) for name, path in files.items()],
        "nonce": getattr(request, "csp_nonce", ""),
    }


@register.inclusion_tag("components/preload_modules.html")
def preload_modules(*folders: str) -> dict[str, list[str]]:
    """Fetch the modules of these folders, and the libraries, at once instead of one import after the other."""
    wanted = [f"js/{name}" for name in _module_names() if name.partition("/")[0] in folders]
    return {"addresses": [static(path) for path in (*_VENDOR_MODULES.values(), *wanted)]}


@cache
def _module_names() -> tuple[str, ...]:
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
