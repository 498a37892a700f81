"""Names and numbers for templates, in the letters and the direction of the page; built into every template."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.languages import SOURCE, active, by_code, is_preview
from core.phrasing import direction, sentences
from core.phrasing.marks import mark_noted
from core.spelling.latin import spelt
from tools.local.network_file import BRANDS

register = template.Library()
register.filter("spelt", spelt)
register.filter("country_name", country_name)
register.filter("isolated_text", direction.isolated)
register.filter("joined", sentences.joined)
register.filter("as_told", lambda error: mark_noted(str(error)))


@register.filter
def isolated(value: object) -> object:
    """`{{ place.title|isolated }}`: a value from data keeps its own order of letters inside the line."""
    text = "" if value is None else str(value)
    return format_html("<bdi>{}</bdi>", value) if direction.needs_isolation(text) else value


@register.filter
def dialled(value: object) -> object:
    """`{{ line.phone|dialled }}`: what is read from left to right in every script, as a phone, a code or a link."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value and direction.is_right_to_left() else value


@register.simple_tag
def unchecked_words(classes: str = "demo-strip") -> SafeString:
    """Once on a page of a preview: that nobody who speaks its language has looked at all of its words."""
    if not is_preview(active()):
        return SafeString()
    text = _("Nobody has checked this translation yet: where much depends on a word, please ask.")
    return format_html('<p class="{}" data-unchecked>{}</p>\n', classes, text)


@register.simple_tag
def source_tag() -> str:
    """The language in which texts are written first, for `lang`: another network has another one."""
    return by_code(SOURCE).tag


@register.simple_tag
def comma() -> str:
    """What stands between two parts of a line, as the page's language writes it."""
    return sentences.between()


@register.simple_tag
def one_to_another(*values: object) -> str:
    """`{% one_to_another here.name there.name %}`: with an arrow that points as the page is read."""
    return sentences.one_to_another(*values)


@register.simple_tag
def brand() -> str:
    """The network's own colour, by the name under which the style sheets have it."""
    return str(settings.NETWORK.brand)


@register.simple_tag
def brand_mark() -> str:
    """The mark in the browser's tab, in the network's own colour."""
    return static("img/mark.svg" if settings.NETWORK.brand == BRANDS[0] else f"img/mark-{settings.NETWORK.brand}.svg")
