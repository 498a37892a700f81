// The panels of filters: one at a time, over the list, closed by Escape, the back button, or the press that opened it.

import { askedWords, words } from "#lib/folding.js";

// Whether every typed word begins some word of the text.
export function matches(text, typed) {
  const parts = words(text);
  return askedWords(typed)?.every((word) => parts.some((part) => part.startsWith(word))) ?? false;
}

export class Panels {
  // `onClear(params)`; `onOpen(panel)` brings what it holds; `layers` is the history of what lies over the page
  constructor(root, { layers, onClear, onOpen = () => {} }) {
    Object.assign(this, { layers, onOpen });
    this.panels = [...root.querySelectorAll("[data-panel]")];
    for (const panel of this.panels) this.#install(panel, onClear);
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      event.stopPropagation();
      event.preventDefault(); // had its use: no sign for leaving
      this.close();
    });
  }

  get open() {
    return this.panels.find((panel) => panel.open);
  }

  #install(panel, onClear) {
    panel.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      if (panel.open) this.close();
      else this.#show(panel);
    });
    panel.querySelector("[data-close-panel]").addEventListener("click", () => this.close());
    panel.querySelector("[data-apply]").addEventListener("click", (event) => {
      event.preventDefault();
      this.close();
    });
    panel.querySelector("[data-clear-panel]").addEventListener("click", () => onClear(panel.dataset.params.split(" ")));
    const find = panel.querySelector("[data-find]");
    find?.addEventListener("input", () => this.#filter(panel, find.value));
  }

  // The panel of that name, by another way than its own button: there the focus goes back to.
  show(name, opener) {
    this.#show(
      this.panels.find((panel) => panel.dataset.panel === name),
      opener,
    );
  }

  #show(panel, opener = panel.querySelector("summary")) {
    const other = this.open;
    this.onOpen(panel);
    panel.open = true;
    this.opener = opener;
    panel.querySelector("[data-panel-title]").focus({ preventScroll: true });
    if (other) {
      other.open = false;
      return;
    }
    this.layers.open("panel", () => this.#hide());
  }

  #hide() {
    const panel = this.open;
    if (!panel) return;
    panel.open = false;
    this.opener.focus({ preventScroll: true });
  }

  close() {
    this.layers.close("panel");
  }

  // A group stays when its own name fits (with all its leaves) or one of its leaves does.
  #filter(panel, typed) {
    let found = 0;
    for (const branch of panel.querySelectorAll("[data-branch]")) {
      const [top, ...leaves] = branch.querySelectorAll("[data-option]");
      const wholeGroup = matches(top.textContent, typed);
      for (const leaf of leaves) leaf.hidden = !wholeGroup && !matches(leaf.textContent, typed);
      branch.hidden = !wholeGroup && leaves.every((leaf) => leaf.hidden);
      if (!branch.hidden) found += 1;
    }
    panel.querySelector("[data-nothing]").hidden = found > 0;
  }
}
