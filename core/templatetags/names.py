"""Names for templates, in the letters of the page; built into every template."""

from django import template

from core.latin import spelt

register = template.Library()
register.filter("spelt", spelt)
