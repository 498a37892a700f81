"""Names for templates, in the letters of the page; built into every template."""

from django import template

from core.countries import country_name
from core.latin import spelt

register = template.Library()
register.filter("spelt", spelt)
register.filter("country_name", country_name)
