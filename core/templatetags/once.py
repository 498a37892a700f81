"""Every form that is sent carries a key of its own, so that sent twice it is done once (accounts/presses/once.py).

Built into every template. `{% csrf_token %}` gives the key too; a form for strangers has `{% form_key %}`.
"""

from __future__ import annotations

import secrets

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
FIELD = "form_key"


class TokenAndKeyNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        return SafeString(token + form_key()) if token else SafeString("")


@register.tag
def csrf_token(parser: Parser, token: Token) -> TokenAndKeyNode:
    return TokenAndKeyNode()


@register.simple_tag
def form_key() -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))
