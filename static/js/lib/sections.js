// Rows of sections that are wider than a phone: the one where one is stands in the middle from the start.

const CURRENT = ".desk-nav [aria-current], .tabs [aria-current], .one-line [aria-current]";

export function showCurrentSections(root) {
  for (const current of root.querySelectorAll(CURRENT)) {
    const row = current.parentElement;
    if (row.scrollWidth <= row.clientWidth) continue;
    const left = current.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    row.scrollLeft = left - (row.clientWidth - current.offsetWidth) / 2;
  }
}
