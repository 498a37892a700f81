"""An accent of somebody else's house, made readable: on light ground and on dark.

Rule: whatever colour a partner names, links and buttons keep 4.5 to 1 and strong text keeps 7 to 1. The hue stays; it
is darkened on light ground and lightened on dark until it does.
"""

from __future__ import annotations

import re

Rgb = tuple[float, float, float]

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_BLACK, _WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)
#: The grounds of static/css/tokens.css and dark.css that are hardest to read on: a test compares.
LIGHT, DARK = "#efeade", "#2d3532"
#: What links have on light ground where a partner names no colour, by the network's brand: the same test compares.
ACCENTS = {"teal": "#0c6b62", "indigo": "#3a4ea8", "plum": "#86306f"}
_ON_DARK = "#0b1210"
_READABLE, _STRONG = 4.5, 7.0
_STEP = 0.02


def parsed(text: str) -> str:
    """`#rrggbb` in small letters; "" for anything else."""
    found = _HEX.fullmatch(text.strip())
    return f"#{found[1].lower()}" if found else ""


def sheet(accent: str, theme: str = "") -> str:
    """The rules that give a page this accent; `theme` as in the address of an embed."""
    if theme == "light":
        return _rules(_on_light(accent))
    if theme == "dark":
        return _rules(_on_dark(accent))
    return f"{_rules(_on_light(accent))}@media (prefers-color-scheme: dark){{{_rules(_on_dark(accent))}}}"


def contrast(one: str, other: str) -> float:
    """As WCAG 2 reckons it, from 1 to 21."""
    high, low = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _on_light(accent: str) -> dict[str, str]:
    shown = _until(accent, LIGHT, _READABLE, _BLACK)
    soft = _hex(_mixed(_rgb(shown), _WHITE, 0.88))
    strong = _until(shown, LIGHT if contrast(LIGHT, "#000000") < contrast(soft, "#000000") else soft, _STRONG, _BLACK)
    return {"accent": shown, "accent-strong": strong, "accent-soft": soft, "on-accent": "#ffffff"}


def _on_dark(accent: str) -> dict[str, str]:
    shown = _until(accent, DARK, _READABLE, _WHITE)
    soft = _hex(_mixed(_rgb(shown), _BLACK, 0.75))
    strong = _until(_until(shown, DARK, _STRONG, _WHITE), soft, _STRONG, _WHITE)
    return {"accent": shown, "accent-strong": strong, "accent-soft": soft, "on-accent": _ON_DARK}


def _rules(colours: dict[str, str]) -> str:
    return f":root{{{''.join(f'--{name}:{value};' for name, value in colours.items())}}}"


def _until(colour: str, ground: str, wanted: float, towards: Rgb) -> str:
    """The first step on the way from the colour that can be read on the ground."""
    share = 0.0
    while contrast(found := _hex(_mixed(_rgb(colour), towards, share)), ground) < wanted and share < 1:
        share = min(1.0, share + _STEP)
    return found


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (one + (two - one) * share for one, two in zip(colour, other, strict=True))
    return red, green, blue


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def _luminance(colour: Rgb) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
