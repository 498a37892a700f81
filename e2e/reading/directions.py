"""What a page shows, measured letter by letter: which way phones and times run, and what lies over what."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

#: Every phone and every time that is seen: its text, and whether each of its figures stands right of the one before.
_NUMBERS = r"""() => {
  const sought = /\+\d[\d  ()\u00a0-]{6,}\d|\b\d{1,2}:\d\d\u2060?[–-]\u2060?\d{1,2}:\d\d|\b\d{1,2}:\d\d\b/g;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const unseen = node.parentElement.closest("script, style, .visually-hidden");
    if (unseen || !node.parentElement.checkVisibility()) continue;
    for (const one of node.data.matchAll(sought)) {
      const at = [...one[0]].map((char, place) => {
        const range = document.createRange();
        range.setStart(node, one.index + place);
        range.setEnd(node, one.index + place + 1);
        const box = range.getBoundingClientRect();
        return { char, left: box.left, top: box.top, seen: box.width > 0 };
      }).filter(({ char, seen }) => seen && /[+\d]/.test(char));
      const follows = (now, before) => !before || now.top > before.top + 2 || now.left > before.left;
      const right = at.every((now, place) => follows(now, at[place - 1]));
      if (at.length) found.push({ text: one[0], right });
    }
  }
  return found;
}"""
#: Pairs of the given elements whose boxes share more than a hair.
_OVERLAPS = """selectors => {
  const boxes = selectors.flatMap((selector) => [...document.querySelectorAll(selector)].map((element) => ({
    selector, element, box: element.getBoundingClientRect(),
  }))).filter(({ element, box }) => box.width > 1 && element.checkVisibility());
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return boxes.flatMap((one, place) => boxes.slice(place + 1)
    .filter((other) => !one.element.contains(other.element) && !other.element.contains(one.element))
    .filter((other) => meet(one.box, other.box)).map((other) => `${one.selector} × ${other.selector}`));
}"""


def numbers(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(_NUMBERS)
    return found


def wrong_way(page: Page) -> list[str]:
    """Phones and times of the page whose figures do not follow each other from left to right."""
    return [one["text"] for one in numbers(page) if not one["right"]]


def overlaps(page: Page, *selectors: str) -> list[str]:
    found: list[str] = page.evaluate(_OVERLAPS, list(selectors))
    return found
