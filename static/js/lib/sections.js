// Rows of sections that are wider than a phone: the one where one is stands in the middle from the start. Without a
// script it sticks to the edge (css/desk.css), which is where it would be measured; so it is let go for the measuring.

const CURRENT = ".desk-nav [aria-current], .tabs [aria-current], .one-line [aria-current]";

export function showCurrentSections(root) {
  for (const current of root.querySelectorAll(CURRENT)) {
    const row = current.parentElement;
    if (row.scrollWidth <= row.clientWidth) continue;
    current.style.position = "static";
    const left = current.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    current.style.position = "";
    row.scrollLeft = left - (row.clientWidth - current.offsetWidth) / 2;
  }
}
