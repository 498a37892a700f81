"""Which files of ours a page loads, for one that is stored whole."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.templatetags.static import static

from maps.templatetags.frontend import are_joined, module_names


@cache
def files_of(group: str | None, script: str) -> tuple[str, ...]:
    """Addresses of the script with all that it imports, and of the sheets of `group` with the typeface of every day.

    Where modules are not joined (servicemap/statics/joined.py), all of them that readers use.
    """
    paths = [script]
    if not are_joined():
        folders = ("lib", "map", "road")
        paths += [*settings.LIBRARIES.values(), *(f"js/{name}" for name in module_names() if name.startswith(folders))]
    if group:
        both = ("all", group)
        sheets_ = [one if isinstance(one, str) else one[0] for name in both for one in settings.SHEETS[name]]
        paths += [f"css/of/{name}.css" for name in both] if are_joined() else sheets_
        paths += ["js/site.js", *(f"fonts/golos-text-{part}.woff2" for part in ("cyrillic", "latin"))]
    return tuple(dict.fromkeys(static(path) for path in paths))
