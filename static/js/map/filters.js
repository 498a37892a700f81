// The form of filters: its inputs are the truth that people see; counts beside values come with every answer.

import { h, hiddenText, icon } from "#lib/dom.js";
import { hasValue, values } from "#map/state.js";

export class Filters {
  // `on` = { change(param, code, isOn), drop(param, code), reset() }
  constructor(root, { t, on }) {
    Object.assign(this, { t, on });
    this.form = root.querySelector("[data-filters]");
    this.active = root.querySelector("[data-active]");
    this.orders = root.querySelectorAll("[data-sort]");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") on.change(target.name, target.value, target.checked);
    });
    this.active.addEventListener("click", (event) => this.#pressed(event));
  }

  #inputs(param, code) {
    const inputs = [...this.form.querySelectorAll('input[type="checkbox"]')];
    return inputs.filter((input) => input.name === param && input.value === code);
  }

  // The name of a value as its label says it; the code for a value that the form does not know.
  nameOf(param, code) {
    const label = this.#inputs(param, code)[0]?.closest("label");
    return label?.querySelector("span")?.textContent.trim() || code;
  }

  show(state) {
    for (const input of this.form.querySelectorAll('input[type="checkbox"]')) {
      input.checked = hasValue(state, input.name, input.value);
    }
    for (const panel of this.form.querySelectorAll("[data-params]")) this.#chip(panel, state);
    this.#cities(state);
    this.#showActive(state);
    for (const order of this.orders)
      order.setAttribute("aria-current", String(order.dataset.sort === (state.sort || "best")));
  }

  #chip(panel, state) {
    const params = panel.dataset.params.split(" ");
    const isHere = ([param, code]) =>
      params.includes(param) && this.#inputs(param, code).some((input) => panel.contains(input));
    const n = values(state).filter(isHere).length + (params.includes("near") && state.near ? 1 : 0);
    panel.querySelector("summary").classList.toggle("on", n > 0);
    const number = panel.querySelector("[data-chip-number]");
    number.hidden = n === 0;
    number.textContent = n || "";
    panel.querySelector("[data-clear-panel]").hidden = n === 0;
  }

  // Cities of the chosen countries; all of them when none is chosen.
  #cities(state) {
    const chosen = state.filters.country ?? [];
    for (const row of this.form.querySelectorAll("[data-cities] [data-country]")) {
      const isChecked = row.querySelector("input").checked;
      row.hidden = chosen.length > 0 && !chosen.includes(row.dataset.country) && !isChecked;
    }
  }

  // What the words of the search named; the words themselves stand in their field.
  showMeant(state, understood) {
    this.meant = { words: state.q, chips: understood?.filters ?? [] };
    this.#showActive(state);
  }

  #showActive(state) {
    const meant = this.meant?.words === state.q ? this.meant.chips : [];
    const chips = values(state).map(([param, code]) => this.#activeChip(this.nameOf(param, code), { param, code }));
    if (state.near) {
      const name = state.near.mine ? this.t("near_me") : this.t("near", { name: state.near.name });
      chips.unshift(this.#activeChip(name, { param: "near", code: "" }));
    }
    chips.unshift(
      ...meant.map((one) => this.#activeChip(one.name, { param: "off", code: `${one.param}:${one.code}` })),
    );
    const quoted = this.t("quoted", { text: state.q });
    if (state.q && !meant.length) chips.unshift(this.#activeChip(quoted, { param: "q", code: "" }));
    const reset = h("button", { class: "chip-reset", type: "button", "data-reset": true }, this.t("clear_all"));
    this.active.replaceChildren(...chips, ...(chips.length ? [reset] : []));
  }

  #activeChip(name, { param, code }) {
    return h(
      "button",
      { class: "chip on", type: "button", "data-drop": `${param}:${code}` },
      name,
      icon("x"),
      hiddenText(` ${this.t("remove")}`),
    );
  }

  #pressed(event) {
    const button = event.target.closest("[data-drop], [data-reset]");
    if (!button) return;
    event.preventDefault();
    if ("reset" in button.dataset) {
      this.on.reset();
      return;
    }
    const [param, ...code] = button.dataset.drop.split(":");
    this.on.drop(param, code.join(":"));
  }

  // `counts`: {param: {code: n}}. Values that would find nothing stay, quietly.
  showCounts(counts) {
    for (const place of this.form.querySelectorAll("[data-count]")) {
      const [param, ...rest] = place.dataset.count.split(":");
      const n = counts[param]?.[rest.join(":")] ?? 0;
      place.textContent = String(n);
      place.closest("label").classList.toggle("zero", n === 0);
    }
  }

  showTotal(text) {
    for (const button of this.form.querySelectorAll("[data-apply]")) button.textContent = text;
  }
}
