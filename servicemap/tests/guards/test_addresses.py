"""No lower room names a page of a higher one.

import-linter cannot see it: `reverse("workspace:home")` is a word. Rooms below name what a page is for
(`core.pages.addresses.Page`); which view answers there is written in `servicemap.web.addresses`, above them all.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from core.pages.addresses import Page
from tools.annotations import product_files, rooms

CALLS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
NAME = re.compile(r"[a-z][\w-]*(:[\w-]+)+")
TAG = re.compile(r"""\{%\s*url\s+(["'])(?P<name>[^"']+)\1""")
#: Whose pages those are whose views come from a library.
LIBRARIES = {"allauth": "accounts", "django": "servicemap", "drf_spectacular": "reading"}


@cache
def owners() -> dict[str, str]:
    """The room that answers at each name, by the module of its view."""
    return dict(_routes(get_resolver(), ""))


def _routes(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each, prefix + (f"{each.namespace}:" if each.namespace else ""))
        elif isinstance(each, URLPattern) and each.name:
            view = getattr(each.callback, "view_class", getattr(each.callback, "cls", each.callback))
            top = view.__module__.split(".")[0]
            yield prefix + each.name, LIBRARIES.get(top, top)


@cache
def above() -> frozenset[tuple[str, str]]:
    """(higher, lower) for every two rooms that a contract puts into an order."""
    contracts = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    found = set()
    for contract in contracts:
        layers = [re.split(r"\s*\|\s*", layer) for layer in contract.get("layers", [])]
        for index, layer in enumerate(layers):
            found |= {(high, low) for high in layer for lower in layers[index + 1 :] for low in lower}
    return frozenset(found)


def named_in(source: str) -> set[str]:
    """Names of pages in a module: what is asked for, and any text that looks like one in a namespace."""
    tree, found = ast.parse(source), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
            found.add(node.value)
        if isinstance(node, ast.Call) and node.args and _called(node.func) in CALLS:
            found |= {text for text in _texts(node.args[0]) if text in owners()}
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            found |= {name for name in owners() if start.endswith(":") and name.startswith(start)}
    return found & owners().keys()


def _called(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _texts(argument: ast.expr) -> set[str]:
    return {node.value for node in ast.walk(argument) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def names_above(room: str, names: set[str]) -> set[str]:
    return {name for name in names if (owners()[name], room) in above()}


@pytest.mark.parametrize("room", rooms())
def test_no_module_names_a_page_of_a_room_above(room: str) -> None:
    wrong = {}
    for path in product_files(room):
        if bad := names_above(room, named_in(path.read_text())):
            wrong[str(path.relative_to(settings.BASE_DIR))] = bad
    assert not wrong, (
        "name what the page is for in core/pages/addresses.py, and its view in servicemap/web/addresses.py"
    )


def _rooms_of_templates() -> list[str]:
    return [room for room in rooms() if (settings.BASE_DIR / "templates" / room).is_dir()]


@pytest.mark.parametrize("room", _rooms_of_templates())
def test_no_template_names_a_page_of_a_room_above(room: str) -> None:
    wrong = {}
    for path in sorted((settings.BASE_DIR / "templates" / room).rglob("*.*")):
        names = {found["name"] for found in TAG.finditer(path.read_text())}
        assert names <= owners().keys(), f"{path.name} names pages that are not there"
        if bad := names_above(room, names):
            wrong[str(path.relative_to(settings.BASE_DIR))] = bad
    assert not wrong


def test_the_registry_names_every_page_once() -> None:
    assert settings.ADDRESSES.keys() == set(Page)
    assert set(settings.ADDRESSES.values()) <= owners().keys()
    assert len(set(settings.ADDRESSES.values())) == len(Page)


def test_the_guard_sees_what_it_is_for() -> None:
    """It knows the order of the rooms, whose a page is, and each way of naming one."""
    assert {("workspace", "verification"), ("maps", "directory"), ("accounts", "core")} <= above()
    assert owners()["workspace:home"] == "workspace" and owners()["maps:place"] == "maps"
    assert owners()["account_login"] == "accounts"
    for line in (
        'reverse("workspace:home")',
        'PAGES = {"desk": "workspace:home"}',
        'redirect("workspace:home" if here else there)',
        'shortcuts.resolve_url(f"workspace:{name}")',
    ):
        assert "workspace:home" in named_in(line), line
        assert names_above("verification", named_in(line))
    assert named_in('reverse("account_login")') == {"account_login"}
    assert not names_above("workspace", {"maps:home", "account_login", "workspace:home"})
    assert names_above("core", {"account_login"}) and not names_above("organizations", {"account_login"})
