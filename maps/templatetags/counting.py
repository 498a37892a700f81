"""What a page says of itself to be counted."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def seen(context: template.Context, what: str, country: str = "") -> SafeString:
    """What the page tells home when it is opened; of a map, the country that its filters name alone."""
    config = context.get("map_config") or {"initial": {"filters": {}}}
    chosen = [code for code in config["initial"]["filters"].get("country", ()) if len(code) == 2]
    country = country or (chosen[0] if len(chosen) == 1 else "")
    meta = '<meta name="seen" content="{}" data-country="{}" data-to="{}">'
    return format_html(meta, what, country, reverse("maps:seen"))
