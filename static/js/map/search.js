// The field of search. Its words go to the server in the body of a question and are kept nowhere.

import { Combobox } from "#map/combobox.js";

const PAUSE_MS = 450;
const LEAST_LETTERS = 3;

// Somebody else's link with words was answered; nobody shall read them in the address from now on.
function forgetAddress() {
  const address = new URL(window.location.href);
  if (!address.searchParams.has("q")) return;
  address.searchParams.delete("q");
  window.history.replaceState(window.history.state, "", address);
}

export class Search {
  // `onWords(text)`; `ask(words)` → suggestions, `onMeant(param, code)` when one is taken
  constructor(root, { onWords, ask = null, onMeant = null }) {
    this.form = root.querySelector("[data-search]");
    this.input = this.form.querySelector('input[type="search"]');
    this.clear = this.form.querySelector("[data-clear-search]");
    this.onWords = onWords;
    this.asked = this.input.value.trim();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.combobox?.finish();
      this.#ask();
    });
    this.input.addEventListener("input", () => this.#typed());
    this.clear.addEventListener("click", () => this.#clear());
    document.addEventListener("keydown", (event) => this.#shortcut(event));
    window.addEventListener("pageshow", (event) => this.#cameBack(event));
    this.#showClear();
    forgetAddress();
    if (ask) this.#suggest(root.querySelector("[data-suggestions]"), ask, onMeant);
  }

  // The field is a combobox as soon as there is somebody who suggests.
  #suggest(list, ask, onMeant) {
    const { input } = this;
    const told = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(told)) input.setAttribute(name, value);
    this.combobox = new Combobox(input, list, {
      isFree: true,
      ask: async (words) => {
        const { results } = await ask(words);
        return results.map(({ text, detail, param, code }) => ({ text, detail, value: { param, code } }));
      },
      onChoose: ({ param, code }) => {
        clearTimeout(this.timer);
        this.asked = "";
        this.#showClear();
        onMeant(param, code);
      },
    });
  }

  set(words, { isLost = false } = {}) {
    if (words === this.asked && !isLost) return;
    this.input.value = words;
    this.asked = words;
    this.#showClear();
  }

  // WebKit empties a field that is not to be completed when it takes a page out of its memory, a moment after it says so.
  #cameBack({ persisted }) {
    if (persisted) setTimeout(() => this.set(this.asked, { isLost: true }));
  }

  #showClear() {
    this.clear.hidden = this.input.value === "";
    this.form.classList.toggle("has-words", this.input.value !== "");
  }

  #typed() {
    this.#showClear();
    clearTimeout(this.timer);
    const { length } = this.input.value.trim();
    if (length === 0 || length >= LEAST_LETTERS) this.timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  #ask() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (words === this.asked) return;
    this.asked = words;
    this.onWords(words);
  }

  #clear() {
    this.input.value = "";
    this.#showClear();
    this.#ask();
    this.input.focus();
  }

  #shortcut(event) {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }
}
