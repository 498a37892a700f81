// The two questions of the first screen: where, and what is needed. They stay while neither is answered but the place,
// and go when something is asked for, or when somebody goes straight to the list.

import { hasValue, isAsking, isEmpty, isQuestion } from "#map/state.js";

const REMOTE = ["online", "phone"];

export class Start {
  // `on` = { need(codes), remote(codes, isOn), all(opener), pressed(event), skip() }; `chips(state)` draws what was said of the place
  constructor(root, { on, chips }) {
    Object.assign(this, { root, on, chips });
    this.panel = root.querySelector("[data-start-panel]");
    this.isOpen = false;
    if (!this.panel) return;
    this.#set(!this.panel.hidden && !isQuestion(window.location.hash)); // a link says already what is needed
    this.chosen = this.panel.querySelector("[data-start-chosen]");
    this.remote = this.panel.querySelector("[data-start-remote]");
    this.panel.addEventListener("click", (event) => this.#pressed(event));
    this.chosen.addEventListener("click", (event) => on.pressed(event));
    this.remote.addEventListener("change", () => on.remote(REMOTE, this.remote.checked));
  }

  // Where the field for the place is.
  get place() {
    return this.panel.querySelector("[data-near]");
  }

  show(state) {
    if (!this.panel) return;
    this.#set(!this.isSkipped && isAsking(state) && (this.isOpen || isEmpty(state)));
    const chips = this.isOpen ? this.chips(state) : [];
    this.chosen.replaceChildren(...chips);
    this.chosen.hidden = chips.length === 0;
    this.remote.checked = REMOTE.every((code) => hasValue(state, "delivery", code));
  }

  skip() {
    this.isSkipped = true;
    this.#set(false);
  }

  // As it was when the page was left.
  resume(wasOpen) {
    if (this.panel) this.#set(wasOpen);
  }

  #set(isOpen) {
    this.isOpen = isOpen;
    this.panel.hidden = !isOpen;
    this.root.toggleAttribute("data-start", isOpen);
  }

  // A tile is a link: opened elsewhere, it works by itself.
  #pressed(event) {
    const target = event.target.closest("[data-need], [data-all-services], [data-skip-start]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("need" in target.dataset) this.on.need(target.dataset.need.split(","));
    else if ("allServices" in target.dataset) this.on.all(target);
    else this.on.skip();
  }
}
