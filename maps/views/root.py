"""The bare address: Russian, unless the browser asks for another of our languages first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from core.languages import SOURCE, best_of, for_all


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    response = redirect(f"/{wanted_language(request.headers.get('Accept-Language', ''))}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def wanted_language(header: str) -> str:
    for language, _weight in parse_accept_lang_header(header.lower()):
        if found := best_of(language, for_all()):
            return found
    return SOURCE
