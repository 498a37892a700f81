"""A page as a screen reader is given it: Chromium's own accessibility tree in reading order, a line for each thing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

#: What is said whole, by its name; its inside adds nothing.
WHOLE = {
    "heading", "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "tab", "switch", "option",
    "menuitem", "image", "img", "spinbutton", "DisclosureTriangle", "ListBoxOption", "MenuListOption",
}  # fmt: skip
#: What is said on the way in.
AROUND = {
    "banner", "navigation", "main", "contentinfo", "complementary", "search", "region", "form", "dialog", "application",
    "group", "radiogroup", "article", "alert", "status", "table",
}  # fmt: skip
STATES = ("level", "checked", "expanded", "pressed", "disabled", "required", "invalid")


def spoken(page: Page) -> list[str]:
    """`role "name" state=…` and plain text, as somebody hears it from the top to the end."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    lines: list[str] = []
    _say(by_id[nodes[0]["nodeId"]], by_id, lines)
    return lines


def focused(page: Page) -> str:
    """What is said of that at which the keyboard is."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    at = [node for node in nodes if _property(node, "focused") and _role(node) != "RootWebArea"]
    return _line(at[-1]) if at else ""


def heard_in_order(lines: list[str], *wanted: str) -> list[str]:
    """What of `wanted` (a beginning of a line, or a part of it after “…”) was not heard after the one before it."""
    at, missing = 0, []
    for words in wanted:
        found = next((n for n in range(at, len(lines)) if _fits(lines[n], words)), None)
        if found is None:
            missing.append(words)
        else:
            at = found + 1
    return missing


def _fits(line: str, words: str) -> bool:
    return words[1:] in line if words.startswith("…") else line.startswith(words)


def _say(node: dict[str, Any], by_id: dict[str, dict[str, Any]], lines: list[str]) -> None:
    role = _role(node)
    if not node.get("ignored"):
        if role == "StaticText" and _name(node):
            lines.append(_name(node))
            return
        if role in WHOLE:
            lines.append(_line(node))
            return
        if role in AROUND and (_name(node) or role not in {"group", "region", "form", "status"}):
            lines.append(_line(node))
    for child in node.get("childIds", ()):
        if child in by_id:
            _say(by_id[child], by_id, lines)


def _line(node: dict[str, Any]) -> str:
    told = [f"{name}={value}" for name in STATES if (value := _property(node, name)) not in (None, False, "false")]
    value = node.get("value", {}).get("value", "")
    told += [f"value={value}"] if value and _role(node) in {"textbox", "searchbox", "combobox"} else []
    return " ".join([_role(node), f'"{_name(node)}"', *told])


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def _property(node: dict[str, Any], name: str) -> Any:
    return next((one["value"].get("value") for one in node.get("properties", ()) if one["name"] == name), None)
