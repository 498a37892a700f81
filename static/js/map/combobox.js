// A field that suggests while somebody types. What fits is asked of `ask(words)` → [{ text, detail, value }].

import { h } from "#lib/dom.js";

const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

export class Combobox {
  // `isFree`: the words count as they are unless a row is marked, and where nothing fits there is no list
  constructor(input, list, { ask, onChoose, nothing, isFree = false }) {
    Object.assign(this, { input, list, ask, onChoose, nothing, isFree });
    this.items = [];
    this.chosen = -1;
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
  }

  #typed() {
    clearTimeout(this.timer);
    this.isDone = false;
    const words = this.input.value.trim();
    if (words.length < LEAST_LETTERS) this.close();
    else this.timer = setTimeout(() => this.#suggest(words), PAUSE_MS);
  }

  async #suggest(words) {
    try {
      this.#show(await this.ask(words));
    } catch (error) {
      if (error.kind !== "aborted") this.close();
    }
  }

  #show(items) {
    if (this.isFree && (!items.length || this.isDone)) return this.close();
    this.items = items;
    this.chosen = -1;
    const rows = items.map(({ text, detail }, index) =>
      h(
        "li",
        {
          id: `${this.list.id}-${index}`,
          role: "option",
          "aria-selected": "false",
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => this.#choose(index),
        },
        text,
        detail ? h("span", { class: "small" }, ` ${detail}`) : null,
      ),
    );
    const quiet = { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" };
    this.list.replaceChildren(...(rows.length ? rows : [h("li", quiet, this.nothing)]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #mark(index) {
    this.chosen = index;
    for (const [at, row] of this.list.querySelectorAll("[id]").entries())
      row.setAttribute("aria-selected", String(at === index));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (this.list.hidden || !this.items.length) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.#mark(this.chosen >= last ? 0 : this.chosen + 1);
    else if (event.key === "ArrowUp") this.#mark(this.chosen <= 0 ? last : this.chosen - 1);
    else if (event.key === "Enter" && this.isFree && this.chosen < 0) return this.finish();
    else if (event.key === "Enter") this.#choose(Math.max(0, this.chosen));
    else if (event.key === "Escape") {
      this.close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  // The words are asked for: what is still on its way comes too late.
  finish() {
    clearTimeout(this.timer);
    this.isDone = true;
    this.close();
  }

  #choose(index) {
    this.close();
    this.input.value = "";
    this.onChoose(this.items[index].value);
  }
}
