// What the panels of filters hold comes into the page when a panel is first opened. Until then it stands beside the page:
// known, asked and kept in step, and never laid out. Without scripts a browser shows it where it is, in its <noscript>,
// and there it stays until it is wanted: where the modules break, js/plain.js takes it out.

// Our own markup, which a browser with scripts keeps as a text.
function read(noscript) {
  const parsed = new DOMParser().parseFromString(noscript.textContent, "text/html");
  const rest = document.createDocumentFragment();
  rest.append(...parsed.body.childNodes);
  return rest;
}

export class Later {
  constructor(root) {
    this.rests = new Map();
    for (const place of root.querySelectorAll("noscript[data-later]")) this.rests.set(place, read(place));
  }

  // As `querySelectorAll` of an element of the page, with what is not in the page yet.
  all(part, selector) {
    const found = [...part.querySelectorAll(selector)];
    for (const [place, rest] of this.rests) if (part.contains(place)) found.push(...rest.querySelectorAll(selector));
    return found;
  }

  // Puts into the page what belongs into this part of it.
  unfold(part) {
    for (const [place, rest] of this.rests) {
      if (!part.contains(place)) continue;
      place.replaceWith(rest);
      this.rests.delete(place);
    }
  }
}
