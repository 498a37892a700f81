"""What a page says to search engines in the words of schema.org, as JSON-LD and as microdata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_SCHEMA = "https://schema.org"
_ORGANIZATION = "NGO"


@register.simple_tag
def linked_data(told: Mapping[str, object] | None) -> SafeString:
    """For those that read JSON-LD."""
    if not told:
        return SafeString()
    text = json.dumps(told, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  (escaped)


@register.simple_tag
def microdata(told: Mapping[str, object] | None) -> SafeString:
    """The organisation of the page for those that know it by microdata alone, as Yandex does: the same, no more."""
    organization = (told or {}).get("mainEntity", told)
    if not isinstance(organization, Mapping) or organization.get("@type") != _ORGANIZATION:
        return SafeString()
    inside = _properties(organization)
    return format_html('<div hidden itemscope itemtype="{}/{}">{}</div>', _SCHEMA, _ORGANIZATION, inside)


def _properties(node: Mapping[str, object]) -> SafeString:
    return format_html_join("", "{}", ((_property(name, value),) for name, value in _pairs(node)))


def _pairs(node: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in node.items():
        if not name.startswith("@"):
            several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
            yield from ((name, one) for one in several)


def _property(name: str, value: object) -> SafeString:
    if isinstance(value, Mapping):
        kind, inside = value["@type"], _properties(value)
        return format_html('<div itemprop="{}" itemscope itemtype="{}/{}">{}</div>', name, _SCHEMA, kind, inside)
    if name in ("url", "mainEntityOfPage"):
        return format_html('<link itemprop="{}" href="{}">', name, value)
    return format_html('<meta itemprop="{}" content="{}">', name, value)
