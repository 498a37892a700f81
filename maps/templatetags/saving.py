"""A heavy script that whoever saves data is not given unasked."""

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from maps.templatetags.frontend import in_the_page

register = template.Library()

_UNLESS_SAVING = """if (!document.documentElement.classList.contains("is-saving")) {
  const script = Object.assign(document.createElement("script"), { type: "module", async: false, src: "%s" });
  document.currentScript.after(script);
}"""


@register.simple_tag(takes_context=True)
def module_unless_saving(context: template.Context, path: str) -> SafeString:
    """A module that is not even fetched where static/js/plain.js has marked the page as one that saves data."""
    return in_the_page(context, mark_safe(_UNLESS_SAVING % static(path)))  # noqa: S308  (a path of ours)
