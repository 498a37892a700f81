"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from core.languages import active, by_code, is_preview, preferred, spoken
from core.phrasing.marks import begin_page
from servicemap.tongues.previews import languages_of


def site(request: HttpRequest) -> dict[str, object]:
    """Names for the frame of a page.

    Touches neither the session nor the user, so that public pages stay free of cookies. `other_languages` holds
    this same page in each other language. With it a page begins, also one that shows a form again.
    """
    begin_page()
    return {
        "demo_network": settings.DEMO_NETWORK,
        "network_name": settings.NETWORK_NAME,
        "falls_to": " ".join(preferred(active())[1:]) if is_preview(active()) else "",
        "other_languages": [
            {"code": by_code(code).tag, "name": by_code(code).name, "url": in_language(request.get_full_path(), code)}
            for code in languages_of(request.get_full_path())
            if code != get_language() and by_code(code).state != "trial"
        ],
    }


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language, also where no page answers (404).

    A language is the first part of an address and changes nothing behind it.
    """
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}" if first in spoken() else f"/{code}/"
